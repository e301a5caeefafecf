import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { course, type Step } from "../course.js";
import { complianceHeader, compliance, random } from "./fixtures.js";

const YEARS = [2021, 2022, 2023];

/** The years of one operator, from a row in the order first year, last year, emissions, surrenders, statuses. */
function steps(row: string, replayed: readonly number[] = YEARS, infers = true): Step[] {
	const [operator] = compliance([`1,${row}`], complianceHeader(...YEARS)).operators;
	assert.ok(operator);
	return course(operator, { years: replayed, tableYears: YEARS, infers });
}
const of = <Key extends keyof Step>(key: Key, row: string, ...more: [(readonly number[])?, boolean?]): Step[Key][] =>
	steps(row, ...more).map((each) => each[key]);

describe("a year before the table's last: the status tells what came late", () => {
	test("A: the operator surrenders up to its emissions so far", () => {
		const row = "2021,,10,20,30,60,A,A,A";
		assert.deepEqual(of("surrenders", row), [10n, 20n, 30n]);
		assert.deepEqual(of("status", row), ["A", "A", "A"]);
	});

	test("A beyond the published surrenders: no more than there are", () => {
		const row = "2021,,10,20,30,15,A,A,B";
		assert.deepEqual(of("surrenders", row), [10n, 5n, 0n]);
		assert.deepEqual(of("status", row), ["A", "B", "B"]);
	});

	test("B: nothing is surrendered in time, and all of it the year after", () => {
		const row = "2021,,10,20,30,60,B,A,A";
		assert.deepEqual(of("surrenders", row), [0n, 30n, 30n]);
		assert.deepEqual(of("status", row), ["B", "A", "A"]);
	});

	test("C: the emissions are entered after the deadline, and the next deadline counts them", () => {
		const row = "2021,,10,20,30,60,C,A,A";
		assert.deepEqual(of("emissions", row), [undefined, 20n, 30n]);
		assert.deepEqual(of("late", row), [10n, undefined, undefined]);
		assert.deepEqual(of("surrenders", row), [0n, 30n, 30n]);
		assert.deepEqual(of("emissionsSoFar", row), [0n, 30n, 60n]);
		assert.deepEqual(of("status", row), ["C", "A", "A"]);
	});

	test("C after an earlier year: what is missing of that year is surrendered all the same", () => {
		assert.deepEqual(of("surrenders", "2021,,10,20,30,60,B,C,A"), [0n, 10n, 50n]);
	});

	test("C without emissions: nothing is entered, neither in time nor late", () => {
		const row = "2021,,,20,30,50,C,A,A";
		assert.deepEqual([of("emissions", row)[0], of("late", row)[0]], [undefined, undefined]);
		assert.deepEqual(of("status", row), ["C", "A", "A"]);
	});

	test("without A, B or C nothing is known of the surrenders: they come in the next year", () => {
		for (const status of ["", "NOT_APPLICABLE"]) {
			assert.deepEqual(of("surrenders", `2021,,10,20,30,60,${status},A,A`), [0n, 30n, 30n]);
		}
	});
});

describe("the table's last year: nothing is inferred", () => {
	test("the published status changes nothing", () => {
		const [first, ...others] = ["A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", ""].map((status) => {
			const last = steps(`2021,,10,20,30,60,A,A,${status}`)[2];
			return { ...last, published: "-" };
		});
		assert.deepEqual([first?.emissions, first?.late, first?.surrenders, first?.status], [30n, undefined, 30n, "A"]);
		for (const each of others) assert.deepEqual(each, first);
	});

	test("nor does any status of the years before: 500 random operators with two sets of statuses", () => {
		for (let seed = 1; seed <= 500; seed++) {
			const below = random(seed);
			const pick = (...words: string[]): string => words[below(words.length)] ?? "";
			const first = 2020 + below(4);
			const closed = pick("", "", String(first + below(3)));
			const emissions = YEARS.map(() => pick("", "EXCLUDED", "0", String(below(100)), String(below(100))));
			const data = [first, closed, ...emissions, below(250)].join();
			const [one, other] = [0, 1].map(() => {
				const statuses = YEARS.map(() => pick("A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", ""));
				const last = steps([data, ...statuses].join())[2];
				return [last?.standing, last?.emissionsSoFar, last?.surrendersSoFar, last?.status];
			});
			assert.deepEqual(one, other, `seed ${seed}`);
		}
	});

	test("all that is left is surrendered, also beyond the emissions", () => {
		assert.deepEqual(of("surrenders", "2021,,10,20,30,75,A,A,A"), [10n, 20n, 45n]);
	});

	test("what was never surrendered is missing, whatever the early statuses say", () => {
		assert.equal(of("status", "2021,,10,20,30,59,A,A,A")[2], "B");
	});

	test("emissions that the table does not hold are not entered", () => {
		assert.equal(of("status", "2021,,10,20,,30,A,A,A")[2], "C");
	});
});

