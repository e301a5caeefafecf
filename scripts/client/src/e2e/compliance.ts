/** A compliance period over the public API: allocation, reports, offset credits, surrender, closing, certificates. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { print } from "../certificates/print.js";
import { type Ledger, ledgerOf, type Query, readCertificate } from "../certificates/read.js";
import { digest } from "../chain/accounts.js";
import { type Call, CHINA_RULES } from "../chain/calls.js";
import { type ProjectDetails, PROJECT_KINDS, type Reductions } from "../chain/calls/offsets.js";
import type { Obligation } from "../chain/records.js";
import { Storage } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { ChainError } from "../errors.js";
import { asNumber } from "../json.js";
import { act, close, closeEarlier, done, eventData, openPeriod, type Session } from "./session.js";
import { refuses } from "./snapshot.js";

const CAP = 10_000n;
/** Verified emissions of the entity, and those that the regulator enters for the one that does not report. */
const EMISSIONS = 2_000n;
const ESTIMATE = 10n;
/** Emissions of the year before, of which 70 % are pre-allocated; what it is entitled to after all. */
const BASE = 1_000n;
const PRE_ALLOCATED = 700n;
const ENTITLEMENT = 1_960n;
/** 5 % of the emissions. */
const OFFSETS_MAX = 100n;
const REDUCTIONS = 200n;
/** The ten tonnes five times at the price that the rules name where nothing was traded, CNY 100. */
const FINE = 500_000n;
/** What each account has for fees, in fen. */
const FEES = 100_000n;
/** Benchmarks of the power sector in 1/10,000 t. */
const BENCHMARKS = {
	coalLarge: 7_910,
	coalSmall: 8_049,
	coalUnconventional: 8_244,
	gas: 3_288,
	heatCoal: 1_033,
	heatGas: 533,
};
/** The year 2024, in days since 1 January 1970. */
const [FROM, TO] = [19_723, 20_088];
/** Blocks in which one that is made becomes final at the latest. */
const FINAL_WITHIN = 20;

export function compliance(session: Session): void {
	describe("a compliance period", () => {
		const cycle = new Cycle(session);
		before(() => cycle.open());
		preAllocation(cycle);
		report(cycle);
		trueUp(cycle);
		project(cycle);
		series(cycle);
		surrender(cycle);
		deadline(cycle);
		afterwards(cycle);
		certificates(cycle);
	});
}

/** Two years, and who takes part in them: accounts that are made for this run. */
class Cycle {
	year = 0;
	/** Covered entities: one that complies, and one that does nothing. */
	readonly entity: KeyringPair;
	readonly idle: KeyringPair;
	/** Owner of an offset project. */
	readonly owner: KeyringPair;
	/** The project, its report, and the series that is issued for it. */
	project = -1;
	report = -1;
	asset = -1;
	/** What the owner has of the series. */
	credits = 0n;
	/** Records of which there are certificates. */
	readonly queries: Query[] = [];
	/** Of this run. */
	private readonly stamp = Date.now();

	constructor(readonly session: Session) {
		const named = (name: string) => session.actors.named(`compliance/${name}/${this.stamp}`);
		[this.entity, this.idle, this.owner] = [named("entity"), named("idle"), named("owner")];
	}

	async open(): Promise<void> {
		const { session, entity, idle, owner } = this;
		const { actors, calls } = session;
		// A year closes after those before it only.
		await closeEarlier(session, 0);
		const admit = (pair: KeyringPair, role: "CoveredEntity" | "ResourceHolder") =>
			calls.admit(pair.address, [role], digest(`documents of ${pair.address}`));
		this.year = await openPeriod(session, CAP, CHINA_RULES, (year) => [
			admit(entity, "CoveredEntity"),
			admit(idle, "CoveredEntity"),
			admit(owner, "ResourceHolder"),
			calls.enrol(year, [entity.address, idle.address]),
		]);
		await openPeriod(session, CAP, CHINA_RULES, () => []);
		for (const { address } of [entity, idle, owner]) {
			await done(session, actors.bank, calls.mint(address, FEES, digest(`fees of ${address}`)));
		}
	}

