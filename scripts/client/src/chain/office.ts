/** The regulator's officers at work. Each act names its legal basis and leaves one record on the chain. */
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Codec } from "@polkadot/types/types";
import { ChainError } from "../errors.js";
import { asBigInt, asText, field, variant } from "../json.js";
import { digest } from "./accounts.js";
import type { Call, Calls, Level, Weight } from "./calls.js";
import type { Connection } from "./connect.js";
import { batchSize, chunks } from "./cost.js";
import type { Job, Submitter } from "./submit.js";
import type { ChainEvent, Outcome } from "./watch.js";

/** A decision of the regulator. */
export interface Act {
	/** What it is, as an error message says it: "the admission of operator 1000000". */
	readonly label: string;
	/** What it rests on, 64 bytes at most. */
	readonly basis: string;
	readonly call: Call;
}

/** What the chain asks for. */
export interface Requirement {
	readonly officers: "One" | "Two";
	readonly level: Level;
}

/** Whose keys act: the first one acts and proposes, the second one approves. */
export interface Officers {
	readonly first: KeyringPair;
	readonly second: KeyringPair;
}

/** Acts of one officer that may go into one extrinsic. The list stays short enough to be looked at. */
const ACTS_PER_BATCH = 100;
/** Calls of these pallets ask for more or less depending on their arguments. */
const DEPENDS_ON_ARGUMENTS = new Set(["participants", "regulator", "parameters"]);

export class Office {
	private readonly requirements = new Map<string, Requirement>();
	private readonly decided = new Map<string, string>();

	constructor(
		private readonly connection: Connection,
		private readonly calls: Calls,
		private readonly submitter: Submitter,
		private readonly officers: Officers,
	) {}

	/** The acts so far: the digest of the reasons, which names one act each, and the call, as a record describes it. */
	get acts(): ReadonlyMap<string, string> {
		return this.decided;
	}

	/** What the chain asks for to do `call` in the regulator's name. */
	async requirement(call: Call): Promise<Requirement> {
		const name = nameOf(call);
		const known = DEPENDS_ON_ARGUMENTS.has(call.method.section) ? undefined : this.requirements.get(name);
		if (known !== undefined) return known;
		const answer = await this.ask("requirement", call.method.toU8a());
		if (answer === null) throw new ChainError(`${name} is no act of the regulator on this chain.`);
		const requirement = {
			officers: variant(field(answer, "officers")) as Requirement["officers"],
			level: variant(field(answer, "level")) as Level,
		};
		this.requirements.set(name, requirement);
		return requirement;
	}

	/**
	 * Carry out `acts` in their order: neighbours that one officer decides go into batches, what takes two is proposed by the
	 * first officer and approved by the second. The first refusal ends the run with an error that names it.
	 *
	 * @param onDone Told how many acts more are done.
	 */
	async run(acts: readonly Act[], onDone: (acts: number) => void = () => {}): Promise<void> {
		const needs: Requirement[] = [];
		for (const act of acts) needs.push(await this.requirement(act.call));
		// Proposing changes nothing yet, so that all can be proposed before the first is done.
		const proposals = await this.propose(acts.filter((_, n) => needs[n]?.officers === "Two"));
		for (let from = 0; from < acts.length; ) {
			const officers = needs[from]?.officers;
			let to = from + 1;
			while (to < acts.length && needs[to]?.officers === officers) to += 1;
			const part = acts.slice(from, to);
			if (officers === "Two") {
				const jobs = await Promise.all(part.map((act) => this.approval(act, proposals.get(act))));
				await this.submitter.run(jobs, () => onDone(1));
			} else {
				const batches = await this.batches(part);
				let next = 0;
				await this.submitter.run(
					batches.map(({ job }) => job),
					() => onDone(batches[next++]?.acts ?? 0),
				);
			}
			from = to;
		}
	}

	/** Carry out one act, whatever becomes of it: the outcome of the extrinsic that did it, or of the proposal that was refused. */
	async attempt(act: Act): Promise<Outcome> {
		const { officers } = await this.requirement(act.call);
		if (officers === "One") {
			const call = this.calls.act(act.basis, this.reason(act), act.call);
			return this.submitter.attempt({ label: act.label, signer: this.officers.first, call });
		}
		const call = this.calls.propose(act.basis, this.reason(act), act.call);
		const proposed = await this.submitter.attempt({ label: act.label, signer: this.officers.first, call });
		if (proposed.error !== undefined) return proposed;
		return this.submitter.attempt(await this.approval(act, proposalsIn(proposed.events)[0]));
	}

