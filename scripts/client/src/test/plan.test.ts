import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authorityOrders, buyLimit, MARKET, sellOrders, split } from "../market.js";
import { enrolled, makePlan, type OperatorPlan, type Plan, sum } from "../plan.js";
import { assumptions } from "../report.js";
import { compliance, random, registry } from "./fixtures.js";

function only(plan: Plan): OperatorPlan {
	const [first] = plan.operators;
	assert.ok(first);
	return first;
}

describe("what one operator does", () => {
	const cases: [name: string, row: string, free: string, expected: Partial<OperatorPlan>][] = [
		[
			"short: buys what its allocation lacks",
			"1,2021,,100,400,A",
			"1,60",
			{ standing: "obliged", surrenders: 100n, buys: 40n, sells: 0n, baseline: "A" },
		],
		[
			"long: sells what it does not need",
			"1,2021,,100,400,A",
			"1,160",
			{ surrenders: 100n, buys: 0n, sells: 60n, baseline: "A" },
		],
		[
			"published B: surrenders nothing in time, keeps what it owes",
			"1,2021,,100,400,B",
			"1,160",
			{ surrenders: 0n, buys: 0n, sells: 60n, baseline: "A" },
		],
		[
			"published A with too few surrenders: no more than the tables show",
			"1,2021,,100,70,A",
			"1,0",
			{ surrenders: 70n, buys: 70n, baseline: "B" },
		],
		[
			"published C with a number: reports like everybody else",
			"1,2021,,100,400,C",
			"1,0",
			{ emissions: 100n, surrenders: 100n, baseline: "A" },
		],
		[
			"nothing recorded: no report, no surrender, no trade",
			"1,2021,,,400,C",
			"1,50",
			{
				standing: "obliged",
				emissions: undefined,
				allocated: 50n,
				surrenders: 0n,
				buys: 0n,
				sells: 0n,
				baseline: "C",
			},
		],
		[
			"excluded: no allocation either",
			"1,2021,,EXCLUDED,0,EXCLUDED",
			"1,50",
			{ standing: "excluded", allocated: 0n, surrenders: 0n, baseline: "Excluded" },
		],
		[
			"not yet operating",
			"1,2022,,,10,NOT_APPLICABLE",
			"1,50",
			{ standing: "absent", allocated: 0n, baseline: undefined },
		],
		["closed before the year", "1,2019,2020,,10,", "1,50", { standing: "absent" }],
		[
			"recorded without a published status: obliged",
			"1,2021,,7,7,",
			"1,0",
			{ standing: "obliged", surrenders: 7n, baseline: "A" },
		],
		["no emissions: nothing to surrender", "1,2021,,0,0,A", "1,0", { surrenders: 0n, buys: 0n, baseline: "A" }],
	];
	for (const [name, row, free, expected] of cases) {
		test(name, () => {
			const operator = only(makePlan(registry([row], [free])));
			for (const [key, value] of Object.entries(expected)) {
				assert.equal(operator[key as keyof OperatorPlan], value, key);
			}
		});
	}

	test("the published status chooses the quantity of B and nothing else", () => {
		const plans = ["A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", ""].map((status) =>
			only(makePlan(registry([`1,2021,,100,400,${status}`], ["1,60"]))),
		);
		for (const plan of plans) {
			const late = plan.published === "B";
			assert.deepEqual(
				{ ...plan, published: "-" },
				{ ...plans[0], published: "-", surrenders: late ? 0n : 100n, buys: late ? 0n : 40n },
			);
		}
	});

	test("in a later year, surrenders serve the earlier emissions first", () => {
		const header =
			"Operator ID,First Year of Operation,Last Year of Operation,Recorded emissions 2021,Recorded emissions 2022,Cumulative surrenders,Static surrender status 2021,Static surrender status 2022";
		const table = compliance(["1,2021,,100,50,130,A,B"], header, 2022);
		const operator = only(makePlan({ year: 2022, compliance: table, allocations: new Map() }));
		assert.deepEqual([operator.baseline, operator.surrenders], ["B", 0n]);
	});
});

