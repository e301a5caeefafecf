import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PlainEvent } from "../chain/history.js";
import { CheckError } from "../errors.js";
import { type Balances, checkConservation } from "../trace/conservation.js";
import { graphOf, joined } from "../trace/graph.js";
import { type ChainAccounts, type Movement, movementsIn } from "../trace/movements.js";
import { svgOf } from "../trace/svg.js";
import { tableOf } from "../trace/table.js";
import { follow } from "../trace/trace.js";

const ACCOUNTS: ChainAccounts = { custody: "custody", buffer: "buffer", market: "market" };
const SERIES = 1_000_000;

/** Name and data of an event. */
type Told = readonly [name: string, data: Record<string, unknown>];

/** Events of one block. */
function events(...list: readonly Told[]): PlainEvent[] {
	return list.map(([name, data], index) => {
		const [section = "", method = ""] = name.split(".");
		return { index, section, method, data };
	});
}

function movements(...list: readonly Told[]): Movement[] {
	return movementsIn(7, events(...list), ACCOUNTS);
}

/** Kind, from, to, asset and tonnes of each. */
function moves(...list: readonly Told[]): unknown[][] {
	return movements(...list).map((each) => {
		switch (each.kind) {
			case "issue":
				return [each.by, "", each.to, each.asset, each.tonnes];
			case "transfer":
				return [each.by, each.from, each.to, each.asset, each.tonnes];
			case "end":
				return [each.by, each.from, "", each.asset, each.tonnes];
			case "carry-over":
				return ["carry-over", each.holder, each.holder, each.asset, each.tonnes];
		}
	});
}

const allocated = (entity: string, tonnes: number): Told => ["allowance.Allocated", { year: 2024, entity, tonnes }];

describe("what events move", () => {
	test("allocations, with the kind that the event after them tells", () => {
		const found = moves(
			allocated("a", 10),
			allocated("b", 20),
			["allocation.PreAllocated", { year: 2024, entity: "b", tonnes: 25, deducted: 5, held: false }],
			allocated("c", 30),
			["allocation.TrueUp", { year: 2024, entity: "c", issued: 30, held: true }],
			["allowance.IssuedForSale", { year: 2024, seller: "s", tonnes: 40 }],
		);
		assert.deepEqual(found, [
			["allocation", "", "a", 2024, 10n],
			["pre-allocation", "", "b", 2024, 20n],
			["true-up", "", "held:c", 2024, 30n],
			["issue for sale", "", "s", 2024, 40n],
		]);
	});

	test("an allocation is not taken for that of another year or entity, nor for a later one", () => {
		const found = moves(
			allocated("a", 10),
			["allocation.PreAllocated", { year: 2023, entity: "a", tonnes: 10, deducted: 0, held: true }],
			["allocation.PreAllocated", { year: 2024, entity: "b", tonnes: 10, deducted: 0, held: true }],
			allocated("a", 5),
			["allocation.TrueUp", { year: 2024, entity: "a", issued: 5, held: true }],
		);
		assert.deepEqual(found, [
			["allocation", "", "a", 2024, 10n],
			["true-up", "", "held:a", 2024, 5n],
		]);
	});

	test("what is not issued is no movement", () => {
		assert.deepEqual(moves(allocated("a", 0)), []);
	});

	test("what is held: released, surrendered, returned", () => {
		const surrendered = { id: 3, year: 2024, supplier: "custody", entity: "a", asset: 2024, tonnes: 2 };
		const found = moves(
			["allocation.HeldReleased", { entity: "a", vintage: 2024, tonnes: 1 }],
			["allowance.Surrendered", surrendered],
			["allocation.HeldSurrendered", { year: 2024, entity: "a", vintage: 2024, tonnes: 2 }],
			["allowance.TakenBack", { year: 2024, entity: "a", tonnes: 3 }],
			["allocation.Returned", { year: 2024, entity: "a", tonnes: 3, held: true, owed: 0 }],
			["allowance.TakenBack", { year: 2024, entity: "a", tonnes: 4 }],
			["allocation.Returned", { year: 2024, entity: "a", tonnes: 4, held: false, owed: 0 }],
		);
		assert.deepEqual(found, [
			["release", "held:a", "a", 2024, 1n],
			["surrender", "held:a", "", 2024, 2n],
			["return", "held:a", "", 2024, 3n],
			["return", "a", "", 2024, 4n],
		]);
	});

	test("surrender, cancellation, carry-over and transfers", () => {
		const between = { from: "a", to: "b", tonnes: 1 };
		const found = moves(
			["allowance.Surrendered", { id: 0, year: 2025, supplier: "a", entity: "b", asset: 2024, tonnes: 1 }],
			["allowance.Cancelled", { id: 0, holder: "a", vintage: 2024, tonnes: 2 }],
			["allowance.CarriedOver", { year: 2024, entity: "a", tonnes: 3 }],
			["allowance.Transferred", { asset: SERIES, ...between, basis: { ownAccounts: null } }],
			["allowance.Transferred", { asset: 2024, ...between, basis: { legal: "0x01" } }],
			["allowance.ForcedTransfer", { vintage: 2024, ...between }],
		);
		assert.deepEqual(found, [
			["surrender", "a", "", 2024, 1n],
			["cancellation", "a", "", 2024, 2n],
			["carry-over", "a", "a", 2024, 3n],
			["own accounts", "a", "b", SERIES, 1n],
			["legal basis", "a", "b", 2024, 1n],
			["forced transfer", "a", "b", 2024, 1n],
		]);
	});

	test("offset credits: the buffer's share first, and each cancellation once", () => {
		const found = moves(
			["offsets.SeriesIssued", { asset: SERIES, owner: "o", tonnes: 100, buffered: 20 }],
			["offsets.BufferReleased", { project: 0, asset: SERIES, owner: "o", tonnes: 5 }],
			["offsets.Cancelled", { id: 0, asset: SERIES, holder: "buffer", tonnes: 15, cause: {} }],
			["offsets.ReductionsReversed", { project: 0, tonnes: 15, fromBuffer: 15, owed: 0 }],
			["offsets.Surrendered", { asset: SERIES, holder: "o", tonnes: 7 }],
			["allowance.Surrendered", { id: 1, year: 2024, supplier: "o", entity: "e", asset: SERIES, tonnes: 7 }],
		);
		assert.deepEqual(found, [
			["buffer of the series", "", "buffer", SERIES, 20n],
			["series", "", "o", SERIES, 80n],
			["release of the buffer", "buffer", "o", SERIES, 5n],
			["cancellation", "buffer", "", SERIES, 15n],
			["surrender", "o", "", SERIES, 7n],
		]);
	});

	test("trades: from the seller to the buyer, whoever came first, with price and number", () => {
		const trade = { asset: 2024, price: 5_000, tonnes: 2 };
		const block = { asset: 2024, seller: "a", buyer: "b", tonnes: 9, price: 4_000 };
		const found = movements(
			["market.OrderFilled", { ...trade, maker: "a", taker: "b", takerSide: "Buy" }],
			["market.OrderFilled", { ...trade, maker: "a", taker: "b", takerSide: "Sell" }],
			["market.OrdersMatched", { ...trade, buyer: "b", seller: "a" }],
			["market.BlockTradeDelivered", block],
			["blockTrades.Settled", { id: 12, ...block }],
			["market.PledgePaid", { from: "a", to: "b", funds: { cash: { amount: 7 } } }],
			["market.PledgePaid", { from: "a", to: "b", funds: { allowances: { asset: 2024, tonnes: 1 } } }],
			["market.Deposited", { who: "a", funds: { allowances: { asset: 2024, tonnes: 1 } } }],
		);
		const seen = found.map((each) => each.kind === "transfer" && [each.by, each.from, each.to, each.price, each.id]);
		assert.deepEqual(seen, [
			["trade", "a", "b", 5_000n, undefined],
			["trade", "b", "a", 5_000n, undefined],
			["auction", "a", "b", 5_000n, undefined],
			["block trade", "a", "b", 4_000n, 12n],
			["pledge", "a", "b", undefined, undefined],
		]);
	});
});

