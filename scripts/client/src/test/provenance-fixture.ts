/** A small provenance graph as a chain answers it: everything that one can say is there. */
import type { ProvenanceLedger, Questions } from "../provenance/read.js";

const HASHES = ["0xa0", "0xa1", "0xa2", "0xa3"];
const NOON = 1_700_000_000_000;

const hex = (text: string): string => `0x${Buffer.from(text).toString("hex")}`;
const digest = (byte: string): string => `0x${byte.repeat(32)}`;

function content(byte: string, more: object = {}): object {
	return {
		algorithm: { blake2b256: null },
		digest: digest(byte),
		isCiphertext: false,
		mediaType: "0x",
		size: 0,
		locator: "0x",
		...more,
	};
}

function datum(id: number, generatedBy: number, more: object): object {
	const record = {
		kind: { document: null },
		version: 1,
		period: null,
		subject: null,
		owner: "5Firm",
		content: content("aa"),
		protection: null,
		origin: { primarySource: null, device: null },
		state: { valid: null },
		generatedBy,
		derivedFrom: [],
		generatedAt: NOON + generatedBy * 1_000,
	};
	return { id, record: { ...record, ...more } };
}

function activity(id: number, first: number, count: number, more: object): object {
	const record = {
		kind: { collect: null },
		entity: "5Firm",
		onBehalfOf: null,
		startedAt: NOON + id * 1_000,
		endedAt: NOON + id * 1_000,
		block: id + 1,
		space: { jurisdiction: null, site: null },
		condition: { parameters: null, trigger: { none: null }, rule: "0x" },
		tool: { call: null, version: 7 },
		used: [],
		generatedFirst: first,
		generatedCount: count,
		previousOfEntity: null,
		previousOfKind: null,
	};
	return { id, record: { ...record, ...more } };
}

function agent(account: string, more: object): object {
	const record = {
		kind: { organisation: null },
		organisation: null,
		role: "0x",
		attributes: null,
		scheme: null,
		onBehalfOf: null,
		sequence: 0,
		lastActivity: null,
		registeredAt: NOON,
	};
	return { account, record: { ...record, ...more } };
}

/** Answers of a chain. */
export interface Answers {
	data: object[];
	activities: object[];
	entities: object[];
}

export function answers(): Answers {
	return {
		data: [
			// Readings of a meter, encrypted.
			datum(0, 0, {
				kind: { measurement: null },
				period: 2021,
				content: content("01", {
					isCiphertext: true,
					mediaType: hex("text/csv"),
					size: "0xffffffffffffffff",
					locator: hex('s3://bucket/"readings"\\2021\u2028, [x]'),
				}),
				protection: { policy: 3, keyEpoch: 2 },
				origin: { primarySource: null, device: "5Meter" },
			}),
			// A sum of them and a table, of which one is made from the other.
			datum(1, 1, { derivedFrom: [0], origin: { primarySource: 0, device: null }, state: { superseded: { by: 3 } } }),
			datum(2, 1, { kind: { other: 7 }, derivedFrom: [1], content: content("03", { algorithm: { other: 9 } }) }),
			datum(3, 2, { version: 2, derivedFrom: [1], state: { invalidated: { by: 3 } } }),
			// A report, and a corrected one beside it.
			datum(4, 4, { kind: { report: null }, period: 2021, subject: { report: { year: 2021, entity: "5Firm" } } }),
			datum(5, 5, {
				kind: { report: null },
				version: 2,
				period: 2021,
				subject: { report: { year: 2021, entity: "5Firm" } },
				derivedFrom: [4],
			}),
			datum(6, 6, { kind: { blockTrade: null }, subject: { blockTrade: 12 }, owner: "5Chain" }),
		],
		activities: [
			activity(0, 0, 1, {
				entity: "5Meter",
				onBehalfOf: "5Firm",
				startedAt: NOON - 3_600_000,
				space: { jurisdiction: hex("GB"), site: 4 },
				condition: { parameters: digest("0f"), trigger: { none: null }, rule: hex("MRR Art. 40") },
				tool: { call: [50, 1], version: 7 },
			}),
			activity(1, 1, 2, {
				kind: { aggregate: null },
				used: [0],
				condition: { parameters: null, trigger: { data: 0 }, rule: "0xff" },
			}),
			activity(2, 3, 1, { kind: { revise: null }, used: [1] }),
			activity(3, 4, 0, { kind: { delete: null }, used: [3] }),
			activity(4, 4, 1, { kind: { report: null }, used: [2] }),
			activity(5, 5, 1, {
				kind: { other: 300 },
				used: [4],
				condition: { parameters: null, trigger: { activity: 4 }, rule: "0x" },
			}),
			activity(6, 6, 1, { kind: { settle: null }, entity: "5Chain" }),
		],
		entities: [
			agent("5Meter", { kind: { device: null }, scheme: "Ed25519", onBehalfOf: "5Firm", role: hex("flow meter") }),
			agent("5Firm", { organisation: digest("0c"), attributes: digest("0d") }),
			agent("5Chain", { kind: { software: null } }),
		],
	};
}

/** A chain of four blocks, of which the last one but one is final, with the graph. */
export function chainWith({ data, activities, entities }: Answers, more: Partial<Questions> = {}): ProvenanceLedger {
	const page = (list: object[], from: bigint, count: number) =>
		list.filter((each) => BigInt((each as { id: number }).id) >= from).slice(0, count);
	const questions: Questions = {
		allData: async (from, count) => page(data, from, count),
		allActivities: async (from, count) => page(activities, from, count),
		executionEntities: async (after, count) => {
			const start = entities.findIndex((each) => (each as { account: string }).account === after) + 1;
			return entities.slice(start, start + count);
		},
		counts: async () => [activities.length, data.length, entities.length],
		...more,
	};
	return {
		name: "Development",
		genesis: `0x${"a0".repeat(32)}`,
		finalised: async () => ({ number: 2, hash: "0xa2" }),
		numberOf: async (hash) => {
			const number = HASHES.indexOf(hash);
			return number < 0 ? undefined : number;
		},
		hashOf: async (number) => HASHES[number] ?? "",
		timeOf: async () => BigInt(NOON + 60_000),
		questionsAt: async () => questions,
	};
}
