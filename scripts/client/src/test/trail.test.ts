import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiPromise } from "@polkadot/api";
import type { Codec } from "@polkadot/types/types";
import { stringToHex } from "@polkadot/util";
import { errorIn } from "../chain/errors.js";
import { type ActRecord, actRecords, checkTrail } from "../chain/trail.js";
import { checkAuditTrail } from "../checks.js";
import { trailLine } from "../report.js";

function record(reason: string, more: Partial<ActRecord> = {}): ActRecord {
	return {
		id: 0n,
		kind: "OneOfficer",
		by: "alice",
		second: undefined,
		description: "participants.admit",
		basis: "law",
		reason,
		callHash: "0x00",
		block: 1,
		at: 0n,
		outcome: "Succeeded",
		...more,
	};
}

describe("the audit trail", () => {
	test("a list of records is decoded", () => {
		const value = {
			kind: "TwoOfficers",
			by: "alice",
			second: "bob",
			callHash: "0x01",
			description: stringToHex("participants.expel"),
			basis: stringToHex("Art. 22"),
			reason: "0x02",
			subject: { account: "dave" },
			proposedAt: 5,
			block: 7,
			at: "0x0a",
			outcome: { failed: { badOrigin: null } },
		};
		assert.deepEqual(actRecords([[3, value]]), [
			record("0x02", {
				id: 3n,
				kind: "TwoOfficers",
				second: "bob",
				description: "participants.expel",
				basis: "Art. 22",
				callHash: "0x01",
				block: 7,
				at: 10n,
				outcome: "Failed",
			}),
		]);
	});

	test("each act has one record, whatever else is on record", () => {
		const acts = new Map([
			["0x01", "participants.admit"],
			["0x02", "participants.admit"],
		]);
		const others = [record("0x00", { kind: "BreakGlass" }), record("0x09", { kind: "TwoOfficers" })];
		const trail = checkTrail([record("0x01"), ...others, record("0x02")], acts);
		assert.deepEqual([trail.acts, trail.recorded], [2, 2]);
		assert.ok(checkAuditTrail(trail).holds);
		assert.equal(
			trailLine(trail),
			"audit trail: 4 records: 2 of one officer, 1 of two officers, 1 by the break-glass key",
		);
	});

	for (const [what, records] of [
		["none", []],
		["two", [record("0x01"), record("0x01")]],
		["one of a failure", [record("0x01", { outcome: "Failed" })]],
		["one of another call", [record("0x01", { description: "participants.expel" })]],
	] as const) {
		test(`an act with ${what} breaks the check`, () => {
			const trail = checkTrail(records, new Map([["0x01", "participants.admit"]]));
			assert.equal(trail.recorded, 0);
			assert.ok(!checkAuditTrail(trail).holds);
		});
	}
});

describe("errors inside a successful extrinsic", () => {
	const api = {} as ApiPromise;
	const failed = { isErr: true, asErr: { type: "BadOrigin" } } as unknown as Codec;
	const succeeded = { isErr: false } as unknown as Codec;
	const other = {} as Codec;

	for (const [section, method, data] of [
		["sudo", "Sudid", [failed]],
		["regulator", "ActDispatched", [other, other, other, other, failed]],
		["regulator", "BreakGlassUsed", [other, other, other, failed]],
		["proxy", "ProxyExecuted", [failed]],
	] as const) {
		test(`${section}.${method} tells of one`, () => {
			assert.equal(errorIn(api, section, method, data), "BadOrigin");
			assert.equal(errorIn(api, section, method, data.map((each) => (each === failed ? succeeded : each))), undefined);
		});
	}

	test("other events do not", () => {
		// A halt that could not be lifted because the market has gone is no failure of this extrinsic.
		assert.equal(errorIn(api, "regulator", "HaltEnded", [other, failed]), undefined);
	});
});
