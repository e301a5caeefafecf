/** Sends many extrinsics and waits until each is in a block. */
import type { KeyringPair } from "@polkadot/keyring/types";
import { ChainError, messageOf } from "../errors.js";
import type { Call } from "./calls.js";
import { type Connection, sleep } from "./connect.js";
import type { Inclusion, Outcome } from "./watch.js";

/** A call to sign and send. */
export interface Job {
	/** What it is, as an error message says it: "the report of operator 1000000". */
	readonly label: string;
	readonly signer: KeyringPair;
	readonly call: Call;
}

export interface Limits {
	/** Extrinsics that wait in the pool at one time; the node's pool holds 8,192 by default. */
	readonly inFlight: number;
	/** Without any progress for this long, what is pending is sent again, and in the end given up. */
	readonly stallMs: number;
}
const LIMITS: Limits = { inFlight: 3_000, stallMs: 40_000 };
/** Requests under way at one time. */
const REQUESTS_MAX = 32;
const RESENDS_MAX = 2;
/** Tries to get one extrinsic into a full pool, a block apart. */
const POOL_TRIES_MAX = 20;

/** Codes of the node's transaction pool. */
const POOL = { banned: 1012, known: 1013, full: 1016 } as const;

interface Pending {
	readonly job: Job;
	readonly bytes: string;
}

export class Submitter {
	private readonly nonces = new Map<string, number>();
	/** Extrinsics that are in a block. */
	included = 0;
	/** When the first was sent and the last was seen in a block, in milliseconds. */
	firstAt: number | undefined;
	lastAt = 0;

	constructor(
		private readonly connection: Pick<Connection, "api" | "request">,
		private readonly watcher: Inclusion,
		private readonly limits: Limits = LIMITS,
	) {}

	/** Send `jobs`, those of one signer in order. The first refusal ends the run with an error that names it. */
	async run(jobs: readonly Job[], onIncluded: () => void = () => {}): Promise<Outcome[]> {
		return this.send(jobs, (job, outcome) => {
			if (outcome.error !== undefined) {
				throw new ChainError(`The chain refused ${job.label} in block ${outcome.number}: ${outcome.error}.`);
			}
			onIncluded();
		});
	}

	/** Send one call whatever becomes of it. */
	async attempt(job: Job): Promise<Outcome> {
		const [outcome] = await this.send([job], () => {});
		if (outcome === undefined) throw new ChainError(`Nothing is known of ${job.label}.`);
		return outcome;
	}

	private async send(jobs: readonly Job[], onOutcome: (job: Job, outcome: Outcome) => void): Promise<Outcome[]> {
		await this.loadNonces(jobs);
		const outcomes = new Array<Outcome>(jobs.length);
		const pending = new Map<string, Pending>();
		let failure: unknown;
		let next = 0;
		let progressAt = Date.now();
		let resends = 0;
		this.firstAt ??= progressAt;

		const settle = (index: number, hash: string, outcome: Outcome): void => {
			const job = jobs[index] as Job;
			pending.delete(hash);
			outcomes[index] = outcome;
			progressAt = this.lastAt = Date.now();
			this.included += 1;
			try {
				onOutcome(job, outcome);
			} catch (thrown) {
				failure ??= thrown;
			}
		};
		/** Wait a little for inclusions; when there are none for long, send again what is pending, or give up. */
		const wait = async (): Promise<void> => {
			await sleep(50);
			this.watcher.check();
			if (Date.now() - progressAt < this.limits.stallMs) return;
			if (resends >= RESENDS_MAX) throw this.stalled(pending);
			resends += 1;
			// Set before the requests, so that no other worker sends the same again.
			progressAt = Date.now();
			for (const each of pending.values()) await this.submit(each);
			progressAt = Date.now();
		};
		const worker = async (): Promise<void> => {
			while (next < jobs.length && failure === undefined) {
				if (pending.size >= this.limits.inFlight) {
					await wait();
					continue;
				}
				const index = next++;
				const job = jobs[index] as Job;
				const { hash, bytes } = this.sign(job);
				pending.set(hash, { job, bytes });
				void this.watcher.expect(hash).then((outcome) => settle(index, hash, outcome));
				await this.submit({ job, bytes });
				progressAt = Date.now();
			}
		};
		const workers = Array.from({ length: Math.min(REQUESTS_MAX, jobs.length) }, worker);
		// Every worker sees the failure of one and stops.
		await Promise.all(workers.map((each) => each.catch((thrown: unknown) => void (failure ??= thrown))));

		while (pending.size > 0 && failure === undefined) await wait();
		if (failure !== undefined) {
			// What was refused has used up no nonce: the node is asked again which ones come next.
			for (const { signer } of jobs) this.nonces.delete(signer.address);
			throw failure;
		}
		return outcomes;
	}

	private stalled(pending: ReadonlyMap<string, Pending>): ChainError {
		const [first] = pending.values();
		const waited = ((RESENDS_MAX + 1) * this.limits.stallMs) / 1_000;
		return new ChainError(
			`${pending.size} extrinsics were not taken into a block within ${waited} s, the first being ${first?.job.label}.`,
		);
	}

	private sign(job: Job): { hash: string; bytes: string } {
		const { api } = this.connection;
		const nonce = this.nonces.get(job.signer.address) ?? 0;
		this.nonces.set(job.signer.address, nonce + 1);
		const signed = job.call.sign(job.signer, {
			blockHash: api.genesisHash,
			genesisHash: api.genesisHash,
			runtimeVersion: api.runtimeVersion,
			nonce,
			tip: 0,
		});
		return { hash: signed.hash.toHex(), bytes: signed.toHex() };
	}

	/** Hand an extrinsic to the node; waits while the pool is full. */
	private async submit({ job, bytes }: Pending): Promise<void> {
		for (let tries = 1; ; tries++) {
			try {
				await this.connection.request("author_submitExtrinsic", [bytes]);
				return;
			} catch (thrown) {
				const code = (thrown as { code?: unknown }).code;
				if (code === POOL.known) return;
				const retry = code === POOL.full || code === POOL.banned;
				if (!retry || tries >= POOL_TRIES_MAX) {
					throw new ChainError(`The node's transaction pool refused ${job.label}: ${poolMessage(thrown)}.`, {
						cause: thrown,
					});
				}
				await this.watcher.nextBlock();
			}
		}
	}

	private async loadNonces(jobs: readonly Job[]): Promise<void> {
		const missing = [...new Set(jobs.map((job) => job.signer.address))].filter((each) => !this.nonces.has(each));
		for (let n = 0; n < missing.length; n += REQUESTS_MAX) {
			const part = missing.slice(n, n + REQUESTS_MAX);
			const nonces = await Promise.all(
				part.map((each) => this.connection.request("system_accountNextIndex", [each])),
			);
			for (const [k, each] of part.entries()) this.nonces.set(each, Number(nonces[k]));
		}
	}
}

/** The node's message with what it calls data, without the full stop. */
export function poolMessage(thrown: unknown): string {
	const data = (thrown as { data?: unknown }).data;
	const message = messageOf(thrown);
	const full = typeof data === "string" && !message.includes(data) ? `${message}: ${data}` : message;
	return full.replace(/\.$/, "");
}
