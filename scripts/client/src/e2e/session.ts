/** What the end-to-end tests share: one connection, the keys, and everything the library said on the console. */
import assert from "node:assert/strict";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Codec } from "@polkadot/types/types";
import { type Actors, actors } from "../chain/accounts.js";
import { ALWAYS_OPEN, type Call, Calls, type RuleSet } from "../chain/calls.js";
import { type Connection, connect } from "../chain/connect.js";
import { type Act, Office } from "../chain/office.js";
import { Storage } from "../chain/storage.js";
import { Submitter } from "../chain/submit.js";
import { BlockWatcher, type Outcome } from "../chain/watch.js";
import { MARKET, REFERENCE } from "../market.js";

export interface Session {
	readonly connection: Connection;
	readonly calls: Calls;
	readonly submitter: Submitter;
	readonly watcher: BlockWatcher;
	readonly actors: Actors;
	/** The regulator's two supervisors. */
	readonly office: Office;
	/** Lines that @polkadot/api wrote while it connected: what a user would see in the browser's console. */
	readonly warnings: readonly string[];
}

export async function open(url: string, waitSeconds: number): Promise<Session> {
	const warnings: string[] = [];
	const restore = capture(warnings);
	let connection: Connection;
	try {
		connection = await connect(url, { waitSeconds, reportWarnings: true });
	} finally {
		restore();
	}
	const watcher = await BlockWatcher.start(connection);
	const calls = new Calls(connection.api);
	const submitter = new Submitter(connection, watcher);
	const everybody = await actors();
	const office = new Office(connection, calls, submitter, {
		first: everybody.regulator,
		second: everybody.supervisor,
	});
	return { connection, calls, submitter, watcher, actors: everybody, office, warnings };
}

/** What the regulator's acts rest on in the tests. */
const BASIS = "End-to-end test";

/** `call` as an act of the regulator. */
export function act(call: Call): Act {
	return { label: `${call.method.section}.${call.method.method}`, basis: BASIS, call };
}

/** On a chain without any period, the tests begin here. */
const FIRST_TEST_YEAR = 2_900;

/** The year that can be opened next, so that the tests can run twice against one chain. */
async function freshYear({ api }: Connection): Promise<number> {
	const last = (await (await Storage.open(api)).years()).at(-1);
	return last === undefined ? FIRST_TEST_YEAR : last + 1;
}

/** Periods that the tests leave running. The chain takes eight at once, of which some tests open two. */
const RUNNING_MAX = 5;

/** Let the regulator open the next period, with a market and what `more` adds. Returns the year. */
export async function openPeriod(
	session: Session,
	cap: bigint,
	rules: RuleSet,
	more: (year: number) => Call[],
): Promise<number> {
	const { calls, connection, office } = session;
	await closeEarlier(session, RUNNING_MAX);
	const year = await freshYear(connection);
	const market = calls.createMarket(year, MARKET, REFERENCE);
	await office.run([calls.openPeriod(year, cap, rules, ALWAYS_OPEN), market, ...more(year)].map(act));
	return year;
}

/** Close the earliest periods until at most `left` are running. */
export async function closeEarlier(session: Session, left: number): Promise<void> {
	const storage = await Storage.open(session.connection.api);
	const running: number[] = [];
	for (const year of await storage.years()) {
		if (await isRunning(storage, year)) running.push(year);
	}
	for (const year of running.slice(0, Math.max(0, running.length - left))) await close(session, year);
}

/** Let the regulator close the period of `year`, and wait until each of its entities has a status. */
export async function close(session: Session, year: number): Promise<void> {
	const { calls, connection, office, watcher } = session;
	await office.run([act(calls.closePeriod(year))]);
	while ((await (await Storage.open(connection.api)).phase(year)) !== "Closed") await watcher.nextBlock();
}

async function isRunning(storage: Storage, year: number): Promise<boolean> {
	const phase = await storage.phase(year);
	return phase !== "Closing" && phase !== "Closed";
}

/** Send `call` and require that it is done. */
export async function done({ submitter }: Session, signer: KeyringPair, call: Call): Promise<Outcome> {
	const { label } = act(call);
	const outcome = await submitter.attempt({ label, signer, call });
	assert.equal(outcome.error, undefined, label);
	return outcome;
}

/** What a runtime API answers. */
export async function ask(
	{ connection }: Session,
	api: string,
	method: string,
	...values: readonly unknown[]
): Promise<unknown> {
	const query = connection.api.call[api]?.[method];
	assert.ok(query !== undefined, `${api}.${method}`);
	return ((await query(...values)) as unknown as Codec).toJSON();
}

/** The chain's clock at the best block, in milliseconds since the Unix epoch. */
export async function chainTime({ connection }: Session): Promise<number> {
	const storage = await connection.api.at(await connection.api.rpc.chain.getBlockHash());
	return Number((await storage.query["timestamp"]?.["now"]?.())?.toString());
}

/** Data of the first event with this name, by field. */
export function eventData({ events }: Outcome, section: string, method: string): Record<string, Codec> {
	const event = events.find((each) => each.section === section && each.method === method);
	assert.ok(event !== undefined, `${section}.${method}`);
	return event.data as unknown as Record<string, Codec>;
}

/** Record what is written to the console; returns a function that ends it. */
function capture(lines: string[]): () => void {
	const { warn, error, log } = console;
	const record = (...parts: unknown[]): void => void lines.push(parts.map(String).join(" "));
	Object.assign(console, { warn: record, error: record, log: record });
	return () => void Object.assign(console, { warn, error, log });
}
