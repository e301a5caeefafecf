/** Ten thousand transactions of strangers against one trader: what they cost the trader, counted in blocks. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { WsProvider } from "@polkadot/api";
import { digest } from "../chain/accounts.js";
import { type Call, CHINA_RULES } from "../chain/calls.js";
import { sleep } from "../chain/connect.js";
import { chunks } from "../chain/cost.js";
import { asList, asText, field } from "../json.js";
import { REFERENCE } from "../market.js";
import { REFUSAL, refusalMessage, refusalOf, type Signed, sign, signingContext } from "./pool.js";
import { done, openPeriod, type Session } from "./session.js";

const STRANGERS = 10_000;
/** Of every ten strangers one applies for admission; half of the others remark, half place orders. */
const APPLICANTS_EVERY = 10;
/** Applications that a block takes in, unless the regulator has set the parameter to something else. */
const APPLICATIONS_PER_BLOCK = 2;
/** Orders of the trader before the flood, about as many as during it. */
const ORDERS = 8;
/** What the trader has for fees, in fen: more than it can use. */
const FEES = 100_000n;
/** Applications that the pool holds, whoever sends them. */
const APPLICATIONS_IN_POOL = 16;
const CONNECTIONS = 4;
/** Requests of one connection under way at one time. */
const WINDOW = 32;
/** Keys that are made and used at one go, before answers are let in between. */
const KEYS_AT_ONCE = 200;
/** So long the transactions are sent, over and over again: each one once would be over within two blocks. */
const FLOOD_MS = 20_000;
/** Each must have been sent once by then. */
const FLOOD_LIMIT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 30_000;

export function flood(session: Session): void {
	describe("a flood of strangers", () => {
		const gate = new Gate(session);
		before(() => gate.open());
		calm(gate);
		storm(gate);
	});
}

type Kind = "remark" | "order" | "application";

interface Message extends Signed {
	readonly kind: Kind;
}

/** A market, a trader with money in it, and the strangers' transactions, signed beforehand. */
class Gate {
	year = 0;
	/** Blocks from the best one, when an order was sent, to the one that took it in. */
	calm: readonly number[] = [];

	readonly trader: KeyringPair;

	constructor(readonly session: Session) {
		this.trader = session.actors.named(`trader/${Date.now()}`);
	}

	async open(): Promise<void> {
		const { actors, calls } = this.session;
		const { address } = this.trader;
		const documents = digest(`documents of ${address}`);
		this.year = await openPeriod(this.session, 1_000n, CHINA_RULES, () => [calls.admit(address, ["Trader"], documents)]);
		const cash = 1_000n * REFERENCE;
		const mint = calls.mint(address, cash + FEES, digest(`receipt of ${address}`));
		await done(this.session, actors.bank, mint);
		await done(this.session, this.trader, calls.deposit({ Cash: { amount: cash } }));
	}

	order(): Call {
		return this.session.calls.placeOrder(this.year, { side: "Buy", price: REFERENCE, tonnes: 1n });
	}

	/** Place orders, one after the other, until there are enough. */
	async trade(isEnough: (orders: number) => boolean): Promise<number[]> {
		const blocks: number[] = [];
		while (!isEnough(blocks.length)) {
			const best = await this.height();
			const { number } = await done(this.session, this.trader, this.order());
			blocks.push(number - best);
		}
		return blocks;
	}

	async height(): Promise<number> {
		return Number(field(await this.session.connection.request("chain_getHeader", []), "number"));
	}

	/** A transaction of each stranger. */
	async messages(): Promise<Message[]> {
		const { actors, calls, connection } = this.session;
		const context = await signingContext(connection);
		const run = Date.now();
		const byKind: Record<Kind, Call> = {
			remark: calls.other("system", "remark", "0x00"),
			order: this.order(),
			application: calls.apply(digest("a stranger's documents"), ["Trader"]),
		};
		const messages: Message[] = [];
		for (const part of chunks([...Array(STRANGERS).keys()], KEYS_AT_ONCE)) {
			for (const n of part) {
				const kind = n % APPLICANTS_EVERY === 0 ? "application" : n % 2 === 0 ? "remark" : "order";
				const signer = actors.quick(`stranger ${run} ${n}`);
				messages.push({ kind, ...sign(connection, context, signer, byKind[kind], 0) });
			}
			await sleep(0);
		}
		return messages;
	}

