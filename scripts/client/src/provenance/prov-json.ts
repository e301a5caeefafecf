/** Documents of PROV as PROV-JSON (W3C member submission of 24 April 2013), a statement a line. */
import { ARGUMENTS, type Document, KINDS, type Statement, type Value } from "./document.js";

export function provJson({ prefixes, statements }: Document): string {
	const sections = [`${quoted("prefix")}: ${JSON.stringify(prefixes)}`];
	for (const kind of KINDS) {
		const lines = statements
			.filter((each) => each.kind === kind)
			// An edge has no id of its own, so it gets a blank one.
			.map((each, n) => `${quoted(each.id ?? `_:${kind}${n + 1}`)}: ${content(each)}`);
		if (lines.length > 0) sections.push(`${quoted(kind)}: {\n${lines.join(",\n")}\n}`);
	}
	return `{\n${sections.join(",\n")}\n}\n`;
}

function content({ kind, args, attributes }: Statement): string {
	const entries: [string, unknown][] = [];
	for (const [n, key] of ARGUMENTS[kind].entries()) {
		if (args[n] !== undefined) entries.push([key, args[n]]);
	}
	const values = new Map<string, unknown[]>();
	for (const [key, value] of attributes) values.set(key, [...(values.get(key) ?? []), written(value)]);
	for (const [key, all] of values) entries.push([key, all.length === 1 ? all[0] : all]);
	return JSON.stringify(Object.fromEntries(entries));
}

function written({ text, type }: Value): unknown {
	return type === undefined ? text : { $: text, type };
}

function quoted(text: string): string {
	return JSON.stringify(text);
}
