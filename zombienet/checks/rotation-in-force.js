// Waits until as many validators as the argument says author blocks and vote on finality; returns how many do.

const { call, sleep } = require("./rpc.js");
const { connected } = require("./rotation-chain.js");

const PATIENCE_MS = 140_000;

async function run(nodeName, networkInfo, [expected]) {
	return connected(networkInfo, nodeName, async (api) => {
		const end = Date.now() + PATIENCE_MS;
		for (;;) {
			const authoring = (await api.query.session.validators()).length;
			// The voters as the node's own finality gadget counts them, not as the state says.
			const { best } = await call(networkInfo, nodeName, "grandpa_roundState");
			if (authoring === best.totalWeight && authoring === Number(expected)) return authoring;
			if (Date.now() > end) throw new Error(`${authoring} validators author, ${best.totalWeight} vote`);
			await sleep(1_000);
		}
	});
}

module.exports = { run };
