/** End-to-end tests against a started development node. */
import { after } from "node:test";
import { parseArguments, seconds } from "./arguments.js";
import { admission } from "./e2e/admission.js";
import { anchors } from "./e2e/anchors.js";
import { authority } from "./e2e/authority.js";
import { blockTrades } from "./e2e/block-trades.js";
import { compliance } from "./e2e/compliance.js";
import { credit } from "./e2e/credit.js";
import { flood } from "./e2e/flood.js";
import { orders } from "./e2e/orders.js";
import { provenance } from "./e2e/provenance.js";
import { refusals } from "./e2e/refusals.js";
import { open, type Session } from "./e2e/session.js";
import { surface } from "./e2e/surface.js";
import { trade } from "./e2e/trade.js";
import { exitCode } from "./errors.js";

const USAGE = `Usage: node dist/e2e.js [--ws URL] [--wait SECONDS] [--prov-out FILE]

Tests a started development node from the outside.

  --ws URL            WebSocket address of the node (default ws://127.0.0.1:9944)
  --wait SECONDS      wait that long for the node to open its port (default 0)
  --prov-out FILE     write the provenance graph to this file: as PROV-N where its name ends in .provn, else as PROV-JSON;
                      may be given more than once`;

async function start(): Promise<{ session: Session; files: readonly string[] }> {
	const { values } = parseArguments({
		options: {
			ws: { type: "string", default: "ws://127.0.0.1:9944" },
			wait: { type: "string", default: "0" },
			"prov-out": { type: "string", multiple: true, default: [] },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		process.exit(0);
	}
	return { session: await open(values.ws, seconds(values.wait)), files: values["prov-out"] };
}

try {
	const { session, files } = await start();
	after(async () => {
		session.watcher.close();
		await session.connection.close();
	});
	surface(session);
	trade(session);
	orders(session);
	blockTrades(session);
	refusals(session);
	admission(session);
	authority(session);
	compliance(session);
	credit(session);
	anchors(session);
	provenance(session, files);
	// The last one: it leaves applications in the pool and on the chain.
	flood(session);
} catch (thrown) {
	process.exit(exitCode(thrown));
}
