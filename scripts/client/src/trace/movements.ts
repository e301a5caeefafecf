/**
 * What each event of the chain does to who has which units.
 *
 * | event | moves |
 * |---|---|
 * | `allowance.Allocated` | new units to the entity; to what is held for it where the next event of `allocation` says so |
 * | `allocation.PreAllocated`, `TrueUp` | nothing: which kind the `Allocated` before them was, and whether it is held |
 * | `allowance.IssuedForSale` | new units to the authority's seller |
 * | `allowance.CarriedOver` | units out of the world, as many new ones of the next vintage to the same holder |
 * | `allowance.TakenBack` | units out of the world; of what is held where the `allocation.Returned` after it says so |
 * | `allowance.Surrendered` | units out of the world, also credits; of what is held where the custody account supplies |
 * | `allowance.Cancelled` | allowances out of the world |
 * | `allowance.Transferred`, `ForcedTransfer` | units from one account to another |
 * | `allocation.HeldReleased` | units that were held to their entity |
 * | `allocation.HeldSurrendered`, `Returned` | nothing: `allowance.Surrendered` and `TakenBack` tell it |
 * | `offsets.SeriesIssued` | new credits to the buffer, then the rest to the project's owner |
 * | `offsets.BufferReleased` | credits from the buffer to the owner |
 * | `offsets.Cancelled` | credits out of the world, also after a reversal, from the buffer or the owner |
 * | `offsets.Surrendered` | nothing: `allowance.Surrendered` tells it |
 * | `offsets.ReductionsReversed`, `ReversalSettled` | nothing: `offsets.Cancelled` tells it |
 * | `market.OrderFilled`, `OrdersMatched` | units from the seller to the buyer |
 * | `market.BlockTradeDelivered` | units from the seller to the buyer; `blockTrades.Settled` after it has the number |
 * | `market.PledgePaid` | units to the other side, where what was pledged are units |
 * | `market.Deposited`, `Withdrawn`, `ForcedWithdrawal` | nothing between holders: both ledgers are one |
 * | `market.Pledged`, `PledgeReleased` | nothing: whose the units are does not change |
 *
 * Every other event moves nothing. An event that is forgotten here shows where the lots are compared with the chain's storage
 * (`conservation.ts`).
 */
import type { PlainEvent } from "../chain/history.js";
import { ChainError } from "../errors.js";
import { asBigInt, asNumber, asText, field, variant } from "../json.js";

/** Asset numbers from here on are series of offset credits; below they are vintages. */
export const OFFSET_SERIES_FIRST = 1_000_000;

type Data = PlainEvent["data"];

/** Who has units: an account's address, or `held:` and the address of the entity that units in custody were issued for. */
export type Holder = string;

interface Happened {
	readonly block: number;
	/** Position of the event among those of its block, from 0. */
	readonly event: number;
	readonly asset: number;
	readonly tonnes: bigint;
}

/** New units. */
export interface Issue extends Happened {
	readonly kind: "issue";
	readonly to: Holder;
	readonly by: "allocation" | "pre-allocation" | "true-up" | "issue for sale" | "series" | "buffer of the series";
}

/** Units that change hands. */
export interface Transfer extends Happened {
	readonly kind: "transfer";
	readonly from: Holder;
	readonly to: Holder;
	readonly by:
		| "trade"
		| "auction"
		| "block trade"
		| "own accounts"
		| "legal basis"
		| "forced transfer"
		| "release"
		| "release of the buffer"
		| "pledge";
	/** In fen per tonne, where there is one. */
	readonly price: bigint | undefined;
	/** Number of the block trade. */
	readonly id: bigint | undefined;
}

/** Units that are gone. */
export interface End extends Happened {
	readonly kind: "end";
	readonly from: Holder;
	readonly by: "surrender" | "cancellation" | "return";
	/** Number of the surrender or cancellation. */
	readonly id: bigint | undefined;
}

/** Units of one vintage that became as many of the next one. */
export interface CarryOver extends Happened {
	readonly kind: "carry-over";
	readonly holder: Holder;
	/** The next vintage. */
	readonly into: number;
}

export type Movement = Issue | Transfer | End | CarryOver;

