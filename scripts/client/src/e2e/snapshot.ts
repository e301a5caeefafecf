/** The whole storage of the product's pallets at one block, but for the audit trail, which grows with each attempt. */
import assert from "node:assert/strict";
import { u8aToHex } from "@polkadot/util";
import { xxhashAsU8a } from "@polkadot/util-crypto";
import type { Connection } from "../chain/connect.js";
import type { Outcome } from "../chain/watch.js";
import { asList, asText, field } from "../json.js";

const PALLETS = [
	"Participants",
	"Settlement",
	"Allowance",
	"Allocation",
	"Offsets",
	"Market",
	"BlockTrades",
	"Nodes",
	"Assets",
	"AssetsHolder",
];
/** Which minute the block trades have come to: it moves on with the time. */
const CLOCK = u8aToHex(new Uint8Array([...xxhashAsU8a("BlockTrades", 128), ...xxhashAsU8a("AgendaCursor", 128)]));
const PAGE = 1_000;

/** The extrinsic fails with `error`, and its block leaves the storage of all pallets as it was. */
export async function refuses(connection: Connection, outcome: Promise<Outcome>, error: string): Promise<void> {
	const { block, error: name } = await outcome;
	assert.equal(name, error);
	const { parentHash } = await connection.api.rpc.chain.getHeader(block);
	const [was, is] = await Promise.all([snapshot(connection, parentHash.toHex()), snapshot(connection, block)]);
	assert.ok(was.size > 0);
	assert.deepEqual(changed(was, is), []);
}

function changed(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string[] {
	const keys = [...new Set([...was.keys(), ...is.keys()])];
	return keys.filter((key) => key !== CLOCK && was.get(key) !== is.get(key));
}

/** Values by key, both as hexadecimal text. */
async function snapshot({ request }: Connection, block: string): Promise<Map<string, string>> {
	const values = new Map<string, string>();
	for (const pallet of PALLETS) {
		const prefix = u8aToHex(xxhashAsU8a(pallet, 128));
		for (let start: string = prefix; ;) {
			const keys = asList(await request("state_getKeysPaged", [prefix, PAGE, start, block])).map(asText);
			if (keys.length > 0) {
				const [changes] = asList(await request("state_queryStorageAt", [keys, block]));
				for (const pair of asList(field(changes, "changes"))) {
					const [key, value] = asList(pair);
					values.set(asText(key), asText(value));
				}
			}
			const last = keys.at(-1);
			if (last === undefined || keys.length < PAGE) break;
			start = last;
		}
	}
	return values;
}
