/** Whether a local file is what somebody has anchored on the chain: intact, altered or unknown. */
import type { Codec } from "@polkadot/types/types";
import type { Connection } from "../chain/connect.js";
import { type FinalBlock, finalisedHead } from "../chain/history.js";
import { ChainError } from "../errors.js";
import { asBigInt, asList } from "../json.js";
import { type ActivityRecord, activityRecord, type DataRecord, dataRecord } from "../provenance/records.js";
import { ALGORITHMS, type LocalFile } from "./file.js";

/** Data on the chain, and the activity that they were recorded with. */
export interface Anchored {
	readonly data: DataRecord;
	readonly activity: ActivityRecord;
}

export type Verdict =
	/** The chain knows the digest, of at least one item of data. */
	| { readonly verdict: "intact"; readonly found: readonly Anchored[] }
	/** The chain knows the data that were named, and they have another digest. */
	| { readonly verdict: "altered"; readonly found: readonly Anchored[] }
	| { readonly verdict: "unknown" };

/** What the file is compared with beside its digest. */
export interface Named {
	/** Number of the data that it should be. */
	readonly data: bigint | undefined;
	/** Where the owner keeps the data that it should be; nothing where that is not known. */
	readonly locator: string | undefined;
}

/** Questions to the provenance graph at one block. */
export interface Questions {
	data(id: bigint): Promise<DataRecord | undefined>;
	activity(id: bigint): Promise<ActivityRecord | undefined>;
	/** Numbers of the data with this digest. */
	byDigest(digest: string): Promise<bigint[]>;
	/** The data from number `from` on; at most a hundred. None after the last. */
	page(from: bigint): Promise<DataRecord[]>;
}

export async function verify(questions: Questions, file: LocalFile, named: Named): Promise<Verdict> {
	if (named.data !== undefined) {
		const data = await questions.data(named.data);
		if (data === undefined) throw new ChainError(`The chain has no data with the number ${named.data}.`);
		const found = [await anchored(questions, data)];
		return { verdict: has(data, file) ? "intact" : "altered", found };
	}
	const same: DataRecord[] = [];
	for (const digest of new Set(Object.values(file.digests))) {
		for (const id of await questions.byDigest(digest)) {
			const data = await questions.data(id);
			if (data !== undefined && has(data, file)) same.push(data);
		}
	}
	if (same.length > 0) return { verdict: "intact", found: await all(questions, same) };
	// Most data have none: an empty one names nothing.
	const located = named.locator ? await atLocator(questions, named.locator) : [];
	return located.length > 0 ? { verdict: "altered", found: await all(questions, located) } : { verdict: "unknown" };
}

/** Whether the digest of `data` is that of the file, by the algorithm that the data name. */
function has({ content: { algorithm, digest } }: DataRecord, file: LocalFile): boolean {
	const known = ALGORITHMS.find((each) => each === algorithm.name);
	if (known === undefined) {
		// With a code outside of the list nobody can tell how it was computed.
		return false;
	}
	return file.digests[known] === digest.toLowerCase();
}

/** Data that are kept at `locator`. The chain has no index of locators: all of them are looked at. */
async function atLocator(questions: Questions, locator: string): Promise<DataRecord[]> {
	const found: DataRecord[] = [];
	for (let from = 0n; ;) {
		const page = await questions.page(from);
		found.push(...page.filter(({ content }) => content.locator === locator));
		const last = page.at(-1);
		if (last === undefined) return found;
		from = last.id + 1n;
	}
}

async function all(questions: Questions, data: readonly DataRecord[]): Promise<Anchored[]> {
	const sorted = [...data].sort((a, b) => (a.id < b.id ? -1 : 1));
	const found: Anchored[] = [];
	for (const each of sorted) found.push(await anchored(questions, each));
	return found;
}

async function anchored(questions: Questions, data: DataRecord): Promise<Anchored> {
	const activity = await questions.activity(data.generatedBy);
	if (activity === undefined) throw new ChainError(`The chain has no activity with the number ${data.generatedBy}.`);
	return { data, activity };
}

/** The provenance graph at the last finalised block. */
export async function questionsAtHead(connection: Connection): Promise<{ questions: Questions; block: FinalBlock }> {
	const block = await finalisedHead(connection);
	const decoration = await connection.api.at(block.hash);
	const ask = async (method: string, ...values: unknown[]): Promise<unknown> => {
		const query = decoration.call["provenanceApi"]?.[method];
		if (query === undefined) {
			throw new ChainError(
				`The chain has no runtime API ProvenanceApi.${method}; is this client of the same version?`,
			);
		}
		return ((await query(...values)) as unknown as Codec).toJSON();
	};
	const optional = async <T>(decode: (value: unknown) => T, method: string, id: bigint): Promise<T | undefined> => {
		const value = await ask(method, id);
		return value === null ? undefined : decode(value);
	};
	return {
		block,
		questions: {
			data: (id) => optional(dataRecord, "data", id),
			activity: (id) => optional(activityRecord, "activity", id),
			byDigest: async (digest) => asList(await ask("dataByDigest", digest)).map(asBigInt),
			page: async (from) => asList(await ask("allData", from, 100)).map(dataRecord),
		},
	};
}
