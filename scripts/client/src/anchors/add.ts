/** Anchors a file: its digest, media type, size and locator go on the chain, and nothing of what is in it. */
import type { KeyringPair } from "@polkadot/keyring/types";
import { stringToU8a } from "@polkadot/util";
import type { ContentInput } from "../chain/calls/provenance.js";
import { Calls } from "../chain/calls.js";
import type { Connection } from "../chain/connect.js";
import { Submitter } from "../chain/submit.js";
import { BlockWatcher, type ChainEvent } from "../chain/watch.js";
import { ChainError, UsageError } from "../errors.js";
import { asBigInt } from "../json.js";
import type { LocalFile } from "./file.js";

/** Longest texts that the chain takes, in bytes. */
const MEDIA_TYPE_MAX = 64;
const LOCATOR_MAX = 128;

/** What is told of a file beside its digest and size. */
export interface Description {
	readonly mediaType: string;
	/** Empty where it is nobody's concern. */
	readonly locator: string;
}

/** Where an anchor has got to. */
export interface Added {
	/** Number of the data. */
	readonly data: bigint;
	readonly block: number;
}

/** Refuse what the chain would refuse. */
export function requirePlain({ mediaType, locator }: Description): void {
	if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;[^\p{Cc}]*)?$/u.test(mediaType)) {
		throw new UsageError(`"${mediaType}" is not a media type such as application/pdf.`);
	}
	for (const [what, text, most] of [
		["The media type", mediaType, MEDIA_TYPE_MAX],
		["The locator", locator, LOCATOR_MAX],
	] as const) {
		if (stringToU8a(text).length > most)
			throw new UsageError(`${what} is longer than the ${most} bytes that the chain takes.`);
		if (/\p{Cc}/u.test(text)) throw new UsageError(`${what} has characters that do not show.`);
	}
}

/** What is told of a file. */
export function contentOf({ digests, size }: LocalFile, description: Description): ContentInput {
	return { algorithm: "Blake2b256", digest: digests.Blake2b256, isCiphertext: false, size, ...description };
}

export async function add(
	connection: Connection,
	signer: KeyringPair,
	file: LocalFile,
	description: Description,
): Promise<Added> {
	const watcher = await BlockWatcher.start(connection);
	try {
		const call = new Calls(connection.api).provenance.anchor("Document", contentOf(file, description));
		const job = { label: `the anchor of ${file.name}`, signer, call };
		const [outcome] = await new Submitter(connection, watcher).run([job]);
		if (outcome === undefined) throw new ChainError(`Nothing is known of ${job.label}.`);
		return { data: dataIn(outcome.events), block: outcome.number };
	} finally {
		watcher.close();
	}
}

/** Number of the data that the event of an anchor tells of. */
export function dataIn(events: readonly ChainEvent[]): bigint {
	const event = events.find(({ section, method }) => section === "provenance" && method === "Recorded");
	const first = (event?.data as unknown as { generatedFirst?: { toJSON: () => unknown } } | undefined)?.generatedFirst;
	if (first === undefined)
		throw new ChainError("The chain does not tell the number of the data; is this client of the same version?");
	return asBigInt(first.toJSON());
}
