import assert from "node:assert/strict";
import { createServer } from "node:net";
import { PassThrough } from "node:stream";
import { describe, test } from "node:test";
import { encodeAddress } from "@polkadot/util-crypto";
import { actors, digest, palletAccount } from "../chain/accounts.js";
import { orderArguments } from "../chain/calls.js";
import { connect } from "../chain/connect.js";
import { chunks } from "../chain/cost.js";
import { tradingAccount } from "../chain/storage.js";
import { poolMessage } from "../chain/submit.js";
import { ChainError } from "../errors.js";
import { asBigInt, field, variant } from "../json.js";
import { Progress } from "../progress.js";
import { money, table } from "../report.js";

describe("keys", () => {
	test("the development accounts and an operator's are the well-known ones", async () => {
		const { regulator, supervisor, clerk, operator } = await actors();
		assert.equal(regulator.address, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
		assert.equal(supervisor.address, "5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc");
		assert.equal(clerk.address, "5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY");
		assert.equal(operator("9900001").address, operator("9900001").address);
		assert.notEqual(operator("9900001").address, operator("9900002").address);
	});

	test("a digest is 32 bytes of BLAKE2b", () => {
		assert.equal(digest("abc"), "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	});

	test("a pallet's account is its id behind the prefix", () => {
		const treasury = palletAccount(new TextEncoder().encode("py/trsry"));
		assert.equal(encodeAddress(treasury, 42), "5EYCAe5ijiYfyeZ2JJCGq56LmPyNRAKzpG4QkoQkkQNB5e6Z");
	});
});

describe("connection", () => {
	const sentence = (text: RegExp) => (thrown: unknown) => {
		assert.ok(thrown instanceof ChainError, String(thrown));
		assert.match(thrown.message, text);
		return true;
	};

	test("a closed port is one clear sentence", () =>
		assert.rejects(
			connect("ws://127.0.0.1:1"),
			sentence(
				/^No node answers at ws:\/\/127\.0\.0\.1:1 \(connection refused\); start one or name another address with --ws\.$/,
			),
		));

	test("an address that is none is named", () =>
		assert.rejects(connect("localhost:9944"), sentence(/^"localhost:9944" is not a WebSocket address/)));

	test("a server that is no node is told apart", async () => {
		const server = createServer((socket) =>
			socket.on("error", () => {}).end("HTTP/1.1 404 Not Found\r\n\r\n"),
		).listen(0, "127.0.0.1");
		await new Promise((resolve) => server.once("listening", resolve));
		const address = server.address();
		assert.ok(address !== null && typeof address === "object");
		try {
			await assert.rejects(
				connect(`ws://127.0.0.1:${address.port}`),
				sentence(/does not answer like a Carbon Chain node: it refuses the WebSocket connection\.$/),
			);
		} finally {
			server.close();
		}
	});
});

describe("small parts", () => {
	test("numbers of the codec become integers", () => {
		assert.equal(asBigInt(7), 7n);
		assert.equal(asBigInt("0xffffffffffffffffff"), 0xffffffffffffffffffn);
		assert.throws(() => asBigInt(1.5), ChainError);
		assert.throws(() => asBigInt(null), ChainError);
	});

	test("an enum's variant is found with and without data", () => {
		assert.equal(variant("Open"), "Open");
		assert.equal(variant({ closed: null }), "Closed");
		assert.throws(() => variant(3), ChainError);
	});

	test("a missing field is named", () => assert.throws(() => field({ a: 1 }, "b"), /no field "b"/));

	test("a trading account is decoded", () => {
		const account = tradingAccount({
			cashFree: 5,
			cashLocked: "0x06",
			cashPledged: 7,
			positions: [{ asset: 2021, free: 1, locked: 2, buying: 0, pledged: 3 }],
		});
		assert.deepEqual(account, {
			cashFree: 5n,
			cashLocked: 6n,
			cashPledged: 7n,
			positions: new Map([[2021, { free: 1n, locked: 2n, pledged: 3n }]]),
		});
	});

	test("an order is as the chain would have it where nothing else is said", () => {
		assert.deepEqual(orderArguments({ side: "Sell", price: 6_000n, tonnes: 5n }), {
			side: "Sell",
			price: 6_000n,
			tonnes: 5n,
			kind: "GoodTillCancelled",
			expires: null,
			selfTrade: "CancelTaker",
			feeMax: null,
			meetMax: null,
		});
		const { kind, meetMax } = orderArguments({ side: "Buy", price: 1n, tonnes: 1n, kind: "Market", meetMax: 0 });
		assert.deepEqual([kind, meetMax], ["Market", 0]);
	});

	test("a list is cut into parts", () => assert.deepEqual(chunks([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]));

	test("the pool's message keeps what it calls data", () => {
		const error = Object.assign(new Error("1010: Invalid Transaction"), { data: "Inability to pay some fees." });
		assert.equal(poolMessage(error), "1010: Invalid Transaction: Inability to pay some fees");
	});

	test("money has two decimals and tables are aligned", () => {
		assert.equal(money(123456n), "CNY 1,234.56");
		assert.equal(money(5n), "CNY 0.05");
		assert.deepEqual(
			table([
				["a", "1"],
				["long", "2"],
			]),
			["a     1", "long  2"],
		);
	});

	test("progress writes plain lines where there is no terminal", () => {
		const stream = new PassThrough();
		const progress = new Progress(stream as unknown as NodeJS.WriteStream);
		progress.begin("operators report", 3);
		progress.advance(3);
		progress.end();
		assert.match(String(stream.read()), /^✓ operators report: 3 \(\d+\.\d s\)\n$/);
	});
});
