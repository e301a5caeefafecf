/** Events of all finalised blocks, from the first one on. */
import type { ApiPromise } from "@polkadot/api";
import type { Codec, Registry } from "@polkadot/types/types";
import { ChainError, messageOf } from "../errors.js";
import { asList, asNumber, asText, field } from "../json.js";
import type { Connection } from "./connect.js";

/** An event, its data by field as the codec writes them as JSON. */
export interface PlainEvent {
	/** Position among all events of the block, from 0. */
	readonly index: number;
	/** Pallet in camel case. */
	readonly section: string;
	readonly method: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/** The events of one block. */
export interface BlockEvents {
	readonly number: number;
	readonly hash: string;
	readonly events: readonly PlainEvent[];
}

/** A finalised block. */
export interface FinalBlock {
	readonly number: number;
	readonly hash: string;
}

/** Blocks whose hashes are asked for at a time, and blocks whose events are. */
const HASHES_AT_ONCE = 512;
const BLOCKS_AT_ONCE = 32;
/** Kinds of blocks without any event that is wanted, of those that are kept in mind. */
const QUIET_MAX = 256;

export async function finalisedHead({ request }: Pick<Connection, "request">): Promise<FinalBlock> {
	const hash = asText(await request("chain_getFinalizedHead", []));
	return { number: asNumber(field(await request("chain_getHeader", [hash]), "number")), hash };
}

/**
 * Events of the blocks 1 to `last`, which is final, in their order.
 *
 * @param names Pallet and name of the events that are wanted: `market.OrderFilled`. Others are left out.
 */
export async function* eventsUpTo(
	{ api, request }: Pick<Connection, "api" | "request">,
	last: FinalBlock,
	names: ReadonlySet<string>,
): AsyncGenerator<BlockEvents> {
	const reader = new EventReader(api, request, names);
	for (let from = 1; from <= last.number; from += HASHES_AT_ONCE) {
		const numbers = range(from, Math.min(from + HASHES_AT_ONCE - 1, last.number));
		const hashes = asList(await request("chain_getBlockHash", [numbers])).map(asText);
		for (let n = 0; n < numbers.length; n += BLOCKS_AT_ONCE) {
			const part = numbers.slice(n, n + BLOCKS_AT_ONCE);
			// Asked for together; decoded one after the other, since a runtime upgrade changes how.
			const found = await Promise.all(part.map((_, k) => reader.fetch(hashes[n + k] as string)));
			for (const [k, number] of part.entries()) {
				const hash = hashes[n + k] as string;
				yield { number, hash, events: await reader.decode(hash, found[k] as RawEvents) };
			}
		}
	}
}

/** What the storage of a block has of its events: both as hexadecimal text. */
interface RawEvents {
	readonly events: string;
	/** The runtime that the block was made with. */
	readonly runtime: string;
}

class EventReader {
	private readonly eventsKey: string;
	private readonly runtimeKey: string;
	private runtime = "";
	private registry: Registry;
	/** Bytes of blocks without any event that is wanted: most blocks of a quiet chain are alike. */
	private readonly quiet = new Set<string>();

	constructor(
		private readonly api: ApiPromise,
		private readonly request: Connection["request"],
		private readonly names: ReadonlySet<string>,
	) {
		const key = (name: "events" | "lastRuntimeUpgrade"): string => {
			const item = api.query["system"]?.[name];
			if (item === undefined) throw new ChainError(`The chain has no storage system.${name}.`);
			return item.key();
		};
		this.eventsKey = key("events");
		this.runtimeKey = key("lastRuntimeUpgrade");
		this.registry = api.registry;
	}

	async fetch(hash: string): Promise<RawEvents> {
		try {
			const [answer] = asList(await this.request("state_queryStorageAt", [[this.eventsKey, this.runtimeKey], hash]));
			const values = new Map(asList(field(answer, "changes")).map((pair) => asList(pair) as [string, string | null]));
			return { events: values.get(this.eventsKey) ?? "0x00", runtime: values.get(this.runtimeKey) ?? "" };
		} catch (thrown) {
			throw new ChainError(
				`The node does not have the events of block ${hash} (${messageOf(thrown)}): ` +
					"ask one that keeps the state of all blocks, which was started with --state-pruning archive.",
				{ cause: thrown },
			);
		}
	}

	async decode(hash: string, { events, runtime }: RawEvents): Promise<PlainEvent[]> {
		if (runtime !== this.runtime) {
			this.registry = (await this.api.getBlockRegistry(Buffer.from(hash.slice(2), "hex"))).registry;
			this.runtime = runtime;
			this.quiet.clear();
		}
		if (this.quiet.has(events)) return [];
		const records = this.registry.createType("Vec<EventRecord>", events) as unknown as Iterable<EventRecordLike>;
		const found: PlainEvent[] = [];
		let index = 0;
		for (const { event } of records) {
			if (this.names.has(`${event.section}.${event.method}`)) found.push(plain(event, index));
			index += 1;
		}
		if (found.length === 0) {
			if (this.quiet.size >= QUIET_MAX) this.quiet.clear();
			this.quiet.add(events);
		}
		return found;
	}
}

interface EventLike {
	readonly section: string;
	readonly method: string;
	readonly data: readonly Codec[] & { readonly names: readonly string[] | null };
}

interface EventRecordLike {
	readonly event: EventLike;
}

function plain({ section, method, data }: EventLike, index: number): PlainEvent {
	const names = data.names ?? data.map((_, n) => String(n));
	return { index, section, method, data: Object.fromEntries(names.map((name, n) => [name, data[n]?.toJSON()])) };
}

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
