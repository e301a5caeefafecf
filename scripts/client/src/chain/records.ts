/** The chain's records of the compliance cycle, decoded from the JSON of the codec. Numbers of tonnes, money in fen. */
import { hexToString } from "@polkadot/util";
import { asBigInt, asNumber, asText, field, variant } from "../json.js";
import type { FineRule, RuleSet, Timeline } from "./calls/rules.js";

export type Phase = "Planned" | "Open" | "Surrendering" | "Closing" | "Closed";
/** Covered, not covered, emissions not confirmed in time, under no obligation. */
export type SurrenderStatus = "A" | "B" | "C" | "Excluded";

/** A compliance period. */
export interface Period {
	readonly rules: RuleSet;
	readonly timeline: Timeline;
	readonly phase: Phase;
	/** What a missing tonne is reckoned at, once the period has begun to close. */
	readonly finePrice: { readonly price: bigint; readonly basis: "Market" | "Fallback" | "Fixed" } | undefined;
}

/** An emissions report. */
export interface Report {
	readonly tonnes: bigint;
	readonly digest: string;
	readonly state: "Submitted" | "Verified" | "Confirmed";
	/** Milliseconds since the Unix epoch. */
	readonly at: bigint;
	/** Whether it came after reports were due. */
	readonly late: boolean;
	/** Whether it was verified after verification was due. */
	readonly verifiedLate: boolean;
}

/** What a covered entity owes and has done in one period. */
export interface Obligation {
	readonly allocated: bigint | undefined;
	readonly report: Report | undefined;
	/** Confirmed by the regulator. */
	readonly emissions: bigint | undefined;
	readonly excluded: boolean;
	/** Who verified the report, while it is verified or confirmed. */
	readonly verifier: string | undefined;
	/** How often the regulator opened a verified report again. */
	readonly corrections: number;
	/** In allowances and offset credits. */
	readonly surrendered: bigint;
	/** The part of it that was offset credits. */
	readonly offsets: bigint;
	/** What was missing when the period closed. */
	readonly shortfall: bigint;
	readonly status: SurrenderStatus | undefined;
	/** Emissions that need not be covered. */
	readonly waived: bigint;
	/** In fen. */
	readonly fine: bigint;
	/** What of the year's vintage went into the next one. */
	readonly carriedOver: bigint;
}

/** What has become of the allowances of one vintage. */
export interface Supply {
	readonly cap: bigint;
	/** Allocated and sold. */
	readonly issued: bigint;
	readonly sold: bigint;
	readonly surrendered: bigint;
	readonly cancelled: bigint;
	/** Came in place of allowances of the vintage before. */
	readonly carriedIn: bigint;
	/** Gone into the next vintage. */
	readonly carriedOut: bigint;
}

export interface Surrender {
	readonly supplier: string;
	readonly entity: string;
	/** Period of the obligation. */
	readonly year: number;
	/** A vintage's allowances or a series of offset credits. */
	readonly asset: number;
	readonly tonnes: bigint;
	readonly block: number;
}

/** Allowances that were given up voluntarily. */
export interface Cancellation {
	readonly holder: string;
	readonly vintage: number;
	readonly tonnes: bigint;
	readonly beneficiary: string;
	/** Digest of the stated reason. */
	readonly reason: string;
	readonly block: number;
}

/** Offset credits that were given up, or taken out after a reversal. */
export interface OffsetCancellation {
	readonly holder: string;
	readonly asset: number;
	readonly tonnes: bigint;
	readonly cause: "Voluntary" | "Reversal" | "Settlement";
	/** Nothing where the credits were not given up voluntarily. */
	readonly beneficiary: string | undefined;
	/** Digest; nothing where the owner paid what it owed. */
	readonly reason: string | undefined;
	readonly block: number;
}

/** A series of offset credits. */
export interface Series {
	readonly project: number;
	readonly report: number;
	/** "Forest", or "Other 7". */
	readonly kind: string;
	readonly insideEts: boolean;
	readonly vintage: number;
	readonly issued: bigint;
	readonly buffered: bigint;
	readonly surrendered: bigint;
	readonly cancelled: bigint;
}

