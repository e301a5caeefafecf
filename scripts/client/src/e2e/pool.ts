/** What the node's transaction pool says of a transaction, before any block does. */
import type { KeyringPair } from "@polkadot/keyring/types";
import type { Call } from "../chain/calls.js";
import type { Connection } from "../chain/connect.js";
import { poolMessage } from "../chain/submit.js";

/** The codes of a refusal, as the page of the pallet `participants` lists them. */
export const REFUSAL = {
	notAdmitted: 1,
	expelled: 2,
	blackListed: 3,
	mayNotRepresent: 4,
	alreadyApplied: 5,
	alreadyAdmitted: 6,
	applicationsFull: 7,
	rolesUnfit: 8,
	tooManyPrincipals: 9,
	mayNotDelegate: 10,
	notAnInsider: 11,
} as const;

/** How many blocks a transaction is good for. An application must not be good for ever: its sender may begin again at nonce 0. */
const LIFETIME_BLOCKS = 64;

/** What signatures made at one moment have in common. */
export interface SigningContext {
	readonly era: { readonly current: number; readonly period: number };
	readonly blockHash: string;
}

export interface Signed {
	readonly hash: string;
	readonly bytes: string;
}

/** Let signatures begin at the best block. */
export async function signingContext({ api }: Connection): Promise<SigningContext> {
	const header = await api.rpc.chain.getHeader();
	return {
		era: { current: header.number.toNumber(), period: LIFETIME_BLOCKS },
		blockHash: header.hash.toHex(),
	};
}

export function sign(
	{ api }: Connection,
	{ era, blockHash }: SigningContext,
	signer: KeyringPair,
	call: Call,
	nonce: number,
): Signed {
	const signed = call.sign(signer, {
		era: api.registry.createType("ExtrinsicEra", era),
		blockHash,
		genesisHash: api.genesisHash,
		runtimeVersion: api.runtimeVersion,
		nonce,
	});
	return { hash: signed.hash.toHex(), bytes: signed.toHex() };
}

/** Sign with the signer's next nonce. */
export async function signNow(connection: Connection, signer: KeyringPair, call: Call): Promise<Signed> {
	const nonce = Number(await connection.request("system_accountNextIndex", [signer.address]));
	return sign(connection, await signingContext(connection), signer, call, nonce);
}

/** Why the pool refuses a transaction; nothing where it takes it. */
export async function refusalOf({ request }: Pick<Connection, "request">, { bytes }: Signed): Promise<string | undefined> {
	try {
		await request("author_submitExtrinsic", [bytes]);
		return undefined;
	} catch (thrown) {
		return poolMessage(thrown);
	}
}

/** The message of a refusal with one of the codes of {@link REFUSAL}. */
export function refusalMessage(code: number): string {
	return `1010: Invalid Transaction: Custom error: ${code}`;
}
