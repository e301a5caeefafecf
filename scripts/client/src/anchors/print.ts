/** What has come of comparing a file with the chain, as text. */
import type { FinalBlock } from "../chain/history.js";
import type { DataRecord } from "../provenance/records.js";
import type { LocalFile } from "./file.js";
import type { Anchored, Verdict } from "./verify.js";

export function print(verdict: Verdict, file: LocalFile, block: FinalBlock): string {
	const rows: [string, string][] = [
		["file", `${quoted(file.name)}, ${file.size} bytes`],
		["BLAKE2b-256", file.digests.Blake2b256],
		["read at", `block ${block.number} ${block.hash}, which is final`],
	];
	const found = verdict.verdict === "unknown" ? [] : verdict.found;
	return [
		verdict.verdict.toUpperCase(),
		"",
		...lines(rows),
		...found.flatMap((each) => ["", ...lines(rowsOf(each))]),
		"",
		CLOSING[verdict.verdict],
		"",
	].join("\n");
}

const CLOSING: Record<Verdict["verdict"], string> = {
	intact: "The file is, byte by byte, what was anchored.",
	altered: "What was anchored is another file: at least one byte differs.",
	unknown: "Nobody has anchored this file, and nothing that was anchored is kept where it lies.",
};

function rowsOf({ data, activity }: Anchored): [string, string][] {
	const { id, version, owner, content } = data;
	const rows: [string, string][] = [
		["data", `No. ${id}, version ${version}`],
		["of", owner],
		["anchored", `${moment(data.generatedAt)} in block ${activity.block}, by ${activity.entity}`],
		["digest", `${content.digest} (${content.algorithm.name})${content.isCiphertext ? ", of the ciphertext" : ""}`],
		["state", stateOf(data)],
	];
	if (content.mediaType !== "") rows.push(["media type", quoted(content.mediaType)]);
	if (content.size > 0n) rows.push(["size", `${content.size} bytes`]);
	if (content.locator !== "") rows.push(["kept at", quoted(content.locator)]);
	return rows;
}

function stateOf({ state }: DataRecord): string {
	switch (state.name) {
		case "Valid":
			return "valid";
		case "Superseded":
			return `superseded by data No. ${state.by}`;
		case "Invalidated":
			return `invalidated by activity No. ${state.by}`;
	}
}

/** In UTC, as all clocks of the chain. */
function moment(milliseconds: bigint): string {
	return new Date(Number(milliseconds)).toISOString();
}

function lines(rows: readonly (readonly [string, string])[]): string[] {
	return rows.map(([name, value]) => `${name.padEnd(11)}  ${value}`);
}

/** Somebody's own words: in quotation marks, and with nothing in them that does not show. */
function quoted(words: string): string {
	const shown = words.replaceAll(
		/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu,
		(each) => `\\u{${each.codePointAt(0)?.toString(16)}}`,
	);
	return `"${shown.replaceAll('"', '\\"')}"`;
}
