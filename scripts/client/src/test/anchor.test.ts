import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stringToU8a } from "@polkadot/util";
import { requirePlain } from "../anchors/add.js";
import { digestsOf, type LocalFile } from "../anchors/file.js";
import { print } from "../anchors/print.js";
import { type Questions, verify } from "../anchors/verify.js";
import { ChainError, UsageError } from "../errors.js";
import type { ActivityRecord, Content, DataRecord, DataState } from "../provenance/records.js";

const FILE = file("a report");
const BLOCK = { number: 9, hash: "0x09" };

function file(content: string): LocalFile {
	const bytes = stringToU8a(content);
	return { name: "report.pdf", size: BigInt(bytes.length), digests: digestsOf(bytes) };
}

function data(id: bigint, content: Partial<Content>, state: DataState = { name: "Valid" }): DataRecord {
	return {
		id,
		kind: { name: "Document", number: undefined },
		version: 1,
		period: undefined,
		subject: undefined,
		owner: "5Owner",
		content: {
			algorithm: { name: "Blake2b256", number: undefined },
			digest: FILE.digests.Blake2b256,
			isCiphertext: false,
			mediaType: "application/pdf",
			size: FILE.size,
			locator: "",
			...content,
		},
		protection: undefined,
		primarySource: undefined,
		device: undefined,
		state,
		generatedBy: 4n,
		derivedFrom: [],
		generatedAt: 1_700_000_000_000n,
	};
}

/** A chain with these data. */
function chain(...all: readonly DataRecord[]): Questions {
	return {
		data: async (id) => all.find((each) => each.id === id),
		activity: async (id) => (id === 4n ? ({ id, block: 3, entity: "5Author" } as ActivityRecord) : undefined),
		byDigest: async (digest) => all.filter(({ content }) => content.digest === digest).map(({ id }) => id),
		// Two at a time, so that there is more than one page.
		page: async (from) => all.filter(({ id }) => id >= from).slice(0, 2),
	};
}

const nothing = { data: undefined, locator: "report.pdf" };
const other = file("another report").digests.Blake2b256;

describe("a local file", () => {
	test("is intact where the chain knows its digest, with all data that have it", async () => {
		const found = await verify(chain(data(0n, {}), data(1n, { digest: other }), data(2n, {})), FILE, nothing);
		assert.ok(found.verdict === "intact");
		assert.deepEqual(
			found.found.map((each) => each.data.id),
			[0n, 2n],
		);
		assert.equal(found.found[0]?.activity.block, 3);
	});

	test("is intact whichever of the listed algorithms made the digest, and not where the algorithm is another one", async () => {
		const by = (name: string, digest: string) => chain(data(0n, { algorithm: { name, number: undefined }, digest }));
		const { Sha256, Sha3, Sm3 } = FILE.digests;
		for (const [name, digest] of [
			["Sha256", Sha256],
			["Sha3", Sha3],
			["Sm3", Sm3],
		] as const) {
			assert.equal((await verify(by(name, digest), FILE, nothing)).verdict, "intact");
			assert.equal((await verify(by("Blake2b256", digest), FILE, nothing)).verdict, "unknown");
			assert.equal((await verify(by("Other", digest), FILE, nothing)).verdict, "unknown");
		}
	});

	test("is altered where the data that are named have another digest, though others have its own", async () => {
		const questions = chain(data(0n, {}), data(1n, { digest: other }));
		assert.equal((await verify(questions, FILE, { ...nothing, data: 0n })).verdict, "intact");
		const found = await verify(questions, FILE, { ...nothing, data: 1n });
		assert.ok(found.verdict === "altered");
		assert.deepEqual(
			found.found.map((each) => each.data.id),
			[1n],
		);
	});

	test("is altered where data are kept at its locator and have another digest", async () => {
		const kept = [0n, 1n, 2n, 3n, 4n].map((id) =>
			data(id, { digest: other, locator: id === 4n ? "report.pdf" : "elsewhere" }),
		);
		const found = await verify(chain(...kept), FILE, nothing);
		assert.ok(found.verdict === "altered");
		assert.deepEqual(
			found.found.map((each) => each.data.id),
			[4n],
		);
	});

	test("is not altered only because the chain has data without a locator", async () => {
		const questions = chain(data(0n, { digest: other, locator: "" }));
		for (const locator of ["", undefined]) {
			assert.equal((await verify(questions, FILE, { data: undefined, locator })).verdict, "unknown");
		}
	});

	test("is unknown otherwise, and nobody is asked for data that do not exist", async () => {
		assert.deepEqual(await verify(chain(data(0n, { digest: other })), FILE, nothing), { verdict: "unknown" });
		await assert.rejects(verify(chain(), FILE, { ...nothing, data: 7n }), ChainError);
	});

	test("has the digests that the algorithms' standards give", () => {
		const { Blake2b256, Sha256, Sha3, Sm3 } = digestsOf(stringToU8a("abc"));
		assert.equal(Blake2b256, "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
		assert.equal(Sha256, "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
		assert.equal(Sha3, "0x3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
		assert.equal(Sm3, "0x66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	});
});

describe("what is printed of it", () => {
	test("tells whose data they are, since when, and whether they still hold", async () => {
		const states: DataState[] = [{ name: "Valid" }, { name: "Superseded", by: 8n }, { name: "Invalidated", by: 5n }];
		const questions = chain(...states.map((state, n) => data(BigInt(n), { locator: 'a"\u{202e}b' }, state)));
		const text = print(await verify(questions, FILE, nothing), FILE, BLOCK);
		for (const part of [
			"INTACT",
			"data         No. 0, version 1",
			"of           5Owner",
			"anchored     2023-11-14T22:13:20.000Z in block 3, by 5Author",
			"state        valid",
			"state        superseded by data No. 8",
			"state        invalidated by activity No. 5",
			'kept at      "a\\"\\u{202e}b"',
		]) {
			assert.ok(text.includes(part), part);
		}
	});

	test("says in a sentence what altered and unknown mean", async () => {
		assert.match(print({ verdict: "unknown" }, FILE, BLOCK), /^UNKNOWN\n[^]*Nobody has anchored this file/);
		const altered = await verify(chain(data(1n, { digest: other })), FILE, { ...nothing, data: 1n });
		assert.match(print(altered, FILE, BLOCK), /^ALTERED\n[^]*at least one byte differs/);
	});
});

describe("what is anchored of a file", () => {
	test("is refused here where the chain would refuse it", () => {
		requirePlain({ mediaType: "application/pdf", locator: "" });
		requirePlain({ mediaType: "text/plain; charset=utf-8", locator: "https://example.org/é" });
		for (const mediaType of ["", "pdf", "a/b\n", `a/${"b".repeat(63)}`]) {
			assert.throws(() => requirePlain({ mediaType, locator: "" }), UsageError, mediaType);
		}
		for (const locator of ["a\nb", "é".repeat(65)]) {
			assert.throws(() => requirePlain({ mediaType: "a/b", locator }), UsageError, locator);
		}
	});
});
