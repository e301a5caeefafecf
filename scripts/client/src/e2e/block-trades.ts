/** Block trades: agreed and settled at once, and with margins at a later date. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { digest } from "../chain/accounts.js";
import { type BlockTerms, type Call, CHINA_RULES } from "../chain/calls.js";
import { type TradingAccount, tradingAccount } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, asList, asText, field } from "../json.js";
import { REFERENCE } from "../market.js";
import { act, ask, chainTime, done, eventData, openPeriod, type Session } from "./session.js";
import { refuses } from "./snapshot.js";

const TONNES = 100n;
const VALUE = TONNES * REFERENCE;
/** Of each side, for a later settlement: a fifth of the value. */
const MARGIN = VALUE / 5n;
/** Long enough for what comes before the acceptance, each in a block of its own. */
const OPEN_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;

export function blockTrades(session: Session): void {
	describe("block trades", () => {
		const table = new Table(session);
		before(() => table.open());
		atOnce(table);
		later(table);
	});
}

/** A market in which Dave has tonnes, and in which block trades may be small. */
class Table {
	year = 0;

	constructor(readonly session: Session) {}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		const { dave } = actors;
		this.year = await openPeriod(this.session, 2n * TONNES, CHINA_RULES, (year) => [
			calls.enrol(year, [dave.address]),
			calls.allocate(year, [[dave.address, 2n * TONNES]]),
			calls.setBlockRules(year, {
				minTonnes: TONNES,
				bandBps: 3_000,
				settlementMaxDays: 30,
				window: DAY_MS,
			}),
		]);
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

	refuses(signer: KeyringPair, call: Call, error: string): Promise<void> {
		const outcome = this.session.submitter.attempt({ label: act(call).label, signer, call });
		return refuses(this.session.connection, outcome, error);
	}

	depositTonnes(): Promise<Outcome> {
		const { calls } = this.session;
		return this.done(this.seller, calls.deposit({ Allowances: { asset: this.year, tonnes: TONNES } }));
	}

	depositCash(who: KeyringPair, amount: bigint): Promise<Outcome> {
		return this.done(who, this.session.calls.deposit({ Cash: { amount } }));
	}

	terms(now: number, settlesAt: number | null): BlockTerms {
		return {
			asset: this.year,
			seller: this.seller.address,
			buyer: this.buyer.address,
			tonnes: TONNES,
			price: REFERENCE,
			expiresAt: now + OPEN_MS,
			settlesAt,
		};
	}

	/** Propose as the seller. Returns number and digest. */
	async propose(terms: BlockTerms): Promise<{ id: bigint; digest: string }> {
		const { calls } = this.session;
		const proposed = eventData(await this.done(this.seller, calls.proposeBlockTrade(terms)), "blockTrades", "Proposed");
		const id = asBigInt(proposed["id"]?.toJSON());
		const view = await this.trade(id);
		assert.equal(asText(field(view, "digest")), proposed["digest"]?.toHex());
		return { id, digest: asText(field(view, "digest")) };
	}

	/** The trade `id`, as long as it has not ended. */
	trade(id: bigint): Promise<unknown> {
		return ask(this.session, "blockTradesApi", "blockTrade", id);
	}

	/** What the block trades of an account bind. */
	async pledged(who: KeyringPair): Promise<unknown[]> {
		return asList(await ask(this.session, "blockTradesApi", "pledgedOf", who.address));
	}

	async account(who: KeyringPair): Promise<TradingAccount> {
		return tradingAccount(await ask(this.session, "marketApi", "tradingAccount", who.address));
	}

	async tonnes(who: KeyringPair): Promise<bigint> {
		return (await this.account(who)).positions.get(this.year)?.free ?? 0n;
	}
}

function atOnce(table: Table): void {
	const { seller, buyer, session } = table;
	const { calls } = session;

	test("what the seller proposes and the buyer accepts is settled at once, outside of the order book", async () => {
		await table.depositTonnes();
		const { id, digest: agreed } = await table.propose(table.terms(await chainTime(session), null));
		assert.equal((await table.account(seller)).positions.get(table.year)?.pledged, TONNES);
		assert.equal((await table.pledged(seller)).length, 1);
		await table.refuses(buyer, calls.acceptBlockTrade(id, digest("other terms")), "BlockTrades.DigestMismatch");
		const before = (await table.account(seller)).cashFree;
		await table.depositCash(buyer, VALUE);
		const accepted = await table.done(buyer, calls.acceptBlockTrade(id, agreed));
		eventData(accepted, "blockTrades", "Settled");
		assert.equal(await table.trade(id), null);
		assert.equal((await table.account(seller)).cashFree - before, VALUE);
		assert.equal(await table.tonnes(buyer), TONNES);
		const status = await ask(session, "marketApi", "marketStatus", table.year);
		const volume = (kind: string) => asBigInt(field(field(field(status, "bar"), kind), "tonnes"));
		assert.deepEqual([volume("block"), volume("listed")], [TONNES, 0n]);
	});

	test("a proposal can be taken back until it is accepted", async () => {
		await table.depositTonnes();
		const { id } = await table.propose(table.terms(await chainTime(session), null));
		await table.refuses(buyer, calls.withdrawBlockTrade(id), "BlockTrades.NotProposer");
		await table.done(seller, calls.withdrawBlockTrade(id));
		assert.deepEqual([await table.tonnes(seller), await table.pledged(seller)], [TONNES, []]);
	});

	test("a quantity that is too small is refused", async () => {
		const terms = { ...table.terms(await chainTime(session), null), tonnes: TONNES - 1n };
		await table.refuses(seller, calls.proposeBlockTrade(terms), "BlockTrades.TonnesBelowMin");
	});
}

function later(table: Table): void {
	const { seller, buyer, session } = table;
	const { calls, watcher } = session;

	test("both sides lay down margins, and at the date anybody settles", async () => {
		// More than either margin.
		await table.depositCash(seller, VALUE);
		await table.depositCash(buyer, VALUE);
		const before = await table.account(seller);
		const now = await chainTime(session);
		const settlesAt = now + OPEN_MS;
		const { id, digest: agreed } = await table.propose(table.terms(now, settlesAt));
		await table.done(buyer, calls.acceptBlockTrade(id, agreed));
		const sides = await Promise.all([seller, buyer].map((who) => table.account(who)));
		const margins = sides.map(({ cashPledged }) => cashPledged);
		assert.deepEqual(margins, [MARGIN, MARGIN]);
		await table.refuses(buyer, calls.settleBlockTrade(id), "BlockTrades.NotDue");
		while ((await chainTime(session)) < settlesAt) await watcher.nextBlock();
		// The chain may have been faster.
		const call = calls.settleBlockTrade(id);
		const { error } = await session.submitter.attempt({ label: "settlement", signer: session.actors.authority, call });
		assert.ok(error === undefined || error === "BlockTrades.TradeNotFound", error);
		assert.equal(await table.trade(id), null);
		const after = await table.account(seller);
		assert.deepEqual([after.cashFree - before.cashFree, after.cashPledged], [VALUE, 0n]);
		assert.deepEqual([await table.tonnes(seller), await table.tonnes(buyer)], [0n, 2n * TONNES]);
	});

	test("everything comes back from the trading ledger", async () => {
		for (const who of [seller, buyer]) {
			const { cashFree } = await table.account(who);
			// The buyer may have paid the last fen.
			if (cashFree > 0n) await table.done(who, calls.withdraw({ Cash: { amount: cashFree } }));
		}
		const all = { Allowances: { asset: table.year, tonnes: 2n * TONNES } };
		await table.done(buyer, calls.withdraw(all));
	});
}
