/** Every kind of order, dates, batches, fees, and what a market tells of its day. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { AROUND_THE_CLOCK, type Calendar, type Call, CHINA_RULES, type NewOrder } from "../chain/calls.js";
import { type Position, tradingAccount } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, asList, asNumber, field, variant } from "../json.js";
import { MARKET, REFERENCE } from "../market.js";
import { act, ask, chainTime, done, eventData, openPeriod, type Session } from "./session.js";
import { refuses } from "./snapshot.js";

const PRICE = REFERENCE;
const OFFERED = 1_000n;
/** Enough for every purchase of these tests. */
const CASH = 400n * MARKET.priceMax;
/** Long enough for what comes before the date, each in a block of its own. */
const DATE_MS = 12_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOON = 12 * 60;
/** Longest that the chain takes for what it does by itself. */
const PATIENCE_MS = 150_000;

export function orders(session: Session): void {
	describe("orders", () => {
		const floor = new Floor(session);
		before(() => floor.open());
		kinds(floor);
		dates(floor);
		changes(floor);
		fees(floor);
		auction(floor);
		days(floor);
		goodbye(floor);
	});
}

/** A market in which Dave has tonnes and Eve has money. */
class Floor {
	year = 0;

	constructor(readonly session: Session) {}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		const { dave, eve } = actors;
		this.year = await openPeriod(this.session, OFFERED, CHINA_RULES, (year) => [
			calls.enrol(year, [dave.address]),
			calls.allocate(year, [[dave.address, OFFERED]]),
		]);
		await this.done(dave, calls.deposit({ Allowances: { asset: this.year, tonnes: OFFERED } }));
		await this.done(dave, calls.deposit({ Cash: { amount: CASH } }));
		await this.done(eve, calls.deposit({ Cash: { amount: CASH } }));
	}

	get seller(): KeyringPair {
		return this.session.actors.dave;
	}

	get buyer(): KeyringPair {
		return this.session.actors.eve;
	}

	done(signer: KeyringPair, call: Call): Promise<Outcome> {
		return done(this.session, signer, call);
	}

	/** Two officers do it. */
	async decide(call: Call): Promise<void> {
		assert.equal((await this.session.office.attempt(act(call))).error, undefined);
	}

	refuses(signer: KeyringPair, call: Call, error: string): Promise<void> {
		const outcome = this.session.submitter.attempt({ label: act(call).label, signer, call });
		return refuses(this.session.connection, outcome, error);
	}

	order(order: NewOrder): Call {
		return this.session.calls.placeOrder(this.year, order);
	}

	/** Place an order. Returns what became of it. */
	place(signer: KeyringPair, order: NewOrder): Promise<Outcome> {
		return this.done(signer, this.order(order));
	}

	/** Place an order that rests. Returns its identifier. */
	async rest(signer: KeyringPair, order: NewOrder): Promise<bigint> {
		return restingIn(await this.place(signer, order));
	}

	ask(method: string, ...values: unknown[]): Promise<unknown> {
		return ask(this.session, "marketApi", method, ...values);
	}

	async isResting(order: bigint): Promise<boolean> {
		return (await this.ask("order", this.year, order)) !== null;
	}

	async ordersOf(account: KeyringPair): Promise<unknown[]> {
		return asList(await this.ask("ordersOf", this.year, account.address, null, 100));
	}

	async positionOf(account: KeyringPair): Promise<Position> {
		const { positions } = tradingAccount(await this.ask("tradingAccount", account.address));
		return positions.get(this.year) ?? { free: 0n, locked: 0n, pledged: 0n };
	}

	status(): Promise<unknown> {
		return this.ask("marketStatus", this.year);
	}

	async phase(): Promise<string> {
		return variant(field(await this.status(), "phase"));
	}

	/** Wait until the chain has done by itself what `isDone` asks for, and has put away what it noted meanwhile. */
	async until(isDone: () => Promise<boolean>): Promise<void> {
		const { watcher } = this.session;
		const deadline = Date.now() + PATIENCE_MS;
		while (!(await isDone())) {
			assert.ok(Date.now() < deadline, "the chain has not done it");
			await watcher.nextBlock();
		}
		await watcher.nextBlock();
	}

	/** Leave an empty book. */
	async clear(): Promise<void> {
		for (const account of [this.seller, this.buyer]) {
			if ((await this.ordersOf(account)).length === 0) continue;
			await this.done(account, this.session.calls.cancelAll());
			await this.until(async () => (await this.ordersOf(account)).length === 0);
		}
	}
}

