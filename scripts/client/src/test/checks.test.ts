import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TradingAccount } from "../chain/storage.js";
import { checkCash, checkVintage, type Holdings } from "../checks.js";

const MARKET = "market";
const supply = { cap: 100n, issued: 100n, surrendered: 20n, cancelled: 5n };
const good: Holdings = {
	supply,
	accounts: new Map([
		["a", 30n],
		[MARKET, 35n],
	]),
	holds: new Map([["a", 10n]]),
};
const trading = new Map<string, TradingAccount>([
	["a", { cashFree: 1n, cashLocked: 2n, positions: new Map([[2021, { free: 5n, locked: 20n }]]) }],
	[
		"b",
		{
			cashFree: 3n,
			cashLocked: 0n,
			positions: new Map([
				[2021, { free: 10n, locked: 0n }],
				[2022, { free: 7n, locked: 0n }],
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
				"2021: issued = held + on hold + surrendered + cancelled",
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
		assert.equal(checkCash(6n, trading).holds, true);
		assert.equal(checkCash(7n, trading).holds, false);
		assert.equal(checkCash(5n, trading).holds, false);
	});
});
