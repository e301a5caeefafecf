/**
 * Which tonnes are where: the units of each asset in lots with serial numbers, first in, first out.
 *
 * The chain keeps balances and no serial numbers, since one tonne of a vintage is as good as another. Where somebody wants to
 * know what a surrender is made of, a rule has to say so, and this is it:
 *
 * 1. The units of an asset, a vintage or a series, are numbered from 1 in the order in which they come into being: by events of
 *    allocation, pre-allocation, true-up, issue for sale, carry-over from the vintage before, series with the buffer's share
 *    first. A number is never used again, also where units are returned as if they had never been issued.
 * 2. What a holder has of an asset is a queue of lots. What comes is put at its end, what goes is taken from its beginning. A
 *    holder's registry account and trading account are one queue. What the regulator holds for an entity is a queue of its own.
 * 3. Units that are carried over get new numbers in the next vintage, in the order of the old ones, to which they stay linked.
 *
 * `movements.ts` says which event moves what. This is plain: no chain, no connection, no clock.
 */
import { CheckError } from "../errors.js";
import type { Holder, Movement } from "./movements.js";

/** What happened to a lot, the newest first. Lots that came the same way share it. */
export interface Step {
	readonly movement: Movement;
	/** Nothing before the issue. */
	readonly before: Step | undefined;
	/** With a carry-over: what is to be taken from a serial number to have that of the vintage before. */
	readonly shift: bigint;
}

/** Units with consecutive serial numbers that came the same way. */
export interface Lot {
	readonly asset: number;
	/** Serial numbers, both inclusive. */
	readonly first: bigint;
	readonly last: bigint;
	readonly step: Step;
}

/** Tonnes in a lot. */
export function tonnesOf({ first, last }: Pick<Lot, "first" | "last">): bigint {
	return last - first + 1n;
}

/** Lots in the order in which they came. */
class Queue {
	private lots: Lot[] = [];
	/** Lots before this position are gone. */
	private head = 0;
	total = 0n;

	put(lot: Lot): void {
		this.total += tonnesOf(lot);
		const end = this.lots.length > this.head ? this.lots.at(-1) : undefined;
		if (end !== undefined && end.last + 1n === lot.first && end.step === lot.step) {
			this.lots[this.lots.length - 1] = { ...end, last: lot.last };
		} else {
			this.lots.push(lot);
		}
	}

	/** Take the first `tonnes`, of which there have to be so many. */
	take(tonnes: bigint): Lot[] {
		const taken: Lot[] = [];
		this.total -= tonnes;
		for (let left = tonnes; left > 0n;) {
			const lot = this.lots[this.head] as Lot;
			const all = tonnesOf(lot);
			if (all <= left) {
				taken.push(lot);
				this.head += 1;
				left -= all;
			} else {
				taken.push({ ...lot, last: lot.first + left - 1n });
				this.lots[this.head] = { ...lot, first: lot.first + left };
				left = 0n;
			}
		}
		// Half of the list at most is what has gone, so that each lot is copied once on average.
		if (this.head * 2 > this.lots.length) {
			this.lots = this.lots.slice(this.head);
			this.head = 0;
		}
		return taken;
	}

	list(): readonly Lot[] {
		return this.lots.slice(this.head);
	}
}

/** All lots of all holders. */
export class Lots {
	private readonly queues = new Map<number, Map<Holder, Queue>>();
	/** The last serial number of each asset. */
	private readonly serials = new Map<number, bigint>();

	/**
	 * Let `movement` happen. Returns the lots that it concerned, as it left them: with itself as their last step.
	 *
	 * @throws CheckError where somebody gives away more than it has: the events before are not all there.
	 */
	apply(movement: Movement): Lot[] {
		switch (movement.kind) {
			case "issue": {
				const step: Step = { movement, before: undefined, shift: 0n };
				const lot = this.number(movement.asset, movement.tonnes, step);
				this.queue(movement.asset, movement.to).put(lot);
				return [lot];
			}
			case "transfer": {
				// Who sells to itself keeps the order of its lots.
				if (movement.from === movement.to) return [];
				const moved = extended(this.take(movement, movement.from), movement);
				const queue = this.queue(movement.asset, movement.to);
				for (const lot of moved) queue.put(lot);
				return moved;
			}
			case "end":
				return extended(this.take(movement, movement.from), movement);
			case "carry-over": {
				const queue = this.queue(movement.into, movement.holder);
				return this.take(movement, movement.holder).map((old) => {
					const shift = this.last(movement.into) + 1n - old.first;
					const lot = this.number(movement.into, tonnesOf(old), { movement, before: old.step, shift });
					queue.put(lot);
					return lot;
				});
			}
		}
	}

	/** Assets of which there ever were units. */
	assets(): number[] {
		return [...this.serials.keys()].sort((a, b) => a - b);
	}

	/** The last serial number of an asset: how many units of it ever came into being. */
	last(asset: number): bigint {
		return this.serials.get(asset) ?? 0n;
	}

	/** Tonnes of `asset` by holder, without those who have none. */
	holdings(asset: number): Map<Holder, bigint> {
		const queues = [...(this.queues.get(asset) ?? [])];
		return new Map(queues.map(([holder, { total }]) => [holder, total] as const).filter(([, total]) => total > 0n));
	}

	/** What `holder` has of `asset`, in the order in which it will go. */
	lotsOf(asset: number, holder: Holder): readonly Lot[] {
		return this.queues.get(asset)?.get(holder)?.list() ?? [];
	}

	private number(asset: number, tonnes: bigint, step: Step): Lot {
		const before = this.last(asset);
		this.serials.set(asset, before + tonnes);
		return { asset, first: before + 1n, last: before + tonnes, step };
	}

	private queue(asset: number, holder: Holder): Queue {
		let holders = this.queues.get(asset);
		if (holders === undefined) this.queues.set(asset, (holders = new Map()));
		let queue = holders.get(holder);
		if (queue === undefined) holders.set(holder, (queue = new Queue()));
		return queue;
	}

	private take({ block, asset, tonnes }: Movement, holder: Holder): Lot[] {
		const queue = this.queue(asset, holder);
		if (queue.total < tonnes) {
			throw new CheckError(
				`In block ${block}, ${tonnes} t of asset ${asset} leave ${holder}, which has only ${queue.total} t by all ` +
					"events before: the node does not have them all, or this client is of another version.",
			);
		}
		return queue.take(tonnes);
	}
}

/** `lots` with `movement` as their last step, which those share that came the same way. */
function extended(lots: readonly Lot[], movement: Movement): Lot[] {
	const steps = new Map<Step, Step>();
	return lots.map((lot) => {
		let step = steps.get(lot.step);
		if (step === undefined) steps.set(lot.step, (step = { movement, before: lot.step, shift: 0n }));
		return { ...lot, step };
	});
}

/** A step of a lot with the serial numbers that the lot had after it. */
export interface Stage {
	readonly movement: Movement;
	readonly asset: number;
	readonly first: bigint;
	readonly last: bigint;
}

/** The way of a lot, from its issue on. */
export function wayOf(lot: Lot): Stage[] {
	const stages: Stage[] = [];
	let { asset, first, last } = lot;
	for (let step: Step | undefined = lot.step; step !== undefined; step = step.before) {
		const { movement } = step;
		stages.push({ movement, asset, first, last });
		if (movement.kind === "carry-over") {
			asset = movement.asset;
			first -= step.shift;
			last -= step.shift;
		}
	}
	return stages.reverse();
}