/** Identifier of the order that came to rest. */
function restingIn(outcome: Outcome): bigint {
	return asBigInt(eventData(outcome, "market", "OrderPlaced")["order"]?.toJSON());
}

function count({ events }: Outcome, method: string): number {
	return events.filter((event) => event.section === "market" && event.method === method).length;
}

/** Why an order left the book, became smaller, or was returned in part. */
function reasonIn(outcome: Outcome, method: string): string {
	return variant(eventData(outcome, "market", method)["reason"]?.toJSON());
}

function kinds(floor: Floor): void {
	const { seller, buyer } = floor;

	test("a market order takes what the book offers, best price first, and the rest is returned", async () => {
		for (const [price, tonnes] of [
			[PRICE + 10n, 5n],
			[PRICE, 5n],
		] as const) {
			await floor.rest(seller, { side: "Sell", price, tonnes });
		}
		const outcome = await floor.place(buyer, { side: "Buy", price: 2n ** 63n, tonnes: 12n, kind: "Market" });
		assert.equal(count(outcome, "OrderFilled"), 2);
		const returned = eventData(outcome, "market", "OrderReturned");
		assert.equal(asBigInt(returned["tonnes"]?.toJSON()), 2n);
		assert.equal((await floor.positionOf(buyer)).free, 10n);
		const [latest] = asList(await floor.ask("lastTrades", floor.year));
		assert.deepEqual([asBigInt(field(latest, "price")), variant(field(latest, "kind"))], [PRICE + 10n, "Continuous"]);
	});

	test("an order that trades at once or not at all returns what is left", async () => {
		await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 3n });
		const order = { side: "Buy", price: PRICE, tonnes: 4n, kind: "ImmediateOrCancel" } as const;
		const outcome = await floor.place(buyer, order);
		assert.equal(count(outcome, "OrderFilled"), 1);
		assert.equal(asBigInt(eventData(outcome, "market", "OrderReturned")["tonnes"]?.toJSON()), 1n);
		assert.equal(count(await floor.place(buyer, order), "OrderFilled"), 0);
	});

	test("an order that is filled whole or not at all is refused where the book does not suffice", async () => {
		await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 3n });
		const order = { side: "Buy", price: PRICE, kind: "FillOrKill" } as const;
		await floor.refuses(buyer, floor.order({ ...order, tonnes: 4n }), "Market.NotFilled");
		assert.equal(count(await floor.place(buyer, { ...order, tonnes: 3n }), "OrderFilled"), 1);
	});

	test("an order that must not trade is refused where it would", async () => {
		await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 1n });
		const order = { side: "Buy", tonnes: 1n, kind: "PostOnly" } as const;
		await floor.refuses(buyer, floor.order({ ...order, price: PRICE }), "Market.WouldTrade");
		await floor.rest(buyer, { ...order, price: PRICE - 1n });
		await floor.clear();
	});

	test("an own order gives way as the new one says", async () => {
		const order = await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 2n });
		const buy = { side: "Buy", price: PRICE, tonnes: 1n } as const;
		const stopped = await floor.place(seller, { ...buy, selfTrade: "CancelTaker" });
		assert.deepEqual([count(stopped, "OrderFilled"), count(stopped, "OrderReturned")], [0, 1]);
		const reduced = await floor.place(seller, { ...buy, selfTrade: "Decrement" });
		assert.equal(reasonIn(reduced, "OrderReduced"), "SelfTrade");
		assert.equal(asBigInt(field(await floor.ask("order", floor.year, order), "tonnes")), 1n);
		const replaced = await floor.place(seller, { ...buy, selfTrade: "CancelMaker" });
		assert.equal(reasonIn(replaced, "OrderCancelled"), "SelfTrade");
		await floor.clear();
	});
}

function dates(floor: Floor): void {
	const { seller, buyer, session } = floor;

	test("an order leaves the book when its date has come, and nobody has to call", async () => {
		const { locked } = await floor.positionOf(seller);
		const expires = (await chainTime(session)) + DATE_MS;
		const order = await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 7n, expires });
		assert.equal(asNumber(field(await floor.ask("order", floor.year, order), "expires")), expires);
		assert.equal((await floor.positionOf(seller)).locked, locked + 7n);
		await floor.until(async () => !(await floor.isResting(order)));
		assert.ok((await chainTime(session)) >= expires);
		assert.equal((await floor.positionOf(seller)).locked, locked);
	});

	test("a date that has passed, and one on an order that never rests, are refused", async () => {
		const now = await chainTime(session);
		const order = { side: "Buy", price: PRICE, tonnes: 1n } as const;
		await floor.refuses(buyer, floor.order({ ...order, expires: now - 1 }), "Market.ExpiryPassed");
		const dated = floor.order({ ...order, expires: now + DAY_MS, kind: "ImmediateOrCancel" });
		await floor.refuses(buyer, dated, "Market.ExpiryUnfit");
	});
}

