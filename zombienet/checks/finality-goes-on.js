// Returns how many blocks became final within twenty seconds.

const { finalised, sleep } = require("./rpc.js");

async function run(nodeName, networkInfo) {
	const before = await finalised(networkInfo, nodeName);
	await sleep(20_000);
	return (await finalised(networkInfo, nodeName)) - before;
}

module.exports = { run };
