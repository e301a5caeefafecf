/** Files with the graph of a chain. */
import { readFile, writeFile } from "node:fs/promises";
import { messageOf, UsageError } from "../errors.js";
import { type Format, type Graph, graphOfChain, graphOfFile, requireSame } from "./check.js";
import { documentOf } from "./document.js";
import { provJson } from "./prov-json.js";
import { provN } from "./prov-n.js";
import type { Provenance } from "./read.js";

/** A file to be written. */
export interface Target {
	readonly file: string;
	readonly format: Format;
}

/** A file whose format follows from its name, where it is not said. */
export function targetOf(file: string, format?: Format): Target {
	return { file, format: format ?? (file.endsWith(".provn") ? "n" : "json") };
}

/** The graph in each format. */
export function exported(provenance: Provenance): Readonly<Record<Format, () => string>> {
	const document = documentOf(provenance);
	return { json: () => provJson(document), n: () => provN(document) };
}

/** Write files, read them again and compare what is in them with the chain. Returns the graph that all of them hold. */
export async function exportTo(targets: readonly Target[], provenance: Provenance): Promise<Graph> {
	const graph = graphOfChain(provenance);
	const content = exported(provenance);
	for (const { file, format } of targets) {
		let read: string;
		try {
			await writeFile(file, content[format]());
			read = await readFile(file, "utf8");
		} catch (thrown) {
			throw new UsageError(`The graph cannot be written to ${file}: ${messageOf(thrown)}.`, { cause: thrown });
		}
		requireSame(graph, graphOfFile(read, format));
	}
	return graph;
}
