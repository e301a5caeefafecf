import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { print } from "../certificates/print.js";
import { type Certificate, type Ledger, type Query, type Records, readCertificate } from "../certificates/read.js";
import type { Obligation } from "../chain/records.js";
import { ChainError } from "../errors.js";

const HASHES = ["0xa0", "0xa1", "0xa2", "0xa3", "0xa4"];
const SERIES = 1_000_000;

const obligation: Obligation = {
	allocated: undefined,
	report: undefined,
	emissions: 2_000n,
	excluded: false,
	verifier: undefined,
	corrections: 0,
	surrendered: 2_000n,
	offsets: 100n,
	shortfall: 0n,
	status: "A",
	waived: 0n,
	fine: 0n,
	carriedOver: 0n,
};

const records: Records = {
	surrender: async (id) => {
		const [asset, tonnes] = id === 0n ? [2024, 1_900n] : [SERIES, 100n];
		if (id > 1n) return undefined;
		return { supplier: "5Supplier", entity: "5Entity", year: 2024, asset, tonnes, block: 1 };
	},
	cancellation: async (id) =>
		id === 0n
			? { holder: "5Holder", vintage: 2023, tonnes: 7n, beneficiary: "A fair\nstatus  A", reason: "0x07", block: 2 }
			: undefined,
	offsetCancellation: async (id) =>
		id === 0n
			? {
					holder: "5Owner",
					asset: SERIES,
					tonnes: 2n ** 60n,
					cause: "Settlement",
					beneficiary: undefined,
					reason: undefined,
					block: 3,
				}
			: undefined,
	obligation: async () => obligation,
	series: async () => ({
		project: 3,
		report: 4,
		kind: "Forest",
		insideEts: false,
		vintage: 2022,
		issued: 200n,
		buffered: 40n,
		surrendered: 100n,
		cancelled: 0n,
	}),
	project: async () => ({
		owner: "5Owner",
		kind: "Forest",
		methodology: "CCER-14-001-V01",
		registryRef: "CCER-1",
		insideEts: false,
		revision: 0,
		state: "Registered",
	}),
	reductionReport: async () => ({
		project: 3,
		from: 0,
		to: 1,
		tonnes: 200n,
		digest: "0x00",
		registryRef: "CCER-1-M1",
		state: "Issued",
		verifier: undefined,
	}),
};

/** A chain of four blocks, of which the last one but one is final. */
const ledger: Ledger = {
	name: "Development",
	genesis: "0xa0",
	finalised: async () => ({ number: 3, hash: "0xa3" }),
	numberOf: async (hash) => {
		const number = HASHES.indexOf(hash);
		return number < 0 ? undefined : number;
	},
	hashOf: async (number) => HASHES[number] ?? "",
	timeOf: async () => 1_700_000_000_000n,
	recordsAt: async () => records,
};

async function text(query: Query): Promise<string> {
	return print(await readCertificate(ledger, query), "text");
}

describe("a certificate", () => {
	test("of a surrender of allowances names everything that is on record", async () => {
		assert.equal(
			await text({ kind: "surrender", id: 0n }),
			`CERTIFICATE OF SURRENDER No. 0

quantity       1,900 t CO2 equivalent
units          allowances of vintage 2024
supplied by    5Supplier
obligation of  5Entity for the year 2024
               confirmed emissions 2,000 t
               surrendered in all 2,000 t, of which offset credits 100 t
               status A
made in block  1 0xa1
               2023-11-14T22:13:20.000Z
read at block  3 0xa3, which is final
chain          Development, genesis block 0xa0

Anybody can check this: each node of the chain whose block 0 is 0xa0 answers allowanceApi.surrender(0) (in polkadot.js under Developer, Runtime calls) with this record, now and later, and its block 1 has the hash above.
`,
		);
	});

	test("of a surrender of offset credits says where they come from", async () => {
		const lines = (await text({ kind: "surrender", id: 1n })).split("\n");
		assert.deepEqual(lines.slice(2, 7), [
			"quantity            100 t CO2 equivalent",
			"units               offset credits, series 1000000, reductions of 2022",
			"project             number 3, kind Forest",
			'methodology         "CCER-14-001-V01"',
			'registry reference  "CCER-1", report "CCER-1-M1"',
		]);
	});

	test("of a cancellation lets nobody's words look like a line of it", async () => {
		const lines = (await text({ kind: "cancellation", id: 0n })).split("\n");
		assert.deepEqual(lines.slice(0, 8), [
			"CERTIFICATE OF CANCELLATION No. 0",
			"",
			"quantity          7 t CO2 equivalent",
			"units             allowances of vintage 2023",
			"held by           5Holder",
			"cause             given up voluntarily",
			'in favour of      "A fair\\u{a}status  A"',
			"digest of reason  0x07",
		]);
	});

	test("of cancelled offset credits says why they are gone", async () => {
		const certificate = await text({ kind: "offset-cancellation", id: 0n });
		assert.match(certificate, /^CERTIFICATE OF CANCELLATION OF OFFSET CREDITS No\. 0\n/);
		assert.match(certificate, /\ncause +paid by the owner of a project whose reductions were reversed\n/);
		assert.ok(!certificate.includes("in favour of"));
	});

	test("as JSON holds numbers of any size as text", async () => {
		const certificate = await readCertificate(ledger, { kind: "offset-cancellation", id: 0n });
		const { id, tonnes, units, madeIn } = JSON.parse(print(certificate, "json")) as Record<keyof Certificate, unknown>;
		assert.deepEqual([id, tonnes], ["0", (2n ** 60n).toString()]);
		assert.deepEqual(madeIn, { number: 3, hash: "0xa3", time: "2023-11-14T22:13:20.000Z" });
		assert.deepEqual(units, {
			kind: "offset credits",
			asset: SERIES,
			vintage: 2022,
			project: { id: 3, kind: "Forest", methodology: "CCER-14-001-V01", registryRef: "CCER-1" },
			reportRef: "CCER-1-M1",
		});
	});

	test("of what is not there is one sentence", async () => {
		for (const [kind, what] of [
			["surrender", "surrender"],
			["cancellation", "cancellation"],
			["offset-cancellation", "cancellation of offset credits"],
		] as const) {
			const sentence = `The chain has no ${what} with the number 9 at the finalised block 3; one that was just made is there once its block is final.`;
			await assert.rejects(readCertificate(ledger, { kind, id: 9n }), new ChainError(sentence));
		}
	});

	test("is read at a block of one's choice, if it is final", async () => {
		const query = { kind: "surrender", id: 0n } as const;
		assert.deepEqual((await readCertificate(ledger, query, "0xa2")).readAt, { number: 2, hash: "0xa2" });
		for (const hash of ["0xa4", "0xb2"]) {
			const refusal = new ChainError(`${hash} is no finalised block of this chain.`);
			await assert.rejects(readCertificate(ledger, query, hash), refusal);
		}
		const fork: Ledger = { ...ledger, numberOf: async () => 2 };
		await assert.rejects(readCertificate(fork, query, "0xb2"), ChainError);
	});

	test("at a block whose state the node has given up is one sentence", async () => {
		const pruned: Ledger = { ...ledger, recordsAt: () => Promise.reject(new Error("State already discarded")) };
		await assert.rejects(
			readCertificate(pruned, { kind: "surrender", id: 0n }, "0xa2"),
			new ChainError("The node cannot read block 0xa2: State already discarded."),
		);
	});
});
