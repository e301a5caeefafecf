import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CheckError } from "../errors.js";
import { type Lot, Lots, tonnesOf, wayOf } from "../trace/lots.js";
import type { CarryOver, End, Holder, Issue, Movement, Transfer } from "../trace/movements.js";

let block = 0;

function happened(asset: number, tonnes: bigint) {
	block += 1;
	return { block, event: 0, asset, tonnes };
}

function issue(asset: number, to: Holder, tonnes: bigint): Issue {
	return { kind: "issue", ...happened(asset, tonnes), to, by: "allocation" };
}

function transfer(asset: number, from: Holder, to: Holder, tonnes: bigint): Transfer {
	return { kind: "transfer", ...happened(asset, tonnes), from, to, by: "trade", price: undefined, id: undefined };
}

function end(asset: number, from: Holder, tonnes: bigint): End {
	return { kind: "end", ...happened(asset, tonnes), from, by: "surrender", id: 0n };
}

function carryOver(asset: number, holder: Holder, tonnes: bigint): CarryOver {
	return { kind: "carry-over", ...happened(asset, tonnes), holder, into: asset + 1 };
}

function serialsOf(lots: readonly Lot[]): [bigint, bigint][] {
	return lots.map(({ first, last }) => [first, last]);
}

describe("lots", () => {
	test("units are numbered in the order of their issue, each asset by itself", () => {
		const lots = new Lots();
		assert.deepEqual(serialsOf(lots.apply(issue(2024, "a", 10n))), [[1n, 10n]]);
		assert.deepEqual(serialsOf(lots.apply(issue(2024, "b", 5n))), [[11n, 15n]]);
		assert.deepEqual(serialsOf(lots.apply(issue(2025, "b", 5n))), [[1n, 5n]]);
		assert.deepEqual(lots.assets(), [2024, 2025]);
		assert.equal(lots.last(2024), 15n);
	});

	test("what came first goes first, and a lot is split where less goes", () => {
		const lots = new Lots();
		lots.apply(issue(2024, "a", 10n));
		lots.apply(issue(2024, "b", 10n));
		lots.apply(transfer(2024, "b", "a", 4n));
		assert.deepEqual(serialsOf(lots.apply(end(2024, "a", 12n))), [
			[1n, 10n],
			[11n, 12n],
		]);
		assert.deepEqual(serialsOf(lots.lotsOf(2024, "a")), [[13n, 14n]]);
		assert.deepEqual(
			[...lots.holdings(2024)],
			[
				["a", 2n],
				["b", 6n],
			],
		);
	});

	test("neighbours that came the same way are one lot", () => {
		const lots = new Lots();
		lots.apply(issue(2024, "a", 10n));
		lots.apply(transfer(2024, "a", "b", 3n));
		lots.apply(transfer(2024, "a", "b", 3n));
		const all = transfer(2024, "b", "c", 6n);
		// Two transfers made two ways of them.
		assert.deepEqual(serialsOf(lots.apply(all)), [
			[1n, 3n],
			[4n, 6n],
		]);
		assert.equal(lots.apply(end(2024, "a", 4n)).length, 1);
	});

	test("numbers are not used again, also where units are returned", () => {
		const lots = new Lots();
		lots.apply(issue(2024, "a", 10n));
		lots.apply({ ...end(2024, "a", 10n), by: "return" });
		assert.deepEqual(serialsOf(lots.apply(issue(2024, "a", 1n))), [[11n, 11n]]);
	});

	test("carried over, units have new numbers and know their old ones", () => {
		const lots = new Lots();
		lots.apply(issue(2025, "b", 100n));
		lots.apply(issue(2024, "b", 5n));
		lots.apply(issue(2024, "a", 10n));
		lots.apply(transfer(2024, "b", "a", 2n));
		lots.apply(carryOver(2024, "a", 11n));
		const gone = lots.apply(end(2025, "a", 11n));
		assert.deepEqual(serialsOf(gone), [
			[101n, 110n],
			[111n, 111n],
		]);
		const ways = gone.map((lot) =>
			wayOf(lot).map(({ movement, asset, first, last }) => [movement.kind, asset, first, last]),
		);
		assert.deepEqual(ways, [
			[
				["issue", 2024, 6n, 15n],
				["carry-over", 2025, 101n, 110n],
				["end", 2025, 101n, 110n],
			],
			[
				["issue", 2024, 1n, 1n],
				["transfer", 2024, 1n, 1n],
				["carry-over", 2025, 111n, 111n],
				["end", 2025, 111n, 111n],
			],
		]);
		assert.equal(lots.holdings(2024).get("a"), 1n);
	});

	test("who sells to itself keeps the order of its lots", () => {
		const lots = new Lots();
		lots.apply(issue(2024, "a", 3n));
		lots.apply(issue(2024, "a", 3n));
		assert.deepEqual(lots.apply(transfer(2024, "a", "a", 4n)), []);
		assert.deepEqual(serialsOf(lots.apply(end(2024, "a", 3n))), [[1n, 3n]]);
	});

	test("nobody gives away more than it has", () => {
		const lots = new Lots();
		lots.apply(issue(2024, "a", 3n));
		assert.throws(() => lots.apply(end(2024, "a", 4n)), CheckError);
		assert.throws(() => lots.apply(transfer(2024, "b", "a", 1n)), /b, which has only 0 t/);
		assert.equal(lots.holdings(2024).get("a"), 3n);
	});
});

