/** The calls of the chain as typed functions. */
import type { ApiPromise } from "@polkadot/api";
import { stringToHex } from "@polkadot/util";
import { AllocationCalls } from "./calls/allocation.js";
import { type Call, type Make, maker } from "./calls/call.js";
import type { LevelRules } from "./calls/credit.js";
import { OffsetCalls } from "./calls/offsets.js";
import { PenaltyCalls } from "./calls/penalties.js";
import { ProvenanceCalls } from "./calls/provenance.js";
import type { RuleSet, Timeline } from "./calls/rules.js";

export type { Call } from "./calls/call.js";
export * from "./calls/credit.js";
export * from "./calls/rules.js";

export type Role =
	| "CoveredEntity"
	| "ResourceHolder"
	| "Trader"
	| "Verifier"
	| "SettlementBank"
	| "Insider"
	| "Representative"
	| "NodeOperator";
export type Level = "Clerk" | "Officer" | "Supervisor";
/** What an operator may do for its organisation. */
export type ProxyType = "Any" | "Trade" | "Reporting" | "Compliance";
/** What an emergency stop stops. */
export type HaltScope =
	| "AllTrading"
	| { readonly Market: number }
	| { readonly Asset: number }
	| { readonly Account: string };
export type Side = "Buy" | "Sell";
/** Whether an order trades, and what happens to what is left of it. */
export type OrderKind = "GoodTillCancelled" | "ImmediateOrCancel" | "FillOrKill" | "PostOnly" | "Market";
/** Which of two orders gives way that must not trade with each other. */
export type SelfTrade = "CancelTaker" | "CancelMaker" | "CancelBoth" | "Decrement";

/** What moves between the registry account and the trading ledger. */
export type Funds =
	| { readonly Cash: { readonly amount: bigint } }
	| { readonly Allowances: { readonly asset: number; readonly tonnes: bigint } };

export type TonnesByAccount = readonly (readonly [account: string, tonnes: bigint])[];

/** What a call may take, as the chain counts it. */
export interface Weight {
	readonly refTime: bigint;
	readonly proofSize: bigint;
}

/** Rules of a market: prices in fen per tonne, quantities in tonnes. */
export interface MarketParams {
	readonly tick: bigint;
	readonly lot: bigint;
	readonly orderMin: bigint;
	readonly orderMax: bigint;
	/** Most orders of one participant at rest. */
	readonly ordersMax: number;
	readonly priceMin: bigint;
	readonly priceMax: bigint;
	/** How far a price may be from the reference price, in basis points; nothing for no such rule. */
	readonly bandBps: number | null;
	/** What was bought on a day is neither sold nor withdrawn on it. */
	readonly resaleNextDay: boolean;
	/** Most that a participant or a group may hold beyond what was allocated to it; nothing for no limit. */
	readonly holdingMax: bigint | null;
	/** In parts per million of a trade's value. */
	readonly fees: { readonly makerPpm: number; readonly takerPpm: number };
}

/** Times of the day, in minutes after local midnight. */
export interface Session {
	readonly opens: number;
	readonly closes: number;
}

/** When a market trades. */
export interface Calendar {
	/** Minutes that local time is ahead of UTC. */
	readonly utcOffset: number;
	/** Working days of the week, a bit each: bit 0 is Monday. */
	readonly weekdays: number;
	/** Days that are no working days, in the order of time: days since 1 January 1970. */
	readonly holidays: readonly number[];
	/** Make-up working days, whatever the day of the week, in the order of time. */
	readonly workdays: readonly number[];
	/** `auction`: minutes before the first session in which orders are collected. */
	readonly hours:
		| "AroundTheClock"
		| { readonly Sessions: { readonly sessions: readonly Session[]; readonly auction: number } };
}

/** An order. What is left out is as the chain would have it: it rests, without a date and without limits of its own. */
export interface NewOrder {
	readonly side: Side;
	/** The worst price that it accepts, in fen per tonne. */
	readonly price: bigint;
	readonly tonnes: bigint;
	readonly kind?: OrderKind;
	/** When it leaves the book, in milliseconds since the Unix epoch. */
	readonly expires?: number;
	readonly selfTrade?: SelfTrade;
	/** The highest fee that it accepts, in parts per million of a trade's value. */
	readonly feeMax?: number;
	/** How many other orders it may meet. */
	readonly meetMax?: number;
}

/** Rules of a market's block trades. */
export interface BlockRules {
	readonly minTonnes: bigint;
	/** How far a price may be from the reference price, in basis points. */
	readonly bandBps: number;
	/** How far ahead the settlement date may be. */
	readonly settlementMaxDays: number;
	/** Time to perform once the date has come, in milliseconds. */
	readonly window: number;
}

