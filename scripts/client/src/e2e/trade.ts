/** One trade as two traders see it: orders, the book through the runtime APIs, a cancellation, the way back to the registry. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Codec } from "@polkadot/types/types";
import type { Call } from "../chain/calls.js";
import { Storage, tradingAccount } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, asList, field } from "../json.js";
import { MARKET } from "../market.js";
import { freshYear, type Session } from "./session.js";

const PRICE = MARKET.reference;
const OFFERED = 10n;
const WANTED = 4n;

export function trade({ actors, calls, connection, submitter }: Session): void {
	const { dave, eve, regulator } = actors;
	const { api } = connection;

	const done = async (signer: KeyringPair, call: Call): Promise<Outcome> => {
		const outcome = await submitter.attempt({ label: call.method.method, signer, call });
		assert.equal(outcome.error, undefined, call.method.method);
		return outcome;
	};
	const ask = async (method: string, ...values: unknown[]): Promise<unknown> => {
		const query = api.call["marketApi"]?.[method];
		assert.ok(query !== undefined, method);
		return ((await query(...values)) as unknown as Codec).toJSON();
	};

	describe("a trade", () => {
		let year = 0;
		let order = 0n;

		before(async () => {
			year = await freshYear(connection);
			await done(
				regulator,
				calls.asRegulator([
					calls.openPeriod(year, OFFERED, "Yearly"),
					calls.enrol(year, [dave.address]),
					calls.allocate(year, [[dave.address, OFFERED]]),
					calls.createMarket(year, MARKET),
				]),
			);
		});

		test("a sell order rests and is seen in the book", async () => {
			await done(dave, calls.deposit({ Allowances: { asset: year, tonnes: OFFERED } }));
			const { events } = await done(dave, calls.placeOrder(year, "Sell", PRICE, OFFERED, "GoodTillCancelled"));
			const placed = events.find(({ section, method }) => section === "market" && method === "OrderPlaced");
			assert.ok(placed !== undefined);
			order = asBigInt((placed.data as unknown as { order: Codec }).order.toJSON());
			assert.equal(asBigInt(field(await ask("bestPrices", year), "ask")), PRICE);
			const [level] = asList(field(await ask("depth", year, 10), "asks"));
			assert.deepEqual([asBigInt(field(level, "price")), asBigInt(field(level, "tonnes"))], [PRICE, OFFERED]);
			assert.equal(asBigInt(field(await ask("order", year, order), "tonnes")), OFFERED);
		});

		test("a buy order trades with it, allowances against money", async () => {
			const value = PRICE * WANTED;
			const before = (await Storage.open(api)).tradingAccounts();
			const cash = (await before).get(dave.address)?.cashFree ?? 0n;
			await done(eve, calls.deposit({ Cash: { amount: value } }));
			const { events } = await done(eve, calls.placeOrder(year, "Buy", PRICE, WANTED, "ImmediateOrCancel"));
			assert.equal(events.filter(({ method }) => method === "OrderFilled").length, 1);
			const [seller, buyer] = [
				tradingAccount(await ask("tradingAccount", dave.address)),
				tradingAccount(await ask("tradingAccount", eve.address)),
			];
			assert.equal(seller.cashFree - cash, value);
			assert.deepEqual(seller.positions.get(year), { free: 0n, locked: OFFERED - WANTED });
			assert.deepEqual(buyer.positions.get(year), { free: WANTED, locked: 0n });
		});

		test("what is left is cancelled, and everything goes back to the registry", async () => {
			await done(dave, calls.cancelOrder(year, order));
			assert.equal(await ask("order", year, order), null);
			await done(dave, calls.withdraw({ Allowances: { asset: year, tonnes: OFFERED - WANTED } }));
			await done(dave, calls.withdraw({ Cash: { amount: PRICE * WANTED } }));
			await done(eve, calls.withdraw({ Allowances: { asset: year, tonnes: WANTED } }));
			const accounts = await (await Storage.open(api)).assetAccounts(year);
			assert.deepEqual([accounts.get(dave.address), accounts.get(eve.address)], [OFFERED - WANTED, WANTED]);
		});

		test("no more surrenders than are held", async () => {
			const call = calls.surrender(year, year, OFFERED);
			assert.equal(
				(await submitter.attempt({ label: "surrender", signer: dave, call })).error,
				"Allowance.InsufficientAllowances",
			);
			await done(dave, calls.surrender(year, year, OFFERED - WANTED));
			const supply = (await (await Storage.open(api)).supplies()).get(year);
			assert.equal(supply?.surrendered, OFFERED - WANTED);
		});
	});
}
