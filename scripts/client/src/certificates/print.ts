/** Certificates as text and as JSON. What they say depends on nothing but the chain. */
import type { Block, Certificate, Units } from "./read.js";

export type Format = "text" | "json";

const TITLES: Record<Certificate["kind"], string> = {
	surrender: "CERTIFICATE OF SURRENDER",
	cancellation: "CERTIFICATE OF CANCELLATION",
	"offset-cancellation": "CERTIFICATE OF CANCELLATION OF OFFSET CREDITS",
};
/** The questions by which a record is looked up. */
const QUESTIONS: Record<Certificate["kind"], string> = {
	surrender: "allowanceApi.surrender",
	cancellation: "allowanceApi.cancellation",
	"offset-cancellation": "offsetsApi.offsetCancellation",
};
const CAUSES: Record<string, string> = {
	Voluntary: "given up voluntarily",
	Reversal: "reductions were reversed",
	Settlement: "paid by the owner of a project whose reductions were reversed",
};
/** Whatever does not show, or changes the order in which text is shown. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

export function print(certificate: Certificate, format: Format): string {
	return format === "json" ? json(certificate) : text(certificate);
}

function text(certificate: Certificate): string {
	const { kind, id, tonnes, units, holder, madeIn, readAt, chain } = certificate;
	const rows: (readonly [string, string])[] = [
		["quantity", `${amount(tonnes)} CO2 equivalent`],
		["units", inWords(units)],
		...projectRows(units),
		[kind === "surrender" ? "supplied by" : "held by", holder],
		...obligationRows(certificate),
		...cancellationRows(certificate),
		["made in block", named(madeIn)],
		["", new Date(Number(madeIn.time)).toISOString()],
		["read at block", `${named(readAt)}, which is final`],
		["chain", `${shown(chain.name)}, genesis block ${chain.genesis}`],
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
	return [`${TITLES[kind]} No. ${id}`, "", ...lines, "", check(certificate), ""].join("\n");
}

function json(certificate: Certificate): string {
	const { madeIn } = certificate;
	const content = {
		...certificate,
		madeIn: { ...madeIn, time: new Date(Number(madeIn.time)).toISOString() },
		check: check(certificate),
	};
	// Tonnes and numbers of records may be longer than what JSON holds exactly.
	const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
	return `${JSON.stringify(content, plain, 2)}\n`;
}

function projectRows(units: Units): [string, string][] {
	if (units.kind === "allowances") return [];
	const { project, reportRef } = units;
	return [
		["project", `number ${project.id}, kind ${project.kind}`],
		["methodology", quoted(project.methodology)],
		["registry reference", `${quoted(project.registryRef)}, report ${quoted(reportRef)}`],
	];
}

function obligationRows({ obligation }: Certificate): [string, string][] {
	if (obligation === undefined) return [];
	const { entity, year, emissions, surrendered, offsets, status } = obligation;
	return [
		["obligation of", `${entity} for the year ${year}`],
		["", emissions === undefined ? "emissions not confirmed" : `confirmed emissions ${amount(emissions)}`],
		["", `surrendered in all ${amount(surrendered)}, of which offset credits ${amount(offsets)}`],
		["", status === undefined ? "the period is not closed" : `status ${status}`],
	];
}

function cancellationRows({ cancellation }: Certificate): [string, string][] {
	if (cancellation === undefined) return [];
	const { cause, beneficiary, reason } = cancellation;
	const rows: [string, string][] = [["cause", CAUSES[cause] ?? cause]];
	if (beneficiary !== undefined) {
		rows.push(["in favour of", beneficiary === "" ? "the holder itself" : quoted(beneficiary)]);
	}
	if (reason !== undefined) rows.push(["digest of reason", reason]);
	return rows;
}

/** How anybody sees that this is true. */
function check({ kind, id, madeIn, chain }: Certificate): string {
	return (
		`Anybody can check this: each node of the chain whose block 0 is ${chain.genesis} answers ` +
		`${QUESTIONS[kind]}(${id}) (in polkadot.js under Developer, Runtime calls) with this record, now and later, ` +
		`and its block ${madeIn.number} has the hash above.`
	);
}

/** What the units are, in words. */
export function inWords(units: Units): string {
	const { vintage, asset } = units;
	return units.kind === "allowances"
		? `allowances of vintage ${vintage}`
		: `offset credits, series ${asset}, reductions of ${vintage}`;
}

function amount(tonnes: bigint): string {
	return `${tonnes.toLocaleString("en-US")} t`;
}

function named({ number, hash }: Block): string {
	return `${number.toLocaleString("en-US")} ${hash}`;
}

/** Text of somebody's own words. */
function quoted(words: string): string {
	return `"${shown(words).replaceAll('"', '\\"')}"`;
}

/** Text of which nothing is hidden, so that nobody's words look like a line of the certificate. */
function shown(words: string): string {
	return words.replaceAll(UNSEEN, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
}