/** Terms of a block trade. Moments are in milliseconds since the Unix epoch. */
export interface BlockTerms {
	readonly asset: number;
	readonly seller: string;
	readonly buyer: string;
	readonly tonnes: bigint;
	readonly price: bigint;
	/** From then on it can be accepted no more. */
	readonly expiresAt: number;
	/** The settlement date; nothing where it is settled at once. */
	readonly settlesAt: number | null;
}

/** Around the clock, with days that end at midnight UTC. */
export const AROUND_THE_CLOCK: Calendar = {
	utcOffset: 0,
	weekdays: 0b0001_1111,
	holidays: [],
	workdays: [],
	hours: "AroundTheClock",
};

/** An order as the chain takes it. */
export function orderArguments(order: NewOrder): Record<string, unknown> {
	const { side, price, tonnes, kind, expires, selfTrade, feeMax, meetMax } = order;
	return {
		side,
		price,
		tonnes,
		kind: kind ?? "GoodTillCancelled",
		expires: expires ?? null,
		selfTrade: selfTrade ?? "CancelTaker",
		feeMax: feeMax ?? null,
		meetMax: meetMax ?? null,
	};
}

export class Calls {
	readonly allocation: AllocationCalls;
	readonly offsets: OffsetCalls;
	readonly penalties: PenaltyCalls;
	readonly provenance: ProvenanceCalls;
	private readonly make: Make;

	constructor(api: ApiPromise) {
		this.make = maker(api);
		this.allocation = new AllocationCalls(this.make);
		this.offsets = new OffsetCalls(this.make);
		this.penalties = new PenaltyCalls(this.make);
		this.provenance = new ProvenanceCalls(this.make);
	}

	/** Wrap `calls` so that all of them happen or none, with the break-glass key's authority. */
	readonly breakGlass = (calls: readonly Call[]): Call => this.make("sudo", "sudo", this.together(calls));
	/** `call` as `account`, with the break-glass key's authority. */
	readonly asAccount = (account: string, call: Call): Call => this.make("sudo", "sudoAs", account, call);
	/** `calls` as one: all of them happen or none. */
	readonly together = (calls: readonly Call[]): Call => {
		const [only] = calls;
		return calls.length === 1 && only !== undefined ? only : this.make("utility", "batchAll", calls);
	};

	readonly admit = (account: string, roles: readonly Role[], identity: string): Call =>
		this.make(
			"participants",
			"admit",
			account,
			roles.map((role) => ({ role, expiresAt: null })),
			identity,
		);

	readonly apply = (identity: string, roles: readonly Role[]): Call =>
		this.make("participants", "apply", identity, roles);
	readonly register = (account: string): Call => this.make("participants", "register", account);

	/** What one officer decides, on the legal basis `basis` and for reasons in a document with the digest `reason`. */
	readonly act = (basis: string, reason: string, call: Call): Call =>
		this.make("regulator", "act", basis, reason, call);
	readonly propose = (basis: string, reason: string, call: Call): Call =>
		this.make("regulator", "propose", basis, reason, call);
	readonly approve = (id: bigint, callHash: string, weightLimit: Weight): Call =>
		this.make("regulator", "approve", id, callHash, weightLimit);
	readonly reject = (id: bigint, reason: string): Call => this.make("regulator", "reject", id, reason);
	/** @param until Milliseconds since the Unix epoch. */
	readonly halt = (scope: HaltScope, until: number): Call => this.make("regulator", "halt", scope, until);
	readonly resume = (scope: HaltScope): Call => this.make("regulator", "resume", scope);

	readonly addProxy = (operator: string, type: ProxyType): Call =>
		this.make("proxy", "addProxy", operator, type, 0);
	/** `call` for `organisation`, by one of its operators. */
	readonly forOrganisation = (organisation: string, call: Call): Call =>
		this.make("proxy", "proxy", organisation, null, call);

	readonly mint = (to: string, amount: bigint, receipt: string): Call =>
		this.make("settlement", "mint", to, amount, receipt);

	/** What the levels of credit change. */
	readonly setLevels = (levels: LevelRules): Call => this.make("credit", "setLevels", levels);

