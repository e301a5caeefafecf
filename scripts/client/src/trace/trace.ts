/** The trace of a surrender, from the events of all finalised blocks. */
import type { ApiPromise } from "@polkadot/api";
import { stringToU8a } from "@polkadot/util";
import { palletAccount } from "../chain/accounts.js";
import type { Connection } from "../chain/connect.js";
import { type BlockEvents, eventsUpTo, type FinalBlock, finalisedHead } from "../chain/history.js";
import { ChainError } from "../errors.js";
import { asBigInt, asNumber, asText, field } from "../json.js";
import { balancesAt, checkConservation } from "./conservation.js";
import { type Lot, Lots } from "./lots.js";
import { type ChainAccounts, EVENTS, movementsIn } from "./movements.js";
import type { TracedSurrender } from "./words.js";

export interface Trace {
	readonly surrender: TracedSurrender;
	/** What it is made of, in the order in which it was handed in. */
	readonly lots: readonly Lot[];
	/** Everything up to the last finalised block, in which the search has ended. */
	readonly all: Lots;
	readonly head: FinalBlock;
}

/**
 * Trace the surrender `id`.
 *
 * @throws ChainError where no finalised block has such a surrender; CheckError where events and storage do not agree.
 */
export async function trace(connection: Connection, id: bigint): Promise<Trace> {
	const { api } = connection;
	const head = await finalisedHead(connection);
	const accounts = chainAccounts(api);
	const found = await follow(eventsUpTo(connection, head, EVENTS), accounts, id);
	checkConservation(found.all, await balancesAt(api, head.hash), accounts);
	if (found.surrender === undefined) {
		throw new ChainError(
			`The chain has no surrender with the number ${id} up to the finalised block ${head.number}; ` +
				"one that was just made is there once its block is final.",
		);
	}
	const surrender = { ...found.surrender, genesis: api.genesisHash.toHex() };
	return { surrender, lots: found.lots, all: found.all, head };
}

interface Found {
	readonly surrender: Omit<TracedSurrender, "genesis"> | undefined;
	readonly lots: readonly Lot[];
	readonly all: Lots;
}

/** Let everything happen that `blocks` tell of, and keep what the surrender `id` is made of. */
export async function follow(
	blocks: AsyncIterable<BlockEvents> | Iterable<BlockEvents>,
	accounts: ChainAccounts,
	id: bigint,
): Promise<Found> {
	const all = new Lots();
	let surrender: Found["surrender"];
	let lots: readonly Lot[] = [];
	for await (const { number, hash, events } of blocks) {
		for (const movement of movementsIn(number, events, accounts)) {
			const moved = all.apply(movement);
			if (movement.kind !== "end" || movement.by !== "surrender" || movement.id !== id) continue;
			const data = events.find(({ index }) => index === movement.event)?.data;
			lots = moved;
			surrender = {
				id,
				year: asNumber(field(data, "year")),
				supplier: asText(field(data, "supplier")),
				entity: asText(field(data, "entity")),
				asset: movement.asset,
				tonnes: asBigInt(field(data, "tonnes")),
				block: number,
				hash,
			};
		}
	}
	return { surrender, lots, all };
}

/** Addresses of the chain's own accounts, as its events write them. */
function chainAccounts(api: ApiPromise): ChainAccounts {
	const address = (id: string) => api.registry.createType("AccountId", palletAccount(stringToU8a(id))).toString();
	return { custody: address("cc/custd"), buffer: address("cc/buffr"), market: address("cc/markt") };
}
