#!/usr/bin/env node
/** Prints an account's credit score with each of its terms, computed anew from what the chain has counted. */
import { parseArguments, seconds } from "./arguments.js";
import { connect } from "./chain/connect.js";
import { print } from "./credit/print.js";
import { differences, readCredit } from "./credit/read.js";
import { CheckError, exitCode, UsageError } from "./errors.js";
import { accountHex } from "./node-application.js";

const USAGE = `Usage: scripts/score.sh --account ADDRESS [--ws URL] [--wait SECONDS]

Prints the credit score of an account at the last finalised block: each term with its input, rate, weight and points.
Everything is computed from the chain's counters and rules and compared with the chain's own answer; where the two differ,
the exit code is 1.

  --account ADDRESS  whose score
  --ws URL           WebSocket address of a node (default ws://127.0.0.1:9944)
  --wait SECONDS     wait that long for the node to open its port (default 0)`;

async function main(): Promise<void> {
	const { values } = parseArguments({
		options: {
			account: { type: "string" },
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			wait: { type: "string", default: "0" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	if (values.account === undefined) throw new UsageError("Name an account with --account. See --help.");
	// Refuses what is no address.
	accountHex(values.account);
	const connection = await connect(values.ws, { waitSeconds: seconds(values.wait) });
	try {
		const credit = await readCredit(connection, values.account);
		process.stdout.write(print(credit));
		const found = differences(credit);
		if (found.length > 0)
			throw new CheckError(`The chain's score does not follow from its counters: ${found.join("; ")}.`);
		console.log("The chain's answer is the same, term by term.");
	} catch (thrown) {
		throw connection.explain(thrown);
	} finally {
		await connection.close();
	}
}

main().then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
