/**
 * Follows the best chain with one subscription and tells for each awaited extrinsic what became of it.
 *
 * A subscription for each extrinsic would cost the node far more than the extrinsics themselves. An extrinsic counts
 * from the first block that it is seen in; should that block be replaced, the pool puts it into another one, and what is
 * finally checked is read at a finalised block.
 */
import type { Header } from "@polkadot/types/interfaces";
import type { Codec } from "@polkadot/types/types";
import { hexToU8a } from "@polkadot/util";
import { blake2AsHex } from "@polkadot/util-crypto";
import { ChainError, messageOf } from "../errors.js";
import { asList, asText, field } from "../json.js";
import { type Connection, sleep } from "./connect.js";
import { errorIn } from "./errors.js";

/** An event of an extrinsic. */
export interface ChainEvent {
	/** Pallet in camel case. */
	readonly section: string;
	readonly method: string;
	readonly data: readonly Codec[];
}

/** What became of an extrinsic. */
export interface Outcome {
	readonly block: string;
	readonly number: number;
	/** Name of the error; `undefined` where the extrinsic did what it should. */
	readonly error: string | undefined;
	readonly events: readonly ChainEvent[];
}

type Waiter = (outcome: Outcome) => void;

/** Tells what becomes of extrinsics. */
export interface Inclusion {
	/** Outcome of the extrinsic with this hash, once it is in a block. Ask before it is sent. */
	expect(hash: string): Promise<Outcome>;
	/** Wait for the next block; throws when none comes in time or the connection is lost. */
	nextBlock(timeoutMs?: number): Promise<void>;
	/** Throws what went wrong in the background. */
	check(): void;
}

export class BlockWatcher implements Inclusion {
	private readonly waiters = new Map<string, Waiter>();
	private readonly hashes = new Map<number, string>();
	private queue: Promise<void> = Promise.resolve();
	private stop: (() => void) | undefined;
	private failure: ChainError | undefined;
	/** Heads seen since the watch began. */
	private blocks = 0;

	private constructor(
		private readonly connection: Connection,
		/** Blocks up to this one are nobody's concern. */
		private readonly first: Header,
	) {
		this.hashes.set(first.number.toNumber(), first.hash.toHex());
	}

	static async start(connection: Connection): Promise<BlockWatcher> {
		const { api } = connection;
		const watcher = new BlockWatcher(connection, await api.rpc.chain.getHeader());
		watcher.stop = await api.rpc.chain.subscribeNewHeads((header) => {
			watcher.queue = watcher.queue
				.then(() => watcher.follow(header))
				.catch((thrown: unknown) => {
					watcher.failure ??= new ChainError(
						`Block ${header.number.toString()} cannot be read: ${messageOf(thrown)}.`,
						{
							cause: thrown,
						},
					);
				});
		});
		api.on("disconnected", () => {
			watcher.failure ??= new ChainError("The node closed the connection.");
		});
		return watcher;
	}

	expect(hash: string): Promise<Outcome> {
		return new Promise((resolve) => this.waiters.set(hash, resolve));
	}

	async nextBlock(timeoutMs = 60_000): Promise<void> {
		const before = this.blocks;
		const deadline = Date.now() + timeoutMs;
		while (this.blocks === before) {
			this.check();
			if (Date.now() > deadline) throw new ChainError(`The chain made no block for ${timeoutMs / 1_000} s.`);
			await sleep(100);
		}
		this.check();
	}

	check(): void {
		if (this.failure !== undefined) throw this.failure;
	}

	close(): void {
		this.stop?.();
	}

	/** Read `header` and whatever of its branch has not been read: heads are skipped and branches replaced. */
	private async follow(header: Header): Promise<void> {
		const branch: { number: number; hash: string }[] = [];
		let number = header.number.toNumber();
		let hash = header.hash.toHex();
		let parent = header.parentHash.toHex();
		while (number > this.first.number.toNumber() && this.hashes.get(number) !== hash) {
			branch.push({ number, hash });
			if (this.hashes.get(number - 1) === parent) break;
			const before = await this.connection.api.rpc.chain.getHeader(parent);
			number = before.number.toNumber();
			hash = before.hash.toHex();
			parent = before.parentHash.toHex();
		}
		for (const block of branch.reverse()) {
			await this.read(block.number, block.hash);
			this.hashes.set(block.number, block.hash);
		}
		this.blocks += 1;
	}

	private async read(number: number, hash: string): Promise<void> {
		if (this.waiters.size === 0) return;
		// Hashes are taken of the raw bytes: decoding every extrinsic of a full block would cost seconds.
		const { api } = this.connection;
		const [block, at] = await Promise.all([this.connection.request("chain_getBlock", [hash]), api.at(hash)]);
		const extrinsics = asList(field(field(block, "block"), "extrinsics")).map(asText);
		const awaited = new Map<number, Waiter>();
		for (const [index, extrinsic] of extrinsics.entries()) {
			const id = blake2AsHex(hexToU8a(extrinsic), 256);
			const waiter = this.waiters.get(id);
			if (waiter === undefined) continue;
			this.waiters.delete(id);
			awaited.set(index, waiter);
		}
		if (awaited.size === 0) return;
		const events = new Map<number, ChainEvent[]>([...awaited.keys()].map((index) => [index, []]));
		const errors = new Map<number, string>();
		const records = (await at.query["system"]?.["events"]?.()) as unknown as Iterable<EventRecordLike>;
		for (const { phase, event } of records) {
			if (!phase.isApplyExtrinsic) continue;
			const index = phase.asApplyExtrinsic.toNumber();
			const list = events.get(index);
			if (list === undefined) continue;
			list.push(event);
			const error = errorIn(api, event.section, event.method, event.data);
			if (error !== undefined) errors.set(index, error);
		}
		for (const [index, waiter] of awaited) {
			waiter({ block: hash, number, error: errors.get(index), events: events.get(index) ?? [] });
		}
	}
}

interface EventRecordLike {
	readonly phase: { readonly isApplyExtrinsic: boolean; readonly asApplyExtrinsic: { toNumber: () => number } };
	readonly event: ChainEvent;
}
