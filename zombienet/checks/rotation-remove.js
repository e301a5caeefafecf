// Lets the regulator remove the validator that the argument names, asking a node that is not it; returns how many
// validators are left.

const { connected, digest, operatorOf, planned, regulate } = require("./rotation-chain.js");

async function run(nodeName, networkInfo, [name]) {
	return connected(networkInfo, nodeName, async (api) => {
		await regulate(api, api.tx.nodes.remove(operatorOf(name).address, digest(1)));
		return planned(api);
	});
}

module.exports = { run };
