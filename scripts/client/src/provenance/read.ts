/** The provenance graph of a chain, read page by page at one finalised block. */
import type { Codec } from "@polkadot/types/types";
import type { Connection } from "../chain/connect.js";
import { type Block, finalisedBlock, type Ledger, ledgerOf } from "../certificates/read.js";
import { ChainError, messageOf, NamedError } from "../errors.js";
import { asBigInt, asList } from "../json.js";
import {
	type ActivityRecord,
	activityRecord,
	type DataRecord,
	dataRecord,
	type EntityRecord,
	entityRecord,
} from "./records.js";

/** What the chain answers to one question at most. */
export const PAGE = 100;

/** Everything that the graph of a chain consists of, at one block. */
export interface Provenance {
	readonly chain: { readonly name: string; readonly genesis: string };
	readonly readAt: Block & {
		/** Milliseconds since the Unix epoch. */
		readonly time: bigint;
	};
	/** In the order of their ids. */
	readonly data: readonly DataRecord[];
	readonly activities: readonly ActivityRecord[];
	/** In the order of their accounts' texts. */
	readonly entities: readonly EntityRecord[];
}

/** How many records there are. */
export interface Counts {
	readonly activities: bigint;
	readonly data: bigint;
	readonly entities: bigint;
}

/** The runtime's answers at one block, as JSON. */
export interface Questions {
	/** Records from the id `from` on, at most `count`. */
	allData(from: bigint, count: number): Promise<unknown>;
	allActivities(from: bigint, count: number): Promise<unknown>;
	/** Records behind the account `after`, in the chain's own order, at most `count`. */
	executionEntities(after: string | null, count: number): Promise<unknown>;
	counts(): Promise<unknown>;
}

/** A chain, as far as its provenance graph needs it. */
export interface ProvenanceLedger extends Pick<Ledger, "name" | "genesis" | "finalised" | "numberOf" | "hashOf" | "timeOf"> {
	questionsAt(hash: string): Promise<Questions>;
}

/**
 * Read the whole graph.
 *
 * @param at Hash of the finalised block to read; the last one where nothing is said.
 */
export async function readProvenance(ledger: ProvenanceLedger, at?: string): Promise<Provenance> {
	const block = await finalisedBlock(ledger, at);
	try {
		const questions = await ledger.questionsAt(block.hash);
		const data = await numbered(dataRecord, (from) => questions.allData(from, PAGE));
		const activities = await numbered(activityRecord, (from) => questions.allActivities(from, PAGE));
		const entities = await allEntities(questions);
		requireAll(counts(await questions.counts()), { data, activities, entities });
		const time = block.number === 0 ? 0n : await ledger.timeOf(block.hash);
		return {
			chain: { name: ledger.name, genesis: ledger.genesis },
			readAt: { ...block, time },
			data,
			activities,
			entities: entities.sort((a, b) => (a.account < b.account ? -1 : 1)),
		};
	} catch (thrown) {
		if (thrown instanceof NamedError || at === undefined) throw thrown;
		// Most nodes keep the states of the last blocks only.
		throw new ChainError(`The node cannot read block ${at}: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

/** All records of a list that counts its ids upwards. */
async function numbered<T extends { readonly id: bigint }>(
	decode: (value: unknown) => T,
	page: (from: bigint) => Promise<unknown>,
): Promise<T[]> {
	const all: T[] = [];
	for (;;) {
		const next = (all.at(-1)?.id ?? -1n) + 1n;
		const records = asList(await page(next)).map(decode);
		for (const record of records) {
			if (record.id <= (all.at(-1)?.id ?? -1n)) throw outOfOrder(record.id.toString());
			all.push(record);
		}
		// Not before an empty page: the chain may answer with less than it was asked for.
		if (records.length === 0) return all;
	}
}

async function allEntities(questions: Questions): Promise<EntityRecord[]> {
	const all = new Map<string, EntityRecord>();
	let last: string | null = null;
	for (;;) {
		const records: EntityRecord[] = asList(await questions.executionEntities(last, PAGE)).map(entityRecord);
		for (const record of records) {
			if (all.has(record.account)) throw outOfOrder(record.account);
			all.set(record.account, record);
			last = record.account;
		}
		if (records.length === 0) return [...all.values()];
	}
}

function outOfOrder(id: string): ChainError {
	return new ChainError(`The chain names ${id} twice or out of order; is this client of the same version?`);
}

function counts(value: unknown): Counts {
	const [activities, data, entities] = asList(value).map(asBigInt);
	if (activities === undefined || data === undefined || entities === undefined) {
		throw new ChainError("The chain does not tell how many records there are; is this client of the same version?");
	}
	return { activities, data, entities };
}

/** What was read must be everything that the chain has counted. */
function requireAll(counted: Counts, read: Pick<Provenance, "data" | "activities" | "entities">): void {
	for (const [what, key] of [
		["data items", "data"],
		["activities", "activities"],
		["execution entities", "entities"],
	] as const) {
		if (BigInt(read[key].length) === counted[key]) continue;
		throw new ChainError(`The chain counts ${counted[key]} ${what}, but tells ${read[key].length}.`);
	}
}

/** The chain behind a connection. */
export function provenanceLedger(connection: Connection): ProvenanceLedger {
	const { api, url } = connection;
	return {
		...ledgerOf(connection),
		questionsAt: async (hash) => {
			const calls = (await api.at(hash)).call["provenanceApi"];
			if (calls === undefined) {
				throw new ChainError(`The chain at ${url} keeps no provenance graph: its runtime has no ProvenanceApi.`);
			}
			const ask = async (name: string, ...parameters: unknown[]): Promise<unknown> => {
				const question = calls[name];
				if (question === undefined) throw new ChainError(`The chain at ${url} has no question provenanceApi.${name}.`);
				return ((await question(...parameters)) as Codec).toJSON();
			};
			return {
				allData: (from, count) => ask("allData", from, count),
				allActivities: (from, count) => ask("allActivities", from, count),
				executionEntities: (after, count) => ask("executionEntities", after, count),
				counts: () => ask("counts"),
			};
		},
	};
}