/** Accounts of the chain itself. */
export interface ChainAccounts {
	/** What the regulator holds for risky entities. */
	readonly custody: string;
	/** Buffers of offset projects. */
	readonly buffer: string;
	/** What backs the trading ledger. */
	readonly market: string;
}

const HELD = "held:";

/** What is held for `entity`. */
export function heldFor(entity: string): Holder {
	return `${HELD}${entity}`;
}

/** The entity that `holder` is held for; nothing for an account. */
export function entityOf(holder: Holder): string | undefined {
	return holder.startsWith(HELD) ? holder.slice(HELD.length) : undefined;
}

/** Movements of a block, in the order of its events. */
export function movementsIn(block: number, events: readonly PlainEvent[], accounts: ChainAccounts): Movement[] {
	return events.flatMap((event, position) => {
		const read = READERS[`${event.section}.${event.method}`];
		if (read === undefined) return [];
		const movements = read(new EventReader(block, event, { events, position }, accounts));
		return movements.filter(({ tonnes }) => tonnes > 0n);
	});
}

/** Reads one event of a block. */
class EventReader {
	constructor(
		private readonly block: number,
		private readonly event: PlainEvent,
		/** Where it stands in its block. */
		private readonly place: { readonly events: readonly PlainEvent[]; readonly position: number },
		readonly accounts: ChainAccounts,
	) {}

	value(name: string): unknown {
		return field(this.event.data, name);
	}

	text(name: string): string {
		return asText(this.value(name));
	}

	number(name: string): number {
		return asNumber(this.value(name));
	}

	whole(name: string): bigint {
		return asBigInt(this.value(name));
	}

	/** What each movement of this event begins with. */
	at(asset: number, tonnes: bigint): Happened {
		return { block: this.block, event: this.event.index, asset, tonnes };
	}

	issue(asset: number, tonnes: bigint, to: Holder, by: Issue["by"]): Issue {
		return { kind: "issue", ...this.at(asset, tonnes), to, by };
	}

	transfer(asset: number, tonnes: bigint, from: Holder, to: Holder, by: Transfer["by"]): Transfer {
		return { kind: "transfer", ...this.at(asset, tonnes), from, to, by, price: undefined, id: undefined };
	}

	end(asset: number, tonnes: bigint, from: Holder, by: End["by"], id?: bigint): End {
		return { kind: "end", ...this.at(asset, tonnes), from, by, id };
	}

	/** The first event after this one with one of the names that `fits`, before the next event with the name of this one. */
	following(names: readonly string[], fits: (data: Data) => boolean): PlainEvent | undefined {
		const { events, position } = this.place;
		for (let n = position + 1; n < events.length; n++) {
			const each = events[n] as PlainEvent;
			const same = each.section === this.event.section && each.method === this.event.method;
			if (same && fits(each.data)) return undefined;
			if (names.includes(`${each.section}.${each.method}`) && fits(each.data)) return each;
		}
		return undefined;
	}

	/** Whether an event is about the entity and the year of this one. */
	readonly sameCase = (data: Data): boolean =>
		field(data, "entity") === this.value("entity") && field(data, "year") === this.value("year");
}

type Read = (reader: EventReader) => Movement[];

