/** From a key that nobody knows to the first order of a participant. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { digest } from "../chain/accounts.js";
import { type Call, CHINA_RULES } from "../chain/calls.js";
import type { Outcome } from "../chain/watch.js";
import { asBigInt, field, variant } from "../json.js";
import { REFERENCE } from "../market.js";
import { REFUSAL, refusalMessage, refusalOf, signNow } from "./pool.js";
import { act, ask, done, eventData, openPeriod, type Session } from "./session.js";

const DOCUMENTS = digest("the newcomer's documents");

export function admission(session: Session): void {
	describe("admission", () => {
		const lobby = new Lobby(session);
		before(() => lobby.open());
		stranger(lobby);
		application(lobby);
		decision(lobby);
		firstOrder(lobby);
	});
}

/** A market, and a key made for this run. */
class Lobby {
	year = 0;
	readonly newcomer: KeyringPair;

	constructor(readonly session: Session) {
		this.newcomer = session.actors.named(`newcomer/${Date.now()}`);
	}

	async open(): Promise<void> {
		this.year = await openPeriod(this.session, 1_000n, CHINA_RULES, () => []);
	}

	order(): Call {
		return this.session.calls.placeOrder(this.year, { side: "Buy", price: REFERENCE, tonnes: 1n });
	}

	application(): Call {
		return this.session.calls.apply(DOCUMENTS, ["Trader"]);
	}

	/** The pool refuses `call` of `signer` with one of its codes. */
	async refuses(signer: KeyringPair, call: Call, code: number): Promise<void> {
		const { connection } = this.session;
		const answer = await refusalOf(connection, await signNow(connection, signer, call));
		assert.equal(answer, refusalMessage(code), `${call.method.section}.${call.method.method}`);
	}

	/** What the clerk's act of `call` comes to. */
	clerk(call: Call): Promise<Outcome> {
		const { actors, calls, submitter } = this.session;
		const { label, basis } = act(call);
		return submitter.attempt({ label, signer: actors.clerk, call: calls.act(basis, digest(label), call) });
	}

	admit(): Promise<Outcome> {
		const { calls, office } = this.session;
		return office.attempt(act(calls.admit(this.newcomer.address, ["Trader"], DOCUMENTS)));
	}

	async balance(): Promise<bigint> {
		const account = await this.session.connection.api.query["system"]?.["account"]?.(this.newcomer.address);
		return asBigInt(field(field(account?.toJSON(), "data"), "free"));
	}
}

function stranger(lobby: Lobby): void {
	const { session, newcomer } = lobby;
	const { actors, calls } = session;

	test("whatever a stranger sends is refused by the pool, with a code", async () => {
		const remark = calls.other("system", "remark", "0x00");
		for (const call of [
			remark,
			lobby.order(),
			calls.together([remark, lobby.application()]),
			calls.register(newcomer.address),
			calls.act("none", DOCUMENTS, calls.register(newcomer.address)),
		]) {
			await lobby.refuses(newcomer, call, REFUSAL.notAdmitted);
		}
	});

	test("an application that could not succeed is refused by the pool, with a code", async () => {
		await lobby.refuses(newcomer, calls.apply(DOCUMENTS, []), REFUSAL.rolesUnfit);
		await lobby.refuses(newcomer, calls.apply(DOCUMENTS, ["Trader", "Verifier"]), REFUSAL.rolesUnfit);
		await lobby.refuses(actors.dave, lobby.application(), REFUSAL.alreadyAdmitted);
	});
}

function application(lobby: Lobby): void {
	const { session, newcomer } = lobby;
	const { calls, connection, watcher } = session;

	test("an application comes into a block and costs nothing", async () => {
		assert.equal(await lobby.balance(), 0n);
		const signed = await signNow(connection, newcomer, lobby.application());
		const included = watcher.expect(signed.hash);
		assert.equal(await refusalOf(connection, signed), undefined);
		const outcome = await included;
		assert.equal(outcome.error, undefined);
		assert.equal(eventData(outcome, "participants", "ApplicationFiled")["account"]?.toString(), newcomer.address);
		assert.equal(await lobby.balance(), 0n);
		const record = await ask(session, "participantsApi", "application", newcomer.address);
		assert.equal(variant(field(record, "status")), "Applied");
	});

	test("one application is enough, and an applicant is no participant yet", async () => {
		await lobby.refuses(newcomer, lobby.application(), REFUSAL.alreadyApplied);
		await lobby.refuses(newcomer, calls.other("system", "remark", "0x00"), REFUSAL.notAdmitted);
	});
}

function decision(lobby: Lobby): void {
	const { session, newcomer } = lobby;
	const { calls } = session;

	test("a clerk registers the application and an officer admits, each within its level", async () => {
		assert.equal((await lobby.admit()).error, "Participants.NotRegistered");
		assert.equal((await lobby.clerk(calls.register(newcomer.address))).error, undefined);
		const admit = calls.admit(newcomer.address, ["Trader"], DOCUMENTS);
		assert.equal((await lobby.clerk(admit)).error, "Regulator.LevelTooLow");
		assert.equal((await lobby.admit()).error, undefined);
		assert.equal(await ask(session, "participantsApi", "mayTrade", newcomer.address), true);
		assert.equal(await ask(session, "participantsApi", "application", newcomer.address), null);
	});
}

function firstOrder(lobby: Lobby): void {
	const { session, newcomer } = lobby;
	const { actors, calls } = session;

	test("the bank funds the new participant, which places its first order", async () => {
		const fees = 10_000n;
		const receipt = digest(`receipt of ${newcomer.address}`);
		await done(session, actors.bank, calls.mint(newcomer.address, REFERENCE + fees, receipt));
		await done(session, newcomer, calls.deposit({ Cash: { amount: REFERENCE } }));
		const placed = eventData(await done(session, newcomer, lobby.order()), "market", "OrderPlaced");
		const order = asBigInt(placed["order"]?.toJSON());
		assert.equal(asBigInt(field(await ask(session, "marketApi", "order", lobby.year, order), "tonnes")), 1n);
		await done(session, newcomer, calls.cancelOrder(lobby.year, order));
	});
}
