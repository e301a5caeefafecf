/** Plays one year of registry tables through the chain, from admission to assessment. */
import type { KeyringPair } from "@polkadot/keyring/types";
import { type Actors, actors, digest } from "./chain/accounts.js";
import { type Call, Calls, type Funds } from "./chain/calls.js";
import { type Connection, sleep } from "./chain/connect.js";
import { batchSize, chunks, feeOf } from "./chain/cost.js";
import { type Act, Office } from "./chain/office.js";
import { type Obligation, Storage, type TradingAccount } from "./chain/storage.js";
import { type Job, Submitter } from "./chain/submit.js";
import { checkTrail, type Trail } from "./chain/trail.js";
import { BlockWatcher, type Outcome } from "./chain/watch.js";
import { type CheckResult, checkAuditTrail, checkObligations, conservation, type Earlier } from "./checks.js";
import { type Comparison, compare } from "./compare.js";
import { ChainError } from "./errors.js";
import { asNumber } from "./json.js";
import { authorityOrders, buyLimit, MARKET, type Order, REFERENCE, sellOrders, split } from "./market.js";
import { enrolled, type OperatorPlan, type Plan, sum } from "./plan.js";
import type { Progress } from "./progress.js";

/** What the chain has on record at the end. Tonnes. */
export interface Recorded {
	/** Operators of the table that are admitted. */
	readonly admitted: number;
	readonly enrolled: number;
	readonly excluded: number;
	/** Confirmed. */
	readonly emissions: bigint;
	readonly allocated: bigint;
	/** Allocated and issued for sale. */
	readonly issued: bigint;
	readonly surrendered: bigint;
}

/** What was done and what came out. Tonnes and fen. */
export interface ReplayResult {
	readonly plan: Plan;
	readonly recorded: Recorded;
	/** By operators that have too much. */
	readonly offered: bigint;
	readonly trades: number;
	readonly traded: bigint;
	readonly value: bigint;
	readonly comparison: Comparison;
	/** What the regulator's acts have left on record. */
	readonly trail: Trail;
	readonly checks: readonly CheckResult[];
	/** The finalised block that all figures of the chain were read at. */
	readonly block: { readonly number: number; readonly hash: string };
	readonly extrinsics: number;
	readonly seconds: number;
}

/** Keys that are derived at one go. */
const KEYS_AT_ONCE = 100;
/** Blocks that an assessment may take beyond one for each operator. */
const ASSESSMENT_BLOCKS_MARGIN = 10;
/** A buy order fills a bounded number of orders; what is left is ordered again, at most this often. */
const BUY_ROUNDS_MAX = 40;
/** Extrinsics that an operator sends besides its orders: report, two deposits, two withdrawals, surrender, and spare. */
const OTHER_EXTRINSICS = 12n;
/** Fees are paid for this many times over, so that a change in the fee while the replay runs does no harm. */
const FEE_MARGIN = 2n;
const FINALITY_TIMEOUT_MS = 60_000;
/** What the regulator's acts rest on: the UK's Greenhouse Gas Emissions Trading Scheme Order 2020. */
const BASIS = "SI 2020/1265 (GHG Emissions Trading Scheme Order 2020)";

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
		await checkReady(connection, everybody, plan.year);
		watcher = await BlockWatcher.start(connection);
		return await new Replay(connection, everybody, plan, progress, watcher).run();
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		watcher?.close();
		console.error = error;
	}
}

