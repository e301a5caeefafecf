import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { milli, print } from "../credit/print.js";
import { type Credit, differences, scoreRules, scoreView, yearCounters } from "../credit/read.js";
import { assess, levelOf, type ScoreRules, type YearCounters } from "../credit/score.js";

const THRESHOLDS = [800, 600, 400, 200];

/** Version 1, as the chain answers it. */
const FIRST_JSON = {
	decayMilli: [1_000, 700, 490, 343, 240],
	performance: { weight: 300, perCounterparty: 3, counterpartiesMax: 16, brokenFactor: 8, prior: 4 },
	surrender: { weight: 400, late: 400, missed: 0, prior: 1 },
	reports: { weight: 200, late: 400, missed: 0, prior: 1 },
	accuracy: { weight: 100, perDiscrepancy: 300, perCorrection: 150 },
	penalties: { points: [20, 40, 60, 100, 150], pointsMax: 500 },
};
const FIRST: ScoreRules = scoreRules(FIRST_JSON);

function year(number: number, counted: Partial<YearCounters> = {}): YearCounters {
	return {
		year: number,
		kept: 0n,
		broken: 0n,
		surrender: [0n, 0n, 0n],
		reports: [0n, 0n, 0n],
		discrepancies: 0n,
		corrected: 0n,
		penalties: [0n, 0n, 0n, 0n, 0n],
		...counted,
	};
}

/** The example of the pallet's README. */
const EXAMPLE = [
	year(2022, {
		kept: 5n,
		broken: 1n,
		surrender: [0n, 0n, 1n],
		reports: [0n, 1n, 0n],
		discrepancies: 2n,
		corrected: 1n,
		penalties: [0n, 0n, 1n, 0n, 0n],
	}),
	year(2023, { kept: 7n, surrender: [0n, 1n, 0n], reports: [1n, 0n, 0n], discrepancies: 1n, corrected: 1n }),
	year(2024, { kept: 10n, surrender: [1n, 0n, 0n], reports: [1n, 0n, 0n], penalties: [1n, 0n, 0n, 0n, 0n] }),
];

describe("the formula of scores", () => {
	test("gives the example of the pallet's README", () => {
		const { terms, deduction, score } = assess(FIRST, EXAMPLE, 2024);
		const seen = terms.map(({ term, input, rate, points }) => [term, input, rate, points]);
		assert.deepEqual(seen, [
			["Performance", [17_350n, 490n], 729n, 218_700n],
			["Surrender", [1_000n, 700n, 490n], 557n, 222_800n],
			["Reports", [1_700n, 490n, 0n], 751n, 150_200n],
			["Accuracy", [1_680n, 1_190n, 2_190n], 674n, 67_400n],
		]);
		assert.deepEqual(deduction, { input: [1_000n, 0n, 490n, 0n, 0n], points: 49n });
		assert.equal(score, 610n);
		assert.equal(levelOf(THRESHOLDS, score), "B");
	});

	test("gives exactly 500 to whoever has no history", () => {
		for (const years of [[], [year(2024)], [year(2010, { broken: 9n, penalties: [9n, 9n, 9n, 9n, 9n] })]]) {
			const { terms, score } = assess(FIRST, years, 2024);
			assert.deepEqual(
				terms.map(({ rate }) => rate),
				[500n, 500n, 500n, 500n],
			);
			assert.equal(score, 500n);
		}
	});

	test("takes off no more than the rules allow, and never comes below zero", () => {
		const worst = year(2024, {
			broken: 1_000_000n,
			surrender: [0n, 0n, 9n],
			reports: [0n, 0n, 9n],
			penalties: [9n, 9n, 9n, 9n, 9n],
		});
		const { deduction, score } = assess(FIRST, [worst], 2024);
		assert.deepEqual([deduction.points, score], [500n, 0n]);
	});

	test("lets a year that has not begun count as the current one", () => {
		const [early, now] = [
			assess(FIRST, [year(2030, { kept: 3n })], 2024),
			assess(FIRST, [year(2024, { kept: 3n })], 2024),
		];
		assert.deepEqual(early, now);
	});

	test("knows the level of each score", () => {
		const levels = [1_000n, 800n, 799n, 600n, 599n, 400n, 399n, 200n, 199n, 0n].map((score) =>
			levelOf(THRESHOLDS, score),
		);
		assert.equal(levels.join(""), "AABBCCDDEE");
	});
});

/** The same for small numbers, written the other way round: by rules and with plain numbers. */
function naive(rules: typeof FIRST_JSON, years: readonly YearCounters[], asOf: number): number {
	const sum = (pick: (each: YearCounters) => bigint | undefined) =>
		years.reduce(
			(all, each) => all + Number(pick(each) ?? 0n) * (rules.decayMilli[Math.max(0, asOf - each.year)] ?? 0),
			0,
		);
	const timely = (name: "surrender" | "reports") => {
		const [done, late, not] = [0, 1, 2].map((n) => sum((each) => each[name][n])) as [number, number, number];
		const { late: half, missed, prior } = rules[name];
		return Math.floor(
			(1_000 * done + half * late + missed * not + 500_000 * prior) / (done + late + not + 1_000 * prior),
		);
	};
	const { prior, brokenFactor } = rules.performance;
	const [kept, broken] = [sum((each) => each.kept), sum((each) => each.broken)];
	const performance = Math.floor((1_000 * (kept + 1_000 * prior)) / (kept + brokenFactor * broken + 2_000 * prior));
	const handedIn = sum((each) => each.reports[0]) + sum((each) => each.reports[1]);
	const wrong = rules.accuracy.perDiscrepancy * sum((each) => each.discrepancies);
	const right = rules.accuracy.perCorrection * sum((each) => each.corrected);
	const exact = (handedIn > 0 ? 1_000_000 : 500_000) + right - wrong;
	const accuracy = Math.floor(Math.min(1_000_000, Math.max(0, exact)) / 1_000);
	const { weight } = rules.performance;
	const points =
		performance * weight +
		timely("surrender") * rules.surrender.weight +
		timely("reports") * rules.reports.weight +
		accuracy * rules.accuracy.weight;
	const off = rules.penalties.points.reduce((all, each, n) => all + each * sum(({ penalties }) => penalties[n]), 0);
	return Math.max(0, Math.floor(points / 1_000) - Math.min(rules.penalties.pointsMax, Math.floor(off / 1_000)));
}

