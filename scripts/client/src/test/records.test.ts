import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stringToHex } from "@polkadot/util";
import { ALWAYS_OPEN, CHINA_RULES, UK_RULES } from "../chain/calls.js";
import * as records from "../chain/records.js";
import { ChainError } from "../errors.js";

const TIMELINE = {
	opens: 0,
	reportsDue: "0xffffffffffffffff",
	verificationDue: "0xffffffffffffffff",
	surrenderDue: "0xffffffffffffffff",
	objectionDays: 7,
	decisionDays: 10,
};
const CHINA = {
	obligation: "Yearly",
	vintagesBack: null,
	borrowing: false,
	offsetCapBps: 500,
	offsetsExcluded: 0,
	offsetsInsideEts: false,
	preAllocationBps: 7_000,
	gapCapBps: 8_000,
	fine: { ofPrice: { multiplierMilli: 5_000, fallbackPrice: 10_000 } },
	deductShortfall: false,
	carryOver: { base: 10_000, factorBps: 15_000 },
};
const UK = {
	...CHINA,
	obligation: "Cumulative",
	borrowing: true,
	offsetCapBps: 0,
	preAllocationBps: 10_000,
	gapCapBps: null,
	fine: { perTonne: 10_000 },
	carryOver: null,
};

describe("records of the compliance cycle", () => {
	test("a period is decoded with its rules and deadlines", () => {
		const open = { rules: CHINA, timeline: TIMELINE, phase: "Open", enrolmentPages: 1, finePrice: null };
		assert.deepEqual(records.period(open), {
			rules: CHINA_RULES,
			timeline: ALWAYS_OPEN,
			phase: "Open",
			finePrice: undefined,
		});
		const closed = { ...open, rules: UK, phase: "Closed", finePrice: { price: 10_000, basis: "Fixed" } };
		const { rules, phase, finePrice } = records.period(closed);
		assert.deepEqual([rules, phase, finePrice], [UK_RULES, "Closed", { price: 10_000n, basis: "Fixed" }]);
	});

	test("emissions count once the regulator has confirmed them", () => {
		const report = { tonnes: 9, digest: "0x01", state: "Verified", at: 5, late: true, verifiedLate: false };
		const value = {
			allocated: null,
			report,
			excluded: false,
			verifier: "5V",
			corrections: 1,
			surrendered: 8,
			offsets: 2,
			shortfall: 1,
			status: null,
			waived: 3,
			fine: "0x10",
			carriedOver: 4,
		};
		const verified = records.obligation(value);
		assert.deepEqual([verified.emissions, verified.report?.late, verified.status], [undefined, true, undefined]);
		const confirmed = { ...value, allocated: 7, report: { ...report, state: "Confirmed" }, status: "B" };
		assert.deepEqual(records.obligation(confirmed), {
			allocated: 7n,
			report: { tonnes: 9n, digest: "0x01", state: "Confirmed", at: 5n, late: true, verifiedLate: false },
			emissions: 9n,
			excluded: false,
			verifier: "5V",
			corrections: 1,
			surrendered: 8n,
			offsets: 2n,
			shortfall: 1n,
			status: "B",
			waived: 3n,
			fine: 16n,
			carriedOver: 4n,
		});
		assert.equal(records.obligation({ ...value, report: null, verifier: null }).report, undefined);
	});

	test("a cancellation of offset credits is decoded with its cause", () => {
		const value = { holder: "5H", asset: 1_000_000, tonnes: 3, block: 4 };
		const decode = (cause: unknown) => {
			const { cause: name, beneficiary, reason } = records.offsetCancellation({ ...value, cause });
			return [name, beneficiary, reason];
		};
		const voluntary = { voluntary: { beneficiary: stringToHex("Zoë"), reason: "0x01" } };
		assert.deepEqual(decode(voluntary), ["Voluntary", "Zoë", "0x01"]);
		assert.deepEqual(decode({ reversal: { project: 1, reason: "0x02" } }), ["Reversal", undefined, "0x02"]);
		assert.deepEqual(decode({ settlement: { project: 1 } }), ["Settlement", undefined, undefined]);
	});

	test("a kind of project that has a number only is told with it", () => {
		const value = {
			project: 1,
			report: 2,
			insideEts: true,
			vintage: 2024,
			issued: 5,
			buffered: 1,
			surrendered: 2,
			cancelled: 0,
		};
		assert.equal(records.series({ ...value, kind: { biogas: null } }).kind, "Biogas");
		assert.equal(records.series({ ...value, kind: { other: 7 } }).kind, "Other 7");
	});

	test("a record of another version of the chain is named", () => {
		assert.throws(() => records.supply({ cap: 1, issued: 1, surrendered: 0, cancelled: 0 }), ChainError);
	});
});
