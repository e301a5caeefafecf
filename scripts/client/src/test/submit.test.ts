import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ChainError } from "../errors.js";
import { FakeNode, job } from "./fake-node.js";

describe("sending", () => {
	test("nonces start where the chain stands and keep the order of the jobs", async () => {
		const node = new FakeNode();
		const submitter = node.submitter();
		await submitter.run([job("alice", "a"), job("bob", "b"), job("alice", "c")]);
		await submitter.run([job("alice", "d")]);
		assert.deepEqual(node.sent, ["alice/7/a", "bob/0/b", "alice/8/c", "alice/9/d"]);
		assert.equal(submitter.included, 4);
	});

	test("outcomes come in the order of the jobs", async () => {
		const node = new FakeNode();
		const many = Array.from({ length: 500 }, (_, n) => job("alice", String(n)));
		let seen = 0;
		const outcomes = await node.submitter().run(many, () => (seen += 1));
		assert.equal(outcomes.length, 500);
		assert.equal(seen, 500);
		assert.equal(new Set(node.sent).size, 500);
	});

	test("a refusal by the chain names the job, the block and the error", async () => {
		const node = new FakeNode();
		node.errors.set("alice/7/the report", "Allowance.NotEnrolled");
		await assert.rejects(node.submitter().run([job("alice", "the report")]), (thrown: unknown) => {
			assert.ok(thrown instanceof ChainError);
			assert.equal(thrown.message, "The chain refused the report in block 5: Allowance.NotEnrolled.");
			return true;
		});
	});

	test("an attempt returns the error instead", async () => {
		const node = new FakeNode();
		node.errors.set("bob/0/x", "Market.InsufficientCash");
		assert.equal((await node.submitter().attempt(job("bob", "x"))).error, "Market.InsufficientCash");
	});

	test("a full pool is tried again, a block later each time", async () => {
		const node = new FakeNode();
		node.refusals = 3;
		await node.submitter().run([job("bob", "x")]);
		assert.deepEqual([node.blocks, node.sent], [3, ["bob/0/x"]]);
	});

	test("a pool that stays full ends the run", async () => {
		const node = new FakeNode();
		node.refusals = 1_000;
		await assert.rejects(
			node.submitter().run([job("bob", "x")]),
			/^ChainError: The node's transaction pool refused x: refused: because\.$/,
		);
		assert.ok(node.blocks < 100);
	});

	for (const inFlight of [1_000, 5]) {
		test(`a chain that takes nothing into a block ends the run, ${inFlight} in flight`, { timeout: 10_000 }, async () => {
			const node = new FakeNode();
			node.stuck = true;
			const jobs = Array.from({ length: 50 }, (_, n) => job("alice", String(n)));
			await assert.rejects(
				node.submitter({ inFlight, stallMs: 100 }).run(jobs),
				/^ChainError: \d+ extrinsics were not taken into a block within 0\.3 s, the first being 0\.$/,
			);
			// Each is sent at most three times.
			assert.ok(node.sent.length <= 150);
		});
	}

	test("an invalid extrinsic is not tried again", async () => {
		const node = new FakeNode();
		node.refusals = 1;
		node.code = 1010;
		await assert.rejects(node.submitter().run([job("bob", "x")]), ChainError);
		assert.equal(node.blocks, 0);
	});

	test("an invalid extrinsic uses up no nonce", async () => {
		const node = new FakeNode();
		node.refusals = 1;
		node.code = 1010;
		const submitter = node.submitter();
		await assert.rejects(submitter.attempt(job("bob", "x")), ChainError);
		await submitter.attempt(job("bob", "y"));
		assert.deepEqual(node.sent, ["bob/0/y"]);
	});
});
