// Watches a node for ten seconds and returns by how many blocks finality was behind at the worst moment.

const { best, finalised, sleep } = require("./rpc.js");

async function run(nodeName, networkInfo) {
	const end = Date.now() + 10_000;
	let worst = 0;
	while (Date.now() < end) {
		// In this order the lag is never shown larger than it is: a block may become final between the two questions.
		const height = await best(networkInfo, nodeName);
		worst = Math.max(worst, height - (await finalised(networkInfo, nodeName)));
		await sleep(200);
	}
	return worst;
}

module.exports = { run };
