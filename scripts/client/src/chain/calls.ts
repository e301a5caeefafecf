/** The calls of the chain as typed functions. */
import type { ApiPromise } from "@polkadot/api";
import type { SubmittableExtrinsic } from "@polkadot/api/types";
import { ChainError } from "../errors.js";

export type Call = SubmittableExtrinsic<"promise">;

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
export type TimeInForce = "GoodTillCancelled" | "ImmediateOrCancel";

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

export interface MarketParams {
	readonly tick: bigint;
	readonly lot: bigint;
	readonly orderMax: bigint;
	readonly priceMin: bigint;
	readonly priceMax: bigint;
}

export class Calls {
	constructor(private readonly api: ApiPromise) {}

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

	readonly openPeriod = (year: number, cap: bigint, obligation: "Yearly" | "Cumulative"): Call =>
		this.make("allowance", "openPeriod", year, cap, obligation);
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
	readonly surrender = (year: number, vintage: number, tonnes: bigint): Call =>
		this.make("allowance", "surrender", year, vintage, tonnes);
	readonly closePeriod = (year: number): Call => this.make("allowance", "closePeriod", year);

	readonly createMarket = (asset: number, params: MarketParams): Call =>
		this.make("market", "createMarket", asset, params);
	readonly deposit = (funds: Funds): Call => this.make("market", "deposit", funds);
	readonly withdraw = (funds: Funds): Call => this.make("market", "withdraw", funds);
	readonly placeOrder = (asset: number, side: Side, price: bigint, tonnes: bigint, timeInForce: TimeInForce): Call =>
		this.make("market", "placeOrder", asset, side, price, tonnes, timeInForce);
	readonly cancelOrder = (asset: number, order: bigint): Call => this.make("market", "cancelOrder", asset, order);

	/** A call of another pallet, by name. */
	readonly other = (section: string, method: string, ...args: unknown[]): Call => this.make(section, method, ...args);

	private make(section: string, method: string, ...args: unknown[]): Call {
		const create = this.api.tx[section]?.[method];
		if (create === undefined) {
			throw new ChainError(`The chain has no call ${section}.${method}; is this client of the same version?`);
		}
		return create(...args);
	}
}
