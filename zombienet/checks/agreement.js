// Returns how many nodes know the same block at a height that all of them hold for final.

const { call, finalised } = require("./rpc.js");

async function run(_nodeName, networkInfo) {
	const names = Object.keys(networkInfo.nodesByName);
	const heights = await Promise.all(names.map((name) => finalised(networkInfo, name)));
	const height = Math.min(...heights);
	if (height === 0) return 0;
	const hashes = await Promise.all(names.map((name) => call(networkInfo, name, "chain_getBlockHash", [height])));
	return hashes.filter((hash) => hash === hashes[0]).length;
}

module.exports = { run };
