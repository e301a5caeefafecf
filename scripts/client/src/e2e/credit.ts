/** Credit scores that can be recomputed, and penalties from the proposal to the last fen. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { stringToU8a } from "@polkadot/util";
import { digest, palletAccount } from "../chain/accounts.js";
import type { PenaltySanction } from "../chain/calls/penalties.js";
import { type Call, CHINA_RULES } from "../chain/calls.js";
import { Storage } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { type Credit, differences, readCredit } from "../credit/read.js";
import { asBigInt, asList, asText, field, variant } from "../json.js";
import { REFERENCE } from "../market.js";
import { act, ask, done, eventData, openPeriod, type Session } from "./session.js";

const TONNES = 10n;
/** What each account has for fees, and what the fine takes; in fen. */
const FEES = 100_000n;
const FINE = 30_000n;
/** Trades of two with each other that count in a year. */
const PER_COUNTERPARTY = 3n;
/** Blocks in which the chain counts a trade at the latest. */
const COUNTED_WITHIN = 10;
/** Points that a fine takes off in the year that it counts in. */
const POINTS_OF_A_FINE = 60n;
const NOBODY = 2n ** 63n;

export function credit(session: Session): void {
	describe("credit and penalties", () => {
		const court = new Court(session);
		before(() => court.open());
		scores(court);
		penalty(court);
		ban(court);
		refusals(court);
	});
}

/** Two participants without a history, made for this run, and a market. */
class Court {
	year = 0;
	readonly seller: KeyringPair;
	readonly buyer: KeyringPair;

	constructor(readonly session: Session) {
		const stamp = Date.now();
		const named = (name: string) => session.actors.named(`credit/${name}/${stamp}`);
		[this.seller, this.buyer] = [named("seller"), named("buyer")];
	}

	async open(): Promise<void> {
		const { seller, buyer, session } = this;
		const { actors, calls } = session;
		const admit = ({ address }: KeyringPair) =>
			calls.admit(address, ["CoveredEntity"], digest(`documents of ${address}`));
		this.year = await openPeriod(session, TONNES, CHINA_RULES, (year) => [
			admit(seller),
			admit(buyer),
			calls.enrol(year, [seller.address, buyer.address]),
			calls.allocate(year, [[seller.address, TONNES]]),
		]);
		for (const { address } of [seller, buyer]) {
			const amount = FEES + TONNES * REFERENCE;
			await done(session, actors.bank, calls.mint(address, amount, digest(`fees of ${address}`)));
		}
		await this.done(seller, calls.deposit({ Allowances: { asset: this.year, tonnes: TONNES } }));
		await this.done(buyer, calls.deposit({ Cash: { amount: TONNES * REFERENCE } }));
	}

	done(signer: KeyringPair, call: Call): Promise<Outcome> {
		return done(this.session, signer, call);
	}

	/** `call` as an act of the regulator, which is done. */
	async decide(call: Call): Promise<Outcome> {
		const outcome = await this.session.office.attempt(act(call));
		assert.equal(outcome.error, undefined, act(call).label);
		return outcome;
	}

	async refuses(signer: KeyringPair, call: Call, error: string): Promise<void> {
		const outcome = await this.session.submitter.attempt({ label: act(call).label, signer, call });
		assert.equal(outcome.error, error);
	}

	async refusesAct(call: Call, error: string): Promise<void> {
		assert.equal((await this.session.office.attempt(act(call))).error, error);
	}

	/** The score of an account at the best block, which the client computes as the chain does. */
	async credit(of: KeyringPair): Promise<Credit> {
		const header = await this.session.connection.api.rpc.chain.getHeader();
		const block = { number: header.number.toNumber(), hash: header.hash.toHex() };
		const found = await readCredit(this.session.connection, of.address, block);
		assert.deepEqual(differences(found), []);
		assert.equal(found.chain.storedScore, found.chain.score);
		return found;
	}

