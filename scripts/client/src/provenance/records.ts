/** Records of the provenance graph as the chain keeps them, decoded from the JSON of its answers. */
import { hexToU8a } from "@polkadot/util";
import { ChainError } from "../errors.js";
import { asBigInt, asList, asNumber, asText, field, variant } from "../json.js";

/** A code of one of the extensible lists. */
export interface Code {
	/** `Report`, `Allocate`, … or `Other`. */
	readonly name: string;
	/** The number behind `Other`. */
	readonly number: number | undefined;
}

/** Whether a data item still stands, and what ended that. */
export type DataState =
	| { readonly name: "Valid" }
	/** By a later data item. */
	| { readonly name: "Superseded"; readonly by: bigint }
	/** By an activity. */
	| { readonly name: "Invalidated"; readonly by: bigint };

export interface Content {
	readonly algorithm: Code;
	/** Of the data, or of their ciphertext. */
	readonly digest: string;
	readonly isCiphertext: boolean;
	/** Empty where it is not known. */
	readonly mediaType: string;
	/** Bytes; zero where it is not known. */
	readonly size: bigint;
	/** Where its owner keeps the data; empty where it is not told. */
	readonly locator: string;
}

export interface DataRecord {
	readonly id: bigint;
	readonly kind: Code;
	readonly version: number;
	/** The compliance year that it is about. */
	readonly period: number | undefined;
	/** Name under which the chain finds it: `Allocation/2021/5F…`. */
	readonly subject: string | undefined;
	readonly owner: string;
	readonly content: Content;
	readonly protection: { readonly policy: bigint; readonly keyEpoch: number } | undefined;
	/** One of those that it derives from. */
	readonly primarySource: bigint | undefined;
	readonly device: string | undefined;
	readonly state: DataState;
	readonly generatedBy: bigint;
	readonly derivedFrom: readonly bigint[];
	/** When that activity ended, in milliseconds since the Unix epoch. */
	readonly generatedAt: bigint;
}

/** What set an activity off. */
export type Trigger =
	| { readonly name: "Activity"; readonly id: bigint }
	| { readonly name: "Data"; readonly id: bigint };

export interface ActivityRecord {
	readonly id: bigint;
	readonly kind: Code;
	/** The account of the execution entity that did it. */
	readonly entity: string;
	/** In whose name it acted then. */
	readonly onBehalfOf: string | undefined;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: bigint;
	readonly endedAt: bigint;
	/** Number of the block that recorded it. */
	readonly block: number;
	/** Country, by two letters. */
	readonly jurisdiction: string | undefined;
	readonly site: number | undefined;
	/** Digest of the parameters. */
	readonly parameters: string | undefined;
	readonly trigger: Trigger | undefined;
	/** The rule that it follows; empty where none is named. */
	readonly rule: string;
	/** Numbers of the pallet and of its call; nothing where the chain recorded it by itself. */
	readonly call: { readonly pallet: number; readonly call: number } | undefined;
	/** Version of the runtime. */
	readonly specVersion: number;
	readonly used: readonly bigint[];
	/** The data that it generated: the first one and how many, numbered without a gap. */
	readonly generated: { readonly first: bigint; readonly count: number };
}

export interface EntityRecord {
	readonly account: string;
	readonly kind: Code;
	/** Digest of the organisation's code. */
	readonly organisation: string | undefined;
	readonly role: string;
	/** Digest of the encrypted set of attributes. */
	readonly attributes: string | undefined;
	/** How it has signed its description, if it has. */
	readonly scheme: string | undefined;
	/** In whose name it acts. */
	readonly onBehalfOf: string | undefined;
	/** Milliseconds since the Unix epoch. */
	readonly registeredAt: bigint;
}

