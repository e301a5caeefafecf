// Does what the operator of a removed validator does to come back, and what the regulator does for it; returns how many
// validators there are then.

const { call } = require("./rpc.js");
const { connected, digest, operatorOf, planned, regulate, send } = require("./rotation-chain.js");

async function run(nodeName, networkInfo) {
	return connected(networkInfo, nodeName, async (api) => {
		const operator = operatorOf(nodeName);
		const owner = `0x${Buffer.from(operator.publicKey).toString("hex")}`;
		const { keys, proof } = await call(networkInfo, nodeName, "author_rotateKeysWithOwner", [owner]);
		const [address] = await call(networkInfo, nodeName, "system_localListenAddresses");

		await send(api, api.tx.nodes.apply("Validator", address, [keys, proof]), operator);
		await regulate(api, api.tx.nodes.audit(operator.address, digest(2)));
		await regulate(api, api.tx.nodes.admit(operator.address));
		return planned(api);
	});
}

module.exports = { run };