	/** Who signed what in the blocks of a range, the trader's orders left out: `participants.apply` or other calls, by block. */
	async strangersIn(first: number, last: number): Promise<Map<number, string[]>> {
		const { api, request } = this.session.connection;
		const found = new Map<number, string[]>();
		for (let number = first; number <= last; number++) {
			const block = await request("chain_getBlock", [await request("chain_getBlockHash", [number])]);
			const calls = asList(field(field(block, "block"), "extrinsics")).flatMap((bytes) => {
				const extrinsic = api.registry.createType("Extrinsic", asText(bytes));
				if (!extrinsic.isSigned || extrinsic.signer.toString() === this.trader.address) return [];
				return [`${extrinsic.method.section}.${extrinsic.method.method}`];
			});
			found.set(number, calls);
		}
		return found;
	}
}

function calm(gate: Gate): void {
	test("before it, a trader's orders come into the next block or the one after", async (context) => {
		gate.calm = await gate.trade((orders) => orders >= ORDERS);
		context.diagnostic(`blocks to inclusion without strangers: ${gate.calm.join(" ")}`);
		assert.ok(Math.max(...gate.calm) <= 2);
	});
}

function storm(gate: Gate): void {
	test("during it, none of theirs enters a block but applications, and the trader waits one block more at the most", async (context) => {
		const messages = await gate.messages();
		const first = (await gate.height()) + 1;
		const startedAt = Date.now();
		const sending = send(gate.session, messages);
		let isOver = false;
		const ended = sending.finally(() => (isOver = true)).catch(() => {});
		const blocks = await gate.trade(() => isOver);
		await ended;
		const answers = await sending;
		const seconds = (Date.now() - startedAt) / 1_000;
		const last = await gate.height();
		const pending = asList(await gate.session.connection.request("author_pendingExtrinsics", [])).length;

		const found = [...(await gate.strangersIn(first, last)).values()];
		const applications = found.map((calls) => calls.filter((call) => call === "participants.apply").length);
		const sent = [...answers.values()].reduce((sum, count) => sum + count, 0);
		context.diagnostic(
			`${messages.length} transactions of as many strangers, sent ${sent} times in ${seconds.toFixed(1)} s over ${CONNECTIONS} connections`,
		);
		for (const [answer, count] of answers) context.diagnostic(`  ${count} ${answer}`);
		context.diagnostic(`blocks ${first} to ${last}: applications in each: ${applications.join(" ")}`);
		context.diagnostic(`transactions that are left in the pool: ${pending}`);
		context.diagnostic(`blocks to inclusion of the trader's orders: ${blocks.join(" ")}`);

		assert.deepEqual(
			found.flat().filter((call) => call !== "participants.apply"),
			[],
		);
		assert.ok(Math.max(...applications) <= APPLICATIONS_PER_BLOCK);
		assert.ok(pending <= APPLICATIONS_IN_POOL);
		assert.ok(Math.max(...blocks) <= Math.max(...gate.calm) + 1);
		// Whatever is no application was refused as often as it was sent, with the code.
		const others = [...answers.keys()].filter((answer) => !answer.startsWith("application: ")).sort();
		assert.deepEqual(
			others,
			["order", "remark"].map((kind) => `${kind}: ${refusalMessage(REFUSAL.notAdmitted)}`),
		);
	});
}

/** Send all messages over and over again, over connections of their own. How often each kind got which answer of the pool. */
async function send({ connection }: Session, messages: readonly Message[]): Promise<Map<string, number>> {
	const startedAt = Date.now();
	const answers = new Map<string, number>();
	let next = 0;
	const providers = await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			const provider = new WsProvider(connection.url, false, {}, REQUEST_TIMEOUT_MS);
			await provider.connect();
			await provider.isReady;
			return provider;
		}),
	);
	const worker = async (provider: WsProvider): Promise<void> => {
		const request = (method: string, params: readonly unknown[]) => provider.send<unknown>(method, [...params]);
		for (;;) {
			const elapsed = Date.now() - startedAt;
			if (next >= messages.length && elapsed > FLOOD_MS) return;
			assert.ok(elapsed < FLOOD_LIMIT_MS, `only ${next} transactions were sent in time`);
			const message = messages[next++ % messages.length] as Message;
			const answer = `${message.kind}: ${(await refusalOf({ request }, message)) ?? "taken into the pool"}`;
			answers.set(answer, (answers.get(answer) ?? 0) + 1);
		}
	};
	try {
		const workers = providers.flatMap((provider) => Array.from({ length: WINDOW }, () => worker(provider)));
		await Promise.all(workers);
	} finally {
		await Promise.all(providers.map((provider) => provider.disconnect()));
	}
	return answers;
}
