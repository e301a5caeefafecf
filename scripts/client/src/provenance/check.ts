/**
 * Whether an exported file has the nodes and edges of the chain: read from the file again, and compared by id with what
 * follows from the chain's records. Nothing here is shared with what writes the files but the names of things.
 */
import { ChainError, CheckError } from "../errors.js";
import { activityName, agentName, blockName, dataName } from "./document.js";
import type { Provenance } from "./read.js";

/** The nodes and edges of a graph, each as one line of text. Equal edges are there as often as they occur. */
export interface Graph {
	readonly nodes: readonly string[];
	readonly edges: readonly string[];
}

export type Format = "json" | "n";

const NODES: readonly string[] = ["entity", "activity", "agent"];

/** The keys of an edge's ends in PROV-JSON, in the order of PROV-N. Only a delegation's activity may be absent. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
	used: ["prov:activity", "prov:entity"],
	wasGeneratedBy: ["prov:entity", "prov:activity"],
	wasInvalidatedBy: ["prov:entity", "prov:activity"],
	wasDerivedFrom: ["prov:generatedEntity", "prov:usedEntity"],
	wasAttributedTo: ["prov:entity", "prov:agent"],
	wasAssociatedWith: ["prov:activity", "prov:agent"],
	actedOnBehalfOf: ["prov:delegate", "prov:responsible", "prov:activity"],
	wasInformedBy: ["prov:informed", "prov:informant"],
	wasStartedBy: ["prov:activity", "prov:trigger"],
};

/** The graph that the chain's records make. The block that was read is a node besides. */
export function graphOfChain({ readAt, data, activities, entities }: Provenance): Graph {
	const nodes = [
		`entity ${blockName(readAt.number)}`,
		...data.map(({ id }) => `entity ${dataName(id)}`),
		...activities.map(({ id }) => `activity ${activityName(id)}`),
		...entities.map(({ account }) => `agent ${agentName(account)}`),
	];
	const edges: string[] = [];
	const edge = (kind: string, ...names: string[]): void => void edges.push([kind, ...names].join(" "));
	for (const record of data) {
		const self = dataName(record.id);
		if (record.state.name === "Invalidated") edge("wasInvalidatedBy", self, activityName(record.state.by));
		for (const source of record.derivedFrom) edge("wasDerivedFrom", self, dataName(source));
		edge("wasAttributedTo", self, agentName(record.owner));
		if (record.device !== undefined) edge("wasAttributedTo", self, agentName(record.device));
	}
	for (const record of activities) {
		const self = activityName(record.id);
		for (const each of record.used) edge("used", self, dataName(each));
		// What an activity says it has generated, and what the data say, are two records of one thing.
		for (let n = 0; n < record.generated.count; n += 1) {
			edge("wasGeneratedBy", dataName(record.generated.first + BigInt(n)), self);
		}
		edge("wasAssociatedWith", self, agentName(record.entity));
		if (record.onBehalfOf !== undefined) {
			edge("actedOnBehalfOf", agentName(record.entity), agentName(record.onBehalfOf), self);
		}
		if (record.trigger?.name === "Activity") edge("wasInformedBy", self, activityName(record.trigger.id));
		if (record.trigger?.name === "Data") edge("wasStartedBy", self, dataName(record.trigger.id));
	}
	for (const { account, onBehalfOf } of entities) {
		if (onBehalfOf !== undefined) edge("actedOnBehalfOf", agentName(account), agentName(onBehalfOf));
	}
	requireEnds(nodes, edges);
	return { nodes, edges };
}

/** The chain must not refer to what it does not have. */
function requireEnds(nodes: readonly string[], edges: readonly string[]): void {
	const names = new Set(nodes.map((each) => each.slice(each.indexOf(" ") + 1)));
	for (const each of edges) {
		const missing = each.split(" ").slice(1).find((end) => !names.has(end));
		if (missing !== undefined) throw new ChainError(`The chain has no record of ${missing}, which "${each}" refers to.`);
	}
}

/** The graph that a file holds. */
export function graphOfFile(content: string, format: Format): Graph {
	return format === "json" ? graphOfJson(content) : graphOfN(content);
}

function graphOfJson(content: string): Graph {
	const document = JSON.parse(content) as Record<string, Record<string, Record<string, unknown>>>;
	const nodes: string[] = [];
	const edges: string[] = [];
	for (const [kind, statements] of Object.entries(document)) {
		if (kind === "prefix") continue;
		for (const [id, said] of Object.entries(statements)) {
			if (NODES.includes(kind)) nodes.push(`${kind} ${id}`);
			else edges.push([kind, ...endsOf(kind).flatMap((key) => said[key] ?? [])].join(" "));
		}
	}
	return { nodes, edges };
}

function graphOfN(content: string): Graph {
	const nodes: string[] = [];
	const edges: string[] = [];
	for (const line of content.split("\n")) {
		const found = /^ {2}(\w+)\(([^[]*?)(?:, \[.*\])?\)$/u.exec(line);
		const [, kind, list] = found ?? [];
		if (kind === undefined || list === undefined) {
			if (/^(document|endDocument|| {2}prefix .*)$/.test(line)) continue;
			throw new CheckError(`The file has the line "${line}", which is no statement.`);
		}
		const args = list.split(", ");
		if (NODES.includes(kind)) nodes.push(`${kind} ${args[0]}`);
		else edges.push([kind, ...endsOf(kind).flatMap((_, n) => (args[n] === "-" ? [] : [args[n]]))].join(" "));
	}
	return { nodes, edges };
}

function endsOf(kind: string): readonly string[] {
	const found = ENDS[kind];
	if (found === undefined) throw new CheckError(`The file has a statement of the kind ${kind}, which the chain has not.`);
	return found;
}

/** Require that both have the same nodes and edges. */
export function requireSame(chain: Graph, file: Graph): void {
	for (const what of ["nodes", "edges"] as const) {
		const missing = without(chain[what], file[what]);
		const added = without(file[what], chain[what]);
		if (missing.length > 0) {
			throw new CheckError(`The file lacks ${missing.length} of the chain's ${chain[what].length} ${what}: ${missing[0]}.`);
		}
		if (added.length > 0) {
			throw new CheckError(`The file has ${added.length} ${what} that the chain has not: ${added[0]}.`);
		}
	}
}

/** What is left of one list when each of the other is taken out once. */
function without(list: readonly string[], other: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const each of other) counts.set(each, (counts.get(each) ?? 0) + 1);
	return list.filter((each) => {
		const left = counts.get(each) ?? 0;
		counts.set(each, left - 1);
		return left <= 0;
	});
}
