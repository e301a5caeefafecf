/** Calls of the pallet `provenance`. Moments are in milliseconds since the Unix epoch. */
import { stringToHex } from "@polkadot/util";
import type { Call, Make } from "./call.js";

/** What is told of data, which themselves stay with their owner. */
export interface ContentInput {
	readonly algorithm: "Blake2b256" | "Sha256" | "Sha3" | "Sm3";
	readonly digest: string;
	readonly isCiphertext: boolean;
	/** Empty where it is not known. */
	readonly mediaType: string;
	/** Bytes; zero where it is not known. */
	readonly size: bigint;
	/** Where the owner keeps them; empty where that is nobody's concern. */
	readonly locator: string;
}

/** What an execution entity says of itself. */
export interface EntityInput {
	readonly kind: "Person" | "Organisation" | "Software" | "Device" | "Authority";
	readonly role: string;
	readonly onBehalfOf: string | null;
}

/** The signature of an execution entity. */
export interface ProofInput {
	/** Higher than that of any statement that it has signed before. */
	readonly sequence: bigint;
	/** By the name of its scheme. */
	readonly signature: Readonly<Record<string, Uint8Array>>;
}

export class ProvenanceCalls {
	constructor(private readonly make: Make) {}

	readonly registerEntity = (entity: string, description: EntityInput, proof: ProofInput | null): Call =>
		this.make("provenance", "registerEntity", entity, entityArguments(description), proof);
	/** @param activity As the chain's metadata describe it. */
	readonly record = (activity: Readonly<Record<string, unknown>>, proof: ProofInput | null): Call =>
		this.make("provenance", "record", activity, proof);
	readonly anchor = (kind: "Document" | "Measurement", content: ContentInput): Call =>
		this.make("provenance", "anchor", kind, contentArguments(content), null, null);
	readonly revise = (data: bigint, content: ContentInput): Call =>
		this.make("provenance", "revise", data, contentArguments(content), null);
	readonly invalidate = (data: bigint, reason: string): Call => this.make("provenance", "invalidate", data, reason);
}

/** Text goes as bytes, so that none is taken for hex digits. */
export function contentArguments(content: ContentInput): Record<string, unknown> {
	return { ...content, mediaType: stringToHex(content.mediaType), locator: stringToHex(content.locator) };
}

/** The same, of a description without organisation and attributes. */
export function entityArguments({ kind, role, onBehalfOf }: EntityInput): Record<string, unknown> {
	return { kind, organisation: null, role: stringToHex(role), attributes: null, onBehalfOf };
}
