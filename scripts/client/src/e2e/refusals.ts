/** What the chain must refuse, with the name of the error and nothing changed. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { digest } from "../chain/accounts.js";
import { ALWAYS_OPEN, type Call, CHINA_RULES, UK_RULES } from "../chain/calls.js";
import type { Outcome } from "../chain/watch.js";
import { MARKET, REFERENCE } from "../market.js";
import { REFUSAL, refusalMessage, refusalOf, signNow } from "./pool.js";
import { act, openPeriod, type Session } from "./session.js";
import { refuses } from "./snapshot.js";

const CAP = 1_000n;
/** The widest band of a market, in ticks. */
const BAND_MAX = 16_128n;

export function refusals(session: Session): void {
	describe("what the chain refuses", () => {
		const bench = new Bench(session);
		before(() => bench.open());
		orders(bench);
		allocations(bench);
		regulatorsActs(bench);
		money(bench);
		detours(bench);
		test("nothing: the chain goes on after all this", () => session.watcher.nextBlock());
	});
}

/** A period with a market, and the means to try things on it. */
class Bench {
	year = 0;

	constructor(readonly session: Session) {}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		this.year = await openPeriod(this.session, CAP, UK_RULES, (year) => [
			calls.enrol(year, [actors.dave.address, actors.eve.address]),
		]);
	}

	send(signer: KeyringPair, call: Call): Promise<Outcome> {
		const label = `${call.method.section}.${call.method.method}`;
		return this.session.submitter.attempt({ label, signer, call });
	}

	/** What becomes of `call` as an act of the regulator, by as many officers as it takes. */
	act(call: Call): Promise<Outcome> {
		return this.session.office.attempt(act(call));
	}

	/** What becomes of `inner` together, by the break-glass key. */
	breakGlass(...inner: Call[]): Promise<Outcome> {
		return this.send(this.session.actors.regulator, this.session.calls.breakGlass(inner));
	}

	/** The extrinsic fails with `error` and changes nothing. */
	refuses(outcome: Promise<Outcome>, error: string): Promise<void> {
		return refuses(this.session.connection, outcome, error);
	}

	order(tonnes: bigint): Call {
		return this.session.calls.placeOrder(this.year, { side: "Buy", price: REFERENCE, tonnes });
	}

	allocate(...allocations: [KeyringPair, bigint][]): Promise<Outcome> {
		const list = allocations.map(([pair, tonnes]) => [pair.address, tonnes] as const);
		return this.act(this.session.calls.allocate(this.year, list));
	}
}

function orders(bench: Bench): void {
	const { actors, calls } = bench.session;
	const { stranger } = actors;

	test("an order of a stranger, if it came to be executed: not admitted", async () => {
		const order = calls.asAccount(stranger.address, bench.order(1n));
		await bench.refuses(bench.send(actors.regulator, order), "Participants.NotAdmitted");
	});

	test("an order of a participant that may not trade", async () => {
		await bench.refuses(bench.send(actors.verifier, bench.order(1n)), "Participants.RoleMissing");
	});

	test("an order without funds", async () => {
		await bench.refuses(bench.send(actors.dave, bench.order(10n)), "Market.InsufficientCash");
	});
}

function allocations(bench: Bench): void {
	const { actors, calls } = bench.session;
	const { authority, dave, eve } = actors;

	test("an allocation over the cap", async () => {
		await bench.refuses(bench.allocate([dave, CAP + 1n]), "Allowance.CapExceeded");
	});

	test("a second allocation, together with all else in its list", async () => {
		assert.equal((await bench.allocate([dave, 10n])).error, undefined);
		await bench.refuses(bench.allocate([dave, 10n]), "Allowance.AlreadyAllocated");
		await bench.refuses(bench.allocate([eve, 10n], [dave, 10n]), "Allowance.AlreadyAllocated");
	});

	test("a list of which one entry fails, in a batch of the break-glass key that did other things before", async () => {
		const batch = bench.breakGlass(
			calls.issueForSale(bench.year, authority.address, 5n),
			calls.allocate(bench.year, [[eve.address, CAP]]),
		);
		await bench.refuses(batch, "Allowance.CapExceeded");
	});
}

function regulatorsActs(bench: Bench): void {
	const { actors, calls } = bench.session;
	const open = (year: number): Call => calls.openPeriod(year, CAP, CHINA_RULES, ALWAYS_OPEN);

	test("the same period twice", async () => {
		await bench.refuses(bench.act(open(bench.year)), "Allowance.PeriodExists");
	});

	test("a period that leaves a year out", async () => {
		await bench.refuses(bench.act(open(bench.year + 2)), "Allowance.YearOutOfOrder");
	});

	test("the regulator's calls from anybody else", async () => {
		await bench.refuses(bench.send(actors.dave, open(bench.year + 1)), "BadOrigin");
		const enrol = calls.enrol(bench.year, [actors.dave.address]);
		const { connection } = bench.session;
		const act = await signNow(connection, actors.dave, calls.act("none", digest("none"), enrol));
		assert.equal(await refusalOf(connection, act), refusalMessage(REFUSAL.notAnInsider));
	});

	test("a market whose band is wider than an order book", async () => {
		const params = { ...MARKET, priceMax: MARKET.priceMin + 2n * BAND_MAX };
		const market = calls.createMarket(bench.year + 1, params, REFERENCE);
		const batch = bench.breakGlass(open(bench.year + 1), market);
		await bench.refuses(batch, "Market.InvalidParams");
	});
}

function money(bench: Bench): void {
	const { actors, calls } = bench.session;
	const { bank, dave } = actors;

	test("a receipt of the bank that was used before", async () => {
		const receipt = digest(`end-to-end receipt ${bench.year} ${Date.now()}`);
		const mint = (): Promise<Outcome> => bench.send(bank, calls.mint(dave.address, 100n, receipt));
		assert.equal((await mint()).error, undefined);
		await bench.refuses(mint(), "Settlement.ReceiptUsed");
	});

	test("tokens made by anybody but the bank", async () => {
		const mint = calls.mint(dave.address, 100n, digest("forged"));
		await bench.refuses(bench.send(dave, mint), "Participants.RoleMissing");
	});
}

function detours(bench: Bench): void {
	const { actors, calls } = bench.session;
	const { authority, dave } = actors;

	test("transfers that go round the rules, of money and of allowances", async () => {
		const transfer = calls.other("balances", "transferKeepAlive", authority.address, 1n);
		const allowances = calls.other("assets", "transfer", bench.year, authority.address, 1n);
		await bench.refuses(bench.send(dave, transfer), "System.CallFiltered");
		await bench.refuses(bench.send(dave, allowances), "System.CallFiltered");
		await bench.refuses(bench.send(dave, calls.other("utility", "batch", [transfer])), "System.CallFiltered");
	});

	test("the break-glass key handed on without a record", async () => {
		const handOn = calls.other("sudo", "setKey", authority.address);
		await bench.refuses(bench.send(actors.regulator, handOn), "System.CallFiltered");
	});

	test("session keys that are taken out", async () => {
		await bench.refuses(bench.send(dave, calls.other("session", "purgeKeys")), "System.CallFiltered");
	});
}