/** A unit by itself: its number and everything that happened to it. */
interface Unit {
	readonly asset: number;
	readonly serial: bigint;
	readonly was: Unit | undefined;
	readonly movements: readonly Movement[];
}

/** The same rules, unit by unit. */
class Naive {
	readonly holders = new Map<string, Unit[]>();
	private readonly serials = new Map<number, bigint>();

	of(asset: number, holder: Holder): Unit[] {
		const key = `${asset} ${holder}`;
		const units = this.holders.get(key) ?? [];
		this.holders.set(key, units);
		return units;
	}

	apply(movement: Movement): Unit[] {
		const { asset, tonnes } = movement;
		switch (movement.kind) {
			case "issue": {
				const units = Array.from({ length: Number(tonnes) }, () => this.next(asset, undefined, [movement]));
				this.of(asset, movement.to).push(...units);
				return units;
			}
			case "transfer": {
				if (movement.from === movement.to) return [];
				const units = this.take(movement, movement.from);
				this.of(asset, movement.to).push(...units);
				return units;
			}
			case "end":
				return this.take(movement, movement.from);
			case "carry-over": {
				const old = this.of(asset, movement.holder).splice(0, Number(tonnes));
				const units = old.map((unit) => this.next(movement.into, unit, [...unit.movements, movement]));
				this.of(movement.into, movement.holder).push(...units);
				return units;
			}
		}
	}

	private take(movement: Movement, holder: Holder): Unit[] {
		const units = this.of(movement.asset, holder).splice(0, Number(movement.tonnes));
		return units.map((unit) => ({ ...unit, movements: [...unit.movements, movement] }));
	}

	private next(asset: number, was: Unit | undefined, movements: readonly Movement[]): Unit {
		const serial = (this.serials.get(asset) ?? 0n) + 1n;
		this.serials.set(asset, serial);
		return { asset, serial, was, movements };
	}
}

/** Numbers from a seed, the same in each run. */
function random(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const HOLDERS = ["a", "b", "c", "d"];
const YEARS = [2024, 2025, 2026];

/** Any movement that is possible now. */
function anyMovement(pick: (below: number) => number, lots: Lots): Movement {
	const asset = YEARS[pick(YEARS.length)] as number;
	const [from, to] = [HOLDERS[pick(4)] as string, HOLDERS[pick(4)] as string];
	const most = Number(lots.holdings(asset).get(from) ?? 0n);
	const kind = pick(10);
	if (kind < 3 || most === 0) return issue(asset, to, BigInt(1 + pick(20)));
	const tonnes = BigInt(1 + pick(most));
	if (kind < 7) return transfer(asset, from, to, tonnes);
	return kind < 8 && asset !== 2026 ? carryOver(asset, from, tonnes) : end(asset, from, tonnes);
}

function expanded(lots: readonly Lot[]): { serial: bigint; movements: Movement[]; origin: bigint }[] {
	return lots.flatMap((lot) => {
		const way = wayOf(lot);
		const movements = way.map(({ movement }) => movement);
		return Array.from({ length: Number(tonnesOf(lot)) }, (_, n) => ({
			serial: lot.first + BigInt(n),
			movements,
			origin: (way[0]?.first ?? 0n) + BigInt(n),
		}));
	});
}

function originOf(unit: Unit): bigint {
	return unit.was === undefined ? unit.serial : originOf(unit.was);
}

describe("lots and single units", () => {
	test("any sequence of movements leaves the same numbers at the same places, which came the same way", () => {
		for (let seed = 1; seed <= 60; seed++) {
			const pick = random(seed);
			const [lots, naive] = [new Lots(), new Naive()];
			for (let n = 0; n < 120; n++) {
				const movement = anyMovement(pick, lots);
				const moved = expanded(lots.apply(movement));
				const units = naive.apply(movement);
				assert.deepEqual(
					moved,
					units.map((unit) => ({ serial: unit.serial, movements: [...unit.movements], origin: originOf(unit) })),
					`seed ${seed}, movement ${n}`,
				);
			}
			for (const [key, units] of naive.holders) {
				const [asset, holder] = key.split(" ") as [string, string];
				const there = expanded(lots.lotsOf(Number(asset), holder)).map(({ serial }) => serial);
				assert.deepEqual(
					there,
					units.map(({ serial }) => serial),
					`seed ${seed}, ${key}`,
				);
				assert.equal(lots.holdings(Number(asset)).get(holder) ?? 0n, BigInt(units.length));
			}
		}
	});

	test("neighbouring lots of one holder differ in the way they came", () => {
		const pick = random(7);
		const lots = new Lots();
		for (let n = 0; n < 500; n++) lots.apply(anyMovement(pick, lots));
		for (const asset of YEARS) {
			for (const holder of HOLDERS) {
				const list = lots.lotsOf(asset, holder);
				for (const [n, lot] of list.entries()) {
					const next = list[n + 1];
					assert.ok(next === undefined || next.first !== lot.last + 1n || next.step !== lot.step);
				}
			}
		}
	});
});
