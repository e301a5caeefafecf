/** What a node's operator applies with: the pure part of `session-keys`. */
import { hexToU8a, isHex, u8aToHex } from "@polkadot/util";
import { decodeAddress } from "@polkadot/util-crypto";
import { ChainError, messageOf, UsageError } from "./errors.js";
import { asText, field } from "./json.js";

/** Session keys and the proof that the node has them. */
export interface SessionKeys {
	readonly keys: string;
	readonly proof: string;
}

/** Longest address that the chain takes, in bytes. */
const ADDRESS_BYTES_MAX = 128;
const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Refuse a node on another machine: the method that makes keys is open to this machine only, and should stay so. */
export function requireLocal(url: string): void {
	let host: string;
	try {
		host = new URL(url).hostname;
	} catch (thrown) {
		throw new UsageError(`"${url}" is not a WebSocket address such as ws://127.0.0.1:9944.`, { cause: thrown });
	}
	if (!LOCAL.has(host)) {
		throw new UsageError(`Run this on the machine of the node: ${host} is another one, and session keys do not travel.`);
	}
}

/** The public key of an account, in hexadecimal, as the node wants it. */
export function accountHex(account: string): string {
	try {
		return u8aToHex(decodeAddress(account));
	} catch (thrown) {
		throw new UsageError(`"${account}" is not an account: ${messageOf(thrown)}.`, { cause: thrown });
	}
}

/** The address at which others reach the node, with its peer id at the end. */
export function nodeAddress(address: string, peerId: string): string {
	const match = /^(\/(?:ip4|ip6|dns|dns4|dns6)\/[^/\s]+\/tcp\/\d{1,5}(?:\/wss?)?)(?:\/p2p\/([^/\s]+))?$/.exec(address);
	if (match === null) {
		throw new UsageError(`"${address}" is not the address of a node such as /dns/node.example.org/tcp/30333.`);
	}
	const [, place, named] = match;
	if (named !== undefined && named !== peerId) {
		throw new UsageError(`The address names the node ${named}, but the one on this machine is ${peerId}.`);
	}
	const full = `${place}/p2p/${peerId}`;
	if (full.length > ADDRESS_BYTES_MAX) {
		throw new UsageError(`The address ${full} is longer than the ${ADDRESS_BYTES_MAX} bytes that the chain takes.`);
	}
	return full;
}

/** Read what the node answers to `author_rotateKeysWithOwner`. */
export function sessionKeys(answer: unknown): SessionKeys {
	const hex = (name: string): string => {
		const text = asText(field(answer, name));
		if (!isHex(text) || hexToU8a(text).length === 0) {
			throw new ChainError(`The node's ${name} are not hexadecimal: ${text}.`);
		}
		return text;
	};
	return { keys: hex("keys"), proof: hex("proof") };
}

/** What is printed for the operator. */
export function instructions(account: string, address: string, keys: SessionKeys | undefined, call: string): string[] {
	return [
		`node      ${address}`,
		...(keys === undefined ? [] : [`keys      ${keys.keys}`, `proof     ${keys.proof}`]),
		"call      nodes.apply",
		`encoded   ${call}`,
		"",
		"In polkadot.js: Developer → Extrinsics → Decode, paste the encoded call, go back to Submission,",
		`choose the account ${account}, and submit.`,
		...(keys === undefined
			? []
			: ["The keys are in the node's key store. Keep its former ones until the new ones are in force."]),
	];
}
