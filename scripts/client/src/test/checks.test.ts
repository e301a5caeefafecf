import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Obligation, TradingAccount } from "../chain/storage.js";
import {
	addYear,
	checkCash,
	checkInvariants,
	checkObligations,
	checkVintage,
	type Earlier,
	type Holdings,
} from "../checks.js";
import { makePlan, type YearPlan } from "../plan.js";
import { inferring } from "./fixtures.js";

const MARKET = "market";
const supply = {
	cap: 100n,
	issued: 100n,
	sold: 40n,
	surrendered: 20n,
	cancelled: 5n,
	carriedIn: 0n,
	carriedOut: 0n,
};
const good: Holdings = {
	supply,
	accounts: new Map([
		["a", 30n],
		[MARKET, 35n],
	]),
	holds: new Map([["a", 10n]]),
};
const trading = new Map<string, TradingAccount>([
	[
		"a",
		{
			cashFree: 1n,
			cashLocked: 2n,
			cashPledged: 4n,
			positions: new Map([[2021, { free: 5n, locked: 17n, pledged: 3n }]]),
		},
	],
	[
		"b",
		{
			cashFree: 3n,
			cashLocked: 0n,
			cashPledged: 0n,
			positions: new Map([
				[2021, { free: 10n, locked: 0n, pledged: 0n }],
				[2022, { free: 7n, locked: 0n, pledged: 0n }],
			]),
		},
	],
]);
const broken = (holdings: Holdings) =>
	checkVintage(2021, holdings, MARKET, trading)
		.filter((each) => !each.holds)
		.map((each) => each.law);

describe("conservation", () => {
	test("holds when every tonne is somewhere", () => assert.deepEqual(broken(good), []));

	test("breaks when a tonne is lost or made", () => {
		for (const accounts of [
			new Map([
				["a", 29n],
				[MARKET, 35n],
			]),
			new Map([
				["a", 31n],
				[MARKET, 35n],
			]),
		]) {
			assert.deepEqual(broken({ ...good, accounts }), [
				"2021: issued and carried in = held + on hold + surrendered + cancelled + carried out",
			]);
		}
	});

	test("breaks when more was issued than the cap", () => {
		assert.deepEqual(broken({ ...good, supply: { ...supply, cap: 99n } }), ["2021: issued ≤ cap"]);
	});

	test("breaks when the market's account does not back the trading ledger", () => {
		const accounts = new Map([
			["a", 31n],
			[MARKET, 34n],
		]);
		assert.deepEqual(broken({ ...good, accounts }), ["2021: the market's account = the trading ledger"]);
	});

	test("cash in the trading ledger is backed", () => {
		assert.equal(checkCash(10n, trading, 0n).holds, true);
		assert.equal(checkCash(11n, trading, 0n).holds, false);
		assert.equal(checkCash(9n, trading, 0n).holds, false);
	});

	test("fees that nobody has collected are backed as well", () => {
		assert.equal(checkCash(15n, trading, 5n).holds, true);
		assert.equal(checkCash(10n, trading, 5n).holds, false);
	});
});

describe("the chain's own invariants", () => {
	test("hold when every pallet says so", () =>
		assert.ok(checkInvariants([{ pallet: "Market", violation: undefined }]).every((each) => each.holds)));

	test("break on the sentence of one pallet", () => {
		const [broken] = checkInvariants([{ pallet: "Market", violation: "a tonne is missing" }]);
		assert.deepEqual([broken?.holds, broken?.detail], [false, "a tonne is missing"]);
	});

	test("break when the chain checks nothing", () => assert.equal(checkInvariants([])[0]?.holds, false));
});

