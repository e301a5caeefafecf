// Returns how many of the latest sixteen final blocks, or of fewer on a young chain, the validator that the argument names
// has authored.

const { connected, operatorOf } = require("./rotation-chain.js");

const BLOCKS = 16;

async function run(nodeName, networkInfo, [name]) {
	return connected(networkInfo, nodeName, async (api) => {
		const { address } = operatorOf(name);
		let hash = await api.rpc.chain.getFinalizedHead();
		let count = 0;
		for (let n = 0; n < BLOCKS; n += 1) {
			const header = await api.rpc.chain.getHeader(hash);
			// Nobody has authored the genesis block.
			if (header.number.toNumber() === 0) break;
			if ((await authorOf(api, header)) === address) count += 1;
			hash = header.parentHash;
		}
		return count;
	});
}

/** Aura's rule: the slot modulo the number of validators, as they were before the block. */
async function authorOf(api, header) {
	const log = header.digest.logs.find((item) => item.isPreRuntime && item.asPreRuntime[0].isAura);
	const slot = Buffer.from(log.asPreRuntime[1].toU8a(true)).readBigUInt64LE();
	const validators = await (await api.at(header.parentHash)).query.session.validators();
	return validators[Number(slot % BigInt(validators.length))].toString();
}

module.exports = { run };
