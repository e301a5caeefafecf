#!/usr/bin/env node
/** Command line of the client. */
import { parseArguments, seconds, yearRange } from "./arguments.js";
import { connect } from "./chain/connect.js";
import { total } from "./compare.js";
import { CheckError, exitCode, UsageError } from "./errors.js";
import { makePlan } from "./plan.js";
import { Progress } from "./progress.js";
import { replay } from "./replay.js";
import { assumptions, resultLines } from "./report.js";
import { loadRegistry } from "./tables/load.js";
import type { YearRange } from "./tables/years.js";

const USAGE = `Usage: node dist/cli.js replay --compliance FILE --allocations FILE [--years YEARS] [--ws URL] [--wait SECONDS]

Plays UK ETS registry tables (.csv or .xlsx) through a fresh chain, year after year, and compares the surrender statuses.

  --compliance FILE   compliance report: recorded emissions, surrenders, statuses
  --allocations FILE  allocation table: free allowances
  --years YEARS       2021-2024 or 2022: years to replay (default: all that both tables have)
  --ws URL            WebSocket address of the node (default ws://127.0.0.1:9944)
  --strict            fail unless every published A, B or C matches, and there is one
  --wait SECONDS      wait that long for the node to open its port (default 0)
  --dry-run           read the tables, print the plan's assumptions, send nothing`;

interface Options {
	readonly ws: string;
	readonly compliance: string;
	readonly allocations: string;
	readonly years: YearRange | undefined;
	readonly wait: number;
	readonly strict: boolean;
	readonly dryRun: boolean;
}

async function main(args: string[]): Promise<void> {
	if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
		console.log(USAGE);
		return;
	}
	const options = parse(args);
	// The tables come first: a broken file must not touch the chain.
	const registry = await loadRegistry(options.compliance, options.allocations, options.years);
	const plan = makePlan(registry);
	for (const line of assumptions(plan)) console.log(line);
	if (options.dryRun) return;
	const connection = await connect(options.ws, { waitSeconds: options.wait });
	const progress = new Progress(process.stdout);
	try {
		const result = await replay(connection, plan, progress);
		for (const line of resultLines(result)) console.log(line);
		const broken = result.checks.filter((check) => !check.holds);
		if (broken.length > 0) {
			throw new CheckError(`${broken.length} of ${result.checks.length} checks do not hold: ${broken[0]?.law}.`);
		}
		const { matched, compared } = total(result.years.map((each) => each.comparison));
		if (options.strict && matched < compared) {
			throw new CheckError(`Only ${matched} of ${compared} statuses match.`);
		}
		if (options.strict && compared === 0) {
			throw new CheckError("No operator has a published status A, B or C to compare with.");
		}
	} finally {
		progress.clear();
		await connection.close();
	}
}

function parse(args: string[]): Options {
	const { values, positionals } = parseArguments({
		args,
		allowPositionals: true,
		options: {
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			compliance: { type: "string" },
			allocations: { type: "string" },
			years: { type: "string" },
			wait: { type: "string", default: "0" },
			strict: { type: "boolean", default: false },
			"dry-run": { type: "boolean", default: false },
		},
	});
	if (positionals.length !== 1 || positionals[0] !== "replay") {
		throw new UsageError(
			`The command "${positionals.join(" ")}" is not known; the only one is "replay". See --help.`,
		);
	}
	if (values.compliance === undefined || values.allocations === undefined) {
		throw new UsageError("Name both tables with --compliance FILE and --allocations FILE. See --help.");
	}
	return {
		ws: values.ws,
		compliance: values.compliance,
		allocations: values.allocations,
		years: values.years === undefined ? undefined : yearRange(values.years),
		wait: seconds(values.wait),
		strict: values.strict,
		dryRun: values["dry-run"],
	};
}

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(thrown: unknown) => process.exit(exitCode(thrown)),
);
