import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { baselineMatches, compare } from "../compare.js";
import { makePlan, type Status } from "../plan.js";
import { registry } from "./fixtures.js";

describe("comparison", () => {
	const plan = makePlan(
		registry([
			"1,2021,,10,10,A",
			"2,2021,,10,10,B",
			"3,2021,,,0,C",
			"4,2021,,10,10,C",
			"5,2021,,EXCLUDED,0,B",
			"6,2021,,EXCLUDED,0,EXCLUDED",
			"7,2022,,,0,NOT_APPLICABLE",
			"8,2021,,5,5,",
			"9,2021,,0,0,B",
			"10,2021,,10,4,A",
		]),
	);
	const chain = new Map<string, Status | undefined>([
		["1", "A"],
		["2", "B"],
		["3", "C"],
		["4", "A"],
		["5", "Excluded"],
		["6", "Excluded"],
		["8", "A"],
		["9", "A"],
		["10", "B"],
	]);
	const result = compare(plan, chain);

	test("only published A, B and C are compared", () => {
		assert.deepEqual([result.matched, result.compared], [3, 7]);
	});

	test("the others are counted apart, never as matches", () => {
		assert.deepEqual(result.excluded, { operators: 1, obliged: 0, excluded: 1 });
		assert.deepEqual(result.notApplicable, { operators: 1, obliged: 0, excluded: 0 });
		assert.deepEqual(result.blank, { operators: 1, obliged: 1, excluded: 0 });
	});

	test("each mismatch names its cause in the data", () => {
		assert.deepEqual(
			result.mismatches.map(({ operator, published, computed, cause }) => [operator, published, computed, cause]),
			[
				[
					"4",
					"C",
					"A",
					"the table holds 10 t for 2021 but not the day of their entry, so they count as reported in time",
				],
				[
					"5",
					"B",
					"Excluded",
					"emissions of 2021 were later overwritten as EXCLUDED while the early status stayed",
				],
				["9", "B", "A", "recorded emissions are 0 t, which no surrender can fall short of"],
				["10", "A", "B", "published surrenders cover only 4 t of 10 t"],
			],
		);
	});

	test("an operator that the chain does not know is a mismatch", () => {
		assert.equal(compare(plan, new Map()).matched, 0);
	});

	test("the baseline does not look at statuses", () => {
		const { matched, compared } = baselineMatches(plan);
		assert.deepEqual([matched, compared], [2, 7]);
	});
});
