import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiPromise } from "@polkadot/api";
import { type BlockEvents, eventsUpTo } from "../chain/history.js";
import { ChainError } from "../errors.js";
import { asList, asText } from "../json.js";

/** What stands for the bytes of a block's events: pallets and names, and the runtime that wrote them. */
interface FakeBlock {
	readonly events: readonly string[];
	readonly runtime: string;
}

/** A node with these blocks, the first of which has the number 1. */
class FakeNode {
	/** Blocks whose registry was asked for. */
	readonly registries: string[] = [];
	decoded = 0;

	constructor(private readonly blocks: readonly FakeBlock[]) {}

	get api(): ApiPromise {
		const key = (name: string) => ({ key: () => name });
		return {
			query: { system: { events: key("events"), lastRuntimeUpgrade: key("runtime") } },
			registry: this.registry("none"),
			getBlockRegistry: async (hash: Uint8Array) => {
				const number = Buffer.from(hash).readUInt32BE();
				this.registries.push(String(number));
				return { registry: this.registry(this.blocks[number - 1]?.runtime ?? "") };
			},
		} as unknown as ApiPromise;
	}

	readonly request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
		if (method === "chain_getBlockHash") return asList(params[0]).map((number) => hashOf(Number(number)));
		const number = Number.parseInt(asText(params[1]).slice(2), 16);
		const block = this.blocks[number - 1];
		if (block === undefined) throw new Error("State already discarded");
		return [
			{
				changes: [
					["events", block.events.join()],
					["runtime", block.runtime],
				],
			},
		];
	};

	/** Writes its own name into the data of each event. */
	private registry(runtime: string) {
		return {
			createType: (_: string, bytes: string) => {
				this.decoded += 1;
				return bytes.split(",").map((name) => {
					const [section, method] = name.split(".");
					const data = Object.assign([{ toJSON: () => runtime }], { names: ["runtime"] });
					return { event: { section, method, data } };
				});
			},
		};
	}
}

function hashOf(number: number): string {
	return `0x${number.toString(16).padStart(8, "0")}`;
}

const NAMES = new Set(["market.OrderFilled"]);

async function read(node: FakeNode, last: number): Promise<BlockEvents[]> {
	const all: BlockEvents[] = [];
	for await (const block of eventsUpTo(node, { number: last, hash: hashOf(last) }, NAMES)) all.push(block);
	return all;
}

describe("events of all blocks", () => {
	test("come in the order of the blocks, each with its place among all of its block", async () => {
		const events = ["system.ExtrinsicSuccess", "market.OrderFilled", "market.OrderPlaced", "market.OrderFilled"];
		const blocks = Array.from({ length: 1_100 }, (_, n) => ({ events: n === 700 ? events : ["a.A"], runtime: "1" }));
		const found = await read(new FakeNode(blocks), 1_100);
		assert.deepEqual(
			found.map(({ number }) => number),
			blocks.map((_, n) => n + 1),
		);
		const seen = found.flatMap(({ number, hash, events: list }) =>
			list.map(({ index, data }) => [number, hash, index, data]),
		);
		assert.deepEqual(seen, [
			[701, hashOf(701), 1, { runtime: "1" }],
			[701, hashOf(701), 3, { runtime: "1" }],
		]);
	});

	test("are decoded by the runtime that wrote them, and blocks without any are decoded once", async () => {
		const blocks = ["1", "1", "2", "2"].flatMap((runtime) => [
			{ events: ["market.OrderFilled"], runtime },
			{ events: ["a.A"], runtime },
		]);
		const node = new FakeNode(blocks);
		const found = await read(node, blocks.length);
		assert.deepEqual(
			found.flatMap(({ events }) => events.map(({ data }) => data["runtime"])),
			["1", "1", "2", "2"],
		);
		assert.deepEqual(node.registries, ["1", "5"]);
		// Four with events, and one without for each runtime.
		assert.equal(node.decoded, 6);
	});

	test("are asked for at a node that keeps them", async () => {
		const failure = read(new FakeNode([{ events: ["a.A"], runtime: "1" }]), 2);
		await assert.rejects(
			failure,
			(thrown) => thrown instanceof ChainError && /State already discarded.*archive/.test(thrown.message),
		);
	});
});
