#!/usr/bin/env node
/** For the operator of a node: makes session keys on the node and prints the application that goes with them. */
import type { Codec } from "@polkadot/types/types";
import { parseArguments, seconds } from "./arguments.js";
import { Calls } from "./chain/calls.js";
import { connect } from "./chain/connect.js";
import { poolMessage } from "./chain/submit.js";
import { ChainError, exitCode, UsageError } from "./errors.js";
import { asText } from "./json.js";
import { accountHex, instructions, nodeAddress, requireLocal, sessionKeys } from "./node-application.js";

const USAGE = `Usage: node dist/session-keys.js --account ACCOUNT --address ADDRESS [--observer] [--ws URL] [--wait SECONDS]

Makes new session keys on the node of this machine and prints the call with which its operator applies for admission.
Nothing is signed and nothing is sent to the chain.

  --account ACCOUNT   the operator's account, which has the role node operator
  --address ADDRESS   where other nodes reach this one, such as /dns/node.example.org/tcp/30333
  --observer          apply for a node without a part in consensus; no keys are made
  --ws URL            WebSocket address of the node on this machine (default ws://127.0.0.1:9944)
  --wait SECONDS      wait that long for the node to open its port (default 0)`;

async function main(): Promise<void> {
	const { values } = parseArguments({
		options: {
			account: { type: "string" },
			address: { type: "string" },
			observer: { type: "boolean", default: false },
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			wait: { type: "string", default: "0" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const { account, address, observer, ws } = values;
	if (account === undefined || address === undefined) {
		throw new UsageError("Name the operator's account and the node's address with --account and --address. See --help.");
	}
	requireLocal(ws);
	const owner = accountHex(account);
	const connection = await connect(ws, { waitSeconds: seconds(values.wait) });
	try {
		const place = nodeAddress(address, asText(await connection.request("system_localPeerId", [])));
		const keys = observer ? undefined : sessionKeys(await rotate(connection.request, owner));
		const apply = new Calls(connection.api).other(
			"nodes",
			"apply",
			observer ? "Observer" : "Validator",
			place,
			keys === undefined ? null : [keys.keys, keys.proof],
		);
		const encoded = (apply.method as unknown as Codec).toHex();
		for (const line of instructions(account, place, keys, encoded)) console.log(line);
	} finally {
		await connection.close();
	}
}

async function rotate(
	request: (method: string, params: readonly unknown[]) => Promise<unknown>,
	owner: string,
): Promise<unknown> {
	try {
		return await request("author_rotateKeysWithOwner", [owner]);
	} catch (thrown) {
		throw new ChainError(`The node made no keys: ${poolMessage(thrown)}.`, { cause: thrown });
	}
}

main().then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
