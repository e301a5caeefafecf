/** Calls of the pallet `penalties`. Money is in fen. */
import { stringToHex } from "@polkadot/util";
import type { Call, Make } from "./call.js";

export type FineAmount =
	| { readonly Fixed: { readonly amount: bigint } }
	| { readonly Multiple: { readonly base: bigint; readonly timesMilli: number } }
	| { readonly PerTonne: { readonly tonnes: bigint; readonly price: bigint; readonly timesMilli: number } };

/** What a penalty consists of. */
export type PenaltySanction =
	| "Warning"
	| "Publication"
	| { readonly Fine: FineAmount }
	| { readonly AllocationCut: bigint }
	| { readonly TradingBan: { readonly days: number } };

/** What is decided about an objection. */
export type PenaltyDecision = "Upheld" | "Rejected" | { readonly Reduced: PenaltySanction };

/** What the regulator proposes. */
export interface Proposal {
	readonly account: string;
	/** The year that it is counted in. */
	readonly year: number;
	/** Which rule was broken; 128 bytes at most. */
	readonly basis: string;
	readonly sanction: PenaltySanction;
	/** Digest. */
	readonly evidence: string;
	/** Whether it is published once it is final. */
	readonly publish: boolean;
}

export class PenaltyCalls {
	constructor(private readonly make: Make) {}

	readonly propose = ({ account, year, basis, sanction, evidence, publish }: Proposal): Call =>
		this.make("penalties", "propose", account, year, stringToHex(basis), sanction, evidence, publish);
	readonly object = (id: bigint, digest: string): Call => this.make("penalties", "object", id, digest);
	readonly decide = (id: bigint, decision: PenaltyDecision, reason: string): Call =>
		this.make("penalties", "decide", id, decision, reason);
	readonly pay = (id: bigint): Call => this.make("penalties", "pay", id);
	/** Up to `amount` of what `account` owes. */
	readonly payDebt = (account: string, amount: bigint): Call => this.make("penalties", "payDebt", account, amount);
	readonly waive = (id: bigint, reason: string): Call => this.make("penalties", "waive", id, reason);
	readonly annul = (id: bigint, reason: string): Call => this.make("penalties", "annul", id, reason);
	readonly finalise = (id: bigint): Call => this.make("penalties", "finalise", id);
}
