import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authorityOrders, buyLimit, MARKET, sellOrders, split } from "../market.js";
import { enrolled, makePlan, type OperatorPlan, type Plan, sum, type YearPlan } from "../plan.js";
import { assumptions } from "../report.js";
import { inferring, random, registry, registryOf } from "./fixtures.js";

function firstYear(plan: Plan): YearPlan {
	const [first] = plan.years;
	assert.ok(first);
	return first;
}

function only(plan: Plan): OperatorPlan {
	const [first] = firstYear(plan).operators;
	assert.ok(first);
	return first;
}

describe("what one operator does in a year", () => {
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
			{ surrenders: 0n, buys: 0n, sells: 60n, status: "B", baseline: "A" },
		],
		[
			"published A with too few surrenders: no more than the tables show",
			"1,2021,,100,70,A",
			"1,0",
			{ surrenders: 70n, buys: 70n, baseline: "B" },
		],
		[
			"published C with a number: it is entered late, and everything is kept until then",
			"1,2021,,100,400,C",
			"1,160",
			{ emissions: undefined, late: 100n, surrenders: 0n, buys: 0n, sells: 0n, status: "C", baseline: "A" },
		],
		[
			"nothing recorded: no report, no surrender, no trade",
			"1,2021,,,400,C",
			"1,50",
			{ standing: "obliged", emissions: undefined, allocated: 50n, surrenders: 0n, buys: 0n, sells: 0n, baseline: "C" },
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
			"recorded without a published status: obliged, and nothing is known of its surrenders",
			"1,2021,,7,7,",
			"1,0",
			{ standing: "obliged", emissions: 7n, surrenders: 0n, baseline: "A" },
		],
		["no emissions: nothing to surrender", "1,2021,,0,0,A", "1,0", { surrenders: 0n, buys: 0n, baseline: "A" }],
	];
	for (const [name, row, free, expected] of cases) {
		test(name, () => {
			const operator = only(makePlan(inferring([row], [free])));
			for (const [key, value] of Object.entries(expected)) {
				assert.equal(operator[key as keyof OperatorPlan], value, key);
			}
		});
	}
});

describe("what one operator does over the years", () => {
	const years = [2021, 2022];
	const over = (row: string, free: string) =>
		makePlan(registryOf(years, [row], [free])).years.map((each) => each.operators[0] as OperatorPlan);
	const lots = (each: OperatorPlan | undefined) => each?.handsIn.map((lot) => [lot.vintage, lot.tonnes]);

	test("what it has kept is handed in before anything is bought, the oldest vintage first", () => {
		// B: it keeps the 80 t of 2021, and lacks 100 + 50 - 80 - 40 t in 2022.
		const [first, second] = over("1,2021,,100,50,150,B,A", "1,80,40");
		assert.deepEqual([first?.handsIn, first?.buys, first?.sells], [[], 0n, 0n]);
		assert.deepEqual(lots(second), [
			[2021, 80n],
			[2022, 70n],
		]);
		assert.equal(second?.buys, 30n);
	});

	test("a surplus that it hands in is not sold", () => {
		const [, second] = over("1,2021,,100,50,180,A,A", "1,100,90");
		assert.deepEqual([lots(second), second?.buys, second?.sells], [[[2022, 80n]], 0n, 10n]);
	});

	test("a closed operator with a debt buys for it", () => {
		const [, second] = over("1,2021,2021,100,,100,B,A", "1,60,60");
		assert.deepEqual([second?.standing, second?.allocated, second?.buys], ["settled", 0n, 40n]);
		assert.deepEqual(lots(second), [
			[2021, 60n],
			[2022, 40n],
		]);
	});
});

describe("the whole year", () => {
	test("the authority fills the gap and offers two per cent more", () => {
		const plan = firstYear(makePlan(registry(["1,2021,,1000,1000,A", "2,2021,,100,100,A"], ["2,400"])));
		// 1,000 t are missing, 300 t are left over; 2 % of 1,000 t are the reserve.
		assert.equal(plan.authoritySells, 720n);
		assert.equal(plan.cap, 400n + 720n);
	});

	test("with enough left over the authority offers the reserve alone", () => {
		const plan = makePlan(registry(["1,2021,,10,10,A", "2,2021,,1,1,A"], ["2,400"]));
		assert.equal(firstYear(plan).authoritySells, 1n);
	});

	test("more allowances than the chain can count are refused", () => {
		const vast = new Map([["1", { operator: "1", tonnes: new Map([[2021, 1n << 64n]]) }]]);
		assert.throws(
			() => makePlan({ ...registry(["1,2021,,10,10,A"]), allocations: vast }),
			/^DataError: The allowances of 2021 come to 18446744073709551616 t, more than the chain can count\.$/,
		);
	});

	test("operators of one table alone are counted and left out", () => {
		const whole = makePlan(registry(["1,2021,,10,10,A", "2,2023,,,0,"], ["1,5", "2,7", "3,11", "4,0"]));
		const plan = firstYear(whole);
		assert.deepEqual(plan.unlisted, { operators: 2, tonnes: 11n });
		assert.deepEqual(plan.withheld, { operators: 1, tonnes: 7n });
		assert.equal(enrolled(plan).length, 1);
		assert.match(assumptions(whole).join("\n"), /2021: left out: .*: 2 \(11 t\)/);
	});

	test("the table's last year is independent, those before are inferred", () => {
		const plan = makePlan(registryOf([2021, 2022], ["1,2021,,1,1,2,A,A"]));
		assert.deepEqual(
			plan.years.map((each) => [each.year, each.inferred]),
			[
				[2021, true],
				[2022, false],
			],
		);
		const text = assumptions(plan).join("\n");
		assert.match(text, /Inferred, 2021: /);
		assert.match(text, /Independent, 2022: /);
	});

	test("years before the first one are named", () => {
		const plan = makePlan(registryOf([2021, 2022], ["1,2021,,1,1,2,A,A"], [], [2022]));
		assert.deepEqual(plan.before, [2021]);
		assert.match(assumptions(plan).join("\n"), /Not replayed: 2021, /);
	});
});

