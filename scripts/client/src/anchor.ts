#!/usr/bin/env node
/** Anchors the digest of a file on the chain, and compares a file with what is anchored. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Keyring } from "@polkadot/keyring";
import { DEV_PHRASE } from "@polkadot/keyring/defaults";
import type { KeyringPair } from "@polkadot/keyring/types";
import { isHex } from "@polkadot/util";
import { cryptoWaitReady, keyExtractSuri, mnemonicValidate } from "@polkadot/util-crypto";
import { add, requirePlain } from "./anchors/add.js";
import { localFile } from "./anchors/file.js";
import { print } from "./anchors/print.js";
import { questionsAtHead, type Verdict, verify } from "./anchors/verify.js";
import { parseArguments, seconds } from "./arguments.js";
import { type Connection, connect } from "./chain/connect.js";
import { exitCode, messageOf, UsageError } from "./errors.js";

const USAGE = `Usage: scripts/anchor.sh verify FILE [--data ID] [--locator TEXT] [--ws URL] [--wait SECONDS]
       scripts/anchor.sh add FILE --media-type TYPE (--key-file FILE | --suri URI) [--locator TEXT] [--ws URL] [--wait SECONDS]

verify compares a file with what is anchored at the last finalised block. It is
  intact   the chain knows its digest, exit code 0; also told: of which data, whose, since when, and whether they still hold
  altered  the data that are named have another digest, exit code 3
  unknown  neither, exit code 4
add puts the file's BLAKE2b-256 digest on the chain, with media type, size and locator, and nothing of what is in it.

  --data ID          number of the data that the file should be
  --locator TEXT     where the file is kept; verify looks for data that are kept there, by default at FILE as it is written here
  --media-type TYPE  such as application/pdf
  --key-file FILE    file with the secret phrase or seed of the account that signs; - for the standard input
  --suri URI         the same on the command line, which others on the machine can read: for development keys such as //Dave
  --ws URL           WebSocket address of a node (default ws://127.0.0.1:9944)
  --wait SECONDS     wait that long for the node to open its port (default 0)`;

const EXIT_CODES: Record<Verdict["verdict"], number> = { intact: 0, altered: 3, unknown: 4 };
const ID_MAX = 2n ** 64n - 1n;

const OPTIONS = {
	data: { type: "string" },
	locator: { type: "string" },
	"media-type": { type: "string" },
	"key-file": { type: "string" },
	suri: { type: "string" },
	ws: { type: "string", default: "ws://127.0.0.1:9944" },
	wait: { type: "string", default: "0" },
	help: { type: "boolean", short: "h", default: false },
} as const;

type Values = ReturnType<typeof parse>["values"];

function parse() {
	return parseArguments({ options: OPTIONS, allowPositionals: true });
}

/** Returns the exit code. */
async function main(): Promise<number> {
	const { values, positionals } = parse();
	if (values.help) {
		console.log(USAGE);
		return 0;
	}
	const [command, file, ...others] = positionals;
	if (file === undefined || others.length > 0) throw new UsageError("Name a command and one file. See --help.");
	switch (command) {
		case "verify":
			return verifyFile(file, values);
		case "add":
			return addFile(file, values);
		default:
			throw new UsageError(`"${command}" is not a command; there are verify and add.`);
	}
}

async function verifyFile(name: string, values: Values): Promise<number> {
	refuseOptions(values, ["media-type", "key-file", "suri"], "verify");
	const named = { data: idOf(values.data), locator: values.locator ?? name };
	const file = await localFile(name);
	return connected(values, async (connection) => {
		const { questions, block } = await questionsAtHead(connection);
		const verdict = await verify(questions, file, named);
		process.stdout.write(print(verdict, file, block));
		return EXIT_CODES[verdict.verdict];
	});
}

async function addFile(name: string, values: Values): Promise<number> {
	refuseOptions(values, ["data"], "add");
	const mediaType = values["media-type"];
	if (mediaType === undefined) throw new UsageError("Name the file's media type with --media-type. See --help.");
	const description = { mediaType, locator: values.locator ?? "" };
	requirePlain(description);
	const signer = await keyOf(values);
	const file = await localFile(name);
	return connected(values, async (connection) => {
		const { data, block } = await add(connection, signer, file, description);
		console.log(`data         No. ${data}`);
		console.log(`digest       ${file.digests.Blake2b256}`);
		console.log(`recorded in  block ${block}, by ${signer.address}`);
		return 0;
	});
}

async function connected(values: Values, work: (connection: Connection) => Promise<number>): Promise<number> {
	const connection = await connect(values.ws, { waitSeconds: seconds(values.wait) });
	try {
		return await work(connection);
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		await connection.close();
	}
}

function refuseOptions(values: Values, names: readonly (keyof Values)[], command: string): void {
	const found = names.find((name) => values[name] !== undefined);
	if (found !== undefined) throw new UsageError(`${command} has no option --${found}. See --help.`);
}

function idOf(number: string | undefined): bigint | undefined {
	if (number === undefined) return undefined;
	if (!/^\d{1,20}$/.test(number) || BigInt(number) > ID_MAX)
		throw new UsageError(`"${number}" is not a number of a record.`);
	return BigInt(number);
}

async function keyOf({ suri, "key-file": file }: Values): Promise<KeyringPair> {
	if ((suri === undefined) === (file === undefined)) {
		throw new UsageError("Name the key that signs, with --key-file or with --suri. See --help.");
	}
	const secret = suri ?? (await secretIn(file ?? ""));
	await cryptoWaitReady();
	try {
		// The library would take any other words for a seed, and so for the key of an account that nobody has.
		const { phrase } = keyExtractSuri(secret.startsWith("/") ? `${DEV_PHRASE}${secret}` : secret);
		if (!isHex(phrase, 256) && !mnemonicValidate(phrase)) throw new Error("neither");
		return new Keyring({ type: "sr25519", ss58Format: 42 }).addFromUri(secret);
	} catch {
		// The library's message may repeat the secret.
		throw new UsageError("The key is neither a secret phrase nor a seed.");
	}
}

async function secretIn(file: string): Promise<string> {
	try {
		return (file === "-" ? await text(process.stdin) : await readFile(file, "utf8")).trim();
	} catch (thrown) {
		throw new UsageError(`The key cannot be read: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

main().then(
	(code) => process.exit(code),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