	/** Wait until `kept` trades of both have been counted. */
	async counted(kept: bigint): Promise<void> {
		for (let waited = 0; ; waited += 1) {
			const all = await Promise.all([this.seller, this.buyer].map((who) => this.credit(who)));
			if (all.every(({ years }) => (years.at(-1)?.kept ?? 0n) === kept)) return;
			assert.ok(waited < COUNTED_WITHIN, `${kept} trades were not counted`);
			await this.session.watcher.nextBlock();
		}
	}

	/** One tonne from the seller to the buyer. */
	async trade(): Promise<void> {
		const { calls } = this.session;
		const order = { price: REFERENCE, tonnes: 1n };
		await this.done(this.seller, calls.placeOrder(this.year, { side: "Sell", ...order }));
		await this.done(this.buyer, calls.placeOrder(this.year, { side: "Buy", ...order }));
	}

	/** What the regulator would propose against the seller. */
	proposal(sanction: PenaltySanction, publish = false) {
		const { address: account } = this.seller;
		return { account, year: this.year, basis: "Test rule 1", sanction, evidence: digest("evidence"), publish };
	}

	/** Number of the penalty that is proposed. */
	async propose(sanction: PenaltySanction, publish = false): Promise<bigint> {
		const outcome = await this.decide(this.session.calls.penalties.propose(this.proposal(sanction, publish)));
		return asBigInt(eventData(outcome, "penalties", "Proposed")["id"]?.toJSON());
	}

	async status(id: bigint): Promise<string> {
		return variant(field(field(await ask(this.session, "penaltiesApi", "penalty", id), "record"), "status"));
	}

	async cash(account: string): Promise<bigint> {
		return (await Storage.open(this.session.connection.api)).cash(account);
	}
}

function scores(court: Court): void {
	test("whoever has no history has exactly half of the best score, and no limits", async () => {
		for (const who of [court.seller, court.buyer]) {
			const { chain, computed } = await court.credit(who);
			assert.deepEqual([chain.score, chain.level, computed.score], [500n, "C", 500n]);
		}
	});

	test("a trade counts for both sides, and its score follows from the counters", async () => {
		await court.trade();
		await court.counted(1n);
		const [seller, buyer] = [await court.credit(court.seller), await court.credit(court.buyer)];
		assert.ok(seller.chain.score > 500n);
		assert.equal(buyer.chain.score, seller.chain.score);
		assert.deepEqual(seller.chain.terms[0]?.input, [1_000n, 0n]);
	});

	test("two who trade with each other again and again gain no more than one counterparty is worth", async () => {
		for (let n = 0n; n < PER_COUNTERPARTY; n += 1n) await court.trade();
		await court.counted(PER_COUNTERPARTY);
		const before = (await court.credit(court.seller)).chain.score;
		await court.trade();
		for (let waited = 0; waited < 3; waited += 1) await court.session.watcher.nextBlock();
		assert.equal((await court.credit(court.seller)).chain.score, before);
	});

	test("everybody with a history is in the list, with the score that counts", async () => {
		const found = new Map<string, bigint>();
		for (let from: string | null = null; ;) {
			const page = asList(await ask(court.session, "creditApi", "accounts", from, 100)).map(asList);
			for (const [account, score] of page) found.set(asText(account), asBigInt(score));
			const last = page.at(-1);
			if (last === undefined) break;
			from = asText(last[0]);
		}
		const { chain } = await court.credit(court.seller);
		assert.equal(found.get(court.seller.address), chain.score);
	});
}