const READERS: Readonly<Record<string, Read>> = {
	"allowance.Allocated": (event) => {
		const tonnes = event.whole("tonnes");
		const entity = event.text("entity");
		const kind = event.following(["allocation.PreAllocated", "allocation.TrueUp"], event.sameCase);
		const to = kind !== undefined && field(kind.data, "held") === true ? heldFor(entity) : entity;
		const by = kind === undefined ? "allocation" : kind.method === "TrueUp" ? "true-up" : "pre-allocation";
		return [event.issue(event.number("year"), tonnes, to, by)];
	},
	"allowance.IssuedForSale": (event) => [
		event.issue(event.number("year"), event.whole("tonnes"), event.text("seller"), "issue for sale"),
	],
	"allowance.CarriedOver": (event) => {
		const year = event.number("year");
		const holder = event.text("entity");
		return [{ kind: "carry-over", ...event.at(year, event.whole("tonnes")), holder, into: year + 1 }];
	},
	"allowance.TakenBack": (event) => {
		const entity = event.text("entity");
		const returned = event.following(["allocation.Returned"], event.sameCase);
		const held = returned !== undefined && field(returned.data, "held") === true;
		return [event.end(event.number("year"), event.whole("tonnes"), held ? heldFor(entity) : entity, "return")];
	},
	"allowance.Surrendered": (event) => {
		const supplier = event.text("supplier");
		const from = supplier === event.accounts.custody ? heldFor(event.text("entity")) : supplier;
		return [event.end(event.number("asset"), event.whole("tonnes"), from, "surrender", event.whole("id"))];
	},
	"allowance.Cancelled": (event) => [
		event.end(event.number("vintage"), event.whole("tonnes"), event.text("holder"), "cancellation", event.whole("id")),
	],
	"allowance.Transferred": (event) => {
		const by = variant(event.value("basis")) === "Legal" ? "legal basis" : "own accounts";
		return [event.transfer(event.number("asset"), event.whole("tonnes"), event.text("from"), event.text("to"), by)];
	},
	"allowance.ForcedTransfer": (event) => {
		const [from, to] = [event.text("from"), event.text("to")];
		return [event.transfer(event.number("vintage"), event.whole("tonnes"), from, to, "forced transfer")];
	},
	"allocation.HeldReleased": (event) => {
		const entity = event.text("entity");
		const [vintage, tonnes] = [event.number("vintage"), event.whole("tonnes")];
		return [event.transfer(vintage, tonnes, heldFor(entity), entity, "release")];
	},
	"offsets.SeriesIssued": (event) => {
		const [asset, issued, buffered] = [event.number("asset"), event.whole("tonnes"), event.whole("buffered")];
		if (buffered > issued) throw new ChainError(`Series ${asset} has more in the buffer than was issued.`);
		return [
			event.issue(asset, buffered, event.accounts.buffer, "buffer of the series"),
			event.issue(asset, issued - buffered, event.text("owner"), "series"),
		];
	},
	"offsets.BufferReleased": (event) => {
		const { buffer } = event.accounts;
		const [asset, tonnes] = [event.number("asset"), event.whole("tonnes")];
		return [event.transfer(asset, tonnes, buffer, event.text("owner"), "release of the buffer")];
	},
	"offsets.Cancelled": (event) => [
		event.end(event.number("asset"), event.whole("tonnes"), event.text("holder"), "cancellation", event.whole("id")),
	],
	"market.OrderFilled": (event) => {
		const [maker, taker] = [event.text("maker"), event.text("taker")];
		const [from, to] = variant(event.value("takerSide")) === "Sell" ? [taker, maker] : [maker, taker];
		const moved = event.transfer(event.number("asset"), event.whole("tonnes"), from, to, "trade");
		return [{ ...moved, price: event.whole("price") }];
	},
	"market.OrdersMatched": (event) => {
		const [from, to] = [event.text("seller"), event.text("buyer")];
		const moved = event.transfer(event.number("asset"), event.whole("tonnes"), from, to, "auction");
		return [{ ...moved, price: event.whole("price") }];
	},
	"market.BlockTradeDelivered": (event) => {
		const names = ["seller", "buyer", "asset", "tonnes"];
		const fits = (data: Data) => names.every((name) => data[name] === event.value(name));
		const settled = event.following(["blockTrades.Settled"], fits);
		const [from, to] = [event.text("seller"), event.text("buyer")];
		const moved = event.transfer(event.number("asset"), event.whole("tonnes"), from, to, "block trade");
		return [{ ...moved, price: event.whole("price"), id: settled && asBigInt(field(settled.data, "id")) }];
	},
	"market.PledgePaid": (event) => {
		const funds = event.value("funds");
		if (typeof funds !== "object" || funds === null || !("allowances" in funds)) return [];
		const asset = asNumber(field(funds.allowances, "asset"));
		const tonnes = asBigInt(field(funds.allowances, "tonnes"));
		return [event.transfer(asset, tonnes, event.text("from"), event.text("to"), "pledge")];
	},
};

/** Names of the events that move units, and of those that say more of them. */
export const EVENTS: ReadonlySet<string> = new Set([
	...Object.keys(READERS),
	"allocation.PreAllocated",
	"allocation.TrueUp",
	"allocation.Returned",
	"blockTrades.Settled",
]);
