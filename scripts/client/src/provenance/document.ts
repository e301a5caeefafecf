/**
 * The graph of a chain in the words of W3C PROV: data are entities, activities are activities, execution entities are
 * agents. Statements are in the order of their ids, so that the same block gives the same document.
 */
import { ChainError } from "../errors.js";
import type { Provenance } from "./read.js";
import type { ActivityRecord, Code, DataRecord, EntityRecord } from "./records.js";

/** What a statement takes before its attributes, in the order of PROV-N. */
export const ARGUMENTS = {
	entity: [],
	activity: ["prov:startTime", "prov:endTime"],
	agent: [],
	used: ["prov:activity", "prov:entity", "prov:time"],
	wasGeneratedBy: ["prov:entity", "prov:activity", "prov:time"],
	wasInvalidatedBy: ["prov:entity", "prov:activity", "prov:time"],
	wasDerivedFrom: ["prov:generatedEntity", "prov:usedEntity", "prov:activity", "prov:generation", "prov:usage"],
	wasAttributedTo: ["prov:entity", "prov:agent"],
	wasAssociatedWith: ["prov:activity", "prov:agent", "prov:plan"],
	actedOnBehalfOf: ["prov:delegate", "prov:responsible", "prov:activity"],
	wasInformedBy: ["prov:informed", "prov:informant"],
	wasStartedBy: ["prov:activity", "prov:trigger", "prov:starter", "prov:time"],
} as const satisfies Record<string, readonly string[]>;

export type StatementKind = keyof typeof ARGUMENTS;
export const KINDS = Object.keys(ARGUMENTS) as StatementKind[];

/** What an attribute says: a text, or a text of a type. A name of PROV or of ours has the type `xsd:QName`. */
export interface Value {
	readonly text: string;
	readonly type?: string;
}

/** What is said of a node of the graph, or of an edge. */
export interface Statement {
	readonly kind: StatementKind;
	/** Of a node: an entity, an activity or an agent. */
	readonly id?: string;
	/** As many as {@link ARGUMENTS} has for the kind, or fewer where nothing follows. */
	readonly args: readonly (string | undefined)[];
	readonly attributes: readonly (readonly [string, Value])[];
}

export interface Document {
	/** All that names are abbreviated with. `prov` and `xsd` are known to every reader of PROV-N. */
	readonly prefixes: Readonly<Record<string, string>>;
	readonly statements: readonly Statement[];
}

export const dataName = (id: bigint): string => `chain:data-${id}`;
export const activityName = (id: bigint): string => `chain:activity-${id}`;
export const agentName = (account: string): string => `chain:account-${account}`;
/** The entity that names the block which the document was read at. It is the only one that is no record of the chain. */
export const blockName = (number: number): string => `chain:block-${number}`;

/** Write the graph as a document of PROV. */
export function documentOf(provenance: Provenance): Document {
	const { chain, data, activities, entities } = provenance;
	const activity = new Map(activities.map((each) => [each.id, each]));
	const datum = new Map(data.map((each) => [each.id, each]));
	const statements = [
		blockEntity(provenance),
		...data.map(entity),
		...activities.map(activityStatement),
		...entities.map(agent),
		...activities.flatMap(({ id, used }) =>
			used.map((each) => relation("used", [activityName(id), dataName(each)])),
		),
		...data.map(generation),
		...data.flatMap((each) => invalidation(each, activity)),
		...derivations(data, datum, activity),
		...data.flatMap(attributions),
		...activities.map((each) => relation("wasAssociatedWith", [activityName(each.id), agentName(each.entity)])),
		...entities.flatMap(({ account, onBehalfOf }) =>
			onBehalfOf === undefined ? [] : [relation("actedOnBehalfOf", [agentName(account), agentName(onBehalfOf)])],
		),
		...activities.flatMap(({ id, entity: who, onBehalfOf }) =>
			onBehalfOf === undefined
				? []
				: [relation("actedOnBehalfOf", [agentName(who), agentName(onBehalfOf), activityName(id)])],
		),
		...activities.flatMap(triggers),
	];
	return {
		prefixes: {
			carbon: "urn:carbon-chain:vocabulary:",
			// The ids of two chains never meet.
			chain: `urn:carbon-chain:${chain.genesis.replace(/^0x/, "")}:`,
			prov: "http://www.w3.org/ns/prov#",
			xsd: "http://www.w3.org/2001/XMLSchema#",
		},
		// Sorting keeps the order among statements of one kind.
		statements: statements.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
	};
}