/** Refuse before anything is sent what cannot end well. */
async function checkReady({ api }: Connection, everybody: Actors, year: number): Promise<void> {
	const storage = await Storage.open(api);
	const years = await storage.years();
	if (years.includes(year)) {
		throw new ChainError(
			`The chain already has a compliance period ${year}; start a fresh chain to replay it again.`,
		);
	}
	const last = years.at(-1);
	if (last !== undefined && year !== last + 1) {
		throw new ChainError(
			`The chain's last compliance period is ${last}, which only ${last + 1} can follow; start a fresh chain to replay ${year}.`,
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
	private readonly calls: Calls;
	private readonly submitter: Submitter;
	private readonly office: Office;
	private readonly participants: readonly OperatorPlan[];
	/** Entries that one list of a call may have. */
	private readonly listMax: number;
	private trades = 0;

	constructor(
		private readonly connection: Connection,
		private readonly actors: Actors,
		private readonly plan: Plan,
		private readonly progress: Progress,
		private readonly watcher: BlockWatcher,
	) {
		this.calls = new Calls(connection.api);
		this.submitter = new Submitter(connection, watcher);
		this.office = new Office(connection, this.calls, this.submitter, {
			first: actors.regulator,
			second: actors.supervisor,
		});
		this.participants = enrolled(plan);
		this.listMax = asNumber(connection.api.consts["allowance"]?.["maxBatch"]?.toJSON());
	}

	async run(): Promise<ReplayResult> {
		const { plan } = this;
		await this.deriveKeys();
		await this.admit();
		await this.fund();
		await this.openAndAllocate();
		await this.report();
		await this.verifyAndConfirm();
		const offered = await this.offer();
		const { traded, value } = await this.buy();
		await this.withdraw();
		await this.surrender();
		await this.close();
		const block = await this.finality();
		const storage = await Storage.open(this.connection.api, block.hash);
		const obligations = await this.obligations(storage, plan.year);
		const statuses = new Map([...obligations].map(([id, { status }]) => [id, status]));
		const trail = checkTrail(await storage.records(), this.office.acts);
		return {
			plan,
			recorded: await this.recorded(storage, obligations),
			offered,
			trades: this.trades,
			traded,
			value,
			comparison: compare(plan, statuses),
			trail,
			checks: [
				...checkObligations(plan, obligations, await this.earlier(storage)),
				...(await conservation(this.connection.api, storage, plan.year)),
				checkAuditTrail(plan.year, trail),
			],
			block,
			extrinsics: this.submitter.included,
			seconds: (this.submitter.lastAt - (this.submitter.firstAt ?? this.submitter.lastAt)) / 1_000,
		};
	}

	/** Obligations of a year by operator, or by account where it is no operator's of this table. */
	private async obligations(storage: Storage, year: number): Promise<Map<string, Obligation>> {
		const ids = new Map(this.plan.operators.map((each) => [this.address(each), each.id]));
		const byAccount = await storage.obligations(year);
		return new Map([...byAccount].map(([account, each]) => [ids.get(account) ?? account, each]));
	}

	private async recorded(storage: Storage, obligations: ReadonlyMap<string, Obligation>): Promise<Recorded> {
		const admitted = await storage.participants();
		const supply = (await storage.supplies()).get(this.plan.year);
		const all = [...obligations.values()];
		return {
			admitted: this.plan.operators.filter((each) => admitted.has(this.address(each))).length,
			enrolled: all.length,
			excluded: all.filter((each) => each.excluded).length,
			emissions: sum(all.map((each) => each.emissions ?? 0n)),
			allocated: sum(all.map((each) => each.allocated ?? 0n)),
			issued: supply?.issued ?? 0n,
			surrendered: supply?.surrendered ?? 0n,
		};
	}

	/** What years that were replayed on this chain before have left behind. */
	private async earlier(storage: Storage): Promise<Map<string, Earlier>> {
		const totals = new Map<string, Earlier>();
		for (const year of (await storage.years()).filter((each) => each < this.plan.year)) {
			for (const [id, { emissions, surrendered }] of await this.obligations(storage, year)) {
				const before = totals.get(id) ?? { emissions: 0n, surrendered: 0n };
				totals.set(id, {
					emissions: before.emissions + (emissions ?? 0n),
					surrendered: before.surrendered + surrendered,
				});
			}
		}
		return totals;
	}

	/** Derive the keys ahead of use: it takes some milliseconds each. */
	private async deriveKeys(): Promise<void> {
		const { operators } = this.plan;
		this.progress.begin("keys of operators are derived", operators.length);
		for (const part of chunks(operators, KEYS_AT_ONCE)) {
			for (const each of part) this.key(each);
			this.progress.advance(part.length);
			// Lets blocks and answers in between.
			await sleep(0);
		}
		this.progress.end();
	}

	/** Admit every operator of the table that is not admitted yet. */
	private async admit(): Promise<void> {
		const known = await (await Storage.open(this.connection.api)).participants();
		const acts = this.plan.operators
			.filter((each) => !known.has(this.address(each)))
			.map((each) =>
				this.act(
					`the admission of operator ${each.id}`,
					this.calls.admit(this.address(each), ["CoveredEntity"], digest(`operator ${each.id}`)),
				),
			);
		await this.regulate("regulator admits operators", acts);
	}

	/** The settlement bank gives each participant what its purchases and fees need, each time against a receipt. */
	private async fund(): Promise<void> {
		const { calls, plan } = this;
		const sample = calls.placeOrder(plan.year, {
			side: "Buy",
			price: MARKET.priceMax,
			tonnes: MARKET.orderMax,
			kind: "ImmediateOrCancel",
		});
		const fee = FEE_MARGIN * (await feeOf(sample, this.actors.regulator.address));
		const mints = this.participants.map((each) => {
			const orders = BigInt(split(each.buys).length + split(each.sells).length);
			const amount = this.budget(each) + fee * (OTHER_EXTRINSICS + orders);
			return calls.mint(this.address(each), amount, digest(`receipt ${plan.year} of operator ${each.id}`));
		});
		await this.batched("settlement bank mints", "minting", mints, this.actors.bank, calls.together);
	}

	/** Open the period, enrol, exclude, allocate, issue for sale, create the market. */
	private async openAndAllocate(): Promise<void> {
		const { calls, plan } = this;
		const { year } = plan;
		const acts = [
			this.act("the period", calls.openPeriod(year, plan.cap > 0n ? plan.cap : 1n, "Cumulative")),
			this.act("the market", calls.createMarket(year, MARKET, REFERENCE)),
		];
		const addresses = (group: readonly OperatorPlan[]) => group.map((each) => this.address(each));
		for (const part of chunks(addresses(this.participants), this.listMax)) {
			acts.push(this.act("an enrolment", calls.enrol(year, part)));
		}
		const excluded = this.participants.filter((each) => each.standing === "excluded");
		for (const part of chunks(addresses(excluded), this.listMax)) {
			acts.push(this.act("an exclusion", calls.exclude(year, part)));
		}
		const allocated = this.participants.filter((each) => each.allocated > 0n);
		const allocations = allocated.map((each) => [this.address(each), each.allocated] as const);
		for (const part of chunks(allocations, this.listMax)) {
			acts.push(this.act("an allocation", calls.allocate(year, part)));
		}
		if (plan.authoritySells > 0n) {
			const { address } = this.actors.authority;
			acts.push(this.act("the issue for sale", calls.issueForSale(year, address, plan.authoritySells)));
		}
		await this.regulate("regulator opens the period, enrols and allocates", acts);
	}

	private async report(): Promise<void> {
		const { year } = this.plan;
		const jobs = this.reporting().map(([each, tonnes]) => {
			const row = JSON.stringify({ operator: each.id, year, recordedEmissions: tonnes.toString() });
			return this.job(
				`the report of operator ${each.id}`,
				this.key(each),
				this.calls.reportEmissions(year, tonnes, digest(row)),
			);
		});
		await this.phase("operators report emissions", jobs);
	}

	private async verifyAndConfirm(): Promise<void> {
		const { calls } = this;
		const { year } = this.plan;
		const reports = this.reporting().map(([each, tonnes]) => [this.address(each), tonnes] as const);
		const verifications = reports.map(([address, tonnes]) => calls.verifyReport(year, address, tonnes));
		await this.batched(
			"verifier verifies reports",
			"verification",
			verifications,
			this.actors.verifier,
			calls.together,
		);
		const acts = chunks(reports, this.listMax).map((part) =>
			this.act("a confirmation of reports", calls.confirmReports(year, part)),
		);
		await this.regulate("regulator confirms reports", acts);
	}

	/** Operators with a surplus and the authority deposit it and place their sell orders. Returns what operators offer. */
	private async offer(): Promise<bigint> {
		const orders = sellOrders(this.plan);
		const sellers = this.participants.filter((each) => orders.has(each.id));
		const jobs = sellers.flatMap((each) =>
			this.sellJobs(`operator ${each.id}`, this.key(each), each.sells, orders.get(each.id) ?? []),
		);
		if (this.plan.authoritySells > 0n) {
			jobs.push(
				...this.sellJobs(
					"the authority",
					this.actors.authority,
					this.plan.authoritySells,
					authorityOrders(this.plan),
				),
			);
		}
		this.countTrades(await this.phase("sellers deposit and place orders", jobs));
		const accounts = await this.tradingAccounts();
		// Nobody has bought yet: all that is offered is locked.
		return sum(sellers.map((each) => accounts.get(this.address(each))?.positions.get(this.plan.year)?.locked ?? 0n));
	}

	/** Operators that are short deposit cash and buy until they have what they need. */
	private async buy(): Promise<{ traded: bigint; value: bigint }> {
		const { year } = this.plan;
		const buyers = this.participants.filter((each) => each.buys > 0n);
		const limits = new Map(buyers.map((each, rank) => [each.id, buyLimit(rank)]));
		const before = await this.tradingAccounts();
		const held = (accounts: ReadonlyMap<string, TradingAccount>, each: OperatorPlan) =>
			accounts.get(this.address(each))?.positions.get(year)?.free ?? 0n;
		const cash = (accounts: ReadonlyMap<string, TradingAccount>, each: OperatorPlan) =>
			accounts.get(this.address(each))?.cashFree ?? 0n;
		const deposits = buyers.map((each) =>
			this.job(
				`the deposit of operator ${each.id}`,
				this.key(each),
				this.calls.deposit({ Cash: { amount: this.budget(each) } }),
			),
		);
		await this.phase("buyers deposit cash", deposits);

		let accounts = await this.tradingAccounts();
		for (let round = 1; ; round++) {
			const short = buyers
				.map((each) => ({ each, missing: each.buys - (held(accounts, each) - held(before, each)) }))
				.filter(({ missing }) => missing > 0n);
			if (short.length === 0) break;
			if (round > BUY_ROUNDS_MAX) {
				throw new ChainError(
					`${short.length} operators could not buy what they need in ${BUY_ROUNDS_MAX} rounds, the first being ${short[0]?.each.id}.`,
				);
			}
			const jobs = short.flatMap(({ each, missing }) =>
				split(missing).map((tonnes) => {
					const price = limits.get(each.id) ?? MARKET.priceMax;
					const call = this.calls.placeOrder(year, { side: "Buy", price, tonnes, kind: "ImmediateOrCancel" });
					return this.job(`a buy order of operator ${each.id}`, this.key(each), call);
				}),
			);
			const title = round === 1 ? "buyers place orders" : `buyers order the rest, round ${round}`;
			this.countTrades(await this.phase(title, jobs));
			accounts = await this.tradingAccounts();
		}
		const traded = sum(buyers.map((each) => held(accounts, each) - held(before, each)));
		const spent = buyers.map((each) => cash(before, each) + this.budget(each) - cash(accounts, each));
		return { traded, value: sum(spent) };
	}

	/** Everybody takes what is free back to its registry account; the authority leaves its open orders in the book. */
	private async withdraw(): Promise<void> {
		const accounts = await this.tradingAccounts();
		const traders = [
			...this.participants.map((each) => ({ label: `operator ${each.id}`, key: this.key(each) })),
			{ label: "the authority", key: this.actors.authority },
		];
		const jobs = traders.flatMap(({ label, key }) => {
			const account = accounts.get(key.address);
			if (account === undefined) return [];
			const funds: Funds[] = [];
			const tonnes = account.positions.get(this.plan.year)?.free ?? 0n;
			if (tonnes > 0n) funds.push({ Allowances: { asset: this.plan.year, tonnes } });
			if (account.cashFree > 0n) funds.push({ Cash: { amount: account.cashFree } });
			return funds.map((each) => this.job(`the withdrawal of ${label}`, key, this.calls.withdraw(each)));
		});
		await this.phase("traders withdraw to the registry", jobs);
	}

	private async surrender(): Promise<void> {
		const { year } = this.plan;
		const jobs = this.participants
			.filter((each) => each.surrenders > 0n)
			.map((each) =>
				this.job(
					`the surrender of operator ${each.id}`,
					this.key(each),
					this.calls.surrender(year, year, each.surrenders),
				),
			);
		await this.phase("operators surrender", jobs);
	}

	/** Close the period and wait until the last operator has its status. */
	private async close(): Promise<void> {
		const { year } = this.plan;
		this.progress.begin("period closes and is assessed", 1);
		await this.office.run([this.act("the close of the period", this.calls.closePeriod(year))]);
		// Even a chain that assessed one operator a block would be done by then.
		const limit = this.participants.length + ASSESSMENT_BLOCKS_MARGIN;
		let blocks = 0;
		for (; (await (await Storage.open(this.connection.api)).phase(year)) !== "Closed"; blocks++) {
			if (blocks >= limit) throw new ChainError(`The assessment of ${year} did not end within ${blocks} blocks.`);
			await this.watcher.nextBlock();
		}
		this.progress.end(`assessed within ${blocks + 1} block${blocks === 0 ? "" : "s"}`);
	}

	/** Wait until what was read is final. */
	private async finality(): Promise<{ number: number; hash: string }> {
		const { api } = this.connection;
		const target = (await api.rpc.chain.getHeader()).number.toNumber();
		const deadline = Date.now() + FINALITY_TIMEOUT_MS;
		this.progress.begin("blocks become final", 1);
		for (;;) {
			const hash = (await api.rpc.chain.getFinalizedHead()).toHex();
			const number = (await api.rpc.chain.getHeader(hash)).number.toNumber();
			if (number >= target) {
				this.progress.end(`block ${number}`);
				return { number, hash };
			}
			if (Date.now() > deadline) {
				throw new ChainError(
					`Block ${target} was not finalised within ${FINALITY_TIMEOUT_MS / 1_000} s; the chain stands at ${number}.`,
				);
			}
			await this.watcher.nextBlock();
		}
	}

	private sellJobs(label: string, key: KeyringPair, tonnes: bigint, orders: readonly Order[]): Job[] {
		const { year } = this.plan;
		const deposit = this.calls.deposit({ Allowances: { asset: year, tonnes } });
		return [
			this.job(`the deposit of ${label}`, key, deposit),
			...orders.map((order) =>
				this.job(
					`a sell order of ${label}`,
					key,
					this.calls.placeOrder(year, { side: "Sell", price: order.price, tonnes: order.tonnes }),
				),
			),
		];
	}

	/** Most that an operator's purchases can cost: all of them at the highest price. */
	private budget(operator: OperatorPlan): bigint {
		return operator.buys * MARKET.priceMax;
	}

	/** Operators with recorded emissions that are under an obligation. */
	private reporting(): [OperatorPlan, bigint][] {
		return this.participants.flatMap((each) =>
			each.standing === "obliged" && each.emissions !== undefined ? [[each, each.emissions]] : [],
		);
	}

	private countTrades(outcomes: readonly Outcome[]): void {
		for (const { events } of outcomes) {
			this.trades += events.filter(
				(event) => event.section === "market" && event.method === "OrderFilled",
			).length;
		}
	}

	private async tradingAccounts(): Promise<Map<string, TradingAccount>> {
		return (await Storage.open(this.connection.api)).tradingAccounts();
	}

	private async phase(title: string, jobs: readonly Job[]): Promise<Outcome[]> {
		if (jobs.length === 0) return [];
		this.progress.begin(title, jobs.length);
		const outcomes = await this.submitter.run(jobs, () => this.progress.advance());
		this.progress.end();
		return outcomes;
	}

	/** Let the officers carry out `acts`. */
	private async regulate(title: string, acts: readonly Act[]): Promise<void> {
		if (acts.length === 0) return;
		this.progress.begin(title, acts.length);
		await this.office.run(acts, (done) => this.progress.advance(done));
		this.progress.end();
	}

	/** Send `calls` in batches that fit a block. */
	private async batched(
		title: string,
		label: string,
		calls: readonly Call[],
		signer: KeyringPair,
		wrap: (calls: readonly Call[]) => Call,
	): Promise<void> {
		const [sample] = calls;
		if (sample === undefined) return;
		const size = await batchSize(this.connection.api, sample, signer.address, this.listMax);
		const jobs = chunks(calls, size).map((part) => this.job(label, signer, wrap(part)));
		this.progress.begin(title, calls.length);
		await this.submitter.run(jobs, () => this.progress.advance(size));
		this.progress.end();
	}

	private act(label: string, call: Call): Act {
		return { label, basis: BASIS, call };
	}

	private job(label: string, signer: KeyringPair, call: Call): Job {
		return { label, signer, call };
	}

	private key(operator: OperatorPlan): KeyringPair {
		return this.actors.operator(operator.id);
	}

	private address(operator: OperatorPlan): string {
		return this.key(operator).address;
	}
}
