import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ChainError, UsageError } from "../errors.js";
import { accountHex, instructions, nodeAddress, requireLocal, sessionKeys } from "../node-application.js";

const PEER = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

describe("the application of a node", () => {
	test("keys are made on this machine only", () => {
		for (const url of ["ws://127.0.0.1:9944", "ws://localhost:9944", "ws://[::1]:9944"]) requireLocal(url);
		for (const url of ["ws://192.0.2.1:9944", "wss://node.example.org", "ws://localhost.example.org", "9944"]) {
			assert.throws(() => requireLocal(url), UsageError, url);
		}
	});

	test("an account is its public key", () => {
		const stash = "0xbe5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f";
		assert.equal(accountHex("5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY"), stash);
		assert.equal(accountHex(stash), stash);
		assert.throws(() => accountHex("5GNJqTPy"), UsageError);
	});

	test("an address ends with the peer id of this node", () => {
		for (const place of ["/dns/node.example.org/tcp/30333", "/ip6/2001:db8::1/tcp/30333", "/dns4/a/tcp/443/wss"]) {
			assert.equal(nodeAddress(place, PEER), `${place}/p2p/${PEER}`);
			assert.equal(nodeAddress(`${place}/p2p/${PEER}`, PEER), `${place}/p2p/${PEER}`);
		}
	});

	test("an address that will not do is named", () => {
		const other = PEER.replace(/p$/, "q");
		for (const address of [
			"node.example.org:30333",
			"/dns/node.example.org",
			"/dns/node example/tcp/30333",
			`/dns/node.example.org/tcp/30333/p2p/${other}`,
			`/dns/${"a".repeat(100)}/tcp/30333`,
		]) {
			assert.throws(() => nodeAddress(address, PEER), UsageError, address);
		}
	});

	test("the node's answer is read, and an odd one refused", () => {
		assert.deepEqual(sessionKeys({ keys: "0x01", proof: "0x02" }), { keys: "0x01", proof: "0x02" });
		for (const answer of [null, { keys: "0x01" }, { keys: "0x", proof: "0x02" }, { keys: "one", proof: "0x02" }]) {
			assert.throws(() => sessionKeys(answer), ChainError);
		}
	});

	test("the operator is told what to paste", () => {
		const lines = instructions("5G", "/dns/a/tcp/1/p2p/b", { keys: "0x01", proof: "0x02" }, "0x2a");
		assert.ok(lines.includes("encoded   0x2a"));
		assert.ok(lines.some((line) => line.includes("Decode")));
		assert.ok(instructions("5G", "/dns/a/tcp/1/p2p/b", undefined, "0x2a").every((line) => !line.includes("keys")));
	});
});
