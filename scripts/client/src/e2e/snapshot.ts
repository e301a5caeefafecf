/** The whole storage of the product's pallets at one block, but for the audit trail, which grows with each attempt. */
import { u8aToHex } from "@polkadot/util";
import { xxhashAsU8a } from "@polkadot/util-crypto";
import type { Connection } from "../chain/connect.js";
import { asList, asText, field } from "../json.js";

const PALLETS = ["Participants", "Settlement", "Allowance", "Market", "Nodes", "Assets", "AssetsHolder"];
const PAGE = 1_000;

/** Values by key, both as hexadecimal text. */
export async function snapshot({ request }: Connection, block: string): Promise<Map<string, string>> {
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
