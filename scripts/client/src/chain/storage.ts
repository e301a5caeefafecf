/** The chain's storage at one block, as typed records. */
import type { ApiPromise } from "@polkadot/api";
import type { ApiDecoration } from "@polkadot/api/types";
import type { StorageKey } from "@polkadot/types";
import type { Codec } from "@polkadot/types/types";
import { ChainError } from "../errors.js";
import { asBigInt, asList, asNumber, field, variant } from "../json.js";
import type {
	Cancellation,
	Obligation,
	OffsetCancellation,
	Period,
	Phase,
	Project,
	ReductionReport,
	Series,
	Supply,
	Surrender,
} from "./records.js";
import * as records from "./records.js";
import { type ActRecord, actRecord } from "./trail.js";

export type { Obligation, Supply } from "./records.js";

/** What a participant has in the trading ledger. */
export interface TradingAccount {
	readonly cashFree: bigint;
	/** By resting buy orders. */
	readonly cashLocked: bigint;
	/** By agreements outside of the order book. */
	readonly cashPledged: bigint;
	/** By asset. */
	readonly positions: ReadonlyMap<number, Position>;
}

/** What a participant has of one asset in the trading ledger, in tonnes. */
export interface Position {
	readonly free: bigint;
	/** By resting sell orders. */
	readonly locked: bigint;
	/** By agreements outside of the order book. */
	readonly pledged: bigint;
}

interface Entry {
	readonly keys: readonly Codec[];
	readonly value: unknown;
}

export class Storage {
	private constructor(private readonly at: ApiDecoration<"promise">) {}

	/** Storage at the block `hash`, by default the best one. */
	static async open(api: ApiPromise, hash?: string): Promise<Storage> {
		return new Storage(await api.at(hash ?? (await api.rpc.chain.getBlockHash()).toHex()));
	}

	/** Accounts that have been admitted. */
	async participants(): Promise<Set<string>> {
		const entries = await this.entries("participants", "participants");
		return new Set(entries.map((entry) => keyText(entry, 0)));
	}

	async sudoKey(): Promise<string | undefined> {
		const key = await this.value("sudo", "key");
		return key === null ? undefined : String(key);
	}

	/** Years that have a compliance period, in order. */
	async years(): Promise<number[]> {
		const entries = await this.entries("allowance", "periods");
		return entries.map((entry) => keyNumber(entry, 0)).sort((a, b) => a - b);
	}

	/** A year's compliance period. */
	async period(year: number): Promise<Period | undefined> {
		return decoded(records.period, await this.value("allowance", "periods", year));
	}

	/** Phase of a year's compliance period. */
	async phase(year: number): Promise<Phase | undefined> {
		return (await this.period(year))?.phase;
	}

	/** Obligations of a year by account. */
	async obligations(year: number): Promise<Map<string, Obligation>> {
		const entries = await this.entries("allowance", "obligations", year);
		return new Map(entries.map((entry) => [keyText(entry, 1), records.obligation(entry.value)]));
	}

	async obligation(year: number, entity: string): Promise<Obligation | undefined> {
		return decoded(records.obligation, await this.value("allowance", "obligations", year, entity));
	}

	/** Vintages by asset number. */
	async supplies(): Promise<Map<number, Supply>> {
		const entries = await this.entries("allowance", "supplies");
		return new Map(entries.map((entry) => [keyNumber(entry, 0), records.supply(entry.value)]));
	}

	async surrender(id: bigint): Promise<Surrender | undefined> {
		return decoded(records.surrender, await this.value("allowance", "surrenders", id));
	}

	async cancellation(id: bigint): Promise<Cancellation | undefined> {
		return decoded(records.cancellation, await this.value("allowance", "cancellations", id));
	}

	async offsetCancellation(id: bigint): Promise<OffsetCancellation | undefined> {
		return decoded(records.offsetCancellation, await this.value("offsets", "cancellations", id));
	}

	async series(asset: number): Promise<Series | undefined> {
		return decoded(records.series, await this.value("offsets", "series", asset));
	}

	async project(id: number): Promise<Project | undefined> {
		return decoded(records.project, await this.value("offsets", "projects", id));
	}

	async reductionReport(id: number): Promise<ReductionReport | undefined> {
		return decoded(records.reductionReport, await this.value("offsets", "reports", id));
	}

