/** What the end-to-end tests share: one connection, the keys, and everything the library said on the console. */
import { type Actors, actors } from "../chain/accounts.js";
import { Calls } from "../chain/calls.js";
import { type Connection, connect } from "../chain/connect.js";
import { Storage } from "../chain/storage.js";
import { Submitter } from "../chain/submit.js";
import { BlockWatcher } from "../chain/watch.js";

export interface Session {
	readonly connection: Connection;
	readonly calls: Calls;
	readonly submitter: Submitter;
	readonly watcher: BlockWatcher;
	readonly actors: Actors;
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
	return {
		connection,
		calls: new Calls(connection.api),
		submitter: new Submitter(connection, watcher),
		watcher,
		actors: await actors(),
		warnings,
	};
}

/** On a chain without any period, the tests begin here. */
const FIRST_TEST_YEAR = 2_900;

/** The year that can be opened next, so that the tests can run twice against one chain. */
export async function freshYear({ api }: Connection): Promise<number> {
	const last = (await (await Storage.open(api)).years()).at(-1);
	return last === undefined ? FIRST_TEST_YEAR : last + 1;
}

/** Record what is written to the console; returns a function that ends it. */
function capture(lines: string[]): () => void {
	const { warn, error, log } = console;
	const record = (...parts: unknown[]): void => void lines.push(parts.map(String).join(" "));
	Object.assign(console, { warn: record, error: record, log: record });
	return () => void Object.assign(console, { warn, error, log });
}