function penalty(court: Court): void {
	const { session, seller, buyer } = court;
	const { calls, office, actors } = session;
	const { penalties } = calls;
	let id = 0n;
	let score = 0n;

	test("a fine is proposed by two officers, and counts for nothing yet", async () => {
		score = (await court.credit(seller)).chain.score;
		const call = penalties.propose(court.proposal({ Fine: { Fixed: { amount: FINE } } }));
		assert.equal((await office.requirement(call)).officers, "Two");
		await court.refuses(actors.regulator, call, "BadOrigin");
		id = await court.propose({ Fine: { Fixed: { amount: FINE } } }, true);
		assert.equal(await court.status(id), "Proposed");
		assert.equal((await court.credit(seller)).chain.score, score);
		await court.refuses(seller, penalties.pay(id), "Penalties.NothingDue");
		await court.refuses(buyer, penalties.finalise(id), "Penalties.WindowOpen");
		await court.refusesAct(penalties.decide(id, "Rejected", digest("why")), "Penalties.ObjectionNotFound");
	});

	test("whoever is to pay it objects, once, and nobody else does", async () => {
		await court.refuses(buyer, penalties.object(id, digest("not mine")), "Penalties.NotPenalised");
		await court.done(seller, penalties.object(id, digest("I did not")));
		assert.equal(await court.status(id), "Objected");
		await court.refuses(seller, penalties.object(id, digest("I did not")), "Penalties.ObjectionPending");
		await court.refuses(buyer, penalties.finalise(id), "Penalties.ObjectionPending");
	});

	test("the objection is rejected: the fine is due, published, and lowers the score by what the rules say", async () => {
		const larger = { Reduced: { Fine: { Fixed: { amount: FINE + 1n } } } } as const;
		await court.refusesAct(penalties.decide(id, larger, digest("why")), "Penalties.NotSmaller");
		const decided = await court.decide(penalties.decide(id, "Rejected", digest("you did")));
		const number = eventData(decided, "penalties", "Published")["number"]?.toJSON();
		assert.equal(await court.status(id), "Due");
		const { chain } = await court.credit(seller);
		assert.deepEqual([chain.score, chain.deduction.points], [score - POINTS_OF_A_FINE, POINTS_OF_A_FINE]);
		const [entry] = asList(await ask(session, "penaltiesApi", "disclosures", number, 1));
		assert.equal(asBigInt(field(field(entry, "penalty"), "id")), id);
	});

	test("it is paid to the treasury, in full and once", async () => {
		const treasury = court.session.connection.api.registry.createType(
			"AccountId",
			palletAccount(stringToU8a("cc/trsry")),
		);
		const before = await Promise.all([seller.address, treasury.toString()].map((who) => court.cash(who)));
		const paid = eventData(await court.done(seller, penalties.pay(id)), "penalties", "FinePaid");
		assert.deepEqual([asBigInt(paid["amount"]?.toJSON()), asBigInt(paid["left"]?.toJSON())], [FINE, 0n]);
		const after = await Promise.all([seller.address, treasury.toString()].map((who) => court.cash(who)));
		// The fee of the transaction comes on top.
		assert.ok((before[0] ?? 0n) - (after[0] ?? 0n) >= FINE);
		assert.ok((after[1] ?? 0n) - (before[1] ?? 0n) >= FINE);
		assert.equal(await court.status(id), "Paid");
		await court.refuses(seller, penalties.pay(id), "Penalties.NothingDue");
		await court.refuses(seller, penalties.payDebt(seller.address, 1n), "Penalties.NoDebt");
		assert.equal(asBigInt(await ask(session, "penaltiesApi", "debtOf", seller.address)), 0n);
	});

	test("annulled, it is paid back and counts no more", async () => {
		const before = await court.cash(seller.address);
		await court.decide(penalties.annul(id, digest("new evidence")));
		assert.equal((await court.cash(seller.address)) - before, FINE);
		assert.equal(await court.status(id), "Annulled");
		const { chain } = await court.credit(seller);
		assert.deepEqual([chain.score, chain.deduction.points], [score, 0n]);
		await court.refusesAct(penalties.annul(id, digest("again")), "Penalties.AlreadyAnnulled");
		const mine = asList(await ask(session, "penaltiesApi", "penaltiesOf", seller.address, null, 100));
		assert.deepEqual(
			mine.map((each) => asBigInt(field(each, "id"))),
			[id],
		);
	});
}

