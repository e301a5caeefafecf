/** Documents that are anchored, execution entities that sign, what the chain records by itself, and the trace of a surrender. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Keyring } from "@polkadot/keyring";
import type { KeyringPair } from "@polkadot/keyring/types";
import { hexToU8a, stringToU8a, u8aConcat } from "@polkadot/util";
import { blake2AsU8a, encodeAddress } from "@polkadot/util-crypto";
import { contentOf, dataIn } from "../anchors/add.js";
import { localFile } from "../anchors/file.js";
import { print } from "../anchors/print.js";
import { type Named, questionsAtHead, type Verdict, verify } from "../anchors/verify.js";
import { digest } from "../chain/accounts.js";
import { type EntityInput, entityArguments, type ProofInput } from "../chain/calls/provenance.js";
import type { Call } from "../chain/calls.js";
import { connect } from "../chain/connect.js";
import { finalisedHead } from "../chain/history.js";
import { Storage } from "../chain/storage.js";
import type { Outcome } from "../chain/watch.js";
import { ChainError } from "../errors.js";
import { asBigInt, asList, asNumber, field, variant } from "../json.js";
import { graphOf } from "../trace/graph.js";
import { tonnesOf } from "../trace/lots.js";
import { svgOf } from "../trace/svg.js";
import { tableOf } from "../trace/table.js";
import { trace } from "../trace/trace.js";
import { act, ask, chainTime, done, type Session } from "./session.js";

/** Blocks in which one that is made becomes final at the latest. */
const FINAL_WITHIN = 20;
const NOBODY = 2n ** 63n;

export function anchors(session: Session): void {
	describe("anchors and traces", () => {
		const archive = new Archive(session);
		before(() => archive.open());
		after(() => archive.close());
		documents(archive);
		signatures(archive);
		records(archive);
		traces(archive);
	});
}

/** A directory with a document. */
class Archive {
	private dir = "";
	/** Number of the data that the document is anchored as. */
	data = 0n;
	/** Of this run: no digest is anchored twice by one owner. */
	readonly stamp = Date.now();

	constructor(readonly session: Session) {}

	async open(): Promise<void> {
		this.dir = await mkdtemp(join(tmpdir(), "carbon-chain-e2e-"));
		await this.write("the monthly report");
	}

	close(): Promise<void> {
		return rm(this.dir, { recursive: true });
	}

	get owner(): KeyringPair {
		return this.session.actors.dave;
	}

	get other(): KeyringPair {
		return this.session.actors.eve;
	}

	get path(): string {
		return join(this.dir, "report.txt");
	}

	get locator(): string {
		return `https://example.org/${this.stamp}/report.txt`;
	}

	write(content: string): Promise<void> {
		return writeFile(this.path, `${content}, ${this.stamp}`);
	}

	/** What is told of the document as it lies there. */
	async content() {
		return contentOf(await localFile(this.path), { mediaType: "text/plain", locator: this.locator });
	}

	done(signer: KeyringPair, call: Call): Promise<Outcome> {
		return done(this.session, signer, call);
	}

	async refuses(signer: KeyringPair, call: Call, error: string): Promise<void> {
		const outcome = await this.session.submitter.attempt({ label: act(call).label, signer, call });
		assert.equal(outcome.error, `Provenance.${error}`);
	}

	/** Wait until everything up to now is final. */
	async final(): Promise<void> {
		const { connection, watcher } = this.session;
		const last = (await connection.api.rpc.chain.getHeader()).number.toNumber();
		for (let waited = 0; (await finalisedHead(connection)).number < last; waited += 1) {
			assert.ok(waited < FINAL_WITHIN, `block ${last} is not final`);
			await watcher.nextBlock();
		}
	}

	/** The document compared with the chain, once everything is final. */
	async verdict(named: Partial<Named> = {}): Promise<{ verdict: Verdict; text: string }> {
		await this.final();
		const { questions, block } = await questionsAtHead(this.session.connection);
		const file = await localFile(this.path);
		const verdict = await verify(questions, file, { data: undefined, locator: undefined, ...named });
		return { verdict, text: print(verdict, file, block) };
	}

	ask(method: string, ...values: unknown[]): Promise<unknown> {
		return ask(this.session, "provenanceApi", method, ...values);
	}
}