/** An issue to two holders, of which one sells to the other, who surrenders in two parts; then a carry-over and a last surrender. */
const STORY = [
	{ number: 1, hash: "0x01", events: events(allocated("a", 10), allocated("b", 10)) },
	{
		number: 2,
		hash: "0x02",
		events: events(
			["market.OrderFilled", { asset: 2024, price: 5_000, tonnes: 4, maker: "b", taker: "a", takerSide: "Buy" }],
			["allowance.Surrendered", { id: 0, year: 2024, supplier: "a", entity: "a", asset: 2024, tonnes: 8 }],
		),
	},
	{
		number: 3,
		hash: "0x03",
		events: events(
			["market.OrderFilled", { asset: 2024, price: 5_100, tonnes: 1, maker: "b", taker: "a", takerSide: "Buy" }],
			["allowance.CarriedOver", { year: 2024, entity: "a", tonnes: 6 }],
			["allowance.Surrendered", { id: 1, year: 2025, supplier: "a", entity: "e", asset: 2025, tonnes: 6 }],
		),
	},
];

async function told(id: bigint) {
	const { surrender, lots, all } = await follow(STORY, ACCOUNTS, id);
	assert.ok(surrender !== undefined);
	return { surrender: { ...surrender, genesis: "0xaa" }, lots, all };
}