	readonly openPeriod = (year: number, cap: bigint, rules: RuleSet, timeline: Timeline): Call =>
		this.make("allowance", "openPeriod", year, cap, rules, timeline);
	/** Other rules and deadlines for a period that is still planned. */
	readonly setRules = (year: number, rules: RuleSet, timeline: Timeline): Call =>
		this.make("allowance", "setRules", year, rules, timeline);
	readonly enrol = (year: number, entities: readonly string[]): Call =>
		this.make("allowance", "enrol", year, entities);
	readonly exclude = (year: number, entities: readonly string[]): Call =>
		this.make("allowance", "exclude", year, entities);
	readonly allocate = (year: number, allocations: TonnesByAccount): Call =>
		this.make("allowance", "allocate", year, allocations);
	readonly issueForSale = (year: number, seller: string, tonnes: bigint): Call =>
		this.make("allowance", "issueForSale", year, seller, tonnes);
	readonly reportEmissions = (year: number, tonnes: bigint, report: string): Call =>
		this.make("allowance", "reportEmissions", year, tonnes, report);
	readonly verifyReport = (year: number, entity: string, tonnes: bigint): Call =>
		this.make("allowance", "verifyReport", year, entity, tonnes);
	readonly confirmReports = (year: number, reports: TonnesByAccount): Call =>
		this.make("allowance", "confirmReports", year, reports);
	/** Open a verified or confirmed report again, so that the entity may correct it. */
	readonly reopenReport = (year: number, entity: string, reason: string): Call =>
		this.make("allowance", "reopenReport", year, entity, reason);
	/** Enter the emissions of an entity whose closed period has none. */
	readonly determineEmissions = (year: number, entity: string, tonnes: bigint, reason: string): Call =>
		this.make("allowance", "determineEmissions", year, entity, tonnes, reason);
	/** @param asset A vintage's allowances or a series of offset credits. */
	readonly surrender = (year: number, entity: string, asset: number, tonnes: bigint): Call =>
		this.make("allowance", "surrender", year, entity, asset, tonnes);
	/** @param beneficiary In whose favour, or for what; 128 bytes at most. */
	readonly cancel = (vintage: number, tonnes: bigint, beneficiary: string, reason: string): Call =>
		this.make("allowance", "cancel", vintage, tonnes, stringToHex(beneficiary), reason);
	readonly advancePeriod = (year: number): Call => this.make("allowance", "advancePeriod", year);
	readonly closePeriod = (year: number): Call => this.make("allowance", "closePeriod", year);
	/** Exchange unused allowances of a closed year for those of the next. */
	readonly carryOver = (year: number, tonnes: bigint): Call => this.make("allowance", "carryOver", year, tonnes);
	/** Between accounts of one confirmed group. */
	readonly transfer = (asset: number, to: string, tonnes: bigint): Call =>
		this.make("allowance", "transfer", asset, to, tonnes);
	/** @param basis Digest of the decision that the transfer rests on. */
	readonly transferWithBasis = (asset: number, from: string, to: string, tonnes: bigint, basis: string): Call =>
		this.make("allowance", "transferWithBasis", asset, from, to, tonnes, basis);
	readonly forceTransfer = (vintage: number, from: string, to: string, tonnes: bigint): Call =>
		this.make("allowance", "forceTransfer", vintage, from, to, tonnes);

	/** @param reference Where the price band lies on the first day, in fen per tonne. */
	readonly createMarket = (
		asset: number,
		params: MarketParams,
		reference: bigint,
		calendar: Calendar = AROUND_THE_CLOCK,
	): Call => this.make("market", "createMarket", asset, params, reference, calendar);
	readonly setParams = (asset: number, params: MarketParams): Call => this.make("market", "setParams", asset, params);
	readonly setCalendar = (asset: number, calendar: Calendar): Call =>
		this.make("market", "setCalendar", asset, calendar);
	/** The fees of a market go to the treasury. */
	readonly collectFees = (asset: number): Call => this.make("market", "collectFees", asset);
	readonly deposit = (funds: Funds): Call => this.make("market", "deposit", funds);
	readonly withdraw = (funds: Funds): Call => this.make("market", "withdraw", funds);
	readonly placeOrder = (asset: number, order: NewOrder): Call =>
		this.make("market", "placeOrder", asset, orderArguments(order));
	readonly cancelOrder = (asset: number, order: bigint): Call => this.make("market", "cancelOrder", asset, order);
	/** Leave `tonnes` of an order, which keeps its place at the same price with less; otherwise another one is placed. */
	readonly replaceOrder = (asset: number, order: bigint, price: bigint, tonnes: bigint): Call =>
		this.make("market", "replaceOrder", asset, order, price, tonnes, null);
	/** Cancel the orders `cancels`, then place `orders`. */
	readonly batch = (asset: number, cancels: readonly bigint[], orders: readonly NewOrder[]): Call =>
		this.make("market", "batch", asset, cancels, orders.map(orderArguments));
	/** Take all own orders out of all books. */
	readonly cancelAll = (): Call => this.make("market", "cancelAll");

	readonly proposeBlockTrade = (terms: BlockTerms): Call => this.make("blockTrades", "propose", terms);
	/** @param digest That of the agreement, from the event `Proposed` or a question. */
	readonly acceptBlockTrade = (id: bigint, digest: string): Call => this.make("blockTrades", "accept", id, digest);
	readonly withdrawBlockTrade = (id: bigint): Call => this.make("blockTrades", "withdraw", id);
	readonly settleBlockTrade = (id: bigint): Call => this.make("blockTrades", "settle", id);
	readonly setBlockRules = (asset: number, rules: BlockRules): Call =>
		this.make("blockTrades", "setRules", asset, rules);

	/** A call of another pallet, by name. */
	readonly other = (section: string, method: string, ...args: unknown[]): Call => this.make(section, method, ...args);
}
