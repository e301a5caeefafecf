/** One year's trade: who has too much and the authority sell on the order book, who lacks units buys. */
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Funds } from "./chain/calls.js";
import type { TradingAccount } from "./chain/storage.js";
import type { Job } from "./chain/submit.js";
import type { Outcome } from "./chain/watch.js";
import { ChainError } from "./errors.js";
import { authorityOrders, buyLimit, MARKET, type Order, sellOrders, split } from "./market.js";
import { enrolled, type OperatorPlan, sum, type YearPlan } from "./plan.js";
import type { Stage } from "./stage.js";

/** What was traded. Tonnes and fen. */
export interface MarketResult {
	/** By operators that have too much. */
	readonly offered: bigint;
	readonly trades: number;
	readonly traded: bigint;
	readonly value: bigint;
}

type Accounts = ReadonlyMap<string, TradingAccount>;

/** A buy order fills a bounded number of orders; what is left is ordered again, at most this often. */
const BUY_ROUNDS_MAX = 40;

/** Most that an operator's purchases can cost: all of them at the highest price. */
export function budget(operator: OperatorPlan): bigint {
	return operator.buys * MARKET.priceMax;
}

export class Trading {
	private readonly year: number;
	private readonly participants: readonly OperatorPlan[];
	private trades = 0;

	constructor(
		private readonly stage: Stage,
		private readonly plan: YearPlan,
	) {
		this.year = plan.year;
		this.participants = enrolled(plan);
	}

	async run(): Promise<MarketResult> {
		const offered = await this.offer();
		const { traded, value } = await this.buy();
		await this.withdraw();
		return { offered, trades: this.trades, traded, value };
	}

	/** Operators with a surplus and the authority deposit it and place their sell orders. Returns what operators offer. */
	private async offer(): Promise<bigint> {
		const { stage, plan, year } = this;
		const orders = sellOrders(plan);
		const sellers = this.participants.filter((each) => orders.has(each.id));
		const jobs = sellers.flatMap((each) =>
			this.sellJobs(`operator ${each.id}`, stage.key(each.id), each.sells, orders.get(each.id) ?? []),
		);
		if (plan.authoritySells > 0n) {
			const { authority } = stage.actors;
			jobs.push(...this.sellJobs("the authority", authority, plan.authoritySells, authorityOrders(plan)));
		}
		this.countTrades(await stage.phase(`${year}: sellers deposit and place orders`, jobs));
		const accounts = await this.accounts();
		// Nobody has bought yet: all that is offered is locked.
		return sum(sellers.map((each) => accounts.get(stage.address(each.id))?.positions.get(year)?.locked ?? 0n));
	}

	private sellJobs(label: string, key: KeyringPair, tonnes: bigint, orders: readonly Order[]): Job[] {
		const { stage, year } = this;
		const deposit = stage.calls.deposit({ Allowances: { asset: year, tonnes } });
		return [
			stage.job(`the deposit of ${label}`, key, deposit),
			...orders.map((order) =>
				stage.job(`a sell order of ${label}`, key, stage.calls.placeOrder(year, { side: "Sell", ...order })),
			),
		];
	}

	/** Operators that are short deposit cash and buy until they have what they need. */
	private async buy(): Promise<{ traded: bigint; value: bigint }> {
		const { stage, year } = this;
		const buyers = this.participants.filter((each) => each.buys > 0n);
		const limits = new Map(buyers.map((each, rank) => [each.id, buyLimit(rank)]));
		const before = await this.accounts();
		const deposits = buyers.map((each) =>
			stage.job(
				`the deposit of operator ${each.id}`,
				stage.key(each.id),
				stage.calls.deposit({ Cash: { amount: budget(each) } }),
			),
		);
		await stage.phase(`${year}: buyers deposit cash`, deposits);

		let accounts = await this.accounts();
		const bought = (each: OperatorPlan) => this.held(accounts, each) - this.held(before, each);
		for (let round = 1; ; round++) {
			const short = buyers.filter((each) => bought(each) < each.buys);
			if (short.length === 0) break;
			if (round > BUY_ROUNDS_MAX) {
				throw new ChainError(
					`${short.length} operators could not buy what they need in ${BUY_ROUNDS_MAX} rounds, the first being ${short[0]?.id}.`,
				);
			}
			const jobs = short.flatMap((each) =>
				this.buyJobs(each, each.buys - bought(each), limits.get(each.id) ?? MARKET.priceMax),
			);
			const title = round === 1 ? "buyers place orders" : `buyers order the rest, round ${round}`;
			this.countTrades(await stage.phase(`${year}: ${title}`, jobs));
			accounts = await this.accounts();
		}
		const spent = buyers.map((each) => this.cash(before, each) + budget(each) - this.cash(accounts, each));
		return { traded: sum(buyers.map(bought)), value: sum(spent) };
	}

	private buyJobs(operator: OperatorPlan, missing: bigint, price: bigint): Job[] {
		const { stage, year } = this;
		return split(missing).map((tonnes) => {
			const call = stage.calls.placeOrder(year, { side: "Buy", price, tonnes, kind: "ImmediateOrCancel" });
			return stage.job(`a buy order of operator ${operator.id}`, stage.key(operator.id), call);
		});
	}

	/** Everybody takes what is free back to its registry account; the authority leaves its open orders in the book. */
	private async withdraw(): Promise<void> {
		const { stage, year } = this;
		const accounts = await this.accounts();
		const traders = [
			...this.participants.map((each) => ({ label: `operator ${each.id}`, key: stage.key(each.id) })),
			{ label: "the authority", key: stage.actors.authority },
		];
		const jobs = traders.flatMap(({ label, key }) => {
			const account = accounts.get(key.address);
			if (account === undefined) return [];
			const funds: Funds[] = [];
			const tonnes = account.positions.get(year)?.free ?? 0n;
			if (tonnes > 0n) funds.push({ Allowances: { asset: year, tonnes } });
			if (account.cashFree > 0n) funds.push({ Cash: { amount: account.cashFree } });
			return funds.map((each) => stage.job(`the withdrawal of ${label}`, key, stage.calls.withdraw(each)));
		});
		await stage.phase(`${year}: traders withdraw to the registry`, jobs);
	}

	private held(accounts: Accounts, operator: OperatorPlan): bigint {
		return accounts.get(this.stage.address(operator.id))?.positions.get(this.year)?.free ?? 0n;
	}

	private cash(accounts: Accounts, operator: OperatorPlan): bigint {
		return accounts.get(this.stage.address(operator.id))?.cashFree ?? 0n;
	}

	private countTrades(outcomes: readonly Outcome[]): void {
		for (const { events } of outcomes) {
			this.trades += events.filter(
				(event) => event.section === "market" && event.method === "OrderFilled",
			).length;
		}
	}

	private async accounts(): Promise<Accounts> {
		return (await this.stage.storage()).tradingAccounts();
	}
}
