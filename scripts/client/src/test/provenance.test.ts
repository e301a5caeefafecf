import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { ChainError, CheckError } from "../errors.js";
import { type Format, graphOfChain, graphOfFile, requireSame } from "../provenance/check.js";
import { documentOf } from "../provenance/document.js";
import { provJson } from "../provenance/prov-json.js";
import { provN } from "../provenance/prov-n.js";
import { readProvenance } from "../provenance/read.js";
import { text } from "../provenance/records.js";
import { type Answers, answers, chainWith } from "./provenance-fixture.js";

/** Exports that the public package `prov` reads; see scripts/prov-check.py. */
const FIXTURES = new URL("../../../prov-fixtures/", import.meta.url);

async function exported(answer: Answers = answers()): Promise<Record<Format, string>> {
	const document = documentOf(await readProvenance(chainWith(answer)));
	return { json: provJson(document), n: provN(document) };
}

/** Records like the one given, by their numbers. */
function many(count: number, record: object): object[] {
	return Array.from({ length: count }, (_, id) => ({ ...record, id }));
}

describe("the provenance graph", () => {
	test("is exported byte by byte as the files that prov has accepted", async () => {
		const { json, n } = await exported();
		assert.equal(json, await readFile(new URL("valid.json", FIXTURES), "utf8"));
		assert.equal(n, await readFile(new URL("valid.provn", FIXTURES), "utf8"));
	});

	test("still calls a new version a revision when the old one has been declared void since", async () => {
		const answer = answers();
		const [, old] = answer.data as { record: { state: object } }[];
		if (old !== undefined) old.record.state = { invalidated: { by: 3 } };
		const { n } = await exported(answer);
		assert.match(n, /wasDerivedFrom\(chain:data-3, chain:data-1,.*prov:Revision/);
	});

	test("is read page by page until nothing comes", async () => {
		const { data, activities, entities } = answers();
		const list = many(250, activities[6] as object);
		const asked: bigint[] = [];
		const ledger = chainWith(
			{ data, activities: list, entities },
			{
				allActivities: async (from, count) => {
					asked.push(from);
					return list.slice(Number(from), Number(from) + count);
				},
			},
		);
		assert.equal((await readProvenance(ledger)).activities.length, 250);
		assert.deepEqual(asked, [0n, 100n, 200n, 250n]);
	});

	test("is refused when the chain has counted more than it tells", async () => {
		const ledger = chainWith(answers(), { counts: async () => [7, 8, 3] });
		await assert.rejects(readProvenance(ledger), new ChainError("The chain counts 8 data items, but tells 7."));
	});

	test("is refused when the chain tells of something twice", async () => {
		const list = answers().data;
		const ledger = chainWith(answers(), { allData: async () => list });
		const sentence = "The chain names 0 twice or out of order; is this client of the same version?";
		await assert.rejects(readProvenance(ledger), new ChainError(sentence));
	});

	test("is read at a block of one's choice, if it is final", async () => {
		assert.equal((await readProvenance(chainWith(answers()), "0xa1")).readAt.number, 1);
		const sentence = "0xa3 is no finalised block of this chain.";
		await assert.rejects(readProvenance(chainWith(answers()), "0xa3"), new ChainError(sentence));
	});

	test("of a chain without records is a document with the block alone", async () => {
		const { json, n } = await exported({ data: [], activities: [], entities: [] });
		assert.deepEqual(Object.keys(JSON.parse(json) as object), ["prefix", "entity"]);
		assert.match(n, /^document\n(.*\n)*.*'carbon:Block'.*\nendDocument\n$/);
	});

	test("keeps words that are no text as the bytes that they are", () => {
		assert.deepEqual(["0x", "0xff", "0xefbbbf61", "0x0a22"].map(text), ["", "0xff", "\ufeffa", '\n"']);
	});
});

describe("an exported file", () => {
	for (const format of ["json", "n"] as const) {
		test(`in the format ${format} has the nodes and edges of the chain`, async () => {
			const chain = graphOfChain(await readProvenance(chainWith(answers())));
			// 7 data, 7 activities, 3 execution entities and the block.
			assert.deepEqual([chain.nodes.length, chain.edges.length], [18, 36]);
			requireSame(chain, graphOfFile((await exported())[format], format));
		});

		for (const [what, pattern, replacement, complaint] of [
			["lacks a node", /.*(chain:account-5Chain": |agent\(chain:account-5Chain).*\n/, "", /lacks 1 .* agent chain:account-5Chain/],
			["lacks an edge", /.*(used1": |used\(chain:activity-1,).*\n/, "", /lacks 1 .* used chain:activity-1 chain:data-0/],
			["turns an edge round", /(used.*)activity-5(.*)data-4/, "$1activity-4$2data-4", /lacks 1 .* used chain:activity-5/],
			["names another node", /data-6(": |, \[)/, "data-7$1", /lacks 1 .* entity chain:data-6/],
		] as const) {
			test(`in the format ${format} that ${what} is refused`, async () => {
				const chain = graphOfChain(await readProvenance(chainWith(answers())));
				const content = (await exported())[format];
				const other = content.replace(pattern, replacement).replaceAll(/,\n\}/g, "\n}");
				assert.notEqual(other, content);
				const refusal = { name: "CheckError", message: complaint };
				assert.throws(() => requireSame(chain, graphOfFile(other, format)), refusal);
			});
		}
	}

	test("that has more than the chain is refused", async () => {
		const chain = graphOfChain(await readProvenance(chainWith(answers())));
		const more = { ...chain, edges: [...chain.edges, chain.edges[0] as string] };
		assert.throws(() => requireSame(chain, more), CheckError);
	});

	test("is not even written where the chain refers to what it does not have", async () => {
		const { data, activities, entities } = answers();
		const provenance = await readProvenance(chainWith({ data, activities, entities: entities.slice(0, 2) }));
		const sentence =
			'The chain has no record of chain:account-5Chain, which "wasAttributedTo chain:data-6 chain:account-5Chain" refers to.';
		assert.throws(() => graphOfChain(provenance), new ChainError(sentence));
	});

	test("is refused where an activity and its data do not say the same", async () => {
		const { data, activities, entities } = answers();
		const [first, second, ...others] = activities as { id: number; record: object }[];
		const claimed = { id: 0, record: { ...first?.record, generatedCount: 2 } };
		const answer = { data, activities: [claimed, second as object, ...others], entities };
		const chain = graphOfChain(await readProvenance(chainWith(answer)));
		const file = graphOfFile((await exported(answer)).json, "json");
		assert.throws(() => requireSame(chain, file), { name: "CheckError", message: /lacks 1 .* wasGeneratedBy chain:data-1/ });
	});
});
