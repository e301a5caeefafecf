/** End-to-end tests against a started development node: node dist/e2e.js [--ws URL] [--wait SECONDS]. */
import { after } from "node:test";
import { parseArgs } from "node:util";
import { refusals } from "./e2e/refusals.js";
import { open } from "./e2e/session.js";
import { surface } from "./e2e/surface.js";
import { trade } from "./e2e/trade.js";
import { NamedError } from "./errors.js";

const { values } = parseArgs({
	options: { ws: { type: "string", default: "ws://127.0.0.1:9944" }, wait: { type: "string", default: "0" } },
});

try {
	const session = await open(values.ws, Number(values.wait));
	after(async () => {
		session.watcher.close();
		await session.connection.close();
	});
	surface(session);
	trade(session);
	refusals(session);
} catch (thrown) {
	if (!(thrown instanceof NamedError)) throw thrown;
	console.error(`${thrown.name}: ${thrown.message}`);
	process.exit(1);
}