describe("500 random tables of three years", () => {
	const years = [2021, 2022, 2023];
	const tables = Array.from({ length: 500 }, (_, seed) => {
		const below = random(seed + 1);
		const pick = (...words: string[]): string => words[below(words.length)] ?? "";
		const rows = Array.from({ length: 1 + below(20) }, (__, n) => {
			const first = 2020 + below(4);
			const emissions = years.map(() =>
				pick("", "EXCLUDED", String(below(10)), String(below(300_000)), String(below(300_000))),
			);
			const statuses = years.map(() => pick("A", "A", "A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", ""));
			const closed = pick("", "", String(first + below(3)));
			return [n, first, closed, ...emissions, below(900_000), ...statuses].join();
		});
		const free = rows.flatMap((_, n) =>
			below(2) === 0 ? [] : [[n, ...years.map(() => below(300_000))].join()],
		);
		return { seed, registry: registryOf(years, rows, free) };
	});

	test("no purchase exceeds supply, and no more is issued than the cap", () => {
		for (const { seed, registry: table } of tables) {
			for (const plan of makePlan(table).years) {
				const total = (quantity: (each: OperatorPlan) => bigint) => sum(plan.operators.map(quantity));
				const context = `seed ${seed}, ${plan.year}`;
				const offered = sum([...sellOrders(plan).values(), authorityOrders(plan)].flat().map((each) => each.tonnes));
				assert.equal(offered, total((each) => each.sells) + plan.authoritySells, context);
				assert.ok(total((each) => each.buys) <= offered, context);
				assert.equal(plan.cap, total((each) => each.allocated) + plan.authoritySells, context);
			}
		}
	});

	test("nobody surrenders or sells what it has not", () => {
		for (const { seed, registry: table } of tables) {
			const held = new Map<string, bigint>();
			for (const { year, operators } of makePlan(table).years) {
				for (const each of operators) {
					const context = `seed ${seed}, ${year}, operator ${each.id}`;
					const has = (vintage: number) => held.get(`${each.id} ${vintage}`) ?? 0n;
					held.set(`${each.id} ${year}`, each.allocated + each.buys - each.sells);
					assert.ok(each.sells <= each.allocated && (each.sells === 0n || each.buys === 0n), context);
					assert.equal(sum(each.handsIn.map((lot) => lot.tonnes)), each.surrenders, context);
					for (const { vintage, tonnes } of each.handsIn) {
						assert.ok(vintage <= year && tonnes > 0n && tonnes <= has(vintage), context);
						held.set(`${each.id} ${vintage}`, has(vintage) - tonnes);
					}
					assert.ok(each.standing === "obliged" || each.allocated + each.sells === 0n, context);
					assert.ok(each.standing !== "absent" || each.buys + each.surrenders === 0n, context);
				}
			}
		}
	});

	test("in the last year everything published has been surrendered, and never more", () => {
		for (const { seed, registry: table } of tables) {
			const last = makePlan(table).years.at(-1);
			for (const [n, each] of (last?.operators ?? []).entries()) {
				const published = table.compliance.operators[n]?.cumulativeSurrenders ?? 0n;
				const context = `seed ${seed}, operator ${each.id}`;
				if (each.standing === "absent") assert.ok(each.surrendersSoFar <= published, context);
				else assert.equal(each.surrendersSoFar, published, context);
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
		const free = rows.map((_, n) => `${n},20`);
		const plan = firstYear(makePlan(registry(rows, free)));
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
		const make = () => sellOrders(firstYear(makePlan(registry(["1,2021,,1,1,A", "2,2021,,1,1,A"], ["1,9", "2,8"]))));
		assert.deepEqual(make(), make());
	});
});