	/** Free balances of an asset by account. What is on hold is not in them. */
	async assetAccounts(asset: number): Promise<Map<string, bigint>> {
		const entries = await this.entries("assets", "account", asset);
		return new Map(entries.map((entry) => [keyText(entry, 1), asBigInt(field(entry.value, "balance"))]));
	}

	/** Balances of an asset on hold, by account. */
	async assetHolds(asset: number): Promise<Map<string, bigint>> {
		const entries = await this.entries("assetsHolder", "balancesOnHold", asset);
		return new Map(entries.map((entry) => [keyText(entry, 1), asBigInt(entry.value)]));
	}

	/** Free settlement tokens of an account. */
	async cash(account: string): Promise<bigint> {
		return asBigInt(field(field(await this.value("system", "account", account), "data"), "free"));
	}

	async tradingAccounts(): Promise<Map<string, TradingAccount>> {
		const entries = await this.entries("market", "tradingAccounts");
		return new Map(entries.map((entry) => [keyText(entry, 0), tradingAccount(entry.value)]));
	}

	/** Fees that were paid in the markets and lie on the market's account until somebody collects them, in fen. */
	async fees(): Promise<bigint> {
		const entries = await this.entries("market", "markets");
		return entries.reduce((sum, { value }) => sum + asBigInt(field(value, "fees")), 0n);
	}

	/** Officers of the regulator, by account, and their levels. */
	async officers(): Promise<Map<string, string>> {
		const entries = await this.entries("regulator", "officerLevels");
		return new Map(entries.map((entry) => [keyText(entry, 0), variant(entry.value)]));
	}

	/** The audit trail, oldest record first. */
	async records(): Promise<ActRecord[]> {
		const entries = await this.entries("regulator", "records");
		const records = entries.map((entry) => actRecord(entry.keys[0]?.toJSON(), entry.value));
		return records.sort((a, b) => Number(a.id - b.id));
	}

	/** What the chain's own checks say, by pallet: the sentence that does not hold, or nothing. */
	async invariants(): Promise<{ pallet: string; violation: string | undefined }[]> {
		const check = this.at.call["auditApi"]?.["checkInvariants"];
		if (check === undefined)
			throw new ChainError("The chain has no runtime API AuditApi; is this client of the same version?");
		return asList(((await check()) as unknown as Codec).toJSON()).map((report) => {
			const violation = field(report, "violation");
			return {
				pallet: records.utf8(field(report, "pallet")),
				violation: violation === null ? undefined : records.utf8(violation),
			};
		});
	}

	private async entries(section: string, item: string, ...keys: unknown[]): Promise<Entry[]> {
		const entries = (await this.item(section, item).entries(...keys)) as unknown as [StorageKey, Codec][];
		return entries.map(([key, value]) => ({ keys: key.args, value: value.toJSON() }));
	}

	private async value(section: string, item: string, ...keys: unknown[]): Promise<unknown> {
		return ((await this.item(section, item)(...keys)) as Codec).toJSON();
	}

	private item(section: string, item: string) {
		const entry = this.at.query[section]?.[item];
		if (entry === undefined) {
			throw new ChainError(`The chain has no storage ${section}.${item}; is this client of the same version?`);
		}
		return entry;
	}
}

/** Decode the JSON of a trading account. */
export function tradingAccount(value: unknown): TradingAccount {
	const positions = asList(field(value, "positions")).map((each) => {
		const number = (name: string) => asBigInt(field(each, name));
		const position = { free: number("free"), locked: number("locked"), pledged: number("pledged") };
		return [asNumber(field(each, "asset")), position] as const;
	});
	return {
		cashFree: asBigInt(field(value, "cashFree")),
		cashLocked: asBigInt(field(value, "cashLocked")),
		cashPledged: asBigInt(field(value, "cashPledged")),
		positions: new Map(positions),
	};
}

/** `value` decoded; nothing where the chain has none. */
function decoded<T>(decode: (value: unknown) => T, value: unknown): T | undefined {
	return value === null ? undefined : decode(value);
}

function keyText(entry: Entry, n: number): string {
	return String(entry.keys[n]);
}

function keyNumber(entry: Entry, n: number): number {
	return asNumber(entry.keys[n]?.toJSON());
}
