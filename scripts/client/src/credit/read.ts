/** What the chain tells of a participant's credit, read at one finalised block. */
import type { Codec } from "@polkadot/types/types";
import type { Connection } from "../chain/connect.js";
import { type FinalBlock, finalisedHead } from "../chain/history.js";
import { ChainError } from "../errors.js";
import { asBigInt, asList, asNumber, field, variant } from "../json.js";
import { type Assessment, assess, levelOf, type ScoreRules, type Term, type TermName, type YearCounters } from "./score.js";

/** What the chain answers: a score, and what it says that this is made of. */
export interface ScoreView extends Assessment {
	readonly level: string;
	/** Of the rules. */
	readonly version: number;
	/** The year that the score was made in. */
	readonly asOf: number;
	/** Those that count. They differ from the others only while the chain makes everybody's score anew. */
	readonly storedScore: bigint;
	readonly storedLevel: string;
}

/** A score as the chain tells it, and as it follows from the chain's counters. */
export interface Credit {
	readonly account: string;
	readonly block: FinalBlock;
	readonly years: readonly YearCounters[];
	readonly chain: ScoreView;
	readonly computed: Assessment & { readonly level: string };
}

/** @param hash Hash of the block to read; by default the last finalised one. */
export async function readCredit(connection: Connection, account: string, block?: FinalBlock): Promise<Credit> {
	const at = block ?? (await finalisedHead(connection));
	const decoration = await connection.api.at(at.hash);
	const ask = async (method: string, ...values: unknown[]): Promise<unknown> => {
		const query = decoration.call["creditApi"]?.[method];
		if (query === undefined) {
			throw new ChainError(`The chain has no runtime API CreditApi.${method}; is this client of the same version?`);
		}
		return ((await query(...values)) as unknown as Codec).toJSON();
	};
	const chain = scoreView(await ask("score", account));
	const years = asList(await ask("counters", account)).map(yearCounters);
	const version = await ask("scoreRules", chain.version);
	if (version === null) throw new ChainError(`The chain has no version ${chain.version} of the rules of scores.`);
	const thresholds = asList(field(await ask("levels"), "thresholds")).map(asNumber);
	const assessment = assess(scoreRules(field(version, "rules")), years, chain.asOf);
	const computed = { ...assessment, level: levelOf(thresholds, assessment.score) };
	return { account, block: at, years, chain, computed };
}

/** What the chain says otherwise than it was computed, a sentence each. */
export function differences({ chain, computed }: Pick<Credit, "chain" | "computed">): string[] {
	const pairs: [what: string, said: unknown, found: unknown][] = [
		["the score", chain.score, computed.score],
		["the level", chain.level, computed.level],
		["what penalties take off", chain.deduction.points, computed.deduction.points],
		["the sums of penalties", chain.deduction.input, computed.deduction.input],
		["the number of terms", chain.terms.length, computed.terms.length],
	];
	for (const [n, term] of computed.terms.entries()) {
		const said = chain.terms[n];
		if (said === undefined) continue;
		pairs.push(
			[`the name of term ${n + 1}`, said.term, term.term],
			[`the input of ${term.term}`, said.input, term.input],
			[`the rate of ${term.term}`, said.rate, term.rate],
			[`the weight of ${term.term}`, said.weight, term.weight],
			[`the points of ${term.term}`, said.points, term.points],
		);
	}
	return pairs
		.filter(([, said, found]) => String(said) !== String(found))
		.map(([what, said, found]) => `${what}: the chain says ${String(said)}, the counters give ${String(found)}`);
}

export function scoreView(value: unknown): ScoreView {
	const deduction = field(value, "deduction");
	return {
		score: asBigInt(field(value, "score")),
		level: variant(field(value, "level")),
		version: asNumber(field(value, "version")),
		asOf: asNumber(field(value, "asOf")),
		storedScore: asBigInt(field(value, "storedScore")),
		storedLevel: variant(field(value, "storedLevel")),
		terms: asList(field(value, "terms")).map(termView),
		deduction: { input: numbers(field(deduction, "input")), points: asBigInt(field(deduction, "points")) },
	};
}

function termView(value: unknown): Term {
	const number = (name: string) => asBigInt(field(value, name));
	return {
		term: variant(field(value, "term")) as TermName,
		input: numbers(field(value, "input")),
		rate: number("rate"),
		weight: number("weight"),
		points: number("points"),
	};
}

export function yearCounters(value: unknown): YearCounters {
	const number = (name: string) => asBigInt(field(value, name));
	const three = (name: string, ...fields: readonly string[]) =>
		fields.map((each) => asBigInt(field(field(value, name), each)));
	return {
		year: asNumber(field(value, "year")),
		kept: number("kept"),
		broken: number("broken"),
		surrender: three("surrender", "inTime", "late", "short"),
		reports: three("reports", "inTime", "late", "missing"),
		discrepancies: number("discrepancies"),
		corrected: number("corrected"),
		penalties: numbers(field(value, "penalties")),
	};
}

export function scoreRules(value: unknown): ScoreRules {
	const part = (name: string) => (of: string) => asBigInt(field(field(value, name), of));
	const timeliness = (name: string) => {
		const number = part(name);
		return { weight: number("weight"), late: number("late"), missed: number("missed"), prior: number("prior") };
	};
	const [performance, accuracy] = [part("performance"), part("accuracy")];
	const penalties = field(value, "penalties");
	return {
		decayMilli: numbers(field(value, "decayMilli")),
		performance: {
			weight: performance("weight"),
			brokenFactor: performance("brokenFactor"),
			prior: performance("prior"),
		},
		surrender: timeliness("surrender"),
		reports: timeliness("reports"),
		accuracy: {
			weight: accuracy("weight"),
			perDiscrepancy: accuracy("perDiscrepancy"),
			perCorrection: accuracy("perCorrection"),
		},
		penalties: { points: numbers(field(penalties, "points")), pointsMax: asBigInt(field(penalties, "pointsMax")) },
	};
}

function numbers(value: unknown): bigint[] {
	return asList(value).map(asBigInt);
}
