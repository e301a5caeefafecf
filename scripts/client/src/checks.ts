/** Laws that must hold on the chain, checked from its storage at one block. */
import type { ApiPromise } from "@polkadot/api";
import { encodeAddress } from "@polkadot/util-crypto";
import { palletAccount } from "./chain/accounts.js";
import type { Obligation, Storage, Supply, TradingAccount } from "./chain/storage.js";
import type { Trail } from "./chain/trail.js";
import { ChainError } from "./errors.js";
import { statusOf } from "./course.js";
import { enrolled, type OperatorPlan, sum, type YearPlan } from "./plan.js";

/** A law with the figures of both sides. */
export interface CheckResult {
	readonly law: string;
	/** Figures of the two sides, where the law compares two. */
	readonly left?: bigint;
	readonly right?: bigint;
	readonly holds: boolean;
	/** How the right side is made up, or what is wrong. */
	readonly detail: string;
}

/** What storage says of one vintage. */
export interface Holdings {
	readonly supply: Supply;
	/** Free balances by account, the market's own account included. */
	readonly accounts: ReadonlyMap<string, bigint>;
	/** On hold by account. A hold is taken out of the free balance, so both add up. */
	readonly holds: ReadonlyMap<string, bigint>;
}

const number = new Intl.NumberFormat("en-GB");

/** Read all vintages, those of `years` among them, and check that no tonne was lost or made. */
export async function conservation(
	api: ApiPromise,
	storage: Storage,
	years: readonly number[],
): Promise<CheckResult[]> {
	const market = marketAccount(api);
	const trading = await storage.tradingAccounts();
	const supplies = await storage.supplies();
	const results: CheckResult[] = [];
	// Laws about nothing hold always.
	for (const year of years.filter((each) => !supplies.has(each))) {
		results.push({ law: `${year}: the chain has the vintage`, holds: false, detail: "" });
	}
	for (const [asset, supply] of [...supplies].sort(([a], [b]) => a - b)) {
		const holdings = {
			supply,
			accounts: await storage.assetAccounts(asset),
			holds: await storage.assetHolds(asset),
		};
		results.push(...checkVintage(asset, holdings, market, trading));
	}
	results.push(checkCash(await storage.cash(market), trading, await storage.fees()));
	results.push(...checkInvariants(await storage.invariants()));
	return results;
}

/** What the chain says of itself. */
export function checkInvariants(
	reports: readonly { readonly pallet: string; readonly violation: string | undefined }[],
): CheckResult[] {
	if (reports.length === 0) return [{ law: "the chain checks its own invariants", holds: false, detail: "" }];
	return reports.map(({ pallet, violation }) => {
		const law = `the chain's own invariants of ${pallet}`;
		return { law, holds: violation === undefined, detail: violation ?? "" };
	});
}

/** What earlier years have left on one operator's account under the cumulative rule. */
export interface Earlier {
	readonly emissions: bigint;
	readonly surrendered: bigint;
}

/** `earlier` with what the records of one more year add, by operator. */
export function addYear(
	earlier: ReadonlyMap<string, Earlier>,
	recorded: ReadonlyMap<string, Obligation>,
): Map<string, Earlier> {
	const totals = new Map(earlier);
	for (const [id, { emissions, surrendered }] of recorded) {
		const before = totals.get(id) ?? { emissions: 0n, surrendered: 0n };
		totals.set(id, {
			emissions: before.emissions + (emissions ?? 0n),
			surrendered: before.surrendered + surrendered,
		});
	}
	return totals;
}

/**
 * The chain recorded what the plan says, and each status follows by the rule from what the chain recorded. Whether the
 * status is also the published one is another question, which the tables alone cannot decide.
 *
 * @param recorded The chain's records by operator.
 * @param earlier Totals of the years before, by operator; an operator that is not in it has none.
 */
