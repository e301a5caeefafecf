#!/usr/bin/env node
/** Traces the tonnes of a surrender back to where they were issued. */
import { writeFile } from "node:fs/promises";
import { parseArguments, seconds } from "./arguments.js";
import { connect } from "./chain/connect.js";
import { exitCode, messageOf, UsageError } from "./errors.js";
import { graphOf } from "./trace/graph.js";
import { svgOf } from "./trace/svg.js";
import { tableOf } from "./trace/table.js";
import { trace } from "./trace/trace.js";

const USAGE = `Usage: scripts/trace.sh --surrender ID [--ws URL] [--svg FILE] [--table FILE] [--boxes N] [--wait SECONDS]

Tells which allocations, and which serial numbers of them, a surrender is made of, and through whose hands they went.
Rebuilt from the events of all finalised blocks, first in, first out, and compared with what the chain says that everybody has.

  --surrender ID   number of the surrender, from the event allowance.Surrendered
  --ws URL         WebSocket address of a node that keeps the state of all blocks (default ws://127.0.0.1:9944)
  --svg FILE       draw the way of the tonnes
  --table FILE     write the table to this file instead of the standard output
  --boxes N        draw no more boxes than that (default 120)
  --wait SECONDS   wait that long for the node to open its port (default 0)`;

const ID_MAX = 2n ** 64n - 1n;

async function main(): Promise<void> {
	const { values } = parseArguments({
		options: {
			surrender: { type: "string" },
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			svg: { type: "string" },
			table: { type: "string" },
			boxes: { type: "string", default: "120" },
			wait: { type: "string", default: "0" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const id = idOf(values.surrender);
	const boxes = boxesOf(values.boxes);
	const connection = await connect(values.ws, { waitSeconds: seconds(values.wait) });
	try {
		const { surrender, lots } = await trace(connection, id);
		const table = tableOf(surrender, lots);
		if (values.table === undefined) process.stdout.write(table);
		else await write(values.table, table);
		if (values.svg !== undefined) await write(values.svg, svgOf(graphOf(lots, boxes), surrender));
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		await connection.close();
	}
}

function idOf(text: string | undefined): bigint {
	if (text === undefined) throw new UsageError("Name a surrender with --surrender. See --help.");
	if (!/^\d{1,20}$/.test(text) || BigInt(text) > ID_MAX) throw new UsageError(`"${text}" is not a number of a record.`);
	return BigInt(text);
}

function boxesOf(text: string): number {
	if (!/^[1-9]\d{0,4}$/.test(text)) throw new UsageError(`"${text}" is not a number of boxes.`);
	return Number(text);
}

async function write(file: string, content: string): Promise<void> {
	try {
		await writeFile(file, content);
	} catch (thrown) {
		throw new UsageError(`${file} cannot be written: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

main().then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