function documents(archive: Archive): void {
	const { session } = archive;
	const { provenance } = session.calls;

	test("a file is unknown, is anchored, and is intact from then on", async () => {
		assert.equal((await archive.verdict()).verdict.verdict, "unknown");
		const outcome = await archive.done(archive.owner, provenance.anchor("Document", await archive.content()));
		archive.data = dataIn(outcome.events);
		const { verdict, text } = await archive.verdict();
		assert.ok(verdict.verdict === "intact");
		assert.deepEqual(
			verdict.found.map(({ data }) => data.id),
			[archive.data],
		);
		for (const part of [archive.owner.address, archive.locator, "text/plain", "valid"])
			assert.ok(text.includes(part), part);
	});

	test("with another byte it is altered as what it was, and unknown as anything else", async () => {
		await archive.write("the monthly report, improved");
		assert.equal((await archive.verdict()).verdict.verdict, "unknown");
		assert.equal((await archive.verdict({ data: archive.data })).verdict.verdict, "altered");
		assert.equal((await archive.verdict({ locator: archive.locator })).verdict.verdict, "altered");
		await assert.rejects(archive.verdict({ data: NOBODY }), ChainError);
	});

	test("a newer version supersedes it, and only the owner makes one", async () => {
		const content = await archive.content();
		await archive.refuses(archive.other, provenance.revise(archive.data, content), "NotOwner");
		const revised = dataIn((await archive.done(archive.owner, provenance.revise(archive.data, content))).events);
		const { verdict, text } = await archive.verdict();
		assert.ok(verdict.verdict === "intact" && text.includes("version 2"));
		await archive.write("the monthly report");
		const old = await archive.verdict({ data: archive.data });
		assert.equal(old.verdict.verdict, "intact");
		assert.ok(old.text.includes(`superseded by data No. ${revised}`));
		await archive.refuses(archive.owner, provenance.revise(archive.data, content), "DataNotValid");
		archive.data = revised;
	});

	test("declared void, it says so and cannot be used any more", async () => {
		await archive.refuses(archive.other, provenance.invalidate(archive.data, digest("wrong")), "NotOwner");
		await archive.done(archive.owner, provenance.invalidate(archive.data, digest("wrong")));
		await archive.write("the monthly report, improved");
		const { verdict, text } = await archive.verdict();
		assert.equal(verdict.verdict, "intact");
		assert.match(text, /invalidated by activity No\. \d+/);
		await archive.refuses(archive.owner, provenance.invalidate(archive.data, digest("again")), "DataInvalidated");
		const using = (at: number) => provenance.record(activity(archive.owner.address, at, [archive.data]), null);
		await archive.refuses(archive.owner, using(0), "UsedBeforeGeneration");
		await archive.refuses(archive.owner, using(await chainTime(session)), "DataInvalidated");
	});

	test("what cannot be anchored is refused", async () => {
		const content = await archive.content();
		await archive.refuses(archive.owner, provenance.anchor("Document", content), "DigestKnown");
		const plain = { ...content, digest: digest(`plain ${archive.stamp}`) };
		await archive.refuses(archive.owner, provenance.anchor("Document", { ...plain, locator: "a\nb" }), "TextNotPlain");
		await archive.refuses(archive.owner, provenance.invalidate(NOBODY, digest("nothing")), "DataUnknown");
	});
}

/** An activity as the chain takes it, which used data and generated none. */
function activity(entity: string, at: number, used: readonly bigint[]): Record<string, unknown> {
	return {
		entity,
		kind: "Access",
		startedAt: at,
		endedAt: at,
		space: { jurisdiction: null, site: null },
		condition: { parameters: null, trigger: "None", rule: "" },
		used,
		generated: [],
	};
}

function signatures(archive: Archive): void {
	const { session } = archive;
	const { provenance } = session.calls;

	for (const [scheme, type] of [
		["Sr25519", "sr25519"],
		["Ed25519", "ed25519"],
		["Ecdsa", "ecdsa"],
	] as const) {
		test(`a device with a key of the kind ${scheme} signs for itself, and nobody signs in its place`, async () => {
			const device = new Keyring({ type, ss58Format: 42 }).addFromUri(`//device//${scheme}//${archive.stamp}`);
			const account = accountOf(device);
			const description: EntityInput = { kind: "Device", role: "meter", onBehalfOf: archive.owner.address };
			const proof = (sequence: bigint, signer = device): ProofInput => ({
				sequence,
				signature: { [scheme]: signer.sign(statement(archive, account, description, sequence)) },
			});
			const register = (by: KeyringPair, with_: ProofInput | null) =>
				({ signer: by, call: provenance.registerEntity(account, description, with_) }) as const;
			const { owner, other } = archive;
			const thief = new Keyring({ type, ss58Format: 42 }).addFromUri("//thief");
			for (const [{ signer, call }, error] of [
				[register(owner, null), "ProofMissing"],
				[register(owner, proof(1n, thief)), "ProofInvalid"],
				// The statement names who hands it in.
				[register(other, proof(1n)), "ProofInvalid"],
			] as const) {
				await archive.refuses(signer, call, error);
			}
			const { signer, call } = register(owner, proof(1n));
			await archive.done(signer, call);
			await archive.refuses(owner, register(owner, proof(1n)).call, "SequenceUsed");
			const record = field(await archive.ask("executionEntity", account), "record");
			assert.equal(variant(field(record, "scheme")), scheme);
			assert.equal(field(record, "onBehalfOf"), owner.address);
		});
	}
}

