import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Codec } from "@polkadot/types/types";
import type { Call, Calls, Weight } from "../chain/calls.js";
import type { Connection } from "../chain/connect.js";
import { type Act, describe as describeCall, Office } from "../chain/office.js";
import type { ChainEvent } from "../chain/watch.js";
import { ChainError } from "../errors.js";
import { call, FakeNode, key } from "./fake-node.js";

/** An act whose text is `name`. What it takes follows from the name's first word: `two` or anything else. */
function actOf(name: string): Act {
	return { label: `the act ${name}`, basis: "law", call: inner(name) };
}

function inner(name: string): Call {
	const [method = ""] = name.split(" ");
	const info = { section: "pallet", method, toU8a: () => name, hash: { toHex: () => `hash of ${name}` } };
	return call(name, { method: info });
}

const json = (value: unknown): Codec => ({ toJSON: () => value }) as unknown as Codec;

/** A chain with an office. Each call weighs a tenth of what an extrinsic may. */
class FakeChain {
	readonly node = new FakeNode();
	readonly office: Office;
	/** Calls that were proposed, by number. */
	readonly proposed: string[] = [];
	/** What the chain claims to have been proposed, where it is not what was. */
	forged: string | undefined;

	constructor() {
		this.node.events = (bytes) => this.proposals(bytes);
		const limit = { refTime: 100, proofSize: 100 };
		const api = {
			call: {
				regulatorApi: {
					requirement: async (text: string) =>
						json(
							text === "unknown"
								? null
								: { officers: text.startsWith("two") ? "Two" : "One", level: "Officer", dispatchAs: "Act" },
						),
					proposal: async (id: bigint) =>
						json({
							callHash: `hash of ${this.forged ?? this.proposed[Number(id)] ?? ""}`,
							callWeight: { refTime: 5, proofSize: 6 },
						}),
				},
			},
			consts: { system: { blockWeights: json({ perClass: { normal: { maxExtrinsic: limit } } }) } },
		};
		const connection = { api } as unknown as Connection;
		const officers = { first: key("alice"), second: key("bob") };
		this.office = new Office(connection, this.calls(), this.node.submitter(), officers);
	}

	private calls(): Calls {
		const weight = { refTime: { toBigInt: () => 10n }, proofSize: { toBigInt: () => 1n } };
		const make = (text: string): Call => call(text, { text, paymentInfo: async () => ({ weight }) });
		const text = (each: Call): string => (each as unknown as { text?: string }).text ?? "";
		return {
			act: (_: string, __: string, each: Call) => make(`act(${String(each.method.toU8a())})`),
			propose: (_: string, __: string, each: Call) => make(`propose(${String(each.method.toU8a())})`),
			approve: (id: bigint, hash: string, limit: Weight) => make(`approve(${id}, ${hash}, ${limit.refTime})`),
			together: (each: readonly Call[]) => make(each.map(text).join("+")),
		} as unknown as Calls;
	}

	private proposals(bytes: string): ChainEvent[] {
		return [...bytes.matchAll(/propose\(([^)]*)\)/g)].map(([, name = ""]) => {
			const id = this.proposed.push(name) - 1;
			const data = { id: json(id) } as unknown as Codec[];
			return { section: "regulator", method: "ActProposed", data };
		});
	}
}

describe("the regulator's officers", () => {
	test("acts of one officer go into batches that fit, calls of one name together", async () => {
		const { node, office } = new FakeChain();
		const names = ["admit 1", "admit 2", "admit 3", "admit 4", "admit 5", "admit 6", "enrol 1"];
		let done = 0;
		await office.run(names.map(actOf), (acts) => (done += acts));
		assert.deepEqual(node.sent, [
			"alice/7/act(admit 1)+act(admit 2)+act(admit 3)+act(admit 4)+act(admit 5)",
			"alice/8/act(admit 6)",
			"alice/9/act(enrol 1)",
		]);
		assert.equal(done, 7);
		assert.equal(office.acts.size, 7);
	});

	test("what takes two is proposed by the first and approved by the second, by hash and weight, in the order of the acts", async () => {
		const { node, office } = new FakeChain();
		await office.run(["two open", "enrol", "two allocate"].map(actOf));
		assert.deepEqual(node.sent, [
			"alice/7/propose(two open)+propose(two allocate)",
			"bob/0/approve(0, hash of two open, 5)",
			"alice/8/act(enrol)",
			"bob/1/approve(1, hash of two allocate, 5)",
		]);
	});

	test("a proposal that is another one than was meant is not approved", async () => {
		const chain = new FakeChain();
		chain.forged = "two expel";
		await assert.rejects(
			chain.office.run([actOf("two open")]),
			/^ChainError: Proposal 0 is not the act two open\.$/,
		);
		assert.equal(chain.node.sent.length, 1);
	});

	test("a refused act ends the run with its name", async () => {
		const { node, office } = new FakeChain();
		node.errors.set("alice/7/act(enrol)", "Allowance.NotAdmitted");
		await assert.rejects(office.run([actOf("enrol")]), /^ChainError: The chain refused the act enrol in block 5: /);
	});

	test("an attempt returns what became of it", async () => {
		const { node, office } = new FakeChain();
		node.errors.set("bob/0/approve(0, hash of two open, 5)", "Allowance.PeriodExists");
		assert.equal((await office.attempt(actOf("two open"))).error, "Allowance.PeriodExists");
		assert.equal((await office.attempt(actOf("enrol"))).error, undefined);
		node.errors.set("alice/9/propose(two close)", "Regulator.LevelTooLow");
		assert.equal((await office.attempt(actOf("two close"))).error, "Regulator.LevelTooLow");
	});

	test("what is no act is named before anything is sent", async () => {
		const { node, office } = new FakeChain();
		await assert.rejects(office.run(["enrol", "unknown"].map(actOf)), ChainError);
		assert.deepEqual(node.sent, []);
	});

	test("a call is described as the records describe it", () => {
		const open = { method: { section: "allowance", method: "openPeriod" } } as unknown as Call;
		assert.equal(describeCall(open), "allowance.open_period");
	});
});
