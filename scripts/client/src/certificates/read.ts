/** Certificates of what was surrendered or cancelled, read from a finalised block of the chain. */
import type { GenericExtrinsic } from "@polkadot/types";
import type { Connection } from "../chain/connect.js";
import type { Surrender } from "../chain/records.js";
import { Storage } from "../chain/storage.js";
import { ChainError, messageOf, NamedError } from "../errors.js";
import { asBigInt, asList, asNumber, asText, field } from "../json.js";

/** Asset numbers below are vintages, those from here on series of offset credits. */
const OFFSET_SERIES_FIRST = 1_000_000;

/** Which list of records a certificate is of. Each counts its numbers from 0. */
export type Kind = "surrender" | "cancellation" | "offset-cancellation";

/** What a certificate is asked for. */
export interface Query {
	readonly kind: Kind;
	readonly id: bigint;
}

export interface Block {
	readonly number: number;
	readonly hash: string;
}

/** What the tonnes are of. */
export type Units =
	| { readonly kind: "allowances"; readonly asset: number; readonly vintage: number }
	| {
			readonly kind: "offset credits";
			/** Number of the series. */
			readonly asset: number;
			readonly vintage: number;
			readonly project: {
				readonly id: number;
				readonly kind: string;
				readonly methodology: string;
				readonly registryRef: string;
			};
			/** Name of the report of reductions in the registry that it comes from. */
			readonly reportRef: string;
	  };

/** What units were surrendered for, and how that obligation stood at the block that was read. */
export interface Obliged {
	readonly entity: string;
	readonly year: number;
	/** Confirmed; nothing where they were not. */
	readonly emissions: bigint | undefined;
	/** Tonnes over all surrenders, and the part of them that was offset credits. */
	readonly surrendered: bigint;
	readonly offsets: bigint;
	/** Nothing before the period has closed. */
	readonly status: string | undefined;
}

/** Why units were cancelled. */
export interface Cancelled {
	/** `Voluntary`; offset credits are also cancelled by `Reversal` or in `Settlement` of one. */
	readonly cause: string;
	readonly beneficiary: string | undefined;
	/** Digest. */
	readonly reason: string | undefined;
}

export interface Certificate {
	readonly kind: Kind;
	readonly id: bigint;
	readonly tonnes: bigint;
	readonly units: Units;
	/** Who handed the units in. */
	readonly holder: string;
	/** With a surrender only. */
	readonly obligation: Obliged | undefined;
	/** With a cancellation only. */
	readonly cancellation: Cancelled | undefined;
	/** Block in which it was made, and its time in milliseconds since the Unix epoch. */
	readonly madeIn: Block & { readonly time: bigint };
	/** Finalised block whose state was read. */
	readonly readAt: Block;
	readonly chain: { readonly name: string; readonly genesis: string };
}

/** What certificates are made from. */
export type Records = Pick<
	Storage,
	"surrender" | "cancellation" | "offsetCancellation" | "obligation" | "series" | "project" | "reductionReport"
>;

/** A chain, as far as certificates need it. */
export interface Ledger {
	readonly name: string;
	readonly genesis: string;
	/** The last finalised block. */
	finalised(): Promise<Block>;
	/** Number of the block with this hash; nothing where the node does not know it. */
	numberOf(hash: string): Promise<number | undefined>;
	/** Hash of the block with this number, which is final. */
	hashOf(number: number): Promise<string>;
	/** Milliseconds since the Unix epoch. */
	timeOf(hash: string): Promise<bigint>;
	recordsAt(hash: string): Promise<Records>;
}

/**
 * Read a certificate.
 *
 * @param at Hash of the finalised block to read; the last one where nothing is said.
 */
