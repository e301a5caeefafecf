/** Words and numbers of a trace, as table and drawing show them. The same on every machine, whatever its language. */
import { compare, type Range } from "./graph.js";
import { entityOf, type Holder, OFFSET_SERIES_FIRST } from "./movements.js";

/** What a trace is of: the surrender as the event has it, and its block. */
export interface TracedSurrender {
	readonly id: bigint;
	/** Year of the obligation. */
	readonly year: number;
	readonly supplier: string;
	readonly entity: string;
	readonly asset: number;
	readonly tonnes: bigint;
	readonly block: number;
	readonly hash: string;
	/** Hash of block 0 of the chain. */
	readonly genesis: string;
}

/** 1234567 as 1,234,567. */
export function grouped(value: bigint | number): string {
	return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

export function tonnes(value: bigint): string {
	return `${grouped(value)} t`;
}

/** Fen as CNY with two decimals. */
export function price(fen: bigint): string {
	return `CNY ${decimal(fen)}`;
}

/** The lowest and the highest price. */
export function priceSpan(fen: readonly [bigint, bigint]): string {
	return `CNY ${span(fen, decimal)}`;
}

function decimal(fen: bigint): string {
	return `${grouped(fen / 100n)}.${String(fen % 100n).padStart(2, "0")}`;
}

export function assetName(asset: number): string {
	return asset < OFFSET_SERIES_FIRST ? `vintage ${asset}` : `series ${grouped(asset)}`;
}

export function serials({ first, last }: Range): string {
	return first === last ? grouped(first) : `${grouped(first)}-${grouped(last)}`;
}

/** `first` alone where both are the same. */
export function span<T extends number | bigint>([first, last]: readonly [T, T], show: (value: T) => string): string {
	return compare(first, last) === 0 ? show(first) : `${show(first)}-${show(last)}`;
}

export function holderName(holder: Holder, show: (address: string) => string = (address) => address): string {
	const entity = entityOf(holder);
	return entity === undefined ? show(holder) : `held for ${show(entity)}`;
}