	get details(): ProjectDetails {
		return {
			kind: PROJECT_KINDS[0],
			methodology: "CCER-14-001-V01",
			registryRef: `E2E-${this.stamp}`,
			documents: [digest("design document")],
			insideEts: false,
		};
	}

	get reductions(): Reductions {
		const registryRef = `E2E-${this.stamp}-2024`;
		return { from: FROM, to: TO, tonnes: REDUCTIONS, digest: digest("monitoring report"), registryRef };
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

	/** `call` of `signer` fails with `error` and changes nothing. */
	refuses(signer: KeyringPair, call: Call, error: string): Promise<void> {
		const outcome = this.session.submitter.attempt({ label: act(call).label, signer, call });
		return refuses(this.session.connection, outcome, error);
	}

	/** `call` as an act of the regulator fails with `error` and changes nothing. */
	refusesAct(call: Call, error: string): Promise<void> {
		return refuses(this.session.connection, this.session.office.attempt(act(call)), error);
	}

	storage(): Promise<Storage> {
		return Storage.open(this.session.connection.api);
	}

	async obligation(of: KeyringPair): Promise<Obligation> {
		const found = await (await this.storage()).obligation(this.year, of.address);
		assert.ok(found !== undefined);
		return found;
	}

	async balance(asset: number, of: KeyringPair): Promise<bigint> {
		return (await (await this.storage()).assetAccounts(asset)).get(of.address) ?? 0n;
	}

	/** `call` is done, and there will be a certificate of the record that it leaves. */
	async record(signer: KeyringPair, call: Call, kind: Query["kind"]): Promise<void> {
		const { section } = call.method;
		const event = eventData(await this.done(signer, call), section, kind === "surrender" ? "Surrendered" : "Cancelled");
		this.queries.push({ kind, id: BigInt(String(event["id"])) });
	}
}

function preAllocation(cycle: Cycle): void {
	const { session, entity } = cycle;
	const { allocation } = session.calls;

	test("a part of last year's emissions is pre-allocated, once", async () => {
		const list = [{ entity: entity.address, base: BASE }];
		await cycle.decide(allocation.preAllocate(cycle.year, list));
		assert.equal((await cycle.obligation(entity)).allocated, PRE_ALLOCATED);
		assert.equal(await cycle.balance(cycle.year, entity), PRE_ALLOCATED);
		await cycle.refusesAct(allocation.preAllocate(cycle.year, list), "Allocation.AlreadyPreAllocated");
	});
}

function report(cycle: Cycle): void {
	const { session, entity, idle, owner } = cycle;
	const { actors, calls } = session;
	const { dave, verifier } = actors;
	const reporting = (tonnes: bigint) => calls.reportEmissions(cycle.year, tonnes, digest(`report of ${tonnes} t`));
	const verifying = (tonnes: bigint) => calls.verifyReport(cycle.year, entity.address, tonnes);

	test("nobody reports who has no obligation", async () => {
		await cycle.refuses(owner, reporting(EMISSIONS), "Participants.RoleMissing");
		await cycle.refuses(dave, reporting(EMISSIONS), "Allowance.NotEnrolled");
	});

	test("a report of another entity is not verified by mistake", async () => {
		const call = calls.verifyReport(cycle.year, idle.address, EMISSIONS);
		await cycle.refuses(verifier, call, "Allowance.ReportNotFound");
	});

	test("a verified report is corrected after the regulator has opened it again", async () => {
		await cycle.done(entity, reporting(EMISSIONS - 1n));
		await cycle.done(verifier, verifying(EMISSIONS - 1n));
		await cycle.refuses(entity, reporting(EMISSIONS), "Allowance.ReportLocked");
		await cycle.decide(calls.reopenReport(cycle.year, entity.address, digest("a meter was read wrongly")));
		await cycle.done(entity, reporting(EMISSIONS));
	});

	test("verifier and regulator confirm the number that was reported, and no other", async () => {
		await cycle.refuses(verifier, verifying(EMISSIONS - 1n), "Allowance.ReportMismatch");
		await cycle.done(verifier, verifying(EMISSIONS));
		await cycle.decide(calls.confirmReports(cycle.year, [[entity.address, EMISSIONS]]));
		const { emissions, corrections, verifier: by } = await cycle.obligation(entity);
		assert.deepEqual([emissions, corrections, by], [EMISSIONS, 1, verifier.address]);
	});
}

function trueUp(cycle: Cycle): void {
	const { session, entity } = cycle;
	const { allocation } = session.calls;

	test("the true-up issues what is missing to the entitlement", async () => {
		const register = allocation.registerInstallation(entity.address, "Direct", digest(`plant of ${entity.address}`));
		const registered = eventData(await cycle.decide(register), "allocation", "InstallationRegistered");
		const installation = asNumber(registered["installation"]?.toJSON());
		const activity = { Direct: ENTITLEMENT };
		await cycle.decide(allocation.setBenchmarks(cycle.year, BENCHMARKS));
		await cycle.decide(allocation.enterActivity(installation, cycle.year, activity, 0n, digest("data of the plant")));
		await cycle.decide(allocation.trueUp(cycle.year, [entity.address]));
		assert.equal((await cycle.obligation(entity)).allocated, ENTITLEMENT);
		assert.equal(await cycle.balance(cycle.year, entity), ENTITLEMENT);
		await cycle.refusesAct(allocation.trueUp(cycle.year, [entity.address]), "Allocation.AlreadySettled");
	});
}

function project(cycle: Cycle): void {
	const { session, owner } = cycle;
	const { offsets } = session.calls;

	test("a project is handed in, reviewed and registered, and its reference is taken for good", async () => {
		const submitted = await cycle.done(owner, offsets.registerProject(cycle.details));
		cycle.project = asNumber(eventData(submitted, "offsets", "ProjectSubmitted")["project"]?.toJSON());
		const decision = { Register: { insideEts: false } };
		await cycle.decide(offsets.decideProject(cycle.project, 0, decision, digest("the review")));
		assert.equal((await (await cycle.storage()).project(cycle.project))?.state, "Registered");
		await cycle.refuses(owner, offsets.registerProject(cycle.details), "Offsets.ReferenceUsed");
	});
}

function series(cycle: Cycle): void {
	const { session, entity, owner } = cycle;
	const { actors, calls } = session;
	const { offsets } = calls;

	test("verified reductions become a series, a part of which is kept as a buffer", async () => {
		const reported = await cycle.done(owner, offsets.reportReductions(cycle.project, cycle.reductions));
		cycle.report = asNumber(eventData(reported, "offsets", "ReductionsReported")["report"]?.toJSON());
		await cycle.refusesAct(offsets.issueSeries(cycle.report), "Offsets.ReportNotVerified");
		const verify = offsets.verifyReductions(cycle.report, REDUCTIONS, cycle.reductions.digest);
		await cycle.done(actors.verifier, verify);
		const issued = eventData(await cycle.decide(offsets.issueSeries(cycle.report)), "offsets", "SeriesIssued");
		cycle.asset = asNumber(issued["asset"]?.toJSON());
		const record = await (await cycle.storage()).series(cycle.asset);
		assert.ok(record !== undefined);
		assert.deepEqual([record.issued, record.vintage], [REDUCTIONS, 2_024]);
		cycle.credits = REDUCTIONS - record.buffered;
		assert.equal(await cycle.balance(cycle.asset, owner), cycle.credits);
	});

	test("the same reductions are issued once", async () => {
		await cycle.refusesAct(offsets.issueSeries(cycle.report), "Offsets.ReportNotVerified");
		const again = { ...cycle.reductions, from: TO + 1, to: TO + 2 };
		await cycle.refuses(owner, offsets.reportReductions(cycle.project, again), "Offsets.ReferenceUsed");
		const overlap = { ...cycle.reductions, registryRef: `${cycle.reductions.registryRef}-2` };
		await cycle.refuses(owner, offsets.reportReductions(cycle.project, overlap), "Offsets.PeriodOverlaps");
	});

	test("credits change hands outside of the market with a legal basis only", async () => {
		const half = OFFSETS_MAX / 2n;
		const { asset } = cycle;
		await cycle.refuses(owner, calls.transfer(asset, entity.address, half), "Allowance.NotOwnAccounts");
		const basis = digest("a judgment");
		await cycle.decide(calls.transferWithBasis(asset, owner.address, entity.address, half, basis));
		cycle.credits -= half;
		assert.deepEqual(
			[await cycle.balance(asset, owner), await cycle.balance(asset, entity)],
			[cycle.credits, half],
		);
	});
}

function surrender(cycle: Cycle): void {
	const { session, entity, owner } = cycle;
	const { calls } = session;
	const surrendering = (asset: number, tonnes: bigint) =>
		calls.surrender(cycle.year, entity.address, asset, tonnes);

	test("a later vintage, and more than is held, are not accepted", async () => {
		await cycle.refuses(entity, surrendering(cycle.year + 1, 1n), "Allowance.VintageNotUsable");
		const tooMany = surrendering(cycle.year, ENTITLEMENT + 1n);
		await cycle.refuses(entity, tooMany, "Allowance.InsufficientAllowances");
	});

	test("offset credits cover 5 % of the emissions, also those that another one supplies, and not a tonne more", async () => {
		await cycle.record(entity, surrendering(cycle.asset, OFFSETS_MAX / 2n), "surrender");
		await cycle.record(owner, surrendering(cycle.asset, OFFSETS_MAX / 2n), "surrender");
		cycle.credits -= OFFSETS_MAX / 2n;
		await cycle.refuses(owner, surrendering(cycle.asset, 1n), "Allowance.OffsetCapExceeded");
	});

	test("allowances cover the rest", async () => {
		await cycle.record(entity, surrendering(cycle.year, EMISSIONS - OFFSETS_MAX), "surrender");
		const { surrendered, offsets } = await cycle.obligation(entity);
		assert.deepEqual([surrendered, offsets], [EMISSIONS, OFFSETS_MAX]);
	});
}

function deadline(cycle: Cycle): void {
	const { session, entity, idle } = cycle;
	const { calls } = session;

	test("an officer moves the period on, and its rules stay", async () => {
		await cycle.decide(calls.advancePeriod(cycle.year));
		const period = await (await cycle.storage()).period(cycle.year);
		assert.deepEqual([period?.phase, period?.rules], ["Surrendering", CHINA_RULES]);
		const rules = calls.setRules(cycle.year, { ...CHINA_RULES, borrowing: true }, period?.timeline ?? assert.fail());
		await cycle.refusesAct(rules, "Allowance.RulesFixed");
		await cycle.refuses(entity, calls.carryOver(cycle.year, 1n), "Allowance.PeriodNotClosed");
	});

	test("each entity has its status when the period has closed", async () => {
		await close(session, cycle.year);
		const [one, other] = [await cycle.obligation(entity), await cycle.obligation(idle)];
		assert.deepEqual([one.status, one.shortfall, one.fine], ["A", 0n, 0n]);
		assert.deepEqual([other.status, other.shortfall, other.fine], ["C", 0n, 0n]);
		const period = await (await cycle.storage()).period(cycle.year);
		assert.deepEqual(period?.finePrice, { price: 10_000n, basis: "Fallback" });
		const late = calls.surrender(cycle.year, entity.address, cycle.year, 1n);
		await cycle.refuses(entity, late, "Allowance.PeriodNotOpen");
	});
}

function afterwards(cycle: Cycle): void {
	const { session, entity, idle } = cycle;
	const { calls } = session;

	test("emissions that nobody reported are entered by the regulator, and what is missing is fined", async () => {
		const determine = calls.determineEmissions(cycle.year, idle.address, ESTIMATE, digest("an estimate"));
		await cycle.decide(determine);
		const { status, shortfall, fine } = await cycle.obligation(idle);
		assert.deepEqual([status, shortfall, fine], ["C", ESTIMATE, FINE]);
		await cycle.refusesAct(determine, "Allowance.EmissionsKnown");
	});

	test("who has complied carries over what is left, and nobody else does", async () => {
		const next = cycle.year + 1;
		const left = ENTITLEMENT - (EMISSIONS - OFFSETS_MAX);
		await cycle.refuses(idle, calls.carryOver(cycle.year, left), "Allowance.NotCompliant");
		await cycle.done(entity, calls.carryOver(cycle.year, left));
		assert.deepEqual([await cycle.balance(cycle.year, entity), await cycle.balance(next, entity)], [0n, left]);
		const supplies = await (await cycle.storage()).supplies();
		assert.deepEqual([supplies.get(cycle.year)?.carriedOut, supplies.get(next)?.carriedIn], [left, left]);
	});

	test("the chain's own invariants hold", async () => {
		const broken = (await (await cycle.storage()).invariants()).filter(({ violation }) => violation !== undefined);
		assert.deepEqual(broken, []);
	});
}

function certificates(cycle: Cycle): void {
	const { session, entity, owner } = cycle;
	const { calls, connection, watcher } = session;
	const ledger: Ledger = ledgerOf(connection);

	test("what was cancelled is on record", async () => {
		const reason = digest("for the climate");
		await cycle.record(entity, calls.cancel(cycle.year + 1, 3n, "A river, 河", reason), "cancellation");
		await cycle.record(owner, calls.offsets.cancel(cycle.asset, 2n, "", reason), "offset-cancellation");
		const last = (await connection.api.rpc.chain.getHeader()).number.toNumber();
		for (let waited = 0; (await ledger.finalised()).number < last; waited += 1) {
			assert.ok(waited < FINAL_WITHIN, `block ${last} is not final`);
			await watcher.nextBlock();
		}
	});

	test("each record has a certificate, and the same one whoever reads it at a block", async () => {
		const { hash } = await ledger.finalised();
		const printed: string[] = [];
		for (const query of cycle.queries) {
			const certificate = await readCertificate(ledger, query, hash);
			assert.equal(certificate.madeIn.hash, await ledger.hashOf(certificate.madeIn.number));
			printed.push(print(certificate, "text"));
			for (const format of ["text", "json"] as const) {
				assert.equal(print(await readCertificate(ledger, query, hash), format), print(certificate, format));
			}
		}
		const { year, asset, details } = cycle;
		for (const [at, words] of [
			[0, [`series ${asset}`, "kind Forest", details.registryRef, details.methodology, "50 t", entity.address]],
			[1, [owner.address, `${entity.address} for the year ${year}`, "confirmed emissions 2,000 t"]],
			[2, [`allowances of vintage ${year}`, "1,900 t", "status A", ledger.genesis]],
			[3, [`allowances of vintage ${year + 1}`, '"A river, 河"', digest("for the climate")]],
			[4, [`series ${asset}`, "the holder itself"]],
		] as const) {
			for (const each of words) assert.ok(printed[at]?.includes(each), `${each} in ${printed[at]}`);
		}
	});

	test("there is none of what never was", async () => {
		const never = { kind: "surrender", id: 2n ** 63n } as const;
		await assert.rejects(readCertificate(ledger, never), ChainError);
	});
}
