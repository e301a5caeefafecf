import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiPromise } from "@polkadot/api";
import { stringToHex } from "@polkadot/util";
import { ALWAYS_OPEN, Calls, CHINA_RULES } from "../chain/calls.js";
import { ChainError } from "../errors.js";

/** Calls of a chain that has each call, but for those of the pallet `market`. A call is what it was made from. */
function calls(): Calls {
	const pallet = (section: string) =>
		new Proxy({}, { get: (_, method: string) => (...args: unknown[]) => [section, method, ...args] });
	const tx = new Proxy({}, { get: (_, section: string) => (section === "market" ? {} : pallet(section)) });
	return new Calls({ tx } as unknown as ApiPromise);
}

describe("calls", () => {
	test("a period opens with its rules and deadlines", () => {
		const call: unknown = calls().openPeriod(2024, 5n, CHINA_RULES, ALWAYS_OPEN);
		assert.deepEqual(call, ["allowance", "openPeriod", 2024, 5n, CHINA_RULES, ALWAYS_OPEN]);
	});

	test("text goes as bytes, so that none is taken for hex digits", () => {
		const cancel: unknown = calls().cancel(2024, 1n, "0x41", "0x00");
		assert.deepEqual(cancel, ["allowance", "cancel", 2024, 1n, stringToHex("0x41"), "0x00"]);
		const other: unknown = calls().offsets.cancel(1_000_000, 1n, "", "0x00");
		assert.deepEqual(other, ["offsets", "cancel", 1_000_000, 1n, "0x", "0x00"]);
		const details = { kind: "Wind", methodology: "0x42", registryRef: "A", documents: [], insideEts: false } as const;
		const project: unknown = calls().offsets.registerProject(details);
		const bytes = { ...details, methodology: stringToHex("0x42"), registryRef: "0x41" };
		assert.deepEqual(project, ["offsets", "registerProject", bytes]);
	});

	test("one that the chain does not have is named", () => {
		const sentence = "The chain has no call market.cancelAll; is this client of the same version?";
		assert.throws(() => calls().cancelAll(), new ChainError(sentence));
	});
});
