/** The regulator's authority: officers, the break-glass key, the audit trail, and operators of a firm. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { digest } from "../chain/accounts.js";
import { type Call, CHINA_RULES, type HaltScope, type NewOrder } from "../chain/calls.js";
import { proposalsIn, recordsIn } from "../chain/office.js";
import { Storage } from "../chain/storage.js";
import { type ActRecord, actRecords } from "../chain/trail.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, asList, field } from "../json.js";
import { REFERENCE } from "../market.js";
import { REFUSAL, refusalMessage, refusalOf, signNow } from "./pool.js";
import { act, ask, chainTime, done, eventData, openPeriod, type Session } from "./session.js";

const OFFERED = 20n;
/** Long enough for an order and a cancellation, each in a block of its own. */
const HALT_MS = 14_000;
/** Entries that one question about the trail may answer. */
const PAGE = 100;

export function authority(session: Session): void {
	describe("authority", () => {
		const chamber = new Chamber(session);
		before(() => chamber.open());
		officers(chamber);
		halt(chamber);
		trail(chamber);
		operators(chamber);
	});
}

/** A market in which the authority's seller has something to sell, and what the tests hand on to each other. */
class Chamber {
	year = 0;
	/** When the tests began, by the chain's clock. */
	since = 0;
	/** Records of the acts in the order of the tests. */
	admission = -1n;
	haltRecord = -1n;
	/** A person that is admitted on paper documents, to act for firms. */
	readonly person: KeyringPair;

	constructor(readonly session: Session) {
		this.person = session.actors.named(`representative/${Date.now()}`);
	}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		const seller = actors.authority;
		this.year = await openPeriod(this.session, OFFERED, CHINA_RULES, (year) => [
			calls.issueForSale(year, seller.address, OFFERED),
		]);
		await done(this.session, seller, calls.deposit({ Allowances: { asset: this.year, tonnes: OFFERED } }));
		this.since = await chainTime(this.session);
	}

	get market(): HaltScope {
		return { Market: this.year };
	}

	sell(more: Partial<NewOrder> = {}): Call {
		return this.session.calls.placeOrder(this.year, { side: "Sell", price: REFERENCE, tonnes: 1n, ...more });
	}

	cancel(order: bigint): Call {
		return this.session.calls.cancelOrder(this.year, order);
	}

	send(signer: KeyringPair, call: Call): Promise<Outcome> {
		return this.session.submitter.attempt({ label: act(call).label, signer, call });
	}

	/** Sell and return the number of the order. */
	async place(signer: KeyringPair, call = this.sell()): Promise<bigint> {
		const placed = eventData(await done(this.session, signer, call), "market", "OrderPlaced");
		return asBigInt(placed["order"]?.toJSON());
	}

	async records(method: string, ...values: unknown[]): Promise<ActRecord[]> {
		return actRecords(await ask(this.session, "regulatorApi", method, ...values));
	}

	async cash(account: string): Promise<bigint> {
		return (await Storage.open(this.session.connection.api)).cash(account);
	}
}

