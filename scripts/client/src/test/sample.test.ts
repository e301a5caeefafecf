import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baselineMatches } from "../compare.js";
import { enrolled, makePlan, sum } from "../plan.js";
import { loadRegistry } from "../tables/load.js";

const sample = (name: string): string => fileURLToPath(new URL(`../../sample/${name}`, import.meta.url));
const load = (extension: string) =>
	loadRegistry(sample(`sample-compliance.${extension}`), sample(`sample-allocations.${extension}`), 2021);

describe("sample", () => {
	test("the workbooks hold what the CSV files hold", async () => {
		assert.deepEqual(await load("xlsx"), await load("csv"));
	});

	test("it has every status, every standing, closed operators, longs and shorts", async () => {
		const { compliance } = await load("csv");
		const plan = makePlan(await load("csv"));
		assert.deepEqual(
			new Set(plan.operators.map((each) => each.published)),
			new Set(["A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", "BLANK"]),
		);
		assert.deepEqual(
			new Set(plan.operators.map((each) => each.standing)),
			new Set(["obliged", "excluded", "absent"]),
		);
		assert.ok(compliance.operators.some((each) => each.lastYear !== undefined));
		assert.ok(plan.operators.some((each) => each.buys > 0n) && plan.operators.some((each) => each.sells > 0n));
		assert.ok(
			compliance.operators.every((each) => each.id.startsWith("99000")),
			"numbers are in a range of their own",
		);
	});

	test("by the rules, every status follows from what the plan hands in", async () => {
		for (const each of makePlan(await load("csv")).operators) {
			if (!["A", "B", "C"].includes(each.published)) continue;
			const status = each.emissions === undefined ? "C" : each.surrenders >= each.emissions ? "A" : "B";
			assert.equal(status, each.published, each.id);
		}
	});
});

const registry = fileURLToPath(new URL("../../../../../shared/data/uk-ets/", import.meta.url));
const files = [`${registry}compliance-report.csv`, `${registry}allocation-table.csv`] as const;
const skip = files.every((file) => existsSync(file)) ? false : "the registry's tables are not beside the checkout";

describe("the registry's published tables", { skip }, () => {
	test("they are read and planned", async () => {
		const plan = makePlan(await loadRegistry(...files, 2021));
		const { matched, compared } = baselineMatches(plan);
		assert.equal(plan.operators.length, 670);
		assert.deepEqual([matched, compared], [455, 475]);
		assert.equal(sum(plan.operators.map((each) => each.allocated)), 22_678_333n);
		assert.equal(enrolled(plan).filter((each) => each.emissions !== undefined).length, 482);
	});
});