/** Numbers from a seed, the same in each run. */
function random(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

function anyYear(pick: (below: number) => number, number: number): YearCounters {
	const counts = (length: number, below: number) => Array.from({ length }, () => BigInt(pick(below)));
	return year(number, {
		kept: BigInt(pick(49)),
		broken: BigInt(pick(4)),
		surrender: counts(3, 2),
		reports: counts(3, 2),
		discrepancies: BigInt(pick(4)),
		corrected: BigInt(pick(4)),
		penalties: counts(5, 2),
	});
}

function anyRules(pick: (below: number) => number): typeof FIRST_JSON {
	const timely = () => {
		const late = pick(1_001);
		return { late, missed: pick(late + 1), prior: 1 + pick(5) };
	};
	const [a, b, c] = [pick(400), pick(300), pick(300)];
	const perDiscrepancy = pick(1_001);
	return {
		decayMilli: [1_000, 900, 500, 500, pick(500)],
		performance: { weight: a, perCounterparty: 3, counterpartiesMax: 16, brokenFactor: pick(20), prior: 1 + pick(9) },
		surrender: { weight: b, ...timely() },
		reports: { weight: c, ...timely() },
		accuracy: { weight: 1_000 - a - b - c, perDiscrepancy, perCorrection: pick(perDiscrepancy + 1) },
		penalties: { points: [0, 1, 2, 3, 4].map(() => pick(300)), pointsMax: pick(1_001) },
	};
}

describe("any counters", () => {
	test("give the same score by either way of computing it, between 0 and 1000", () => {
		for (let seed = 1; seed <= 2_000; seed++) {
			const pick = random(seed);
			const json = seed % 2 === 0 ? FIRST_JSON : anyRules(pick);
			const years = [2020, 2021, 2022, 2023, 2024].slice(pick(6)).map((number) => anyYear(pick, number));
			const { score, terms } = assess(scoreRules(json), years, 2024);
			assert.equal(Number(score), naive(json, years, 2024), `seed ${seed}`);
			assert.ok(score >= 0n && score <= 1_000n);
			for (const { rate } of terms) assert.ok(rate >= 0n && rate <= 1_000n);
		}
	});
});

/** The example as the chain would answer it. */
function answered(): Credit {
	const { terms, deduction, score } = assess(FIRST, EXAMPLE, 2024);
	const chain = scoreView({
		score: Number(score),
		level: "B",
		version: 1,
		asOf: 2024,
		storedScore: Number(score),
		storedLevel: "B",
		terms: terms.map((each) => ({ ...each, input: each.input.map(Number) })),
		deduction: { input: deduction.input.map(Number), points: Number(deduction.points) },
	});
	const block = { number: 9, hash: "0x09" };
	return { account: "5Account", block, years: EXAMPLE, chain, computed: { terms, deduction, score, level: "B" } };
}

describe("the comparison with the chain", () => {
	test("finds nothing where the chain says the same", () => {
		assert.deepEqual(differences(answered()), []);
	});

	test("names what differs", () => {
		const credit = answered();
		const [first, ...others] = credit.chain.terms;
		assert.ok(first !== undefined);
		const chain = { ...credit.chain, score: 611n, level: "A", terms: [{ ...first, rate: 730n }, ...others] };
		assert.deepEqual(differences({ ...credit, chain }), [
			"the score: the chain says 611, the counters give 610",
			"the level: the chain says A, the counters give B",
			"the rate of Performance: the chain says 730, the counters give 729",
		]);
	});

	test("prints each term", () => {
		const lines = print(answered()).split("\n");
		assert.equal(lines[0], "CREDIT SCORE 610, LEVEL B");
		assert.ok(lines.some((line) => /^Surrender +in time 1, late 0\.7, short 0\.49 +557 +0\.4 +222\.8$/.test(line)));
		assert.ok(lines.some((line) => /^Penalties +warning 1, .*-49$/.test(line)));
		assert.ok(!print(answered()).includes("counts now"));
		const credit = answered();
		assert.match(print({ ...credit, chain: { ...credit.chain, storedScore: 500n } }), /counts now {2}500, level B/);
	});

	test("reads counters as the codec writes them", () => {
		const read = yearCounters({
			year: 2024,
			kept: 3,
			broken: 0,
			surrender: { inTime: 1, late: 0, short: 0 },
			reports: { inTime: 0, late: 1, missing: 0 },
			discrepancies: 2,
			corrected: 1,
			penalties: [0, 0, 1, 0, 0],
		});
		const penalties = [0n, 0n, 1n, 0n, 0n];
		const expected = {
			kept: 3n,
			surrender: [1n, 0n, 0n],
			reports: [0n, 1n, 0n],
			discrepancies: 2n,
			corrected: 1n,
			penalties,
		};
		assert.deepEqual(read, year(2024, expected));
	});

	test("writes thousandths as decimal fractions", () => {
		assert.deepEqual([0n, 1n, 1_000n, 1_500n, 12_345n].map(milli), ["0", "0.001", "1", "1.5", "12.345"]);
	});
});
