/** One compliance year on the chain, from the opening of the period to the status of the last operator. */
import { digest } from "./chain/accounts.js";
import { ALWAYS_OPEN, UK_RULES } from "./chain/calls.js";
import { chunks, feeOf } from "./chain/cost.js";
import { ChainError } from "./errors.js";
import { MARKET, REFERENCE, split } from "./market.js";
import { enrolled, type OperatorPlan, type YearPlan } from "./plan.js";
import type { Stage } from "./stage.js";
import { budget, type MarketResult, Trading } from "./trading.js";

/** Blocks that an assessment may take beyond one for each operator. */
const ASSESSMENT_BLOCKS_MARGIN = 10;
/** Extrinsics that an operator sends besides its orders and surrenders: report, two deposits, two withdrawals, and spare. */
const OTHER_EXTRINSICS = 11;
/** Fees are paid for this many times over, so that a change in the fee while the replay runs does no harm. */
const FEE_MARGIN = 2n;

export class Cycle {
	private readonly year: number;
	private readonly participants: readonly OperatorPlan[];

	constructor(
		private readonly stage: Stage,
		private readonly plan: YearPlan,
	) {
		this.year = plan.year;
		this.participants = enrolled(plan);
	}

	/** Play the year; what was traded in it. */
	async run(): Promise<MarketResult> {
		await this.fund();
		await this.openAndAllocate();
		await this.report();
		await this.verifyAndConfirm();
		const market = await new Trading(this.stage, this.plan).run();
		await this.surrender();
		await this.close();
		await this.enterLate();
		return market;
	}

	/** The settlement bank gives each participant what its purchases and fees need, each time against a receipt. */
	private async fund(): Promise<void> {
		const { stage, year } = this;
		const { calls, actors } = stage;
		const sample = calls.placeOrder(year, {
			side: "Buy",
			price: MARKET.priceMax,
			tonnes: MARKET.orderMax,
			kind: "ImmediateOrCancel",
		});
		const fee = FEE_MARGIN * (await feeOf(sample, actors.regulator.address));
		const mints = this.participants.map((each) => {
			const extrinsics =
				OTHER_EXTRINSICS + split(each.buys).length + split(each.sells).length + each.handsIn.length;
			const amount = budget(each) + fee * BigInt(extrinsics);
			return calls.mint(stage.address(each.id), amount, digest(`receipt ${year} of operator ${each.id}`));
		});
		await stage.batched(`${year}: settlement bank mints`, "minting", mints, actors.bank);
	}

	/** Open the period, enrol, exclude, allocate, issue for sale, create the market. */
	private async openAndAllocate(): Promise<void> {
		const { stage, year, plan } = this;
		const { calls, listMax } = stage;
		const acts = [
			stage.act(`the period ${year}`, calls.openPeriod(year, plan.cap > 0n ? plan.cap : 1n, UK_RULES, ALWAYS_OPEN)),
			stage.act(`the market ${year}`, calls.createMarket(year, MARKET, REFERENCE)),
		];
		const addresses = (group: readonly OperatorPlan[]) => group.map((each) => stage.address(each.id));
		for (const part of chunks(addresses(this.participants), listMax)) {
			acts.push(stage.act(`an enrolment of ${year}`, calls.enrol(year, part)));
		}
		const excluded = this.participants.filter((each) => each.standing !== "obliged");
		for (const part of chunks(addresses(excluded), listMax)) {
			acts.push(stage.act(`an exclusion of ${year}`, calls.exclude(year, part)));
		}
		const allocated = this.participants.filter((each) => each.allocated > 0n);
		const allocations = allocated.map((each) => [stage.address(each.id), each.allocated] as const);
		for (const part of chunks(allocations, listMax)) {
			acts.push(stage.act(`an allocation of ${year}`, calls.allocate(year, part)));
		}
		if (plan.authoritySells > 0n) {
			const { address } = stage.actors.authority;
			acts.push(stage.act(`the issue of ${year} for sale`, calls.issueForSale(year, address, plan.authoritySells)));
		}
		await stage.regulate(`${year}: regulator opens the period, enrols and allocates`, acts);
	}

	/** Operators whose emissions are entered in time, and how much. */
	private reporting(): [OperatorPlan, bigint][] {
		return this.participants.flatMap((each) => (each.emissions === undefined ? [] : [[each, each.emissions]]));
	}

	private async report(): Promise<void> {
		const { stage, year } = this;
		const jobs = this.reporting().map(([each, tonnes]) => {
			const row = JSON.stringify({ operator: each.id, year, recordedEmissions: tonnes.toString() });
			return stage.job(
				`the report of operator ${each.id}`,
				stage.key(each.id),
				stage.calls.reportEmissions(year, tonnes, digest(row)),
			);
		});
		await stage.phase(`${year}: operators report emissions`, jobs);
	}

	private async verifyAndConfirm(): Promise<void> {
		const { stage, year } = this;
		const { calls, actors } = stage;
		const reports = this.reporting().map(([each, tonnes]) => [stage.address(each.id), tonnes] as const);
		const verifications = reports.map(([address, tonnes]) => calls.verifyReport(year, address, tonnes));
		await stage.batched(`${year}: verifier verifies reports`, "verification", verifications, actors.verifier);
		const acts = chunks(reports, stage.listMax).map((part) =>
			stage.act(`a confirmation of reports of ${year}`, calls.confirmReports(year, part)),
		);
		await stage.regulate(`${year}: regulator confirms reports`, acts);
	}

	/** Everybody hands in what it does in time, each vintage by itself. */
	private async surrender(): Promise<void> {
		const { stage, year } = this;
		const jobs = this.participants.flatMap((each) =>
			each.handsIn.map(({ vintage, tonnes }) =>
				stage.job(
					`the surrender of operator ${each.id}`,
					stage.key(each.id),
					stage.calls.surrender(year, stage.address(each.id), vintage, tonnes),
				),
			),
		);
		await stage.phase(`${year}: operators surrender`, jobs);
	}

	/** Close the period and wait until the last operator has its status. */
	private async close(): Promise<void> {
		const { stage, year } = this;
		stage.progress.begin(`${year}: period closes and is assessed`, 1);
		await stage.office.run([stage.act(`the close of the period ${year}`, stage.calls.closePeriod(year))]);
		// Even a chain that assessed one operator a block would be done by then.
		const limit = this.participants.length + ASSESSMENT_BLOCKS_MARGIN;
		let blocks = 0;
		for (; (await (await stage.storage()).phase(year)) !== "Closed"; blocks++) {
			if (blocks >= limit) throw new ChainError(`The assessment of ${year} did not end within ${blocks} blocks.`);
			await stage.watcher.nextBlock();
		}
		stage.progress.end(`assessed within ${blocks + 1} block${blocks === 0 ? "" : "s"}`);
	}

	/** What came after the deadline the regulator enters now: the next deadline counts it. */
	private async enterLate(): Promise<void> {
		const { stage, year } = this;
		const acts = this.participants.flatMap((each) => {
			if (each.late === undefined) return [];
			const reason = digest(`emissions of operator ${each.id} for ${year} were entered after the deadline`);
			const call = stage.calls.determineEmissions(year, stage.address(each.id), each.late, reason);
			return [stage.act(`the late emissions of operator ${each.id} for ${year}`, call)];
		});
		await stage.regulate(`${year}: regulator enters late emissions`, acts);
	}
}
