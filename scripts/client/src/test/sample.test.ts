import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baselineMatches, compare, countCauses, total } from "../compare.js";
import { enrolled, makePlan, type Plan, sum } from "../plan.js";
import { loadRegistry } from "../tables/load.js";

const sample = (name: string): string => fileURLToPath(new URL(`../../sample/${name}`, import.meta.url));
const load = (extension: string) =>
	loadRegistry(sample(`sample-compliance.${extension}`), sample(`sample-allocations.${extension}`));
/** What the rule of the scheme gives for each year of `plan`. */
const byRule = (plan: Plan) =>
	plan.years.map((year) => compare(year, new Map(year.operators.map((each) => [each.id, each.status]))));

describe("sample", () => {
	test("the workbooks hold what the CSV files hold", async () => {
		assert.deepEqual(await load("xlsx"), await load("csv"));
	});

	test("without a choice all years that both tables have are replayed", async () => {
		assert.deepEqual((await load("csv")).years, [2021, 2022, 2023, 2024]);
	});

	test("it has every status, every standing, late emissions, closed operators, longs and shorts", async () => {
		const { compliance } = await load("csv");
		const all = makePlan(await load("csv")).years.flatMap((each) => each.operators);
		assert.deepEqual(
			new Set(all.map((each) => each.published)),
			new Set(["A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", "BLANK"]),
		);
		assert.deepEqual(
			new Set(all.map((each) => each.standing)),
			new Set(["obliged", "settled", "excluded", "absent"]),
		);
		assert.ok(all.some((each) => each.late !== undefined));
		assert.ok(all.some((each) => each.handsIn.length > 1), "somebody hands in two vintages");
		assert.ok(compliance.operators.some((each) => each.lastYear !== undefined));
		assert.ok(all.some((each) => each.buys > 0n) && all.some((each) => each.sells > 0n));
		assert.ok(
			compliance.operators.every((each) => each.id.startsWith("99000")),
			"numbers are in a range of their own",
		);
	});

	test("its last year has every status that is compared", async () => {
		const last = makePlan(await load("csv")).years.at(-1);
		const published = new Set(last?.operators.map((each) => each.published));
		assert.ok(["A", "B", "C"].every((status) => published.has(status as "A")));
	});

	test("by the rule, every published status follows from the plan", async () => {
		const years = byRule(makePlan(await load("csv")));
		assert.deepEqual(
			years.flatMap((each) => each.mismatches),
			[],
		);
		assert.deepEqual(total(years), { compared: 86, matched: 86 });
	});
});

const registry = fileURLToPath(new URL("../../../../../shared/data/uk-ets/", import.meta.url));
const files = [`${registry}compliance-report.csv`, `${registry}allocation-table.csv`] as const;
const skip = files.every((file) => existsSync(file)) ? false : "the registry's tables are not beside the checkout";

describe("the registry's published tables", { skip }, () => {
	test("they are read and planned", async () => {
		const plan = makePlan(await loadRegistry(...files, { first: 2021, last: 2021 }));
		const [first] = plan.years;
		assert.ok(first);
		const { matched, compared } = baselineMatches(first);
		assert.equal(plan.operators.length, 670);
		assert.deepEqual([matched, compared], [455, 475]);
		assert.equal(sum(first.operators.map((each) => each.allocated)), 22_678_333n);
		assert.equal(enrolled(first).filter((each) => (each.emissions ?? each.late) !== undefined).length, 482);
	});

	test("by the rule, all published statuses of the last year follow, and of the others all but those with a known cause", async () => {
		const years = byRule(makePlan(await loadRegistry(...files)));
		assert.deepEqual(
			years.map(({ year, inferred, matched, compared }) => [year, inferred, matched, compared]),
			[
				[2021, true, 473, 475],
				[2022, true, 540, 545],
				[2023, true, 590, 593],
				[2024, false, 609, 609],
			],
		);
		assert.deepEqual(countCauses(years.flatMap((each) => each.mismatches)), [
			["emissions were later overwritten as EXCLUDED while the early status stayed", 8],
			["a closed operator owes nothing for later years, but the early status says otherwise", 1],
			["the operator does not operate in the year", 1],
		]);
	});
});
