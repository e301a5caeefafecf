#!/usr/bin/env node
/** Exports the provenance graph of a running chain as PROV-JSON or PROV-N. */
import { parseArguments, seconds } from "./arguments.js";
import { connect } from "./chain/connect.js";
import { exitCode, UsageError } from "./errors.js";
import type { Format } from "./provenance/check.js";
import { exportTo, type Target, targetOf } from "./provenance/export.js";
import { provenanceLedger, readProvenance } from "./provenance/read.js";

const USAGE = `Usage: scripts/prov.sh [--format json|n] --out FILE [--out FILE] [--ws URL] [--at HASH] [--wait SECONDS] [--quiet]

Exports the provenance graph of a running chain, read at its last finalised block, which the export names. The file is
read again and compared with the chain: the same nodes and edges.

  --format json|n   PROV-JSON or PROV-N (default: PROV-N for files whose names end in .provn, PROV-JSON for others)
  --out FILE        write to this file; more of them hold the same block
  --ws URL          WebSocket address of a node (default ws://127.0.0.1:9944)
  --at HASH         read at this finalised block; the same block gives the same file, byte by byte
  --wait SECONDS    wait that long for the node to open its port (default 0)
  --quiet           say nothing when all is well`;

const NAMES: Readonly<Record<Format, string>> = { json: "PROV-JSON", n: "PROV-N" };

async function main(): Promise<void> {
	const { values } = parseArguments({
		options: {
			format: { type: "string" },
			out: { type: "string", multiple: true, default: [] },
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			at: { type: "string" },
			wait: { type: "string", default: "0" },
			quiet: { type: "boolean", default: false },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const targets = targetsOf(values.out, values.format);
	const at = values.at === undefined ? undefined : hashOf(values.at);
	const connection = await connect(values.ws, { waitSeconds: seconds(values.wait) });
	try {
		const provenance = await readProvenance(provenanceLedger(connection), at);
		const { nodes, edges } = await exportTo(targets, provenance);
		const { number, hash } = provenance.readAt;
		const counts = `${nodes.length} nodes, ${edges.length} edges, the same as the chain's`;
		for (const { file, format } of values.quiet ? [] : targets) {
			console.log(`${NAMES[format]} of block ${number} ${hash} in ${file}: ${counts}`);
		}
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		await connection.close();
	}
}

function targetsOf(files: readonly string[], format: string | undefined): Target[] {
	if (files.length === 0) throw new UsageError("Name the file to write with --out. See --help.");
	if (format !== undefined && format !== "json" && format !== "n") {
		throw new UsageError(`"${format}" is not a format; there are json and n.`);
	}
	return files.map((file) => targetOf(file, format));
}

function hashOf(text: string): string {
	if (!/^0x[0-9a-f]{64}$/i.test(text)) throw new UsageError(`"${text}" is not a hash of a block.`);
	return text.toLowerCase();
}

main().then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