function ban(court: Court): void {
	const { session, seller } = court;
	const { calls, watcher } = session;
	const { penalties } = calls;

	test("a ban takes the orders out of the book and lets none in, until it is annulled", async () => {
		const order = calls.placeOrder(court.year, { side: "Sell", price: REFERENCE + 100n, tonnes: 1n });
		const placed = eventData(await court.done(seller, order), "market", "OrderPlaced")["order"]?.toJSON();
		const id = await court.propose({ TradingBan: { days: 30 } });
		await court.done(seller, penalties.object(id, digest("I did not")));
		await court.decide(penalties.decide(id, "Rejected", digest("you did")));
		assert.equal(await court.status(id), "Enforced");
		for (let waited = 0; (await ask(session, "marketApi", "order", court.year, placed)) !== null; waited += 1) {
			assert.ok(waited < COUNTED_WITHIN, "the order is still there");
			await watcher.nextBlock();
		}
		const { error } = await session.submitter.attempt({ label: "an order", signer: seller, call: order });
		assert.ok(error !== undefined);
		await court.decide(penalties.annul(id, digest("new evidence")));
		await court.done(seller, order);
		await court.done(seller, calls.cancelAll());
	});
}

function refusals(court: Court): void {
	const { session, buyer } = court;
	const { calls } = session;
	const { penalties } = calls;

	test("a proposal that cannot be is refused", async () => {
		const fine = court.proposal({ Fine: { Fixed: { amount: FINE } } });
		for (const [proposal, error] of [
			[{ ...fine, basis: "" }, "InvalidBasis"],
			[{ ...fine, year: court.year + 1 }, "YearNotOpened"],
			[court.proposal({ Fine: { Fixed: { amount: 0n } } }), "SanctionEmpty"],
			[court.proposal({ Fine: { Multiple: { base: 2n ** 64n, timesMilli: 2_000 } } }), "FineTooLarge"],
			[court.proposal({ TradingBan: { days: 3_661 } }), "BanTooLong"],
		] as const) {
			await court.refusesAct(penalties.propose(proposal), `Penalties.${error}`);
		}
	});

	test("there is no penalty that was never proposed", async () => {
		assert.equal(await ask(session, "penaltiesApi", "penalty", NOBODY), null);
		await court.refuses(buyer, penalties.pay(NOBODY), "Penalties.PenaltyNotFound");
		await court.refuses(buyer, penalties.payDebt(buyer.address, 0n), "Penalties.AmountZero");
	});

	test("rules and levels are the regulator's, and have to make sense", async () => {
		const credit = (method: string, ...args: unknown[]) => calls.other("credit", method, ...args);
		const version = await ask(session, "creditApi", "currentVersion");
		const rules = field(await ask(session, "creditApi", "scoreRules", version), "rules");
		const levels = await ask(session, "creditApi", "levels");
		await court.refuses(buyer, credit("setScoreRules", rules, 1), "BadOrigin");
		await court.refuses(buyer, credit("setLevels", levels), "BadOrigin");
		await court.refusesAct(credit("setScoreRules", rules, 1), "Credit.DateNotAhead");
		const thresholds = [200, 400, 600, 800];
		await court.refusesAct(credit("setLevels", { ...(levels as object), thresholds }), "Credit.InvalidLevels");
		const { verifier } = session.actors;
		await court.refuses(buyer, credit("rescore", verifier.address), "Credit.NothingCounted");
	});

	test("anybody may have a score made anew, which changes nothing where it is right", async () => {
		const before = await court.credit(court.seller);
		const { events } = await court.done(buyer, calls.other("credit", "rescore", court.seller.address));
		assert.ok(!events.some(({ method }) => method === "ScoreChanged"));
		assert.equal((await court.credit(court.seller)).chain.score, before.chain.score);
	});
}