function changes(floor: Floor): void {
	const { seller, session } = floor;
	const { calls } = session;

	test("a smaller order keeps its name, one at another price gets a new one", async () => {
		const order = await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 9n });
		const reduced = await floor.done(seller, calls.replaceOrder(floor.year, order, PRICE, 4n));
		assert.equal(reasonIn(reduced, "OrderReduced"), "Owner");
		assert.equal(asBigInt(field(await floor.ask("order", floor.year, order), "tonnes")), 4n);
		const moved = await floor.done(seller, calls.replaceOrder(floor.year, order, PRICE + 1n, 4n));
		assert.equal(reasonIn(moved, "OrderCancelled"), "Replaced");
		assert.ok(!(await floor.isResting(order)) && (await floor.isResting(restingIn(moved))));
		await floor.clear();
	});

	test("a batch cancels and places together", async () => {
		const sells = [1n, 2n, 3n].map((tonnes) => ({ side: "Sell", price: PRICE, tonnes }) as const);
		const placed = await floor.done(seller, calls.batch(floor.year, [], sells));
		assert.equal(count(placed, "OrderPlaced"), 3);
		const ids = (await floor.ordersOf(seller)).map((entry) => asBigInt(asList(entry)[0]));
		assert.equal(ids.length, 3);
		const next = { side: "Sell", price: PRICE + 5n, tonnes: 4n } as const;
		const replaced = await floor.done(seller, calls.batch(floor.year, ids.slice(0, 2), [next]));
		assert.deepEqual([count(replaced, "OrderCancelled"), count(replaced, "OrderPlaced")], [2, 1]);
		assert.equal((await floor.ordersOf(seller)).length, 2);
	});

	test("a batch of which one order is refused does nothing", async () => {
		const good = { side: "Sell", price: PRICE, tonnes: 1n } as const;
		const batch = calls.batch(floor.year, [], [good, { ...good, price: MARKET.priceMax + 1n }]);
		await floor.refuses(seller, batch, "Market.PriceOutsideBand");
	});

	test("all orders of an account leave the books together, and it can place new ones afterwards", async () => {
		assert.ok((await floor.ordersOf(seller)).length > 1);
		assert.equal(count(await floor.done(seller, calls.cancelAll()), "CancellingAll"), 1);
		await floor.until(async () => (await floor.ordersOf(seller)).length === 0);
		assert.equal((await floor.positionOf(seller)).locked, 0n);
		await floor.refuses(seller, calls.cancelAll(), "Market.NoOrders");
		const order = await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 1n });
		await floor.done(seller, calls.cancelOrder(floor.year, order));
	});
}

function fees(floor: Floor): void {
	const { seller, buyer, session } = floor;
	const { calls } = session;
	const rates = { makerPpm: 100, takerPpm: 250 };

	test("both sides pay their fees, up to what they accept, and anybody brings these to the treasury", async () => {
		await floor.decide(calls.setParams(floor.year, { ...MARKET, fees: rates }));
		await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 100n, feeMax: rates.takerPpm });
		const order = { side: "Buy", price: PRICE, tonnes: 100n } as const;
		const stingy = floor.order({ ...order, feeMax: rates.takerPpm - 1 });
		await floor.refuses(buyer, stingy, "Market.FeeAboveMax");
		const fill = eventData(await floor.place(buyer, { ...order, feeMax: rates.takerPpm }), "market", "OrderFilled");
		// Of CNY 6,000: 0.01 % and 0.025 %.
		const paid = [fill["makerFee"], fill["takerFee"]].map((fee) => asBigInt(fee?.toJSON()));
		assert.deepEqual(paid, [60n, 150n]);
		assert.equal(asBigInt(field(await floor.status(), "fees")), 210n);
		const collected = await floor.done(session.actors.authority, calls.collectFees(floor.year));
		assert.equal(asBigInt(eventData(collected, "market", "FeesCollected")["amount"]?.toJSON()), 210n);
		await floor.decide(calls.setParams(floor.year, MARKET));
	});
}

