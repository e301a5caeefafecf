/** The audit trail: what is on record of each act of the regulator. */
import { hexToString } from "@polkadot/util";
import { asBigInt, asList, asNumber, asText, field, variant } from "../json.js";

/** By which way an act came about. */
export type ActKind = "OneOfficer" | "TwoOfficers" | "BreakGlass";

/** A record, as far as the client reads it. */
export interface ActRecord {
	readonly id: bigint;
	readonly kind: ActKind;
	/** Who acted, proposed, or holds the break-glass key. */
	readonly by: string;
	/** Who approved or rejected, if somebody did. */
	readonly second: string | undefined;
	/** Pallet and name of the call: `participants.suspend`. */
	readonly description: string;
	readonly basis: string;
	/** Digest of the document that states the reasons. */
	readonly reason: string;
	readonly callHash: string;
	readonly block: number;
	/** Milliseconds since the Unix epoch. */
	readonly at: bigint;
	/** `Succeeded`, `Failed`, `Rejected`, `Expired`. */
	readonly outcome: string;
}

/** Decode the JSON of the record with the number `id`. */
export function actRecord(id: unknown, value: unknown): ActRecord {
	const second = field(value, "second");
	return {
		id: asBigInt(id),
		kind: variant(field(value, "kind")) as ActKind,
		by: String(field(value, "by")),
		second: second === null ? undefined : asText(second),
		description: hexToString(asText(field(value, "description"))),
		basis: hexToString(asText(field(value, "basis"))),
		reason: asText(field(value, "reason")),
		callHash: asText(field(value, "callHash")),
		block: asNumber(field(value, "block")),
		at: asBigInt(field(value, "at")),
		outcome: variant(field(value, "outcome")),
	};
}

/** Decode a list of records as the runtime API answers it: pairs of number and record. */
export function actRecords(list: unknown): ActRecord[] {
	return asList(list).map((each) => {
		const [id, value] = asList(each);
		return actRecord(id, value);
	});
}

/** What the trail says of the acts of one run. */
export interface Trail {
	/** Acts of the run. */
	readonly acts: number;
	/** Acts with exactly one record, which says that it succeeded and names the act's call. */
	readonly recorded: number;
	/** All records of the chain, by kind. */
	readonly kinds: ReadonlyMap<ActKind, number>;
}

/**
 * Look for the one record of each act.
 *
 * @param acts By the digest of the reasons, which names one act each, the call as a record describes it.
 */
export function checkTrail(records: readonly ActRecord[], acts: ReadonlyMap<string, string>): Trail {
	const kinds = new Map<ActKind, number>();
	const found = new Map<string, ActRecord[]>();
	for (const record of records) {
		kinds.set(record.kind, (kinds.get(record.kind) ?? 0) + 1);
		if (acts.has(record.reason)) found.set(record.reason, [...(found.get(record.reason) ?? []), record]);
	}
	const recorded = [...acts].filter(([reason, description]) => {
		const [record, ...others] = found.get(reason) ?? [];
		return others.length === 0 && record?.outcome === "Succeeded" && record.description === description;
	}).length;
	return { acts: acts.size, recorded, kinds };
}
