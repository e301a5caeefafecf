/** One trade as two traders see it: orders, the book through the runtime APIs, a cancellation, the way back. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { type Call, CHINA_RULES } from "../chain/calls.js";
import { Storage, tradingAccount } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, asList, field } from "../json.js";
import { REFERENCE } from "../market.js";
import { ask, done, eventData, openPeriod, type Session } from "./session.js";

const PRICE = REFERENCE;
const OFFERED = 10n;
const WANTED = 4n;

export function trade(session: Session): void {
	describe("a trade", () => {
		const floor = new Floor(session);
		before(() => floor.open());
		offer(floor);
		deal(floor);
		wayBack(floor);
		surrender(floor);
	});
}

/** A vintage of which Dave has some, and its market. */
class Floor {
	year = 0;
	/** Dave's sell order. */
	order = 0n;

	constructor(readonly session: Session) {}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		this.year = await openPeriod(this.session, OFFERED, CHINA_RULES, (year) => [
			calls.enrol(year, [actors.dave.address]),
			calls.allocate(year, [[actors.dave.address, OFFERED]]),
		]);
	}

	done(signer: KeyringPair, call: Call): Promise<Outcome> {
		return done(this.session, signer, call);
	}

	ask(method: string, ...values: unknown[]): Promise<unknown> {
		return ask(this.session, "marketApi", method, ...values);
	}

	storage(): Promise<Storage> {
		return Storage.open(this.session.connection.api);
	}
}

function offer(floor: Floor): void {
	const { actors, calls } = floor.session;

	test("a sell order rests and is seen in the book", async () => {
		const { year } = floor;
		await floor.done(actors.dave, calls.deposit({ Allowances: { asset: year, tonnes: OFFERED } }));
		const order = calls.placeOrder(year, { side: "Sell", price: PRICE, tonnes: OFFERED });
		const placed = eventData(await floor.done(actors.dave, order), "market", "OrderPlaced");
		floor.order = asBigInt(placed["order"]?.toJSON());
		assert.equal(asBigInt(field(await floor.ask("bestPrices", year), "ask")), PRICE);
		const [level] = asList(field(await floor.ask("depth", year, 10), "asks"));
		assert.deepEqual([asBigInt(field(level, "price")), asBigInt(field(level, "tonnes"))], [PRICE, OFFERED]);
		assert.equal(asBigInt(field(await floor.ask("order", year, floor.order), "tonnes")), OFFERED);
	});
}

function deal(floor: Floor): void {
	const { actors, calls } = floor.session;
	const { dave, eve } = actors;

	test("a buy order trades with it, allowances against money", async () => {
		const { year } = floor;
		const value = PRICE * WANTED;
		const before = await (await floor.storage()).tradingAccounts();
		const cash = before.get(dave.address)?.cashFree ?? 0n;
		await floor.done(eve, calls.deposit({ Cash: { amount: value } }));
		const order = { side: "Buy", price: PRICE, tonnes: WANTED, kind: "ImmediateOrCancel" } as const;
		const { events } = await floor.done(eve, calls.placeOrder(year, order));
		assert.equal(events.filter(({ method }) => method === "OrderFilled").length, 1);
		const [seller, buyer] = [
			tradingAccount(await floor.ask("tradingAccount", dave.address)),
			tradingAccount(await floor.ask("tradingAccount", eve.address)),
		];
		assert.equal(seller.cashFree - cash, value);
		assert.deepEqual(seller.positions.get(year), { free: 0n, locked: OFFERED - WANTED, pledged: 0n });
		assert.deepEqual(buyer.positions.get(year), { free: WANTED, locked: 0n, pledged: 0n });
	});
}

function wayBack(floor: Floor): void {
	const { actors, calls } = floor.session;
	const { dave, eve } = actors;

	test("what is left is cancelled, and everything goes back to the registry", async () => {
		const { year, order } = floor;
		await floor.done(dave, calls.cancelOrder(year, order));
		assert.equal(await floor.ask("order", year, order), null);
		await floor.done(dave, calls.withdraw({ Allowances: { asset: year, tonnes: OFFERED - WANTED } }));
		await floor.done(dave, calls.withdraw({ Cash: { amount: PRICE * WANTED } }));
		await floor.done(eve, calls.withdraw({ Allowances: { asset: year, tonnes: WANTED } }));
		const accounts = await (await floor.storage()).assetAccounts(year);
		assert.deepEqual([accounts.get(dave.address), accounts.get(eve.address)], [OFFERED - WANTED, WANTED]);
	});
}

function surrender(floor: Floor): void {
	const { actors, calls, submitter } = floor.session;
	const { dave } = actors;

	test("no more surrenders than are held", async () => {
		const { year } = floor;
		const call = calls.surrender(year, dave.address, year, OFFERED);
		assert.equal(
			(await submitter.attempt({ label: "surrender", signer: dave, call })).error,
			"Allowance.InsufficientAllowances",
		);
		await floor.done(dave, calls.surrender(year, dave.address, year, OFFERED - WANTED));
		const supply = (await (await floor.storage()).supplies()).get(year);
		assert.equal(supply?.surrendered, OFFERED - WANTED);
	});
}
