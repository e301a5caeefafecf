// What the checks of the validators' rotation share. Transactions have to be signed, so that these checks use the
// library of the test tool; it hands it over as the global `zombie`.

/** Connects to a node, lets `work` use the connection, and closes it. */
async function connected(networkInfo, nodeName, work) {
	const { ApiPromise, WsProvider } = zombie;
	const provider = new WsProvider(networkInfo.nodesByName[nodeName].wsUri);
	const api = await ApiPromise.create({ provider, noInitWarn: true });
	try {
		return await work(api);
	} finally {
		await api.disconnect();
	}
}

/** The account that the key of a development name has, such as `//Dave//stash`. */
function account(path) {
	return new zombie.Keyring({ type: "sr25519" }).addFromUri(path);
}

/** The account under which the node of that name is run. */
function operatorOf(nodeName) {
	return account(`//${nodeName[0].toUpperCase()}${nodeName.slice(1)}//stash`);
}

/** Signs a call, waits until it is final, and throws when it failed. */
function send(api, call, signer) {
	const name = `${call.method.section}.${call.method.method}`;
	return new Promise((resolve, reject) => {
		call.signAndSend(signer, ({ status, events, dispatchError, isError }) => {
			if (isError) reject(new Error(`${name}: ${status.type}`));
			if (!status.isFinalized) return;
			const error = dispatchError ?? sudoError(api, events);
			if (error) reject(new Error(`${name}: ${describe(api, error)}`));
			else resolve();
		}).catch(reject);
	});
}

/** The error of the call within `sudo.sudo`, which itself always succeeds. */
function sudoError(api, events) {
	const sudid = events.find(({ event }) => api.events.sudo.Sudid.is(event));
	const [result] = sudid?.event.data ?? [];
	return result?.isErr ? result.asErr : undefined;
}

function describe(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

/** What the regulator decides. Here with the sudo key; officers would do it with their own. */
function regulate(api, call) {
	return send(api, api.tx.sudo.sudo(call), account("//Alice"));
}

/** The digest of a document that this test does not have: one byte over and over. */
function digest(byte) {
	return `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
}

/** How many validators the next planned session is to have, as of the best block. */
async function planned(api) {
	return (await api.query.nodes.validators()).length;
}

module.exports = { connected, digest, operatorOf, planned, regulate, send };
