/** Laws that must hold on the chain, checked from its storage at one block. */
import type { ApiPromise } from "@polkadot/api";
import { encodeAddress } from "@polkadot/util-crypto";
import { palletAccount } from "./chain/accounts.js";
import type { Storage, Supply, TradingAccount } from "./chain/storage.js";
import { ChainError } from "./errors.js";
import { sum } from "./plan.js";

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

/** Read all vintages and check that no tonne was lost or made. */
export async function conservation(api: ApiPromise, storage: Storage): Promise<CheckResult[]> {
	const market = marketAccount(api);
	const trading = await storage.tradingAccounts();
	const results: CheckResult[] = [];
	for (const [asset, supply] of [...(await storage.supplies())].sort(([a], [b]) => a - b)) {
		const holdings = {
			supply,
			accounts: await storage.assetAccounts(asset),
			holds: await storage.assetHolds(asset),
		};
		results.push(...checkVintage(asset, holdings, market, trading));
	}
	results.push(checkCash(await storage.cash(market), trading));
	for (const { pallet, violation } of await storage.invariants()) {
		const law = `the chain's own invariants of ${pallet}`;
		results.push({ law, holds: violation === undefined, detail: violation ?? "" });
	}
	return results;
}

/** Address of the account that backs the trading ledger. */
export function marketAccount(api: ApiPromise): string {
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
	const { issued, surrendered, cancelled, cap } = supply;
	const right = held + onHold + surrendered + cancelled;
	const inLedger = sum(
		[...trading.values()].map(({ positions }) => {
			const balance = positions.get(asset);
			return balance === undefined ? 0n : balance.free + balance.locked;
		}),
	);
	const backing = accounts.get(market) ?? 0n;
	return [
		{
			law: `${asset}: issued = held + on hold + surrendered + cancelled`,
			left: issued,
			right,
			holds: issued === right,
			detail: `${held} + ${onHold} + ${surrendered} + ${cancelled}`,
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

/** The market's cash backs the cash in the trading ledger, fen by fen. */
export function checkCash(backing: bigint, trading: ReadonlyMap<string, TradingAccount>): CheckResult {
	const inLedger = sum([...trading.values()].map((each) => each.cashFree + each.cashLocked));
	return {
		law: "cash: the market's account = the trading ledger",
		left: backing,
		right: inLedger,
		holds: backing === inLedger,
		detail: `${trading.size} trading accounts`,
	};
}