export async function readCertificate(ledger: Ledger, query: Query, at?: string): Promise<Certificate> {
	const readAt = await finalisedBlock(ledger, at);
	try {
		const records = await ledger.recordsAt(readAt.hash);
		const { block, ...what } = await recorded(records, query, readAt);
		const hash = await ledger.hashOf(block);
		return {
			...query,
			...what,
			madeIn: { number: block, hash, time: await ledger.timeOf(hash) },
			readAt,
			chain: { name: ledger.name, genesis: ledger.genesis },
		};
	} catch (thrown) {
		if (thrown instanceof NamedError || at === undefined) throw thrown;
		// Most nodes keep the states of the last blocks only.
		throw new ChainError(`The node cannot read block ${at}: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

/** The finalised block with the hash `at`, or the last one where nothing is said. */
export async function finalisedBlock(
	ledger: Pick<Ledger, "finalised" | "numberOf" | "hashOf">,
	at: string | undefined,
): Promise<Block> {
	const last = await ledger.finalised();
	if (at === undefined) return last;
	const number = await ledger.numberOf(at);
	if (number === undefined || number > last.number || (await ledger.hashOf(number)) !== at) {
		throw new ChainError(`${at} is no finalised block of this chain.`);
	}
	return { number, hash: at };
}

type Recorded = Pick<Certificate, "tonnes" | "units" | "holder" | "obligation" | "cancellation"> & {
	readonly block: number;
};

async function recorded(records: Records, { kind, id }: Query, readAt: Block): Promise<Recorded> {
	switch (kind) {
		case "surrender": {
			const found = required(await records.surrender(id), "surrender", id, readAt);
			const { supplier: holder, tonnes, block } = found;
			const units = await unitsOf(records, found.asset);
			const obligation = await obligedBy(records, found);
			return { tonnes, units, holder, obligation, cancellation: undefined, block };
		}
		case "cancellation": {
			const found = required(await records.cancellation(id), "cancellation", id, readAt);
			const { holder, vintage, tonnes, beneficiary, reason, block } = found;
			const units = await unitsOf(records, vintage);
			const cancellation = { cause: "Voluntary", beneficiary, reason };
			return { tonnes, units, holder, obligation: undefined, cancellation, block };
		}
		case "offset-cancellation": {
			const found = required(await records.offsetCancellation(id), "cancellation of offset credits", id, readAt);
			const { holder, asset, tonnes, cause, beneficiary, reason, block } = found;
			const units = await unitsOf(records, asset);
			return { tonnes, units, holder, obligation: undefined, cancellation: { cause, beneficiary, reason }, block };
		}
	}
}

function required<T>(record: T | undefined, what: string, id: bigint, { number }: Block): T {
	if (record !== undefined) return record;
	throw new ChainError(
		`The chain has no ${what} with the number ${id} at the finalised block ${number}; ` +
			"one that was just made is there once its block is final.",
	);
}

async function obligedBy(records: Records, { year, entity }: Surrender): Promise<Obliged> {
	const found = await records.obligation(year, entity);
	if (found === undefined) throw new ChainError(`The chain has no obligation of ${entity} for ${year}.`);
	const { emissions, surrendered, offsets, status } = found;
	return { entity, year, emissions, surrendered, offsets, status };
}

async function unitsOf(records: Records, asset: number): Promise<Units> {
	if (asset < OFFSET_SERIES_FIRST) return { kind: "allowances", asset, vintage: asset };
	const series = await records.series(asset);
	const project = series && (await records.project(series.project));
	const report = series && (await records.reductionReport(series.report));
	if (series === undefined || project === undefined || report === undefined) {
		throw new ChainError(`The chain has no series ${asset} of offset credits.`);
	}
	const { methodology, registryRef } = project;
	return {
		kind: "offset credits",
		asset,
		vintage: series.vintage,
		// The kind that the series was issued with is the one that counts.
		project: { id: series.project, kind: series.kind, methodology, registryRef },
		reportRef: report.registryRef,
	};
}

/** The chain behind a connection. */
export function ledgerOf({ api, request }: Connection): Ledger {
	const hashOf = async (number: number) => asText(await request("chain_getBlockHash", [number]));
	const numberOf = async (hash: string) => {
		const header = await request("chain_getHeader", [hash]);
		return header === null ? undefined : asNumber(field(header, "number"));
	};
	return {
		name: api.runtimeChain.toString(),
		genesis: api.genesisHash.toHex(),
		hashOf,
		numberOf,
		finalised: async () => {
			const hash = asText(await request("chain_getFinalizedHead", []));
			const number = await numberOf(hash);
			if (number === undefined) throw new ChainError(`The node does not know its last finalised block ${hash}.`);
			return { number, hash };
		},
		// From the block's own data: a node keeps blocks for longer than states.
		timeOf: async (hash) => {
			const block = field(await request("chain_getBlock", [hash]), "block");
			for (const bytes of asList(field(block, "extrinsics"))) {
				const { method } = api.registry.createType("Extrinsic", asText(bytes)) as unknown as GenericExtrinsic;
				if (method.section === "timestamp" && method.method === "set") {
					return asBigInt(String(method.args[0]));
				}
			}
			throw new ChainError(`Block ${hash} does not tell its time.`);
		},
		recordsAt: (hash) => Storage.open(api, hash),
	};
}
