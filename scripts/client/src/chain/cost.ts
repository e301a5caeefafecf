/** What calls cost, asked of the chain: nothing here knows the runtime's fee or weight parameters. */
import type { ApiPromise } from "@polkadot/api";
import { asBigInt, field } from "../json.js";
import type { Call } from "./calls.js";

/** Fee of a call in fen, as the node estimates it. */
export async function feeOf(call: Call, payer: string): Promise<bigint> {
	return (await call.paymentInfo(payer)).partialFee.toBigInt();
}

/** How many calls like `sample` fit one batch: half of what an extrinsic may weigh, and no more than `most`. */
export async function batchSize(api: ApiPromise, sample: Call, payer: string, most: number): Promise<number> {
	const { weight } = await sample.paymentInfo(payer);
	const classes = field(api.consts["system"]?.["blockWeights"]?.toJSON(), "perClass");
	const limit = field(field(classes, "normal"), "maxExtrinsic");
	if (limit === null) return most;
	const fit = (used: bigint, name: string) =>
		used === 0n ? BigInt(most) : asBigInt(field(limit, name)) / (2n * used);
	const { refTime, proofSize } = weight as unknown as {
		refTime: { toBigInt(): bigint };
		proofSize: { toBigInt(): bigint };
	};
	const sizes = [BigInt(most), fit(refTime.toBigInt(), "refTime"), fit(proofSize.toBigInt(), "proofSize")];
	const smallest = sizes.reduce((a, b) => (a < b ? a : b));
	return smallest < 1n ? 1 : Number(smallest);
}

/** `list` in parts of at most `size`. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let n = 0; n < list.length; n += size) parts.push(list.slice(n, n + size));
	return parts;
}