export function checkObligations(
	plan: YearPlan,
	recorded: ReadonlyMap<string, Obligation>,
	earlier: ReadonlyMap<string, Earlier> = new Map(),
): CheckResult[] {
	const law = (text: string, wrong: readonly string[], of: number): CheckResult => ({
		law: `${plan.year}: ${text}`,
		left: BigInt(of - wrong.length),
		right: BigInt(of),
		holds: wrong.length === 0,
		detail: wrong.length === 0 ? "operators" : `the first that differs is operator ${wrong[0] ?? ""}`,
	});
	const taking = enrolled(plan);
	const strangers = recorded.size - taking.filter((each) => recorded.has(each.id)).length;
	const differ = plan.operators.filter((each) => !isAsPlanned(each, recorded.get(each.id)));
	const unruly = taking.filter((each) => {
		const record = recorded.get(each.id);
		return record === undefined || record.status !== ruled(record, earlier.get(each.id));
	});
	return [
		{
			law: `${plan.year}: the enrolled are those of the plan`,
			left: BigInt(recorded.size),
			right: BigInt(taking.length),
			holds: strangers === 0 && recorded.size === taking.length,
			detail: "",
		},
		law(
			"the chain recorded what the plan says",
			differ.map((each) => each.id),
			plan.operators.length,
		),
		law(
			"each status follows from what the chain recorded",
			unruly.map((each) => each.id),
			taking.length,
		),
	];
}

function isAsPlanned(plan: OperatorPlan, record: Obligation | undefined): boolean {
	if (plan.standing === "absent" || record === undefined) return plan.standing === "absent" && record === undefined;
	return (
		record.excluded === (plan.standing !== "obliged") &&
		(record.allocated ?? 0n) === plan.allocated &&
		record.emissions === (plan.late ?? plan.emissions) &&
		(record.report?.late ?? false) === (plan.late !== undefined) &&
		record.surrendered === plan.surrenders
	);
}

/** Status by the rule, from the chain's record. Emissions that were entered late count at the next deadline. */
function ruled({ excluded, emissions, surrendered, report }: Obligation, earlier?: Earlier): Obligation["status"] {
	const inTime = report?.late === true ? undefined : emissions;
	return statusOf(
		excluded ? "excluded" : "obliged",
		inTime,
		(inTime ?? 0n) + (earlier?.emissions ?? 0n),
		surrendered + (earlier?.surrendered ?? 0n),
	);
}

/** Address of the account that backs the trading ledger. */
function marketAccount(api: ApiPromise): string {
	const id = api.consts["market"]?.["palletId"];
	if (id === undefined)
		throw new ChainError("The chain does not tell the market's account; is this client of the same version?");
	return encodeAddress(palletAccount(id.toU8a()), api.registry.chainSS58 ?? 42);
}

/** The laws of one vintage. */
export function checkVintage(
	asset: number,
	{ supply, accounts, holds }: Holdings,
	market: string,
	trading: ReadonlyMap<string, TradingAccount>,
): CheckResult[] {
	const held = sum([...accounts.values()]);
	const onHold = sum([...holds.values()]);
	const { issued, surrendered, cancelled, cap, carriedIn, carriedOut } = supply;
	const left = issued + carriedIn;
	const right = held + onHold + surrendered + cancelled + carriedOut;
	const inLedger = sum(
		[...trading.values()].map(({ positions }) => {
			const balance = positions.get(asset);
			return balance === undefined ? 0n : balance.free + balance.locked + balance.pledged;
		}),
	);
	const backing = accounts.get(market) ?? 0n;
	return [
		{
			law: `${asset}: issued and carried in = held + on hold + surrendered + cancelled + carried out`,
			left,
			right,
			holds: left === right,
			detail: [held, onHold, surrendered, cancelled, carriedOut].map((each) => number.format(each)).join(" + "),
		},
		{ law: `${asset}: issued ≤ cap`, left: issued, right: cap, holds: issued <= cap, detail: "" },
		{
			law: `${asset}: the market's account = the trading ledger`,
			left: backing,
			right: inLedger,
			holds: backing === inLedger,
			detail: `${trading.size} trading accounts`,
		},
	];
}

/**
 * The market's cash backs the cash in the trading ledger, fen by fen.
 *
 * @param fees Paid in the markets and not collected yet.
 */
export function checkCash(backing: bigint, trading: ReadonlyMap<string, TradingAccount>, fees: bigint): CheckResult {
	const accounts = [...trading.values()];
	const inLedger = sum(accounts.map((each) => each.cashFree + each.cashLocked + each.cashPledged));
	return {
		law: "cash: the market's account = the trading ledger and the fees",
		left: backing,
		right: inLedger + fees,
		holds: backing === inLedger + fees,
		detail: `${trading.size} trading accounts`,
	};
}

/** Each act of the regulator has left one record, neither none nor two. */
export function checkAuditTrail({ acts, recorded }: Trail): CheckResult {
	return {
		law: "each of the regulator's acts left exactly one record",
		left: BigInt(acts),
		right: BigInt(recorded),
		holds: acts === recorded,
		detail: "",
	};
}
