/** Whether the lots agree with what the chain's storage says that everybody has. */
import type { ApiPromise } from "@polkadot/api";
import type { StorageKey } from "@polkadot/types";
import type { Codec } from "@polkadot/types/types";
import { Storage } from "../chain/storage.js";
import { ChainError, CheckError } from "../errors.js";
import { asBigInt, asNumber } from "../json.js";
import type { Lots } from "./lots.js";
import { type ChainAccounts, type Holder, heldFor } from "./movements.js";

type Tonnes = ReadonlyMap<string, bigint>;

/** Balances of one asset in tonnes, as the storage of one block has them. */
export interface Balances {
	/** Registry ledger by account: free and on hold. */
	readonly registry: Tonnes;
	/** Trading ledger by account: free, locked and pledged. */
	readonly trading: Tonnes;
	/** What the regulator holds, by the entity that it was issued for. */
	readonly held: Tonnes;
}

/** Compare for each asset. @param chain All assets, at the block up to which the lots have come. */
export function checkConservation(lots: Lots, chain: ReadonlyMap<number, Balances>, accounts: ChainAccounts): void {
	const assets = new Set([...lots.assets(), ...chain.keys()]);
	for (const asset of [...assets].sort((a, b) => a - b)) {
		const balances = chain.get(asset) ?? { registry: new Map(), trading: new Map(), held: new Map() };
		checkBacking(asset, balances, accounts);
		const there = holdingsOf(balances, accounts);
		const traced = lots.holdings(asset);
		for (const holder of [...new Set([...there.keys(), ...traced.keys()])].sort()) {
			const [is, should] = [traced.get(holder) ?? 0n, there.get(holder) ?? 0n];
			if (is === should) continue;
			throw new CheckError(
				`The trace does not agree with the chain: by all events ${holder} has ${is} t of asset ${asset}, ` +
					`by the chain's storage ${should} t.`,
			);
		}
	}
}

/** What pallets hold for others is what their accounts have. */
function checkBacking(asset: number, { registry, trading, held }: Balances, accounts: ChainAccounts): void {
	const pairs = [
		["the trading ledger", trading, accounts.market],
		["what the regulator holds", held, accounts.custody],
	] as const;
	for (const [what, parts, account] of pairs) {
		const [sum, there] = [total(parts), registry.get(account) ?? 0n];
		if (sum === there) continue;
		throw new CheckError(
			`The chain contradicts itself: ${what} is ${sum} t of asset ${asset}, but its account ${account} has ${there} t.`,
		);
	}
}

function holdingsOf({ registry, trading, held }: Balances, accounts: ChainAccounts): Map<Holder, bigint> {
	const holdings = new Map<Holder, bigint>();
	const add = (holder: Holder, tonnes: bigint): void => void holdings.set(holder, (holdings.get(holder) ?? 0n) + tonnes);
	for (const [account, tonnes] of registry) {
		if (account !== accounts.market && account !== accounts.custody) add(account, tonnes);
	}
	for (const [account, tonnes] of trading) add(account, tonnes);
	for (const [entity, tonnes] of held) add(heldFor(entity), tonnes);
	return holdings;
}

function total(parts: Tonnes): bigint {
	return [...parts.values()].reduce((sum, each) => sum + each, 0n);
}

/** Balances of all assets at the block `hash`. */
export async function balancesAt(api: ApiPromise, hash: string): Promise<Map<number, Balances>> {
	const storage = await Storage.open(api, hash);
	const [assets, held, accounts] = await Promise.all([
		keysOf(api, hash, "assets", "asset"),
		entriesOf(api, hash, "allocation", "held"),
		storage.tradingAccounts(),
	]);
	const balances = new Map<number, Balances>();
	for (const asset of assets.map(([key]) => asNumber(key))) {
		const registry = await storage.assetAccounts(asset);
		for (const [account, tonnes] of await storage.assetHolds(asset)) {
			registry.set(account, (registry.get(account) ?? 0n) + tonnes);
		}
		const trading = new Map<string, bigint>();
		for (const [account, { positions }] of accounts) {
			const position = positions.get(asset);
			if (position !== undefined) trading.set(account, position.free + position.locked + position.pledged);
		}
		const heldOf = held.filter(({ keys: [vintage] }) => asNumber(vintage) === asset);
		balances.set(asset, {
			registry,
			trading,
			held: new Map(heldOf.map(({ keys: [, entity], value }) => [String(entity), asBigInt(value)])),
		});
	}
	return balances;
}

interface Entry {
	readonly keys: readonly unknown[];
	readonly value: unknown;
}

async function entriesOf(api: ApiPromise, hash: string, section: string, name: string): Promise<Entry[]> {
	const item = await itemOf(api, hash, section, name);
	const entries = (await item.entries()) as unknown as [StorageKey, Codec][];
	return entries.map(([key, value]) => ({ keys: key.args.map((each) => each.toJSON()), value: value.toJSON() }));
}

async function keysOf(api: ApiPromise, hash: string, section: string, name: string): Promise<unknown[][]> {
	const item = await itemOf(api, hash, section, name);
	return (await item.keys()).map((key) => key.args.map((each) => each.toJSON()));
}

async function itemOf(api: ApiPromise, hash: string, section: string, name: string) {
	const item = (await api.at(hash)).query[section]?.[name];
	if (item === undefined)
		throw new ChainError(`The chain has no storage ${section}.${name}; is this client of the same version?`);
	return item;
}