/**
 * Hours in which it is noon now, wherever the chain's clock stands.
 *
 * @param opens Minutes from now to the beginning of the only session.
 */
function hoursAt(now: number, opens: number): Calendar {
	const minute = Math.floor((now % DAY_MS) / MINUTE_MS);
	return {
		utcOffset: NOON - minute,
		weekdays: 0b0111_1111,
		holidays: [],
		workdays: [],
		hours: { Sessions: { sessions: [{ opens: NOON + opens, closes: NOON + 600 }], auction: opens } },
	};
}

function auction(floor: Floor): void {
	const { seller, buyer, session } = floor;
	const { calls } = session;

	test("orders are collected before the opening and trade at one price", async () => {
		const now = await chainTime(session);
		// The officers and both orders need some blocks.
		const opens = now % MINUTE_MS < MINUTE_MS / 2 ? 1 : 2;
		await floor.decide(calls.setCalendar(floor.year, hoursAt(now, opens)));
		await floor.until(async () => (await floor.phase()) === "CallAuction");
		const { free } = await floor.positionOf(buyer);
		await floor.rest(seller, { side: "Sell", price: PRICE - 10n, tonnes: 6n });
		await floor.rest(buyer, { side: "Buy", price: PRICE + 10n, tonnes: 4n });
		assert.equal((await floor.positionOf(buyer)).free, free);
		const impatient = floor.order({ side: "Buy", price: PRICE, tonnes: 1n, kind: "ImmediateOrCancel" });
		await floor.refuses(buyer, impatient, "Market.AuctionCollecting");
		await floor.until(async () => (await floor.phase()) === "Continuous");
		assert.equal((await floor.positionOf(buyer)).free, free + 4n);
		const [latest] = asList(await floor.ask("lastTrades", floor.year));
		assert.deepEqual([variant(field(latest, "kind")), asBigInt(field(latest, "tonnes"))], ["Auction", 4n]);
		await floor.clear();
	});
}

function days(floor: Floor): void {
	const { seller, buyer, session } = floor;
	const { calls } = session;

	test("a market that is closed takes no orders, and cancelling stays possible", async () => {
		const order = await floor.rest(seller, { side: "Sell", price: PRICE, tonnes: 1n });
		const now = await chainTime(session);
		const today = Math.floor(now / DAY_MS);
		const holidays = [today, today + 1];
		await floor.decide(calls.setCalendar(floor.year, { ...hoursAt(now, 1), holidays }));
		await floor.until(async () => (await floor.phase()) === "Closed");
		await floor.refuses(buyer, floor.order({ side: "Buy", price: PRICE, tonnes: 1n }), "Market.MarketClosed");
		await floor.done(seller, calls.cancelOrder(floor.year, order));
	});

	test("the day that has ended is told, and its average price is the new reference price", async () => {
		const day = asList(await floor.ask("bars", floor.year, 0, 10)).at(-1);
		const bar = field(day, "bar");
		const listed = field(bar, "listed");
		const [tonnes, value] = ["tonnes", "value"].map((name) => asBigInt(field(listed, name)));
		assert.ok(tonnes !== undefined && value !== undefined && tonnes > 0n);
		const [high, low] = ["high", "low"].map((name) => asBigInt(field(field(bar, "prices"), name)));
		assert.ok(high !== undefined && low !== undefined && low <= value / tonnes && value / tonnes <= high);
		const average = (value + tonnes / 2n) / tonnes;
		assert.equal(asBigInt(field(day, "close")), average);
		assert.equal(asBigInt(field(await floor.status(), "reference")), average);
		await floor.decide(calls.setCalendar(floor.year, AROUND_THE_CLOCK));
		await floor.until(async () => (await floor.phase()) === "Continuous");
	});
}

function goodbye(floor: Floor): void {
	const { session } = floor;

	test("everything comes back from the trading ledger", async () => {
		await floor.clear();
		for (const account of [floor.seller, floor.buyer]) {
			const { cashFree, positions } = tradingAccount(await floor.ask("tradingAccount", account.address));
			const { free, locked } = positions.get(floor.year) ?? { free: 0n, locked: 0n };
			assert.equal(locked, 0n);
			await floor.done(account, session.calls.withdraw({ Cash: { amount: cashFree } }));
			await floor.done(account, session.calls.withdraw({ Allowances: { asset: floor.year, tonnes: free } }));
		}
	});
}