/** An offset project. */
export interface Project {
	readonly owner: string;
	readonly kind: string;
	readonly methodology: string;
	readonly registryRef: string;
	readonly insideEts: boolean;
	readonly revision: number;
	readonly state: "Submitted" | "Registered" | "Refused" | "Suspended";
}

/** A report of reductions. */
export interface ReductionReport {
	readonly project: number;
	/** First and last day: days since 1 January 1970. */
	readonly from: number;
	readonly to: number;
	readonly tonnes: bigint;
	readonly digest: string;
	readonly registryRef: string;
	readonly state: "Submitted" | "Verified" | "Issued" | "Refused";
	readonly verifier: string | undefined;
}

export function period(value: unknown): Period {
	const finePrice = field(value, "finePrice");
	return {
		rules: ruleSet(field(value, "rules")),
		timeline: timeline(field(value, "timeline")),
		phase: variant(field(value, "phase")) as Phase,
		finePrice:
			finePrice === null
				? undefined
				: {
						price: asBigInt(field(finePrice, "price")),
						basis: variant(field(finePrice, "basis")) as "Market" | "Fallback" | "Fixed",
					},
	};
}

function ruleSet(value: unknown): RuleSet {
	const optional = (name: string) => {
		const number = field(value, name);
		return number === null ? null : asNumber(number);
	};
	const carryOver = field(value, "carryOver");
	return {
		obligation: variant(field(value, "obligation")) as RuleSet["obligation"],
		vintagesBack: optional("vintagesBack"),
		borrowing: field(value, "borrowing") === true,
		offsetCapBps: asNumber(field(value, "offsetCapBps")),
		offsetsExcluded: asNumber(field(value, "offsetsExcluded")),
		offsetsInsideEts: field(value, "offsetsInsideEts") === true,
		preAllocationBps: asNumber(field(value, "preAllocationBps")),
		gapCapBps: optional("gapCapBps"),
		fine: fineRule(field(value, "fine")),
		deductShortfall: field(value, "deductShortfall") === true,
		carryOver:
			carryOver === null
				? null
				: { base: asBigInt(field(carryOver, "base")), factorBps: asNumber(field(carryOver, "factorBps")) },
	};
}

function fineRule(value: unknown): FineRule {
	if (variant(value) === "PerTonne") return { PerTonne: asBigInt(field(value, "perTonne")) };
	const ofPrice = field(value, "ofPrice");
	return {
		OfPrice: {
			multiplierMilli: asNumber(field(ofPrice, "multiplierMilli")),
			fallbackPrice: asBigInt(field(ofPrice, "fallbackPrice")),
		},
	};
}

function timeline(value: unknown): Timeline {
	const moment = (name: string) => asBigInt(field(value, name));
	return {
		opens: moment("opens"),
		reportsDue: moment("reportsDue"),
		verificationDue: moment("verificationDue"),
		surrenderDue: moment("surrenderDue"),
		objectionDays: asNumber(field(value, "objectionDays")),
		decisionDays: asNumber(field(value, "decisionDays")),
	};
}

export function obligation(value: unknown): Obligation {
	const number = (name: string) => asBigInt(field(value, name));
	const [allocated, status] = [field(value, "allocated"), field(value, "status")];
	const filed = report(field(value, "report"));
	return {
		allocated: allocated === null ? undefined : asBigInt(allocated),
		report: filed,
		emissions: filed?.state === "Confirmed" ? filed.tonnes : undefined,
		excluded: field(value, "excluded") === true,
		verifier: textOrNothing(field(value, "verifier")),
		corrections: asNumber(field(value, "corrections")),
		surrendered: number("surrendered"),
		offsets: number("offsets"),
		shortfall: number("shortfall"),
		status: status === null ? undefined : (variant(status) as SurrenderStatus),
		waived: number("waived"),
		fine: number("fine"),
		carriedOver: number("carriedOver"),
	};
}