function officers(chamber: Chamber): void {
	const { session, person } = chamber;
	const { actors, calls, office, submitter } = session;

	test("an officer admits a participant on paper documents, on the record", async () => {
		const admit = calls.admit(person.address, ["Representative"], digest("the person's documents"));
		const outcome = await office.attempt(act(admit));
		assert.equal(outcome.error, undefined);
		const [record] = recordsIn(outcome.events);
		assert.ok(record !== undefined);
		chamber.admission = record;
	});

	test("a failed act is on record too, and nothing else has changed", async () => {
		const admit = calls.admit(person.address, ["Representative"], digest("the person's documents"));
		const outcome = await office.attempt(act(admit));
		assert.equal(outcome.error, "Participants.AlreadyAdmitted");
		assert.equal(recordsIn(outcome.events).length, 1);
	});

	test("what takes two officers is done neither by one nor by the same one twice", async () => {
		const signer = actors.regulator;
		const expel = calls.other("participants", "expel", person.address, digest("no reason"));
		const { basis, label } = act(expel);
		assert.deepEqual(await office.requirement(expel), { officers: "Two", level: "Officer" });
		const alone = calls.act(basis, digest(label), expel);
		assert.equal((await chamber.send(signer, alone)).error, "Regulator.NeedsTwoOfficers");

		const proposed = await done(session, signer, calls.propose(basis, digest(label), expel));
		const [id] = proposalsIn(proposed.events);
		assert.ok(id !== undefined);
		const limit = { refTime: 10_000_000_000n, proofSize: 1_000_000n };
		const approve = calls.approve(id, expel.method.hash.toHex(), limit);
		const twice = await submitter.attempt({ label: "approval", signer, call: approve });
		assert.equal(twice.error, "Regulator.SameOfficer");
		const blind = calls.approve(id, digest("another call"), limit);
		const { error } = await submitter.attempt({ label: "approval", signer: actors.supervisor, call: blind });
		assert.equal(error, "Regulator.CallHashMismatch");

		await done(session, actors.supervisor, calls.reject(id, digest("there is no reason")));
		assert.equal(await ask(session, "regulatorApi", "proposal", id), null);
		const [newest] = await chamber.records("recordsOfSubject", { Account: person.address }, null, PAGE);
		assert.deepEqual(
			[newest?.kind, newest?.by, newest?.second, newest?.outcome],
			["TwoOfficers", signer.address, actors.supervisor.address, "Rejected"],
		);
	});
}

function halt(chamber: Chamber): void {
	const { session } = chamber;
	const { actors, calls, watcher } = session;
	const seller = actors.authority;
	let until = 0;
	let resting = 0n;

	test("the break-glass key halts a market: no order enters, cancelling goes on", async () => {
		resting = await chamber.place(seller);
		until = (await chainTime(session)) + HALT_MS;
		const halting = calls.breakGlass([calls.halt(chamber.market, until)]);
		const outcome = await done(session, actors.regulator, halting);
		const [record] = recordsIn(outcome.events);
		assert.ok(record !== undefined);
		chamber.haltRecord = record;
		assert.equal(Number(await ask(session, "marketApi", "marketHaltedUntil", chamber.year)), until);
		assert.equal((await chamber.send(seller, chamber.sell())).error, "Market.MarketHalted");
		await done(session, seller, chamber.cancel(resting));
		assert.ok((await chainTime(session)) < until, "the halt must last longer than the test");
	});

	test("the halt ends by itself, at its time", async () => {
		while ((await chainTime(session)) < until) await watcher.nextBlock();
		assert.equal(await ask(session, "marketApi", "marketHaltedUntil", chamber.year), null);
		await done(session, seller, chamber.cancel(await chamber.place(seller)));
	});

	test("an officer halts and lifts the halt before its end", async () => {
		const { office } = session;
		const end = (await chainTime(session)) + 3_600_000;
		assert.equal((await office.attempt(act(calls.halt(chamber.market, end)))).error, undefined);
		assert.equal((await chamber.send(seller, chamber.sell())).error, "Market.MarketHalted");
		const halts = asList(await ask(session, "regulatorApi", "halts"));
		assert.ok(halts.some((each) => Number(field(each, "until")) === end));
		assert.equal((await office.attempt(act(calls.resume(chamber.market)))).error, undefined);
		await done(session, seller, chamber.cancel(await chamber.place(seller)));
	});
}

