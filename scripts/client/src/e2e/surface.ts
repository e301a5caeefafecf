/** What a wallet sees of the chain: properties, metadata, calls, events, runtime APIs. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Option, Raw } from "@polkadot/types";
import type { Codec, DefinitionCallNamed } from "@polkadot/types/types";
import { u8aToHex } from "@polkadot/util";
import { PALLETS, sleep } from "../chain/connect.js";
import type { Session } from "./session.js";

/** Runtime APIs that polkadot.js shows under Developer → Runtime calls. */
const RUNTIME_APIS: Record<string, readonly string[]> = {
	participantsApi: ["participant", "mayTrade", "application", "applications", "group"],
	regulatorApi: [
		"officers",
		"level",
		"requirement",
		"proposal",
		"proposals",
		"halts",
		"record",
		"records",
		"recordsOfSubject",
		"recordsOfOfficer",
		"recordsBetween",
	],
	nodesApi: ["node", "nodes", "peers", "validators", "nextSessionAt"],
	allowanceApi: ["period", "obligation", "supply", "surrender", "cancellation", "totals", "carryOverRoom", "deduction"],
	offsetsApi: [
		"project",
		"projectsOf",
		"reductions",
		"reductionsOf",
		"series",
		"seriesOf",
		"referenceUse",
		"offsetCancellation",
		"reversalDebt",
	],
	marketApi: [
		"markets",
		"depth",
		"bestPrices",
		"order",
		"ordersOf",
		"marketHaltedUntil",
		"marketStatus",
		"calendar",
		"bars",
		"lastTrades",
		"dayTotals",
		"tradingAccount",
	],
	blockTradesApi: ["blockRules", "blockTrade", "blockTrades", "blockTradesOf", "pledgedOf"],
	creditApi: ["score", "counters", "scoreRules", "currentVersion", "levels", "accounts"],
	penaltiesApi: ["penalty", "penaltiesOf", "penalties", "disclosures", "debtOf"],
	provenanceApi: [
		"data",
		"activity",
		"executionEntity",
		"allData",
		"allActivities",
		"executionEntities",
		"dataByDigest",
		"dataOfSubject",
		"lineage",
		"activitiesOf",
		"activitiesByKind",
		"counts",
	],
	auditApi: ["checkInvariants"],
};

const METADATA_VERSION = 16;
/** "meta" in little-endian order: the first bytes of all metadata. */
const METADATA_MAGIC = "0x6d657461";
/** What the library writes when it meets something that it cannot interpret. */
const NOT_UNDERSTOOD = /unknown|unable|cannot|invalid|unhandled|mismatch/i;

export function surface(session: Session): void {
	describe("what a wallet sees", () => {
		properties(session);
		metadata(session);
		for (const pallet of PALLETS) palletOf(session, pallet);
		runtimeApis(session);
		finality(session);
	});
}

function properties(session: Session): void {
	const { api, request } = session.connection;

	test("the chain's properties are the token, two decimals and the generic address format", async () => {
		assert.deepEqual(await request("system_properties", []), {
			ss58Format: 42,
			tokenDecimals: 2,
			tokenSymbol: "CNYT",
		});
		assert.deepEqual(
			[api.registry.chainTokens[0], api.registry.chainDecimals[0], api.registry.chainSS58],
			["CNYT", 2, 42],
		);
	});

	test("the library understands every type and extension", () => {
		assert.deepEqual(
			session.warnings.filter((line) => NOT_UNDERSTOOD.test(line)),
			[],
		);
	});
}

function metadata(session: Session): void {
	const { api } = session.connection;

	test("metadata version 16 is served", async () => {
		const versions = await api.call["metadata"]?.["metadataVersions"]?.();
		assert.ok((versions?.toJSON() as number[]).includes(METADATA_VERSION), String(versions));
		const metadata = (await api.call["metadata"]?.["metadataAtVersion"]?.(
			METADATA_VERSION,
		)) as unknown as Option<Raw>;
		assert.ok(metadata.isSome);
		const bytes = metadata.unwrap().toU8a(true);
		assert.equal(u8aToHex(bytes.subarray(0, 4)), METADATA_MAGIC);
		assert.equal(bytes[4], METADATA_VERSION);
	});

	test("the metadata hash extension is in the tuple, and none carries bytes that wallets do not know", () => {
		assert.ok(api.registry.signedExtensions.includes("CheckMetadataHash"));
		const signed = Object.keys(api.registry.getSignedExtensionTypes()).sort();
		assert.deepEqual(
			signed,
			["era", "mode", "nonce", "tip"].filter((each) => signed.includes(each)),
		);
	});
}

function palletOf(session: Session, pallet: (typeof PALLETS)[number]): void {
	const { api } = session.connection;

	test(`every call of ${pallet} encodes and decodes`, () => {
		const calls = Object.entries(api.tx[pallet] ?? {});
		assert.ok(calls.length > 0);
		for (const [name, create] of calls) {
			const values = create.meta.args.map(({ type }) =>
				api.registry.createTypeUnsafe(type.toString(), []),
			);
			const call = create(...values).method;
			const again = api.registry.createType("Call", call.toU8a());
			assert.equal(again.toHex(), call.toHex(), name);
			assert.equal(`${again.section}.${again.method}`, `${pallet}.${name}`);
		}
	});

	test(`every call of ${pallet} is documented`, () => {
		for (const [name, { meta }] of Object.entries(api.tx[pallet] ?? {})) {
			assert.ok(meta.docs.join("").trim().length > 0, `${pallet}.${name}`);
		}
	});

	test(`every event and error of ${pallet} is decoded`, () => {
		for (const { meta } of Object.values(api.events[pallet] ?? {})) {
			for (const { type } of meta.fields)
				api.registry.createTypeUnsafe(api.registry.createLookupType(type), []);
		}
		for (const error of Object.values(api.errors[pallet] ?? {}))
			assert.ok(error.meta.docs.length > 0, error.meta.name.toString());
	});
}

function runtimeApis(session: Session): void {
	const { api } = session.connection;

	for (const [name, methods] of Object.entries(RUNTIME_APIS)) {
		test(`the runtime API ${name} is offered and answers`, async () => {
			for (const method of methods) {
				const call = api.call[name]?.[method];
				assert.ok(call !== undefined, `${name}.${method}`);
				// The library sets `meta`, which its types leave out.
				const { params } = (call as unknown as { meta: DefinitionCallNamed }).meta;
				const values = params.map(({ type }) => api.registry.createTypeUnsafe(type, []) as Codec);
				const answer = (await call(...values)) as unknown as Codec;
				assert.doesNotThrow(() => answer.toHuman(), `${name}.${method}`);
			}
		});
	}

	test("the runtime API tells who may trade", async () => {
		const mayTrade = api.call["participantsApi"]?.["mayTrade"];
		const answers = [];
		for (const actor of [
			session.actors.dave,
			session.actors.authority,
			session.actors.verifier,
			session.actors.stranger,
		]) {
			answers.push((await mayTrade?.(actor.address))?.toJSON());
		}
		assert.deepEqual(answers, [true, true, false, false]);
	});
}

function finality(session: Session): void {
	const { api } = session.connection;

	test("blocks become final", async () => {
		const height = async () =>
			(await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
		const before = await height();
		const deadline = Date.now() + 30_000;
		while ((await height()) < before + 2) {
			assert.ok(Date.now() < deadline, `finality stands at block ${before}`);
			await sleep(500);
		}
	});
}
