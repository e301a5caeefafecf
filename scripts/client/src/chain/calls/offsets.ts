/** The calls of the pallet `offsets`: projects, their reductions, and the credits that are issued for them. */
import { stringToHex } from "@polkadot/util";
import type { Call, Make } from "./call.js";

/** What a project does. The place of a kind is its bit in `RuleSet.offsetsExcluded`; bit 6 stands for all kinds with a number. */
export const PROJECT_KINDS = ["Forest", "Solar", "Wind", "Hydro", "Biomass", "Biogas"] as const;
export type ProjectKind = (typeof PROJECT_KINDS)[number] | { readonly Other: number };

/** What an owner hands in for a project. */
export interface ProjectDetails {
	readonly kind: ProjectKind;
	readonly methodology: string;
	/** Its name in the registry that it comes from: capitals, digits and `- . / _ :`. */
	readonly registryRef: string;
	/** Digests, at least one. */
	readonly documents: readonly string[];
	/** Whether it lies at an installation of a covered entity. */
	readonly insideEts: boolean;
}

/** What an owner reports of a monitoring period. */
export interface Reductions {
	/** First and last day: days since 1 January 1970. */
	readonly from: number;
	readonly to: number;
	readonly tonnes: bigint;
	readonly digest: string;
	readonly registryRef: string;
}

export type ProjectDecision = { readonly Register: { readonly insideEts: boolean } } | "Refuse" | "Suspend";

export class OffsetCalls {
	constructor(private readonly make: Make) {}

	readonly registerProject = (details: ProjectDetails): Call =>
		this.make("offsets", "registerProject", projectArguments(details));
	readonly resubmitProject = (project: number, details: ProjectDetails): Call =>
		this.make("offsets", "resubmitProject", project, projectArguments(details));
	readonly withdrawProject = (project: number): Call => this.make("offsets", "withdrawProject", project);
	/** @param revision Which application was looked at; the first one is 0. */
	readonly decideProject = (
		project: number,
		revision: number,
		decision: ProjectDecision,
		reason: string,
	): Call => this.make("offsets", "decideProject", project, revision, decision, reason);
	readonly reportReductions = (project: number, reductions: Reductions): Call => {
		const { from, to, tonnes, digest, registryRef } = reductions;
		return this.make("offsets", "reportReductions", project, {
			from,
			to,
			tonnes,
			digest,
			registryRef: stringToHex(registryRef),
		});
	};
	readonly withdrawReductions = (report: number): Call => this.make("offsets", "withdrawReductions", report);
	/** `tonnes` and `digest` repeat those of the report. */
	readonly verifyReductions = (report: number, tonnes: bigint, digest: string): Call =>
		this.make("offsets", "verifyReductions", report, tonnes, digest);
	readonly refuseReductions = (report: number, reason: string): Call =>
		this.make("offsets", "refuseReductions", report, reason);
	readonly issueSeries = (report: number): Call => this.make("offsets", "issueSeries", report);
	readonly reverse = (project: number, tonnes: bigint, reason: string): Call =>
		this.make("offsets", "reverse", project, tonnes, reason);
	readonly settleReversal = (project: number, asset: number, tonnes: bigint): Call =>
		this.make("offsets", "settleReversal", project, asset, tonnes);
	readonly releaseBuffer = (project: number, tonnes: bigint): Call =>
		this.make("offsets", "releaseBuffer", project, tonnes);
	/** Give credits up for good. @param beneficiary Empty for the holder itself. */
	readonly cancel = (asset: number, tonnes: bigint, beneficiary: string, reason: string): Call =>
		this.make("offsets", "cancel", asset, tonnes, stringToHex(beneficiary), reason);
}

/** Text goes as bytes, so that none is taken for hex digits. */
function projectArguments(details: ProjectDetails): Record<string, unknown> {
	const { kind, methodology, registryRef, documents, insideEts } = details;
	return {
		kind,
		methodology: stringToHex(methodology),
		registryRef: stringToHex(registryRef),
		documents,
		insideEts,
	};
}
