/** The way of a surrender's tonnes as a layered graph: from the issues over the holders to the surrender. */
import { type Lot, wayOf } from "./lots.js";
import type { End, Holder, Issue, Movement } from "./movements.js";

/** Serial numbers, both inclusive. */
export interface Range {
	readonly first: bigint;
	readonly last: bigint;
}

/** What a box stands for. */
export type Subject =
	| { readonly kind: "issue"; readonly issue: Issue }
	| { readonly kind: "holder"; readonly holder: Holder }
	| { readonly kind: "end"; readonly end: End };

/** A box. Who had units more than once on their way, or units of two vintages, has a box for each. */
export interface Box {
	readonly key: string;
	readonly subject: Subject;
	/** Arrows from here to the surrender, whose own box is at 0. */
	readonly distance: number;
	readonly asset: number;
	readonly tonnes: bigint;
	/** In the order of their numbers; neighbours are joined. */
	readonly ranges: readonly Range[];
}

/** What went from one box to another. */
export interface Arrow {
	readonly from: string;
	readonly to: string;
	readonly tonnes: bigint;
	/** In words: "trade", "carry-over"; several with commas between them. */
	readonly by: string;
	/** First and last block. */
	readonly blocks: readonly [number, number];
	/** Lowest and highest price in fen per tonne, where there are prices. */
	readonly prices: readonly [bigint, bigint] | undefined;
}

export interface Graph {
	/** The nearest to the surrender first, at one distance the largest. */
	readonly boxes: readonly Box[];
	readonly arrows: readonly Arrow[];
	/** Boxes that are left out, and with them the arrows to and from them. */
	readonly cut: number;
}

/** Where a lot was, and what brought it there. */
interface Stop extends Range {
	readonly subject: Subject;
	readonly asset: number;
	readonly arrivedBy: Movement;
}

/** The stops of a lot from its issue on. */
export function stopsOf(lot: Lot): Stop[] {
	return wayOf(lot).flatMap(({ movement, ...units }): Stop[] => {
		const stop = (subject: Subject): Stop => ({ ...units, subject, arrivedBy: movement });
		switch (movement.kind) {
			case "issue":
				return [stop({ kind: "issue", issue: movement }), stop({ kind: "holder", holder: movement.to })];
			case "transfer":
				return [stop({ kind: "holder", holder: movement.to })];
			case "carry-over":
				return [stop({ kind: "holder", holder: movement.holder })];
			case "end":
				return [stop({ kind: "end", end: movement })];
		}
	});
}

/**
 * The graph of lots that have come to one end.
 *
 * @param boxesMax The nearest to the surrender are kept, at one distance those with the most tonnes.
 */
export function graphOf(lots: readonly Lot[], boxesMax: number): Graph {
	const boxes = new Map<string, { box: Box; stops: Stop[] }>();
	const arrows = new Map<string, { from: string; to: string; stops: Stop[] }>();
	for (const lot of lots) {
		const stops = stopsOf(lot);
		const keys = stops.map((stop, n) => keyOf(stop, stops.length - 1 - n));
		for (const [n, stop] of stops.entries()) {
			const [key, next, to] = [keys[n] as string, stops[n + 1], keys[n + 1]];
			const { subject, asset } = stop;
			const box = { key, subject, distance: stops.length - 1 - n, asset, tonnes: 0n, ranges: [] };
			entry(boxes, key, () => ({ box, stops: [] })).stops.push(stop);
			if (next !== undefined && to !== undefined) {
				entry(arrows, `${key} ${to}`, () => ({ from: key, to, stops: [] })).stops.push(next);
			}
		}
	}
	const all = [...boxes.values()]
		.map(({ box, stops }): Box => ({ ...box, tonnes: total(stops), ranges: joined(stops) }))
		.sort((a, b) => a.distance - b.distance || compare(b.tonnes, a.tonnes) || compare(a.key, b.key));
	const kept = all.slice(0, boxesMax);
	const keys = new Set(kept.map(({ key }) => key));
	const shown = [...arrows.values()].filter(({ from, to }) => keys.has(from) && keys.has(to));
	return {
		boxes: kept,
		arrows: shown.map(arrowOf).sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
		cut: all.length - kept.length,
	};
}

function keyOf({ subject, asset }: Stop, distance: number): string {
	switch (subject.kind) {
		case "issue":
			return `${distance}/${asset}/issue-${subject.issue.block}-${subject.issue.event}-${subject.issue.to}`;
		case "holder":
			return `${distance}/${asset}/${subject.holder}`;
		case "end":
			return `${distance}/${asset}/end`;
	}
}

function arrowOf({ from, to, stops }: { from: string; to: string; stops: readonly Stop[] }): Arrow {
	const movements = stops.map(({ arrivedBy }) => arrivedBy);
	const prices = movements.flatMap((each) => (each.kind === "transfer" && each.price !== undefined ? [each.price] : []));
	return {
		from,
		to,
		tonnes: total(stops),
		by: [...new Set(movements.map(wordOf))].sort(compare).join(", "),
		blocks: extremes(movements.map(({ block }) => block)) ?? [0, 0],
		prices: extremes(prices),
	};
}

/** How units were moved, in a word or two. */
export function wordOf(movement: Movement): string {
	return movement.kind === "carry-over" ? "carry-over" : movement.by;
}

function total(ranges: readonly Range[]): bigint {
	return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** In the order of their numbers, neighbours as one. */
export function joined(ranges: readonly Range[]): Range[] {
	const result: Range[] = [];
	for (const { first, last } of [...ranges].sort((a, b) => compare(a.first, b.first))) {
		const before = result.at(-1);
		if (before !== undefined && before.last + 1n === first) result[result.length - 1] = { first: before.first, last };
		else result.push({ first, last });
	}
	return result;
}

function extremes<T extends number | bigint>(values: readonly T[]): [T, T] | undefined {
	const sorted = values.toSorted((a, b) => compare<number | bigint>(a, b));
	const [first, last]: (T | undefined)[] = [sorted[0], sorted.at(-1)];
	return first === undefined || last === undefined ? undefined : [first, last];
}

/** By size, text by its code units: the same on every machine, whatever its language. */
export function compare<T extends number | bigint | string>(a: T, b: T): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