describe("the whole year", () => {
	test("the authority fills the gap and offers two per cent more", () => {
		const plan = makePlan(registry(["1,2021,,1000,1000,A", "2,2021,,100,100,A"], ["2,400"]));
		// 1,000 t are missing, 300 t are left over; 2 % of 1,000 t are the reserve.
		assert.equal(plan.authoritySells, 720n);
		assert.equal(plan.cap, 400n + 720n);
	});

	test("with enough left over the authority offers the reserve alone", () => {
		assert.equal(makePlan(registry(["1,2021,,10,10,A", "2,2021,,1,1,A"], ["2,400"])).authoritySells, 1n);
	});

	test("more allowances than the chain can count are refused", () => {
		const { compliance: table } = registry(["1,2021,,10,10,A"]);
		const vast = new Map([["1", { operator: "1", tonnes: 1n << 64n }]]);
		assert.throws(
			() => makePlan({ year: 2021, compliance: table, allocations: vast }),
			/^DataError: The allowances of 2021 come to 18446744073709551616 t, more than the chain can count\.$/,
		);
	});

	test("operators of one table alone are counted and left out", () => {
		const plan = makePlan(registry(["1,2021,,10,10,A", "2,2023,,,0,"], ["1,5", "2,7", "3,11", "4,0"]));
		assert.deepEqual(plan.unlisted, { operators: 2, tonnes: 11n });
		assert.deepEqual(plan.withheld, { operators: 1, tonnes: 7n });
		assert.equal(enrolled(plan).length, 1);
		assert.match(assumptions(plan).join("\n"), /Left out: .*: 2 \(11 t\)/);
	});

	test("no purchase exceeds supply, nobody surrenders or sells what it has not, in 500 random tables", () => {
		for (let seed = 1; seed <= 500; seed++) {
			const below = random(seed);
			const pick = (...words: string[]): string => words[below(words.length)] ?? "";
			const size = 1 + below(30);
			const rows = Array.from({ length: size }, (_, n) => {
				const first = 2020 + below(4);
				const emissions = pick(
					"",
					"EXCLUDED",
					String(below(10)),
					String(below(300_000)),
					String(below(300_000)),
				);
				const status = pick("A", "A", "A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", "");
				return `${n},${first},${pick("", "", String(first + below(3)))},${emissions},${below(600_000)},${status}`;
			});
			const plan = makePlan(
				registry(
					rows,
					rows.flatMap((_, n) => (below(2) === 0 ? [] : [`${n},${below(300_000)}`])),
				),
			);
			const total = (quantity: (each: OperatorPlan) => bigint) => sum(plan.operators.map(quantity));
			const context = `seed ${seed}`;
			const offered = [...sellOrders(plan).values(), authorityOrders(plan)].flat();
			assert.equal(
				sum(offered.map((each) => each.tonnes)),
				total((each) => each.sells) + plan.authoritySells,
				context,
			);
			assert.ok(total((each) => each.buys) <= sum(offered.map((each) => each.tonnes)), context);
			assert.equal(plan.cap, total((each) => each.allocated) + plan.authoritySells, context);
			for (const each of plan.operators) {
				assert.ok(each.surrenders <= each.allocated - each.sells + each.buys, context);
				assert.ok(each.sells <= each.allocated && (each.sells === 0n || each.buys === 0n), context);
				assert.ok(each.surrenders <= (each.emissions ?? 0n), context);
				assert.ok(each.standing === "obliged" || each.allocated + each.buys + each.sells === 0n, context);
			}
		}
	});
});

describe("orders", () => {
	test("a quantity is split into orders that the market accepts", () => {
		assert.deepEqual(split(250_000n), [99_999n, 99_999n, 50_002n]);
		assert.deepEqual(split(99_999n), [99_999n]);
		assert.deepEqual(split(0n), []);
	});

	test("every buyer goes above every seller, and all prices are within the band", () => {
		const rows = Array.from({ length: 300 }, (_, n) => `${n},2021,,10,10,A`);
		const plan = makePlan(
			registry(
				rows,
				rows.map((_, n) => `${n},20`),
			),
		);
		const asked = [...sellOrders(plan).values()]
			.flat()
			.concat(authorityOrders({ ...plan, authoritySells: 5_000_000n }));
		const bids = Array.from({ length: 300 }, (_, n) => buyLimit(n));
		for (const { price } of asked) {
			assert.ok(price >= MARKET.priceMin && price % MARKET.tick === 0n);
			assert.ok(bids.every((bid) => bid > price && bid <= MARKET.priceMax));
		}
	});

	test("two plans of one table place the same orders", () => {
		const make = () => sellOrders(makePlan(registry(["1,2021,,1,1,A", "2,2021,,1,1,A"], ["1,9", "2,8"])));
		assert.deepEqual(make(), make());
	});
});