describe("the trace of a surrender", () => {
	test("names each lot with its issue and its way", async () => {
		const { surrender, lots } = await told(1n);
		const lines = tableOf(surrender, lots)
			.split("\n")
			.map((line) => line.replaceAll(/ {2,}/g, "|"));
		assert.deepEqual(lines.slice(8, 12), [
			"serials|tonnes|of|issued by|way",
			"1-2|2 t|vintage 2025, as 9-10 of vintage 2024|allocation, block 1, event 0|a > a (carried over to vintage 2025, block 3) > surrender (block 3)",
			"3-6|4 t|vintage 2025, as 11-14 of vintage 2024|allocation, block 1, event 1|b > a (trade at CNY 50.00, block 2) > a (carried over to vintage 2025, block 3) > surrender (block 3)",
			"",
		]);
		const [first] = lines;
		assert.equal(first, "TRACE OF SURRENDER No. 1");
	});

	test("adds up to what was surrendered", async () => {
		for (const id of [0n, 1n]) {
			const { surrender, lots } = await told(id);
			assert.equal(
				lots.reduce((sum, { first, last }) => sum + last - first + 1n, 0n),
				surrender.tonnes,
			);
		}
	});

	test("is nothing where there is no such surrender", async () => {
		const { surrender, lots } = await follow(STORY, ACCOUNTS, 2n);
		assert.deepEqual([surrender, lots], [undefined, []]);
	});

	test("is the same where the chain goes on, byte by byte", async () => {
		const { surrender, lots } = await told(0n);
		const early = await follow(STORY.slice(0, 2), ACCOUNTS, 0n);
		assert.equal(tableOf(surrender, lots), tableOf({ ...surrender, ...early.surrender }, early.lots));
		assert.equal(svgOf(graphOf(lots, 9), surrender), svgOf(graphOf(early.lots, 9), surrender));
	});
});

describe("the drawing of a trace", () => {
	test("has the issues, the holders by distance, and the surrender, with arrows between neighbours", async () => {
		const { lots } = await told(1n);
		const { boxes, arrows, cut } = graphOf(lots, 100);
		const seen = boxes.map(({ distance, subject, tonnes }) => [distance, subject.kind, tonnes]);
		assert.deepEqual(seen, [
			[0, "end", 6n],
			[1, "holder", 6n],
			[2, "holder", 6n],
			[3, "holder", 4n],
			[3, "issue", 2n],
			[4, "issue", 4n],
		]);
		assert.equal(cut, 0);
		assert.deepEqual(
			arrows.map(({ by, tonnes, prices }) => [by, tonnes, prices]),
			[
				["surrender", 6n, undefined],
				["carry-over", 6n, undefined],
				["trade", 4n, [5_000n, 5_000n]],
				["allocation", 2n, undefined],
				["allocation", 4n, undefined],
			],
		);
	});

	test("is cut where it would have too many boxes, and says so", async () => {
		const { surrender, lots } = await told(1n);
		const graph = graphOf(lots, 3);
		assert.deepEqual([graph.boxes.length, graph.arrows.length, graph.cut], [3, 2, 3]);
		assert.match(svgOf(graph, surrender), /3 boxes are left out here/);
	});

	test("joins ranges that follow each other", () => {
		const ranges = [
			{ first: 5n, last: 6n },
			{ first: 1n, last: 2n },
			{ first: 3n, last: 4n },
			{ first: 8n, last: 8n },
		];
		assert.deepEqual(joined(ranges), [
			{ first: 1n, last: 6n },
			{ first: 8n, last: 8n },
		]);
	});
});

describe("the comparison of a trace with the chain", () => {
	const balances = (asset: number, registry: [string, bigint][], more: Partial<Balances> = {}) =>
		new Map([[asset, { registry: new Map(registry), trading: new Map(), held: new Map(), ...more }]]);

	async function check(of: typeof STORY, chain: ReadonlyMap<number, Balances>): Promise<void> {
		checkConservation((await follow(of, ACCOUNTS, 0n)).all, chain, ACCOUNTS);
	}

	test("holds where both ledgers and what is held add up to the same", async () => {
		const held = [
			{
				number: 1,
				hash: "",
				events: events(allocated("h", 3), ["allocation.TrueUp", { year: 2024, entity: "h", held: true }]),
			},
		];
		await check(
			[...held, ...STORY.slice(0, 1)],
			balances(
				2024,
				[
					["a", 4n],
					["b", 10n],
					["market", 6n],
					["custody", 3n],
				],
				{ trading: new Map([["a", 6n]]), held: new Map([["h", 3n]]) },
			),
		);
	});

	test("fails where somebody has more or less, or units of which no event tells", async () => {
		const begin = STORY.slice(0, 1);
		await assert.rejects(
			check(
				begin,
				balances(2024, [
					["a", 10n],
					["b", 9n],
				]),
			),
			/b has 10 t of asset 2024, by the chain's storage 9 t/,
		);
		await assert.rejects(check(begin, balances(2024, [["a", 10n]])), CheckError);
		await assert.rejects(check([], balances(2025, [["c", 1n]])), /c has 0 t of asset 2025/);
	});

	test("fails where an account does not have what it holds for others", async () => {
		const trading = new Map([["a", 1n]]);
		await assert.rejects(
			check([], balances(2024, [["market", 2n]], { trading })),
			/the trading ledger is 1 t .* has 2 t/,
		);
	});
});
