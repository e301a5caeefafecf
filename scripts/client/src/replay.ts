/** Plays registry tables through the chain, year after year, from admission to assessment. */
import { type Actors, actors, digest } from "./chain/accounts.js";
import { LEVELS_WITHOUT_EFFECT } from "./chain/calls.js";
import { type Connection, sleep } from "./chain/connect.js";
import { chunks } from "./chain/cost.js";
import { type Obligation, Storage } from "./chain/storage.js";
import { checkTrail, type Trail } from "./chain/trail.js";
import { BlockWatcher } from "./chain/watch.js";
import {
	addYear,
	type CheckResult,
	checkAuditTrail,
	checkObligations,
	conservation,
	type Earlier,
} from "./checks.js";
import { type Comparison, compare } from "./compare.js";
import { Cycle } from "./cycle.js";
import { ChainError } from "./errors.js";
import { type Plan, sum } from "./plan.js";
import type { Progress } from "./progress.js";
import { Stage } from "./stage.js";
import type { MarketResult } from "./trading.js";

/** What the chain has on record of a year at the end. Tonnes. */
export interface Recorded {
	readonly enrolled: number;
	readonly excluded: number;
	/** Confirmed. */
	readonly emissions: bigint;
	/** The part of it that was entered after the deadline. */
	readonly late: bigint;
	readonly allocated: bigint;
	/** Allocated and issued for sale. */
	readonly issued: bigint;
	/** For the year, of whatever vintage. */
	readonly surrendered: bigint;
}

/** What was done in a year and what came out. */
export interface YearResult {
	readonly year: number;
	readonly recorded: Recorded;
	readonly market: MarketResult;
	readonly comparison: Comparison;
	readonly extrinsics: number;
	readonly seconds: number;
}

/** What was done in all years and what came out. */
export interface ReplayResult {
	readonly years: readonly YearResult[];
	/** Operators of the table, and those of them that are admitted. */
	readonly operators: number;
	readonly admitted: number;
	/** What the regulator's acts have left on record. */
	readonly trail: Trail;
	readonly checks: readonly CheckResult[];
	/** The finalised block that all figures of the chain were read at. */
	readonly block: { readonly number: number; readonly hash: string };
	readonly extrinsics: number;
	readonly seconds: number;
}

/** What a year took. */
interface Effort {
	readonly market: MarketResult;
	readonly extrinsics: number;
	readonly seconds: number;
}

/** Keys that are derived at one go. */
const KEYS_AT_ONCE = 100;
const FINALITY_TIMEOUT_MS = 60_000;

/** Replay `plan` on the chain behind `connection`. */
export async function replay(connection: Connection, plan: Plan, progress: Progress): Promise<ReplayResult> {
	const everybody = await actors();
	let watcher: BlockWatcher | undefined;
	// The library writes every failed request to the console. Once the connection is lost, one sentence says it all.
	const { error } = console;
	console.error = (...parts: unknown[]): void => {
		if (connection.api.isConnected) error(...parts);
	};
	try {
		await checkReady(connection, everybody);
		watcher = await BlockWatcher.start(connection);
		return await new Replay(new Stage(connection, everybody, progress, watcher), plan).run();
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		watcher?.close();
		console.error = error;
	}
}

/** Refuse before anything is sent what cannot end well. */
async function checkReady({ api }: Connection, everybody: Actors): Promise<void> {
	const storage = await Storage.open(api);
	const years = await storage.years();
	if (years.length > 0) {
		throw new ChainError(
			`The chain already has compliance periods (${years.join(", ")}); start a fresh chain for a replay.`,
		);
	}
	const officers = await storage.officers();
	for (const [name, key] of [
		["regulator", "//Alice"],
		["supervisor", "//Bob//stash"],
	] as const) {
		if (officers.get(everybody[name].address) !== "Supervisor") {
			throw new ChainError(
				`The development key ${key} is no supervisor of this chain's regulator; replay against a dev or local chain.`,
			);
		}
	}
	const participants = await storage.participants();
	for (const [name, role] of [
		["bank", "settlement bank"],
		["verifier", "verifier"],
		["authority", "seller of the authority"],
	] as const) {
		if (!participants.has(everybody[name].address)) {
			throw new ChainError(
				`The ${role} ${everybody[name].address} is not admitted on this chain; replay against a dev or local chain.`,
			);
		}
	}
}

class Replay {
	constructor(
		private readonly stage: Stage,
		private readonly plan: Plan,
	) {}