function report(value: unknown): Report | undefined {
	if (value === null) return undefined;
	return {
		tonnes: asBigInt(field(value, "tonnes")),
		digest: asText(field(value, "digest")),
		state: variant(field(value, "state")) as Report["state"],
		at: asBigInt(field(value, "at")),
		late: field(value, "late") === true,
		verifiedLate: field(value, "verifiedLate") === true,
	};
}

export function supply(value: unknown): Supply {
	const number = (name: string) => asBigInt(field(value, name));
	return {
		cap: number("cap"),
		issued: number("issued"),
		sold: number("sold"),
		surrendered: number("surrendered"),
		cancelled: number("cancelled"),
		carriedIn: number("carriedIn"),
		carriedOut: number("carriedOut"),
	};
}

export function surrender(value: unknown): Surrender {
	return {
		supplier: asText(field(value, "supplier")),
		entity: asText(field(value, "entity")),
		year: asNumber(field(value, "year")),
		asset: asNumber(field(value, "asset")),
		tonnes: asBigInt(field(value, "tonnes")),
		block: asNumber(field(value, "block")),
	};
}

export function cancellation(value: unknown): Cancellation {
	return {
		holder: asText(field(value, "holder")),
		vintage: asNumber(field(value, "vintage")),
		tonnes: asBigInt(field(value, "tonnes")),
		beneficiary: utf8(field(value, "beneficiary")),
		reason: asText(field(value, "reason")),
		block: asNumber(field(value, "block")),
	};
}

export function offsetCancellation(value: unknown): OffsetCancellation {
	const cause = field(value, "cause");
	const name = variant(cause) as OffsetCancellation["cause"];
	const details = field(cause, name.toLowerCase());
	return {
		holder: asText(field(value, "holder")),
		asset: asNumber(field(value, "asset")),
		tonnes: asBigInt(field(value, "tonnes")),
		cause: name,
		beneficiary: name === "Voluntary" ? utf8(field(details, "beneficiary")) : undefined,
		reason: name === "Settlement" ? undefined : asText(field(details, "reason")),
		block: asNumber(field(value, "block")),
	};
}

export function series(value: unknown): Series {
	const number = (name: string) => asBigInt(field(value, name));
	return {
		project: asNumber(field(value, "project")),
		report: asNumber(field(value, "report")),
		kind: projectKind(field(value, "kind")),
		insideEts: field(value, "insideEts") === true,
		vintage: asNumber(field(value, "vintage")),
		issued: number("issued"),
		buffered: number("buffered"),
		surrendered: number("surrendered"),
		cancelled: number("cancelled"),
	};
}

export function project(value: unknown): Project {
	const details = field(value, "details");
	return {
		owner: asText(field(value, "owner")),
		kind: projectKind(field(details, "kind")),
		methodology: utf8(field(details, "methodology")),
		registryRef: utf8(field(details, "registryRef")),
		insideEts: field(details, "insideEts") === true,
		revision: asNumber(field(value, "revision")),
		state: variant(field(value, "state")) as Project["state"],
	};
}

export function reductionReport(value: unknown): ReductionReport {
	const reductions = field(value, "reductions");
	return {
		project: asNumber(field(value, "project")),
		from: asNumber(field(reductions, "from")),
		to: asNumber(field(reductions, "to")),
		tonnes: asBigInt(field(reductions, "tonnes")),
		digest: asText(field(reductions, "digest")),
		registryRef: utf8(field(reductions, "registryRef")),
		state: variant(field(value, "state")) as ReductionReport["state"],
		verifier: textOrNothing(field(value, "verifier")),
	};
}

/** A kind that has a number only is "Other" and the number. */
function projectKind(value: unknown): string {
	const name = variant(value);
	return name === "Other" ? `Other ${asNumber(field(value, "other"))}` : name;
}

/** Text that the chain keeps as bytes. */
export function utf8(value: unknown): string {
	return hexToString(asText(value));
}

function textOrNothing(value: unknown): string | undefined {
	return value === null ? undefined : asText(value);
}
