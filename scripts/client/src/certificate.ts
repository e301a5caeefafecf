#!/usr/bin/env node
/** Prints the certificate of a surrender or a cancellation. */
import { writeFile } from "node:fs/promises";
import { parseArguments, seconds } from "./arguments.js";
import { type Format, print } from "./certificates/print.js";
import { type Kind, ledgerOf, type Query, readCertificate } from "./certificates/read.js";
import { connect } from "./chain/connect.js";
import { exitCode, messageOf, UsageError } from "./errors.js";

const USAGE = `Usage: scripts/certificate.sh --surrender ID | --cancellation ID | --offset-cancellation ID
                              [--ws URL] [--at HASH] [--format text|json] [--out FILE] [--wait SECONDS]

Prints a certificate of what was surrendered or cancelled, read from the chain at its last finalised block.

  --surrender ID            number of the surrender, from the event allowance.Surrendered
  --cancellation ID         number of the cancellation of allowances, from the event allowance.Cancelled
  --offset-cancellation ID  number of the cancellation of offset credits, from the event offsets.Cancelled
  --ws URL                  WebSocket address of a node (default ws://127.0.0.1:9944)
  --at HASH                 read at this finalised block; the same block gives the same certificate, byte by byte
  --format text|json        default text
  --out FILE                write to this file
  --wait SECONDS            wait that long for the node to open its port (default 0)`;

const KINDS = ["surrender", "cancellation", "offset-cancellation"] as const satisfies readonly Kind[];
const ID_MAX = 2n ** 64n - 1n;

async function main(): Promise<void> {
	const { values } = parseArguments({
		options: {
			surrender: { type: "string" },
			cancellation: { type: "string" },
			"offset-cancellation": { type: "string" },
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			at: { type: "string" },
			format: { type: "string", default: "text" },
			out: { type: "string" },
			wait: { type: "string", default: "0" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const query = queryOf(values);
	const format = formatOf(values.format);
	const at = values.at === undefined ? undefined : hashOf(values.at);
	const connection = await connect(values.ws, { waitSeconds: seconds(values.wait) });
	try {
		const certificate = print(await readCertificate(ledgerOf(connection), query, at), format);
		if (values.out === undefined) process.stdout.write(certificate);
		else await write(values.out, certificate);
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		await connection.close();
	}
}

function queryOf(values: { readonly [kind in Kind]?: string | undefined }): Query {
	const [query, ...others] = KINDS.flatMap((kind) => {
		const id = values[kind];
		return id === undefined ? [] : [{ kind, id: idOf(id) }];
	});
	if (query === undefined || others.length > 0) {
		throw new UsageError("Name one of --surrender, --cancellation and --offset-cancellation. See --help.");
	}
	return query;
}

function idOf(text: string): bigint {
	if (!/^\d{1,20}$/.test(text) || BigInt(text) > ID_MAX) throw new UsageError(`"${text}" is not a number of a record.`);
	return BigInt(text);
}

function formatOf(text: string): Format {
	if (text === "text" || text === "json") return text;
	throw new UsageError(`"${text}" is not a format; there are text and json.`);
}

function hashOf(text: string): string {
	if (!/^0x[0-9a-f]{64}$/i.test(text)) throw new UsageError(`"${text}" is not a hash of a block.`);
	return text.toLowerCase();
}

async function write(file: string, content: string): Promise<void> {
	try {
		await writeFile(file, content);
	} catch (thrown) {
		throw new UsageError(`The certificate cannot be written: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

main().then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