describe("obligations", () => {
	const plan = makePlan(
		inferring(
			[
				"1,2021,,10,10,A",
				"2,2021,,10,10,B",
				"3,2021,,,0,C",
				"4,2021,,EXCLUDED,0,B",
				"5,2022,,,0,",
				"6,2021,,0,0,B",
				"7,2021,,8,0,C",
			],
			["1,4", "4,7"],
		),
	).years[0] as YearPlan;
	const record = (changes: Partial<Obligation>): Obligation => ({
		allocated: undefined,
		report: undefined,
		emissions: undefined,
		excluded: false,
		verifier: undefined,
		corrections: 0,
		surrendered: 0n,
		offsets: 0n,
		shortfall: 0n,
		status: undefined,
		waived: 0n,
		fine: 0n,
		carriedOver: 0n,
		...changes,
	});
	/** Emissions that were entered after the deadline. */
	const late = (tonnes: bigint) => ({
		emissions: tonnes,
		report: { tonnes, digest: "0x", state: "Confirmed", at: 0n, late: true, verifiedLate: true } as const,
	});
	const chain = new Map<string, Obligation>([
		["1", record({ allocated: 4n, emissions: 10n, surrendered: 10n, status: "A" })],
		["2", record({ emissions: 10n, status: "B" })],
		["3", record({ status: "C" })],
		["4", record({ excluded: true, status: "Excluded" })],
		["6", record({ emissions: 0n, status: "A" })],
		["7", record({ ...late(8n), status: "C" })],
	]);
	const laws = (changes: readonly (readonly [string, Obligation | undefined])[], ...earlier: unknown[]): boolean[] => {
		const altered = new Map(chain);
		for (const [id, each] of changes) {
			if (each === undefined) altered.delete(id);
			else altered.set(id, each);
		}
		return checkObligations(plan, altered, ...(earlier as [])).map((each) => each.holds);
	};

	test("hold for a chain that did what the plan says, whatever was published", () =>
		assert.deepEqual(laws([]), [true, true, true]));

	test("break on a status that does not follow from the chain's own records", () => {
		assert.deepEqual(laws([["2", record({ emissions: 10n, status: "A" })]]), [true, true, false]);
		assert.deepEqual(laws([["6", record({ emissions: 0n })]]), [true, true, false]);
		assert.deepEqual(laws([["7", record({ ...late(8n), status: "B" })]]), [true, true, false]);
	});

	test("break on every figure that differs from the plan", () => {
		const first = chain.get("1") as Obligation;
		for (const change of [{ allocated: 5n }, { emissions: 9n }, { surrendered: 11n }]) {
			assert.deepEqual(laws([["1", { ...first, ...change }]]), [true, false, true], Object.keys(change)[0]);
		}
		assert.deepEqual(laws([["3", record({ excluded: true, status: "Excluded" })]]), [true, false, true]);
	});

	test("break on emissions that should have been entered late, and on late ones that should not", () => {
		assert.deepEqual(laws([["7", record({ emissions: 8n, status: "B" })]]), [true, false, true]);
		assert.deepEqual(laws([["2", record({ ...late(10n), status: "C" })]]), [true, false, true]);
	});

	test("break on who is missing and on who should not be there", () => {
		assert.deepEqual(laws([["3", undefined]]), [false, false, false]);
		assert.deepEqual(laws([["5", record({ status: "C" })]]), [false, false, true]);
		assert.deepEqual(laws([["stranger", record({})]]), [false, true, true]);
	});

	test("count emissions that were entered late from the next year on", () => {
		const earlier: ReadonlyMap<string, Earlier> = new Map([["7", { emissions: 1n, surrendered: 1n }]]);
		assert.deepEqual(addYear(earlier, chain).get("7"), { emissions: 9n, surrendered: 1n });
		assert.deepEqual(addYear(new Map(), chain).get("1"), { emissions: 10n, surrendered: 10n });
	});

	test("count earlier years", () => {
		const debt = new Map([["1", { emissions: 5n, surrendered: 4n }]]);
		assert.deepEqual(laws([], debt), [true, true, false]);
		const owing = { ...(chain.get("1") as Obligation), status: "B" as const };
		assert.deepEqual(laws([["1", owing]], debt), [true, true, true]);
	});

	test("name the first operator that differs", () => {
		const [, recorded] = checkObligations(plan, new Map([...chain].filter(([id]) => id !== "2")));
		assert.deepEqual(
			[recorded?.left, recorded?.right, recorded?.detail],
			[6n, 7n, "the first that differs is operator 2"],
		);
	});
});