function blockEntity({ chain, readAt }: Provenance): Statement {
	return node("entity", blockName(readAt.number), [
		["prov:type", name("carbon:Block")],
		["carbon:chain", plain(chain.name)],
		["carbon:genesis", plain(chain.genesis)],
		["carbon:number", unsigned(readAt.number)],
		["carbon:hash", plain(readAt.hash)],
		["carbon:time", moment(readAt.time)],
	]);
}

function entity(record: DataRecord): Statement {
	const { content, protection } = record;
	return node("entity", dataName(record.id), [
		["prov:type", typeOf(record.kind, "Data")],
		["carbon:version", unsigned(record.version)],
		["carbon:period", optional(unsigned, record.period)],
		["carbon:subject", optional(plain, record.subject)],
		["carbon:digest", plain(content.digest)],
		["carbon:digestAlgorithm", plain(wordOf(content.algorithm))],
		["carbon:ciphertext", { text: String(content.isCiphertext), type: "xsd:boolean" }],
		["carbon:mediaType", some(content.mediaType)],
		["carbon:size", content.size === 0n ? undefined : unsigned(content.size)],
		["carbon:locator", some(content.locator)],
		["carbon:policy", optional(unsigned, protection?.policy)],
		["carbon:keyEpoch", optional(unsigned, protection?.keyEpoch)],
		["carbon:state", plain(record.state.name)],
	]);
}

function activityStatement(record: ActivityRecord): Statement {
	const { call } = record;
	return {
		...node("activity", activityName(record.id), [
			["prov:type", typeOf(record.kind, "Activity")],
			["prov:location", optional(plain, record.jurisdiction)],
			["carbon:site", optional(unsigned, record.site)],
			["carbon:parameters", optional(plain, record.parameters)],
			["carbon:rule", some(record.rule)],
			["carbon:call", call && plain(`${call.pallet}.${call.call}`)],
			["carbon:specVersion", unsigned(record.specVersion)],
			["carbon:block", unsigned(record.block)],
		]),
		args: [time(record.startedAt), time(record.endedAt)],
	};
}

/** Types that PROV itself has for agents. */
const PROV_AGENTS: Record<string, string> = {
	Person: "prov:Person",
	Organisation: "prov:Organization",
	Software: "prov:SoftwareAgent",
};

function agent(record: EntityRecord): Statement {
	const known = PROV_AGENTS[record.kind.name];
	return node("agent", agentName(record.account), [
		["prov:type", known === undefined ? typeOf(record.kind, "Agent") : name(known)],
		["carbon:organisation", optional(plain, record.organisation)],
		["carbon:role", some(record.role)],
		["carbon:attributes", optional(plain, record.attributes)],
		["carbon:proofScheme", optional(plain, record.scheme)],
		["carbon:registeredAt", moment(record.registeredAt)],
	]);
}

function generation({ id, generatedBy, generatedAt }: DataRecord): Statement {
	return relation("wasGeneratedBy", [dataName(id), activityName(generatedBy), time(generatedAt)]);
}

function invalidation({ id, state }: DataRecord, activities: ReadonlyMap<bigint, ActivityRecord>): Statement[] {
	if (state.name !== "Invalidated") return [];
	const at = time(required(activities, state.by, "activity").endedAt);
	return [relation("wasInvalidatedBy", [dataName(id), activityName(state.by), at])];
}

