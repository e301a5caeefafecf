/** What every step of a replay uses: keys, calls, and ways to send many of them. */
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Actors } from "./chain/accounts.js";
import { type Call, Calls } from "./chain/calls.js";
import type { Connection } from "./chain/connect.js";
import { batchSize, chunks } from "./chain/cost.js";
import { type Act, Office } from "./chain/office.js";
import { Storage } from "./chain/storage.js";
import { type Job, Submitter } from "./chain/submit.js";
import type { BlockWatcher, Outcome } from "./chain/watch.js";
import { asNumber } from "./json.js";
import type { Progress } from "./progress.js";

/** What the regulator's acts rest on: the UK's Greenhouse Gas Emissions Trading Scheme Order 2020. */
const BASIS = "SI 2020/1265 (GHG Emissions Trading Scheme Order 2020)";

export class Stage {
	readonly calls: Calls;
	readonly submitter: Submitter;
	readonly office: Office;
	/** Entries that one list of a call may have. */
	readonly listMax: number;

	constructor(
		readonly connection: Connection,
		readonly actors: Actors,
		readonly progress: Progress,
		readonly watcher: BlockWatcher,
	) {
		this.calls = new Calls(connection.api);
		this.submitter = new Submitter(connection, watcher);
		this.office = new Office(connection, this.calls, this.submitter, {
			first: actors.regulator,
			second: actors.supervisor,
		});
		this.listMax = asNumber(connection.api.consts["allowance"]?.["maxBatch"]?.toJSON());
	}

	/** Storage at the best block. */
	storage(): Promise<Storage> {
		return Storage.open(this.connection.api);
	}

	key(operator: string): KeyringPair {
		return this.actors.operator(operator);
	}

	address(operator: string): string {
		return this.key(operator).address;
	}

	job(label: string, signer: KeyringPair, call: Call): Job {
		return { label, signer, call };
	}

	act(label: string, call: Call): Act {
		return { label, basis: BASIS, call };
	}

	/** Send `jobs` as the phase `title`. */
	async phase(title: string, jobs: readonly Job[]): Promise<Outcome[]> {
		if (jobs.length === 0) return [];
		this.progress.begin(title, jobs.length);
		const outcomes = await this.submitter.run(jobs, () => this.progress.advance());
		this.progress.end();
		return outcomes;
	}

	/** Let the officers carry out `acts` as the phase `title`. */
	async regulate(title: string, acts: readonly Act[]): Promise<void> {
		if (acts.length === 0) return;
		this.progress.begin(title, acts.length);
		await this.office.run(acts, (done) => this.progress.advance(done));
		this.progress.end();
	}

	/** Send `calls` of `signer` in batches that fit a block. */
	async batched(title: string, label: string, calls: readonly Call[], signer: KeyringPair): Promise<void> {
		const [sample] = calls;
		if (sample === undefined) return;
		const size = await batchSize(this.connection.api, sample, signer.address, this.listMax);
		const jobs = chunks(calls, size).map((part) => this.job(label, signer, this.calls.together(part)));
		this.progress.begin(title, calls.length);
		await this.submitter.run(jobs, () => this.progress.advance(size));
		this.progress.end();
	}
}