function trail(chamber: Chamber): void {
	const { session, person } = chamber;
	const { actors } = session;

	test("the trail is read by subject", async () => {
		const ofPerson = await chamber.records("recordsOfSubject", { Account: person.address }, null, PAGE);
		const record = ofPerson.at(-1);
		assert.deepEqual(
			[record?.id, record?.kind, record?.by, record?.second, record?.description, record?.basis, record?.outcome],
			[
				chamber.admission,
				"OneOfficer",
				actors.regulator.address,
				undefined,
				"participants.admit",
				"End-to-end test",
				"Succeeded",
			],
		);
		assert.deepEqual(
			ofPerson.map(({ outcome }) => outcome),
			["Rejected", "Failed", "Succeeded"],
		);
		const ofMarket = await chamber.records("recordsOfSubject", { Market: chamber.year }, null, PAGE);
		assert.deepEqual(
			ofMarket.map(({ description }) => description),
			["regulator.resume", "regulator.halt", "regulator.halt", "market.create_market"],
		);
		assert.deepEqual(
			ofMarket.map(({ kind }) => kind),
			["OneOfficer", "OneOfficer", "BreakGlass", "TwoOfficers"],
		);
	});

	test("the trail is read by officer, page by page", async () => {
		const { address } = actors.supervisor;
		const [newest, ...others] = await chamber.records("recordsOfOfficer", address, null, 3);
		assert.ok(newest !== undefined && others.length === 2);
		const next = await chamber.records("recordsOfOfficer", address, Number(newest.id), 2);
		assert.deepEqual(next, others);
		assert.ok([newest, ...others].every(({ by, second }) => by === address || second === address));
	});

	test("the trail is read by time, and what the break-glass key did is in it", async () => {
		const now = (await chainTime(session)) + 1;
		const between = await chamber.records("recordsBetween", chamber.since, now, null, PAGE);
		assert.deepEqual(
			[chamber.admission, chamber.haltRecord].map((id) => between.some((each) => each.id === id)),
			[true, true],
		);
		const ids = between.map(({ id }) => id);
		assert.deepEqual(
			ids,
			ids.map((_, n) => (ids[0] ?? 0n) + BigInt(n)),
			"numbers without a gap",
		);
		const first = between[0];
		assert.ok(first !== undefined);
		const rest = await chamber.records("recordsBetween", chamber.since, now, Number(first.id), PAGE);
		assert.deepEqual(rest, between.slice(1));
		const key = between.find(({ id }) => id === chamber.haltRecord);
		assert.deepEqual(
			[key?.by, key?.description, key?.basis],
			[actors.regulator.address, "regulator.halt", ""],
		);
	});
}

function operators(chamber: Chamber): void {
	const { session, person } = chamber;
	const { actors, calls, connection } = session;
	const firm = actors.authority;
	const through = (call: Call): Call => calls.forOrganisation(firm.address, call);

	test("a firm's operator places and cancels orders for it, and the firm pays", async () => {
		await done(session, firm, calls.addProxy(person.address, "Trade"));
		const before = await chamber.cash(firm.address);
		const order = await chamber.place(person, through(chamber.sell()));
		const between = await chamber.cash(firm.address);
		await done(session, person, through(chamber.cancel(order)));
		const after = await chamber.cash(firm.address);
		assert.ok(before > between && between > after, `${before} > ${between} > ${after}`);
		assert.equal(await chamber.cash(person.address), 0n);
		// What an order might have cost is not given back to an operator: naming how many others it meets makes it cheap.
		const modest = await chamber.place(person, through(chamber.sell({ meetMax: 1 })));
		const cost = after - (await chamber.cash(firm.address));
		assert.ok(cost * 2n < before - between, `${cost} instead of ${before - between}`);
		await done(session, firm, chamber.cancel(modest));
	});

	test("it does nothing else for it, and the firm pays for nothing else", async () => {
		const funds = { Allowances: { asset: chamber.year, tonnes: 1n } };
		for (const call of [
			calls.withdraw(funds),
			calls.deposit(funds),
			calls.surrender(chamber.year, firm.address, chamber.year, 1n),
			calls.addProxy(actors.dave.address, "Any"),
		]) {
			const refused = await refusalOf(connection, await signNow(connection, person, through(call)));
			assert.match(refused ?? "", /Inability to pay some fees/);
		}
	});

	test("on its own account it owns nothing to pay with", async () => {
		const remark = await signNow(connection, person, calls.other("system", "remark", "0x00"));
		assert.match((await refusalOf(connection, remark)) ?? "", /Inability to pay some fees/);
	});

	test("an insider is nobody's operator", async () => {
		await done(session, firm, calls.addProxy(actors.clerk.address, "Trade"));
		const order = through(chamber.sell());
		for (const call of [order, calls.together([order, order])]) {
			const answer = await refusalOf(connection, await signNow(connection, actors.clerk, call));
			assert.equal(answer, refusalMessage(REFUSAL.mayNotRepresent));
		}
		await done(session, firm, calls.other("proxy", "removeProxies"));
	});
}