describe("standing, from the data alone", () => {
	test("a closed operator owes nothing for later years and keeps the status of what it owed", () => {
		const row = (surrenders: number) => `2021,2021,10,,,${surrenders},A,,`;
		assert.deepEqual(of("standing", row(10)), ["obliged", "settled", "settled"]);
		assert.deepEqual(of("emissions", row(10)), [10n, undefined, undefined]);
		assert.deepEqual(of("status", row(10)), ["A", "A", "A"]);
		assert.deepEqual(of("status", row(9)), ["B", "B", "B"]);
	});

	test("EXCLUDED emissions of whoever owed something before leave the status of what it owed", () => {
		const row = "2021,,10,EXCLUDED,EXCLUDED,10,A,B,EXCLUDED";
		assert.deepEqual(of("standing", row), ["obliged", "settled", "settled"]);
		assert.deepEqual(of("status", row), ["A", "A", "A"]);
	});

	test("EXCLUDED emissions of whoever never owed anything exclude it, until it has some", () => {
		const row = "2021,,EXCLUDED,EXCLUDED,30,30,B,EXCLUDED,A";
		assert.deepEqual(of("standing", row), ["excluded", "excluded", "obliged"]);
		assert.deepEqual(of("status", row), ["Excluded", "Excluded", "A"]);
	});

	test("before its first year an operator is absent", () => {
		const row = "2023,,,,30,30,NOT_APPLICABLE,A,A";
		assert.deepEqual(of("standing", row), ["absent", "absent", "obliged"]);
		assert.deepEqual(of("status", row), [undefined, undefined, "A"]);
		assert.deepEqual(of("surrenders", row), [0n, 0n, 30n]);
	});

	test("whoever closed before the first year never owed anything", () => {
		assert.deepEqual(of("standing", "2019,2020,,,,0,,,"), ["absent", "absent", "absent"]);
	});

	test("recorded emissions oblige, whatever the years of operation say", () => {
		assert.deepEqual(of("standing", "2023,,10,,30,40,,,A"), ["obliged", "absent", "obliged"]);
		assert.equal(of("standing", "2021,2021,10,20,,30,A,A,")[1], "obliged");
	});

	test("an operator in operation without emissions is obliged", () => {
		assert.deepEqual(of("standing", "2021,2022,,,,0,C,C,"), ["obliged", "obliged", "settled"]);
	});
});

describe("years that are not replayed", () => {
	test("those before are taken as served first", () => {
		const row = "2021,,10,20,30,25,A,A,A";
		assert.deepEqual(of("surrenders", row, [2022, 2023]), [15n, 0n]);
		assert.deepEqual(of("surrenders", row, [2023]), [0n]);
	});

	test("they count for who owed something before", () => {
		assert.deepEqual(of("standing", "2021,,10,EXCLUDED,30,40,A,A,A", [2022]), ["settled"]);
	});

	test("a last year of the replay that is not the table's is inferred", () => {
		assert.deepEqual(of("surrenders", "2021,,10,20,30,60,A,B,A", [2021, 2022]), [10n, 0n]);
	});
});

describe("the baseline", () => {
	test("looks at no status in any year", () => {
		for (const statuses of ["A,A,A", "B,C,B", ",,"]) {
			const row = `2021,,10,20,30,60,${statuses}`;
			assert.deepEqual(of("surrenders", row, YEARS, false), [10n, 20n, 30n]);
			assert.deepEqual(of("emissions", row, YEARS, false), [10n, 20n, 30n]);
		}
	});
});