function derivations(
	data: readonly DataRecord[],
	byId: ReadonlyMap<bigint, DataRecord>,
	activities: ReadonlyMap<bigint, ActivityRecord>,
): Statement[] {
	return data.flatMap((record) => {
		const activity = required(activities, record.generatedBy, "activity");
		return record.derivedFrom.map((source) => {
			const types = [
				...(isRevision(record, required(byId, source, "data item"), activity) ? ["prov:Revision"] : []),
				...(source === record.primarySource ? ["prov:PrimarySource"] : []),
			];
			// Where it did not use the source, it has generated both.
			const by = activity.used.includes(source) ? activityName(activity.id) : undefined;
			const attributes = types.map((type) => ["prov:type", name(type)] as const);
			return relation("wasDerivedFrom", [dataName(record.id), dataName(source), by], attributes);
		});
	});
}

/**
 * Whether one is the next version of the other: made by revising it, taking its place, or standing beside it under the same name. What was
 * revised may be void by now.
 */
function isRevision(record: DataRecord, source: DataRecord, activity: ActivityRecord): boolean {
	if (activity.kind.name === "Revise") return true;
	if (source.state.name === "Superseded" && source.state.by === record.id) return true;
	return record.version === source.version + 1 && record.subject !== undefined && record.subject === source.subject;
}

function attributions({ id, owner, device }: DataRecord): Statement[] {
	const to = (account: string, role: string) =>
		relation("wasAttributedTo", [dataName(id), agentName(account)], [["prov:type", name(role)]]);
	return [to(owner, "carbon:Owner"), ...(device === undefined ? [] : [to(device, "carbon:SourceDevice")])];
}

/** An activity informs another one that it sets off. Where data did so, PROV says that they started it. */
function triggers({ id, trigger }: ActivityRecord): Statement[] {
	switch (trigger?.name) {
		case undefined:
			return [];
		case "Activity":
			return [relation("wasInformedBy", [activityName(id), activityName(trigger.id)])];
		case "Data":
			return [relation("wasStartedBy", [activityName(id), dataName(trigger.id)])];
	}
}

function node(
	kind: StatementKind,
	id: string,
	attributes: readonly (readonly [string, Value | undefined])[],
): Statement {
	const said = attributes.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
	return { kind, id, args: [], attributes: said };
}

function relation(
	kind: StatementKind,
	args: readonly (string | undefined)[],
	attributes: Statement["attributes"] = [],
): Statement {
	return { kind, args, attributes };
}

function required<T>(records: ReadonlyMap<bigint, T>, id: bigint, what: string): T {
	const found = records.get(id);
	if (found === undefined) throw new ChainError(`The chain refers to the ${what} ${id}, but has none of that number.`);
	return found;
}

const name = (text: string): Value => ({ text, type: "xsd:QName" });
const plain = (text: string): Value => ({ text });
/** A text, or nothing where it is empty. */
const some = (text: string): Value | undefined => (text === "" ? undefined : { text });
const unsigned = (number: number | bigint): Value => ({ text: number.toString(), type: "xsd:nonNegativeInteger" });
const moment = (at: bigint): Value => ({ text: time(at), type: "xsd:dateTime" });

function optional<T>(write: (value: T) => Value, value: T | undefined): Value | undefined {
	return value === undefined ? undefined : write(value);
}

/** A type of our own: `carbon:ReportData`, or `carbon:OtherData-7` for what has a number only. */
function typeOf({ name: word, number }: Code, suffix: string): Value {
	return name(`carbon:${wordOf({ name: `${word}${suffix}`, number })}`);
}

function wordOf({ name: word, number }: Code): string {
	return number === undefined ? word : `${word}-${number}`;
}

/** The last moment of the year 9999, after which dates have more digits. */
const TIME_MAX = 253_402_300_799_999n;

function time(at: bigint): string {
	if (at > TIME_MAX) throw new ChainError(`The chain names the time ${at}, which is after the year 9999.`);
	return new Date(Number(at)).toISOString();
}
