/**
 * Invented market: the tables hold no prices. All prices are in fen per tonne and follow from the order of the table, so
 * that two replays of one table place the same orders.
 */
import type { MarketParams } from "./chain/calls.js";
import type { OperatorPlan, YearPlan } from "./plan.js";

/** Where the price band lies, in fen per tonne: CNY 60.00. */
export const REFERENCE = 6_000n;

/**
 * Rules of the market, as in the listed trade of the Chinese national scheme, but for those of the trading day: a replay
 * buys and sells within minutes.
 */
export const MARKET = {
	/** CNY 0.01. */
	tick: 1n,
	/** 1 tonne. */
	lot: 1n,
	/** 1 tonne. */
	orderMin: 1n,
	/** Listed trade is under 100,000 t an order. */
	orderMax: 99_999n,
	/** More than one participant needs for a year of the tables. */
	ordersMax: 1_000_000,
	/** The reference price less 10 %. */
	priceMin: 5_400n,
	/** The reference price plus 10 %. */
	priceMax: 6_600n,
	/** The two prices are band enough. */
	bandBps: null,
	resaleNextDay: false,
	holdingMax: null,
	fees: { makerPpm: 0, takerPpm: 0 },
} as const satisfies MarketParams;

export interface Order {
	readonly price: bigint;
	readonly tonnes: bigint;
}

/** Split a quantity into orders that the market accepts. */
export function split(tonnes: bigint, orderMax: bigint = MARKET.orderMax): bigint[] {
	const parts: bigint[] = [];
	for (let left = tonnes; left > 0n; left -= orderMax) parts.push(left < orderMax ? left : orderMax);
	return parts;
}

/** Operators sell within CNY 1 around the reference price. */
export function sellOrders(plan: YearPlan): Map<string, Order[]> {
	return ordersOf(
		plan,
		(each) => each.sells,
		(rank) => REFERENCE - 100n + ((rank * 37n) % 201n),
	);
}

/** The authority sells on eleven levels from the reference price to CNY 1 above it. */
export function authorityOrders(plan: YearPlan): Order[] {
	return split(plan.authoritySells).map((tonnes, n) => ({
		price: REFERENCE + 10n * (BigInt(n) % 11n),
		tonnes,
	}));
}

/** Buyers go up to CNY 2 to 3 above the reference price: above every sell order, so that supply decides alone. */
export function buyLimit(rank: number): bigint {
	return REFERENCE + 200n + (BigInt(rank) % 101n);
}

function ordersOf(
	plan: YearPlan,
	quantity: (operator: OperatorPlan) => bigint,
	price: (rank: bigint) => bigint,
): Map<string, Order[]> {
	const traders = plan.operators.filter((each) => quantity(each) > 0n);
	return new Map(
		traders.map((each, rank) => [
			each.id,
			split(quantity(each)).map((tonnes) => ({ price: price(BigInt(rank)), tonnes })),
		]),
	);
}
