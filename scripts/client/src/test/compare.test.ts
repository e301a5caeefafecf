import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { baselineMatches, compare, countCauses, total } from "../compare.js";
import { makePlan, type Status, type YearPlan } from "../plan.js";
import type { Registry } from "../tables/load.js";
import { inferring, registryOf } from "./fixtures.js";

/** The last year of `registry`. */
function lastYear(registry: Registry): YearPlan {
	const plan = makePlan(registry).years.at(-1);
	assert.ok(plan);
	return plan;
}

/** Cause of the only mismatch of a plan, by its kind and in detail, when the chain says `computed`. */
function causeOf(plan: YearPlan, computed: Status | undefined): [kind: string, detail: string] {
	const { mismatches } = compare(plan, new Map([["1", computed]]));
	assert.equal(mismatches.length, 1);
	return [mismatches[0]?.cause.kind ?? "", mismatches[0]?.cause.detail ?? ""];
}

describe("comparison", () => {
	const plan = lastYear(
		inferring([
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
		["4", "C"],
		["5", "Excluded"],
		["6", "Excluded"],
		["8", "B"],
		["9", "A"],
		["10", "B"],
	]);
	const result = compare(plan, chain);

	test("only published A, B and C are compared", () => {
		assert.deepEqual([result.matched, result.compared], [4, 7]);
	});

	test("the others are counted apart, never as matches", () => {
		assert.deepEqual(result.excluded, { operators: 1, obliged: 0, excluded: 1 });
		assert.deepEqual(result.notApplicable, { operators: 1, obliged: 0, excluded: 0 });
		assert.deepEqual(result.blank, { operators: 1, obliged: 1, excluded: 0 });
	});

	test("each mismatch is told with its year and both statuses", () => {
		assert.deepEqual(
			result.mismatches.map(({ year, operator, published, computed }) => [year, operator, published, computed]),
			[
				[2021, "5", "B", "Excluded"],
				[2021, "9", "B", "A"],
				[2021, "10", "A", "B"],
			],
		);
	});

	test("mismatches are counted by their cause", () => {
		const twice = countCauses([...result.mismatches, ...compare(plan, new Map([...chain, ["9", "B"]])).mismatches]);
		assert.deepEqual(
			twice.map(([, count]) => count),
			[2, 2, 1],
		);
	});

	test("an operator that the chain does not know is a mismatch", () => {
		assert.equal(compare(plan, new Map()).matched, 0);
	});

	test("the baseline does not look at statuses", () => {
		const { matched, compared } = baselineMatches(plan);
		assert.deepEqual([matched, compared], [2, 7]);
	});

	test("scores add up", () => {
		assert.deepEqual(total([result, result]), { matched: 8, compared: 14 });
	});
});

describe("cause of a mismatch", () => {
	const years = [2021, 2022];
	const last = (row: string, replayed?: readonly number[]) => lastYear(registryOf(years, [`1,${row}`], [], replayed));

	test("emissions that were overwritten, of whoever never owed anything", () => {
		assert.deepEqual(causeOf(last("2021,,EXCLUDED,EXCLUDED,0,B,B"), "Excluded"), [
			"emissions were later overwritten as EXCLUDED while the early status stayed",
			"those of 2022 and of all years before, so it owes nothing that B could rate",
		]);
	});

	test("emissions that were overwritten, of whoever owed something before", () => {
		assert.deepEqual(causeOf(last("2021,,10,EXCLUDED,10,A,B"), "A"), [
			"emissions were later overwritten as EXCLUDED while the early status stayed",
			"those of 2022; 10 t are surrendered of 10 t so far",
		]);
	});

	test("a closed operator", () => {
		assert.deepEqual(causeOf(last("2021,2021,10,,10,A,C"), "A"), [
			"a closed operator owes nothing for later years, but the early status says otherwise",
			"it closed in 2021; 10 t are surrendered of 10 t so far",
		]);
	});

	test("an operator that does not operate yet", () => {
		assert.deepEqual(causeOf(last("2025,,,,0,,A"), undefined), [
			"the operator does not operate in the year",
			"nothing is recorded for 2022, and its first year of operation is 2025",
		]);
	});

	test("missing emissions", () => {
		assert.deepEqual(causeOf(last("2021,,10,,10,A,A"), "C"), [
			"no emissions are recorded",
			"nothing is recorded for 2022, so nothing was reported",
		]);
	});

	test("emissions of the last year that were entered late: the table cannot tell", () => {
		assert.deepEqual(causeOf(last("2021,,10,20,30,A,C"), "A"), [
			"the table does not hold the day on which emissions were entered",
			"20 t are recorded for 2022, which count as entered in time; 30 t are surrendered of 30 t so far",
		]);
	});

	test("surrenders of the last year that came late: the table cannot tell", () => {
		assert.deepEqual(causeOf(last("2021,,10,20,30,A,B"), "A"), [
			"the table does not hold the day on which units were surrendered",
			"30 t are surrendered of 30 t so far",
		]);
	});

	test("surrenders that do not suffice", () => {
		assert.deepEqual(causeOf(last("2021,,10,20,29,A,A"), "B"), [
			"the published surrenders do not cover the recorded emissions",
			"29 t are surrendered of 30 t so far",
		]);
	});

	test("a published B where nothing was owed", () => {
		assert.deepEqual(causeOf(last("2021,,0,0,0,A,B"), "A"), [
			"nothing was owed",
			"recorded emissions so far are 0 t, which no surrender can fall short of",
		]);
	});

	test("years before the first one that is replayed", () => {
		assert.deepEqual(causeOf(last("2021,,10,EXCLUDED,5,B,B", [2022]), "Excluded"), [
			"years before count in the published status and are not replayed",
			"0 t are surrendered of 0 t so far",
		]);
	});

	test("a chain that errs is not explained by the tables", () => {
		const kind = "the chain and the rule differ";
		assert.deepEqual(causeOf(last("2021,,10,20,30,A,A"), "B"), [
			kind,
			"the rule gives A; 30 t are surrendered of 30 t so far",
		]);
		assert.equal(causeOf(last("2021,,EXCLUDED,EXCLUDED,0,B,B"), "A")[0], kind);
		assert.equal(causeOf(last("2021,2021,10,,10,A,C"), "B")[0], kind);
		assert.deepEqual(causeOf(last("2025,,,,0,,A"), "B")[0], kind);
	});
});