	async run(): Promise<ReplayResult> {
		const { stage, plan } = this;
		const { submitter } = stage;
		await this.deriveKeys();
		await this.admit();
		await this.leaveCreditWithoutEffect();
		const efforts: Effort[] = [];
		for (const year of plan.years) {
			const [before, startedAt] = [submitter.included, Date.now()];
			const market = await new Cycle(stage, year).run();
			const seconds = (Date.now() - startedAt) / 1_000;
			efforts.push({ market, extrinsics: submitter.included - before, seconds });
		}
		const block = await this.finality();
		const storage = await Storage.open(stage.connection.api, block.hash);
		const admitted = await storage.participants();
		const trail = checkTrail(await storage.records(), stage.office.acts);
		const { years, checks } = await this.outcome(storage, efforts);
		return {
			years,
			operators: plan.operators.length,
			admitted: plan.operators.filter((each) => admitted.has(stage.address(each))).length,
			trail,
			checks: [
				...checks,
				...(await conservation(
					stage.connection.api,
					storage,
					plan.years.map(({ year }) => year),
				)),
				checkAuditTrail(trail),
			],
			block,
			extrinsics: submitter.included,
			seconds: (submitter.lastAt - (submitter.firstAt ?? submitter.lastAt)) / 1_000,
		};
	}

	/** Each year's records against the plan, the rule and the published statuses. */
	private async outcome(
		storage: Storage,
		efforts: readonly Effort[],
	): Promise<{ years: YearResult[]; checks: CheckResult[] }> {
		const years: YearResult[] = [];
		const checks: CheckResult[] = [];
		let earlier: ReadonlyMap<string, Earlier> = new Map();
		for (const [n, effort] of efforts.entries()) {
			const plan = this.plan.years[n];
			if (plan === undefined) break;
			const obligations = await this.obligations(storage, plan.year);
			const statuses = new Map([...obligations].map(([id, { status }]) => [id, status]));
			checks.push(...checkObligations(plan, obligations, earlier));
			earlier = addYear(earlier, obligations);
			const recorded = await this.recorded(storage, plan.year, [...obligations.values()]);
			years.push({ year: plan.year, recorded, comparison: compare(plan, statuses), ...effort });
		}
		return { years, checks };
	}

	/** Obligations of a year by operator, or by account where it is no operator's of this table. */
	private async obligations(storage: Storage, year: number): Promise<Map<string, Obligation>> {
		const ids = new Map(this.plan.operators.map((id) => [this.stage.address(id), id]));
		const byAccount = await storage.obligations(year);
		return new Map([...byAccount].map(([account, each]) => [ids.get(account) ?? account, each]));
	}

	private async recorded(storage: Storage, year: number, all: readonly Obligation[]): Promise<Recorded> {
		const issued = (await storage.supplies()).get(year)?.issued ?? 0n;
		const entered = (group: readonly Obligation[]) => sum(group.map((each) => each.emissions ?? 0n));
		return {
			enrolled: all.length,
			excluded: all.filter((each) => each.excluded).length,
			emissions: entered(all),
			late: entered(all.filter((each) => each.report?.late === true)),
			allocated: sum(all.map((each) => each.allocated ?? 0n)),
			issued,
			surrendered: sum(all.map((each) => each.surrendered)),
		};
	}

	/** Derive the keys ahead of use: it takes some milliseconds each. */
	private async deriveKeys(): Promise<void> {
		const { stage, plan } = this;
		stage.progress.begin("keys of operators are derived", plan.operators.length);
		for (const part of chunks(plan.operators, KEYS_AT_ONCE)) {
			for (const each of part) stage.key(each);
			stage.progress.advance(part.length);
			// Lets blocks and answers in between.
			await sleep(0);
		}
		stage.progress.end();
	}

	/** Admit every operator of the table that is not admitted yet. */
	private async admit(): Promise<void> {
		const { stage, plan } = this;
		const known = await (await stage.storage()).participants();
		const acts = plan.operators
			.filter((each) => !known.has(stage.address(each)))
			.map((each) =>
				stage.act(
					`the admission of operator ${each}`,
					stage.calls.admit(stage.address(each), ["CoveredEntity"], digest(`operator ${each}`)),
				),
			);
		await stage.regulate("regulator admits operators", acts);
	}

	/**
	 * The registry's scheme knows no credit. Scores are computed all the same, but nobody's orders are limited, and no report has to wait
	 * some days for its confirmation.
	 */
	private async leaveCreditWithoutEffect(): Promise<void> {
		const { stage } = this;
		const act = stage.act("levels of credit without effect", stage.calls.setLevels(LEVELS_WITHOUT_EFFECT));
		await stage.regulate("regulator sets levels of credit that change nothing", [act]);
	}

	/** Wait until what was read is final. */
	private async finality(): Promise<{ number: number; hash: string }> {
		const { connection, progress, watcher } = this.stage;
		const { api } = connection;
		const target = (await api.rpc.chain.getHeader()).number.toNumber();
		const deadline = Date.now() + FINALITY_TIMEOUT_MS;
		progress.begin("blocks become final", 1);
		for (;;) {
			const hash = (await api.rpc.chain.getFinalizedHead()).toHex();
			const number = (await api.rpc.chain.getHeader(hash)).number.toNumber();
			if (number >= target) {
				progress.end(`block ${number}`);
				return { number, hash };
			}
			if (Date.now() > deadline) {
				throw new ChainError(
					`Block ${target} was not finalised within ${FINALITY_TIMEOUT_MS / 1_000} s; the chain stands at ${number}.`,
				);
			}
			await watcher.nextBlock();
		}
	}
}
