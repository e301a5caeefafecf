// What the checks share. They speak plain JSON-RPC, so that a mistake in a client library cannot hide one in the node.

/** Calls one method of a node; `networkInfo` is what the test tool passes to each check. */
async function call(networkInfo, nodeName, method, params = []) {
	const address = networkInfo.nodesByName[nodeName].wsUri.replace(/^ws/, "http");
	const response = await fetch(address, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
		signal: AbortSignal.timeout(10_000),
	});
	const { result, error } = await response.json();
	if (error) throw new Error(`${nodeName}: ${method}: ${error.message}`);
	return result;
}

const number = (header) => Number(header.number);

/** Height of the best block. */
async function best(networkInfo, nodeName) {
	return number(await call(networkInfo, nodeName, "chain_getHeader"));
}

/** Height of the finalised block. */
async function finalised(networkInfo, nodeName) {
	const hash = await call(networkInfo, nodeName, "chain_getFinalizedHead");
	return number(await call(networkInfo, nodeName, "chain_getHeader", [hash]));
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

module.exports = { call, best, finalised, sleep };
