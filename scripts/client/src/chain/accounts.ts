/** Keys. All of them come from the public development phrase: never use them where value is at stake. */
import { Keyring } from "@polkadot/keyring";
import type { KeyringPair } from "@polkadot/keyring/types";
import { stringToU8a } from "@polkadot/util";
import { blake2AsHex, blake2AsU8a, cryptoWaitReady, sr25519PairFromSeed } from "@polkadot/util-crypto";

/** Who acts on the development chain. */
export interface Actors {
	/** Holder of the sudo key, which only what tests the key itself may use; a supervisor as an officer. */
	readonly regulator: KeyringPair;
	/** The regulator's other supervisor. */
	readonly supervisor: KeyringPair;
	/** The regulator's clerk. */
	readonly clerk: KeyringPair;
	readonly bank: KeyringPair;
	readonly verifier: KeyringPair;
	/** Account into which the authority issues allowances for sale, and from which it sells them. */
	readonly authority: KeyringPair;
	/** Covered entities of the preset. */
	readonly dave: KeyringPair;
	readonly eve: KeyringPair;
	readonly operator: (id: string) => KeyringPair;
	/** A key that nobody has admitted. */
	readonly stranger: KeyringPair;
	/** A key of one's own for each name. */
	readonly named: (name: string) => KeyringPair;
	/** The same, many times faster, and not to be had from the phrase. */
	readonly quick: (name: string) => KeyringPair;
}

export async function actors(): Promise<Actors> {
	await cryptoWaitReady();
	const keyring = new Keyring({ type: "sr25519", ss58Format: 42 });
	const operators = new Map<string, KeyringPair>();
	return {
		regulator: keyring.addFromUri("//Alice"),
		supervisor: keyring.addFromUri("//Bob//stash"),
		clerk: keyring.addFromUri("//Alice//stash"),
		bank: keyring.addFromUri("//Bob"),
		verifier: keyring.addFromUri("//Charlie"),
		authority: keyring.addFromUri("//Ferdie"),
		dave: keyring.addFromUri("//Dave"),
		eve: keyring.addFromUri("//Eve"),
		stranger: keyring.createFromUri("//uk-ets//stranger"),
		named: (name) => keyring.createFromUri(`//${name}`),
		quick: (name) => keyring.createFromPair(sr25519PairFromSeed(blake2AsU8a(name, 256)), {}, "sr25519"),
		operator: (id) => {
			const known = operators.get(id);
			if (known !== undefined) return known;
			const pair = keyring.createFromUri(`//uk-ets/${id}`);
			operators.set(id, pair);
			return pair;
		},
	};
}

/** BLAKE2b-256 digest of a text, for identity documents, receipts and reports. */
export function digest(text: string): string {
	return blake2AsHex(stringToU8a(text), 256);
}

/** Address of the account that a pallet owns by its eight-byte id. */
export function palletAccount(id: Uint8Array): Uint8Array {
	const account = new Uint8Array(32);
	account.set(stringToU8a("modl"));
	account.set(id, 4);
	return account;
}
