/** Documents of PROV as PROV-N (W3C recommendation of 30 April 2013), a statement a line. */
import { ARGUMENTS, type Document, type Statement, type Value } from "./document.js";

/** Prefixes that PROV-N knows without a declaration, and does not let anybody declare. */
const KNOWN = new Set(["prov", "xsd"]);

export function provN({ prefixes, statements }: Document): string {
	const declared = Object.entries(prefixes).filter(([prefix]) => !KNOWN.has(prefix));
	return [
		"document",
		...declared.map(([prefix, uri]) => `  prefix ${prefix} <${uri}>`),
		...statements.map((each) => `  ${statement(each)}`),
		"endDocument",
		"",
	].join("\n");
}

function statement({ kind, id, args, attributes }: Statement): string {
	const parts = [...(id === undefined ? [] : [id]), ...ARGUMENTS[kind].map((_, n) => args[n] ?? "-")];
	const said = attributes.map(([key, value]) => `${key}=${literal(value)}`);
	if (said.length > 0) parts.push(`[${said.join(", ")}]`);
	return `${kind}(${parts.join(", ")})`;
}

function literal({ text, type }: Value): string {
	if (type === "xsd:QName") return `'${text}'`;
	return type === undefined ? quoted(text) : `${quoted(text)} %% ${type}`;
}

const ESCAPES: Record<string, string> = {
	'"': '\\"',
	"\\": "\\\\",
	"\b": "\\b",
	"\f": "\\f",
	"\n": "\\n",
	"\r": "\\r",
	"\t": "\\t",
};

/** A text in quotation marks. What would end a line or is no character of a text is spelled out. */
function quoted(text: string): string {
	const escaped = text.replaceAll(/["\\\p{Cc}\u2028\u2029]/gu, (each) => {
		const code = each.codePointAt(0)?.toString(16) ?? "";
		return ESCAPES[each] ?? `\\u${code.padStart(4, "0")}`;
	});
	return `"${escaped}"`;
}
