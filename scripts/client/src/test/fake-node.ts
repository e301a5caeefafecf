/** A node for tests without one. */
import type { ApiPromise } from "@polkadot/api";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Call } from "../chain/calls.js";
import { type Job, type Limits, Submitter } from "../chain/submit.js";
import type { ChainEvent, Inclusion, Outcome } from "../chain/watch.js";

/** A node that takes everything into a block at once, unless told otherwise. */
export class FakeNode implements Inclusion {
	readonly sent: string[] = [];
	private readonly waiters = new Map<string, (outcome: Outcome) => void>();
	/** Errors of extrinsics, by their text. */
	errors = new Map<string, string>();
	/** Events of an extrinsic, by its text. */
	events: (bytes: string) => readonly ChainEvent[] = () => [];
	/** How many requests the pool refuses at first, and with which code. */
	refusals = 0;
	code = 1016;
	blocks = 0;
	/** Takes extrinsics into the pool, but none into a block. */
	stuck = false;

	readonly request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
		if (method === "system_accountNextIndex") return params[0] === "alice" ? 7 : 0;
		if (this.refusals > 0) {
			this.refusals -= 1;
			throw Object.assign(new Error("refused"), { code: this.code, data: "because" });
		}
		const bytes = String(params[0]);
		this.sent.push(bytes);
		const outcome: Outcome = { block: "0x00", number: 5, error: this.errors.get(bytes), events: this.events(bytes) };
		if (!this.stuck) setImmediate(() => this.waiters.get(bytes)?.(outcome));
		return bytes;
	};

	expect(hash: string): Promise<Outcome> {
		return new Promise((resolve) => this.waiters.set(hash, resolve));
	}

	async nextBlock(): Promise<void> {
		this.blocks += 1;
	}

	check(): void {}

	submitter(limits?: Limits): Submitter {
		const api = { genesisHash: "0x", runtimeVersion: {} } as unknown as ApiPromise;
		return new Submitter({ api, request: this.request }, this, limits);
	}
}

/** A call that is nothing but text. */
export function call(name: string, more: object = {}): Call {
	const sign = (pair: KeyringPair, { nonce }: { nonce: number }) => {
		const text = `${pair.address}/${nonce}/${name}`;
		return { hash: { toHex: () => text }, toHex: () => text };
	};
	return { sign, ...more } as unknown as Call;
}

export function key(address: string): KeyringPair {
	return { address } as KeyringPair;
}

export function job(signer: string, name: string): Job {
	return { label: name, signer: key(signer), call: call(name) };
}