export function dataRecord(value: unknown): DataRecord {
	const record = field(value, "record");
	const content = field(record, "content");
	const protection = field(record, "protection");
	const origin = field(record, "origin");
	return {
		id: asBigInt(field(value, "id")),
		kind: code(field(record, "kind")),
		version: asNumber(field(record, "version")),
		period: optional(asNumber, field(record, "period")),
		subject: optional(subject, field(record, "subject")),
		owner: asText(field(record, "owner")),
		content: {
			algorithm: code(field(content, "algorithm")),
			digest: asText(field(content, "digest")),
			isCiphertext: field(content, "isCiphertext") === true,
			mediaType: text(field(content, "mediaType")),
			size: asBigInt(field(content, "size")),
			locator: text(field(content, "locator")),
		},
		protection:
			protection === null
				? undefined
				: {
						policy: asBigInt(field(protection, "policy")),
						keyEpoch: asNumber(field(protection, "keyEpoch")),
					},
		primarySource: optional(asBigInt, field(origin, "primarySource")),
		device: optional(asText, field(origin, "device")),
		state: dataState(field(record, "state")),
		generatedBy: asBigInt(field(record, "generatedBy")),
		derivedFrom: asList(field(record, "derivedFrom")).map(asBigInt),
		generatedAt: asBigInt(field(record, "generatedAt")),
	};
}

export function activityRecord(value: unknown): ActivityRecord {
	const record = field(value, "record");
	const space = field(record, "space");
	const condition = field(record, "condition");
	const tool = field(record, "tool");
	return {
		id: asBigInt(field(value, "id")),
		kind: code(field(record, "kind")),
		entity: asText(field(record, "entity")),
		onBehalfOf: optional(asText, field(record, "onBehalfOf")),
		startedAt: asBigInt(field(record, "startedAt")),
		endedAt: asBigInt(field(record, "endedAt")),
		block: asNumber(field(record, "block")),
		jurisdiction: optional(text, field(space, "jurisdiction")),
		site: optional(asNumber, field(space, "site")),
		parameters: optional(asText, field(condition, "parameters")),
		trigger: trigger(field(condition, "trigger")),
		rule: text(field(condition, "rule")),
		call: optional(call, field(tool, "call")),
		specVersion: asNumber(field(tool, "version")),
		used: asList(field(record, "used")).map(asBigInt),
		generated: {
			first: asBigInt(field(record, "generatedFirst")),
			count: asNumber(field(record, "generatedCount")),
		},
	};
}

export function entityRecord(value: unknown): EntityRecord {
	const record = field(value, "record");
	return {
		account: asText(field(value, "account")),
		kind: code(field(record, "kind")),
		organisation: optional(asText, field(record, "organisation")),
		role: text(field(record, "role")),
		attributes: optional(asText, field(record, "attributes")),
		scheme: optional(variant, field(record, "scheme")),
		onBehalfOf: optional(asText, field(record, "onBehalfOf")),
		registeredAt: asBigInt(field(record, "registeredAt")),
	};
}

/** Nothing where the chain has nothing. */
function optional<T>(decode: (value: unknown) => T, value: unknown): T | undefined {
	return value === null || value === undefined ? undefined : decode(value);
}

function code(value: unknown): Code {
	const name = variant(value);
	return { name, number: name === "Other" ? asNumber(field(value, "other")) : undefined };
}

function dataState(value: unknown): DataState {
	const name = variant(value);
	switch (name) {
		case "Valid":
			return { name };
		case "Superseded":
			return { name, by: asBigInt(field(field(value, "superseded"), "by")) };
		case "Invalidated":
			return { name, by: asBigInt(field(field(value, "invalidated"), "by")) };
		default:
			throw new ChainError(`The chain has a data item in the state ${name}; is this client of the same version?`);
	}
}

function trigger(value: unknown): Trigger | undefined {
	const name = variant(value);
	switch (name) {
		case "None":
			return undefined;
		case "Activity":
			return { name, id: asBigInt(field(value, "activity")) };
		case "Data":
			return { name, id: asBigInt(field(value, "data")) };
		default:
			throw new ChainError(`The chain has a trigger of the kind ${name}; is this client of the same version?`);
	}
}

function call(value: unknown): { pallet: number; call: number } {
	const [pallet, index] = asList(value);
	return { pallet: asNumber(pallet), call: asNumber(index) };
}

/** The variant's name and what it holds, in the chain's order: `Report/2021/5F…`. */
function subject(value: unknown): string {
	const [content] = Object.values(value as Record<string, unknown>);
	const parts = typeof content === "object" && content !== null ? Object.values(content) : [content];
	return [variant(value), ...parts.map(String)].join("/");
}

/** Text that the chain keeps as bytes; the bytes themselves, as hexadecimal text, where they are none. */
export function text(value: unknown): string {
	const hex = asText(value);
	if (!hex.startsWith("0x")) return hex;
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(hexToU8a(hex));
	} catch {
		return hex;
	}
}
