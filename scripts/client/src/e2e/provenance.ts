/** The provenance graph: what a participant records, and what an export says of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stringToHex } from "@polkadot/util";
import { digest } from "../chain/accounts.js";
import { graphOfChain, graphOfFile, requireSame } from "../provenance/check.js";
import { activityName, agentName, dataName } from "../provenance/document.js";
import { exported, exportTo, targetOf } from "../provenance/export.js";
import { type Provenance, provenanceLedger, readProvenance } from "../provenance/read.js";
import { chainTime, done, eventData, type Session } from "./session.js";

/** Blocks until what was included is final. */
const FINAL_WITHIN = 30;

/** @param files To which the graph is exported at the end. */
export function provenance(session: Session, files: readonly string[]): void {
	describe("provenance", () => {
		const { calls, connection, watcher, actors } = session;
		const ledger = provenanceLedger(connection);
		const firm = actors.dave;
		let graph: Provenance;
		/** Numbers of what is recorded here. */
		const data = { readings: 0n, sum: 0n, table: 0n, newer: 0n };
		const activities = {
			collect: 0n,
			aggregate: 0n,
			revise: 0n,
			invalidate: 0n,
		};

		const record = async (method: string, ...args: readonly unknown[]): Promise<{ activity: bigint; first: bigint }> => {
			const outcome = await done(session, firm, calls.other("provenance", method, ...args));
			const { id, generatedFirst } = eventData(outcome, "provenance", "Recorded");
			return { activity: BigInt(String(id)), first: BigInt(String(generatedFirst)) };
		};
		/** Each document is anchored once, also where the tests run again on the same chain. */
		const content = (what: string, locator = "") => ({
			algorithm: "Blake2b256",
			digest: digest(`${what} ${Date.now()}`),
			isCiphertext: true,
			mediaType: stringToHex("text/csv"),
			size: 1_234,
			locator: stringToHex(locator),
		});
		const item = (what: string, source: unknown) => ({
			kind: { Other: 7 },
			period: 2_025,
			content: content(what),
			protection: { policy: 3, keyEpoch: 1 },
			origin: { primarySource: null, device: null },
			derivedFrom: [source],
		});

		test("a participant anchors, aggregates, revises and voids data", async () => {
			const anchored = await record("anchor", "Measurement", content("readings", 'vault://"河"/1, [2]'), 2_025, null);
			[activities.collect, data.readings] = [anchored.activity, anchored.first];
			const now = await chainTime(session);
			const activity = {
				entity: firm.address,
				kind: "Aggregate",
				startedAt: now,
				endedAt: now,
				space: { jurisdiction: stringToHex("CN"), site: 4 },
				condition: { parameters: digest("parameters"), trigger: { Data: data.readings }, rule: stringToHex("rule 1") },
				used: [data.readings],
				generated: [item("sum", { Known: data.readings }), item("table", { New: 0 })],
			};
			const aggregated = await record("record", activity, null);
			[activities.aggregate, data.sum, data.table] = [aggregated.activity, aggregated.first, aggregated.first + 1n];
			const revised = await record("revise", data.sum, content("newer sum"), null);
			[activities.revise, data.newer] = [revised.activity, revised.first];
			activities.invalidate = (await record("invalidate", data.table, digest("wrong"))).activity;
		});

		test("the graph of a final block has all of it", async () => {
			const last = (await connection.api.rpc.chain.getHeader()).number.toNumber();
			for (let waited = 0; (await ledger.finalised()).number < last; waited += 1) {
				assert.ok(waited < FINAL_WITHIN, `block ${last} is not final`);
				await watcher.nextBlock();
			}
			graph = await readProvenance(ledger);
			const { nodes, edges } = graphOfChain(graph);
			const [readings, sum, table, newer] = [data.readings, data.sum, data.table, data.newer].map(dataName);
			const { collect, aggregate, revise, invalidate } = activities;
			for (const each of [
				`wasGeneratedBy ${readings} ${activityName(collect)}`,
				`used ${activityName(aggregate)} ${readings}`,
				`wasStartedBy ${activityName(aggregate)} ${readings}`,
				`wasAssociatedWith ${activityName(aggregate)} ${agentName(firm.address)}`,
				`wasAttributedTo ${sum} ${agentName(firm.address)}`,
				`wasDerivedFrom ${sum} ${readings}`,
				`wasDerivedFrom ${table} ${sum}`,
				`wasDerivedFrom ${newer} ${sum}`,
				`wasGeneratedBy ${newer} ${activityName(revise)}`,
				`wasInvalidatedBy ${table} ${activityName(invalidate)}`,
			]) {
				assert.ok(edges.includes(each), each);
			}
			assert.equal(nodes.length, graph.data.length + graph.activities.length + graph.entities.length + 1);
		});

		test("its exports have the same nodes and edges, and are the same whoever makes them at a block", async () => {
			const { hash } = graph.readAt;
			for (const format of ["json", "n"] as const) {
				const content = exported(graph)[format]();
				requireSame(graphOfChain(graph), graphOfFile(content, format));
				assert.equal(exported(await readProvenance(ledger, hash))[format](), content);
			}
			await exportTo(files.map((file) => targetOf(file)), graph);
		});
	});
}