/** The account of a key as the chain has it: an ECDSA key is hashed. */
function accountOf({ publicKey }: KeyringPair): string {
	return encodeAddress(publicKey.length > 32 ? blake2AsU8a(publicKey, 256) : publicKey, 42);
}

/** The bytes that an execution entity signs to be described: see the pallet's README. */
function statement({ session, owner }: Archive, entity: string, description: EntityInput, sequence: bigint): Uint8Array {
	const { api } = session.connection;
	const call = session.calls.provenance.registerEntity(entity, description, null);
	const encoded = api.registry.createType(call.method.args[1]?.toRawType() ?? "", entityArguments(description)).toU8a();
	const account = (address: string) => api.registry.createType("AccountId", address).toU8a();
	const number = api.registry.createType("u64", sequence).toU8a();
	const content = u8aConcat(new Uint8Array([0]), account(owner.address), account(entity), encoded, number);
	return u8aConcat(
		stringToU8a("carbon-chain/provenance/1\0"),
		hexToU8a(api.genesisHash.toHex()),
		blake2AsU8a(content, 256),
	);
}

function records(archive: Archive): void {
	const { session } = archive;

	test("the chain itself has recorded each surrender, with who supplied it", async () => {
		const surrender = await (await Storage.open(session.connection.api)).surrender(0n);
		assert.ok(surrender !== undefined);
		const id = asBigInt(await archive.ask("dataOfSubject", { Surrender: 0 }));
		const record = field(await archive.ask("data", id), "record");
		assert.deepEqual([variant(field(record, "kind")), field(record, "owner")], ["Surrender", surrender.supplier]);
		const made = field(await archive.ask("activity", field(record, "generatedBy")), "record");
		assert.deepEqual([variant(field(made, "kind")), asNumber(field(made, "block"))], ["Surrender", surrender.block]);
	});

	test("what a surrender was made from leads back, and forwards again", async () => {
		const id = asBigInt(await archive.ask("dataOfSubject", { Surrender: 0 }));
		const back = await archive.ask("lineage", id, "Backwards", 32, 1_000);
		const [first, ...others] = asList(field(back, "data")).map((each) => asBigInt(field(each, "id")));
		assert.equal(first, id);
		for (const each of others) {
			const forth = asList(field(await archive.ask("lineage", each, "Forwards", 32, 1_000), "data"));
			assert.ok(forth.some((found) => asBigInt(field(found, "id")) === id));
		}
	});

	test("a refused call leaves nothing on record", async () => {
		await archive.final();
		const before = await archive.ask("counts");
		await archive.refuses(archive.other, session.calls.provenance.invalidate(NOBODY, digest("nothing")), "DataUnknown");
		const [activities, data] = asList(await archive.ask("counts")).map(asBigInt);
		const [were, had] = asList(before).map(asBigInt);
		assert.deepEqual([activities, data], [were, had]);
	});
}

function traces(archive: Archive): void {
	const { session } = archive;

	test("surrenders are traced to their issues, twice to the same bytes, and everything else agrees with the chain", async () => {
		await archive.final();
		const storage = await Storage.open(session.connection.api);
		const ids: bigint[] = [];
		for (let id = 0n; (await storage.surrender(id)) !== undefined; id += 1n) ids.push(id);
		assert.ok(ids.length > 0);
		// The first, and those of the compliance period.
		for (const id of [...new Set([0n, ...ids.slice(-3)])]) {
			const record = await storage.surrender(id);
			const { surrender, lots } = await trace(session.connection, id);
			assert.equal(
				lots.reduce((sum, each) => sum + tonnesOf(each), 0n),
				record?.tonnes,
			);
			assert.deepEqual([surrender.supplier, surrender.block], [record?.supplier, record?.block]);
			const again = await connect(session.connection.url);
			try {
				const second = await trace(again, id);
				assert.equal(tableOf(second.surrender, second.lots), tableOf(surrender, lots));
				assert.equal(svgOf(graphOf(second.lots, 50), second.surrender), svgOf(graphOf(lots, 50), surrender));
			} finally {
				await again.close();
			}
		}
	});

	test("there is no trace of what was never surrendered", async () => {
		await assert.rejects(trace(session.connection, NOBODY), ChainError);
	});
}