	/** Ask the runtime API of the pallet `regulator`. */
	async ask(method: string, ...values: unknown[]): Promise<unknown> {
		const query = this.connection.api.call["regulatorApi"]?.[method];
		if (query === undefined) {
			throw new ChainError(`The chain has no runtime API RegulatorApi.${method}; is this client of the same version?`);
		}
		return ((await query(...values)) as unknown as Codec).toJSON();
	}

	/** Extrinsics of the first officer with one act or more. Calls of one name are alike enough to be batched. */
	private async batches(acts: readonly Act[]): Promise<{ job: Job; acts: number }[]> {
		const batches = [];
		for (const group of groupBy(acts, (act) => nameOf(act.call))) {
			batches.push(
				...(await this.wrap(group, (act) => this.calls.act(act.basis, this.reason(act), act.call))),
			);
		}
		return batches;
	}

	/** Propose `acts`; the number of each one's proposal. */
	private async propose(acts: readonly Act[]): Promise<Map<Act, bigint>> {
		if (acts.length === 0) return new Map();
		const batches = await this.wrap(acts, (act) => this.calls.propose(act.basis, this.reason(act), act.call));
		const outcomes = await this.submitter.run(batches.map(({ job }) => job));
		// The events come in the order of the calls.
		const ids = outcomes.flatMap(({ events }) => proposalsIn(events));
		return new Map(acts.map((act, n) => [act, ids[n]] as const).filter(isComplete));
	}

	/** Pack `acts`, each made a call by `make`, into extrinsics that fit a block. */
	private async wrap(acts: readonly Act[], make: (act: Act) => Call): Promise<{ job: Job; acts: number }[]> {
		const calls = acts.map(make);
		const [sample] = calls;
		if (sample === undefined) return [];
		const { first } = this.officers;
		const size = await batchSize(this.connection.api, sample, first.address, ACTS_PER_BATCH);
		return chunks(calls, size).map((part, n) => {
			const label = acts[n * size]?.label ?? "";
			const more = part.length === 1 ? label : `${label} or one of the ${part.length - 1} acts with it`;
			return { job: { label: more, signer: first, call: this.calls.together(part) }, acts: part.length };
		});
	}

	/** The second officer's approval, after a look at what was proposed. */
	private async approval(act: Act, id: bigint | undefined): Promise<Job> {
		const proposal = id === undefined ? null : await this.ask("proposal", id);
		if (id === undefined || proposal === null) {
			throw new ChainError(`The chain does not know the proposal of ${act.label}.`);
		}
		const hash = act.call.method.hash.toHex();
		if (asText(field(proposal, "callHash")) !== hash) {
			throw new ChainError(`Proposal ${id} is not ${act.label}.`);
		}
		const call = this.calls.approve(id, hash, weight(field(proposal, "callWeight")));
		return { label: act.label, signer: this.officers.second, call };
	}

	/** Digest of the document that states the reasons, made up from what is decided. */
	private reason(act: Act): string {
		const reason = digest(JSON.stringify({ decision: act.label, basis: act.basis, call: act.call.method.hash.toHex() }));
		this.decided.set(reason, describe(act.call));
		return reason;
	}
}

/** Name of a call as an error message says it. */
function nameOf(call: Call): string {
	return `${call.method.section}.${call.method.method}`;
}

/** Name of a call as the chain's records have it: `allowance.open_period`. */
export function describe(call: Call): string {
	const { section, method } = call.method;
	return `${section}.${method.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** Numbers of the proposals that events tell of, in their order. */
export function proposalsIn(events: readonly ChainEvent[]): bigint[] {
	return events
		.filter(({ section, method }) => section === "regulator" && method === "ActProposed")
		.map(({ data }) => asBigInt((data as unknown as { id: Codec }).id.toJSON()));
}

/** Numbers of the records that events tell of, in their order. */
export function recordsIn(events: readonly ChainEvent[]): bigint[] {
	return events
		.filter(
			({ section, method }) =>
				section === "regulator" && (method === "ActDispatched" || method === "BreakGlassUsed"),
		)
		.map(({ data }) => asBigInt((data as unknown as { record: Codec }).record.toJSON()));
}

function weight(value: unknown): Weight {
	return { refTime: asBigInt(field(value, "refTime")), proofSize: asBigInt(field(value, "proofSize")) };
}

function isComplete(pair: readonly [Act, bigint | undefined]): pair is readonly [Act, bigint] {
	return pair[1] !== undefined;
}

/** `list` in runs of neighbours with the same key. */
function groupBy<T>(list: readonly T[], key: (each: T) => string): T[][] {
	const groups: T[][] = [];
	for (const each of list) {
		const last = groups.at(-1);
		if (last?.[0] !== undefined && key(last[0]) === key(each)) last.push(each);
		else groups.push([each]);
	}
	return groups;
}
