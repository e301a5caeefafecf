/** What the chain must refuse, with the name of the error and nothing changed. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { KeyringPair } from "@polkadot/keyring/types";
import { digest } from "../chain/accounts.js";
import type { Call } from "../chain/calls.js";
import { poolMessage } from "../chain/submit.js";
import type { Outcome } from "../chain/watch.js";
import { MARKET } from "../market.js";
import { freshYear, type Session } from "./session.js";
import { snapshot } from "./snapshot.js";

const CAP = 1_000n;
export function refusals({ actors, calls, connection, submitter, watcher }: Session): void {
	const { regulator, bank, dave, stranger, authority } = actors;

	const send = (signer: KeyringPair, call: Call): Promise<Outcome> =>
		submitter.attempt({ label: `${call.method.section}.${call.method.method}`, signer, call });
	const asRegulator = (...inner: Call[]): Promise<Outcome> => send(regulator, calls.asRegulator(inner));

	/** The extrinsic fails with `error`, and its block leaves the storage of all pallets as it was. */
	const refuses = async (outcome: Outcome, error: string): Promise<void> => {
		assert.equal(outcome.error, error);
		const { parentHash } = await connection.api.rpc.chain.getHeader(outcome.block);
		const [was, is] = await Promise.all([
			snapshot(connection, parentHash.toHex()),
			snapshot(connection, outcome.block),
		]);
		assert.ok(was.size > 0);
		assert.deepEqual(changed(was, is), []);
	};

	describe("what the chain refuses", () => {
		let year = 0;
		const allocate = (...allocations: [KeyringPair, bigint][]): Promise<Outcome> =>
			asRegulator(
				calls.allocate(
					year,
					allocations.map(([pair, tonnes]) => [pair.address, tonnes] as const),
				),
			);
		const order = (tonnes: bigint): Call =>
			calls.placeOrder(year, "Buy", MARKET.reference, tonnes, "GoodTillCancelled");

		before(async () => {
			year = await freshYear(connection);
			const { error } = await asRegulator(
				calls.openPeriod(year, CAP, "Cumulative"),
				calls.enrol(year, [dave.address, actors.eve.address]),
				calls.createMarket(year, MARKET),
			);
			assert.equal(error, undefined);
		});

		test("an order of a stranger, in the pool already: it cannot pay the fee", async () => {
			const { address } = stranger;
			const signed = order(1n).sign(stranger, {
				blockHash: connection.api.genesisHash,
				genesisHash: connection.api.genesisHash,
				runtimeVersion: connection.api.runtimeVersion,
				nonce: 0,
			});
			await assert.rejects(connection.request("author_submitExtrinsic", [signed.toHex()]), (thrown: unknown) => {
				assert.match(poolMessage(thrown), /Inability to pay some fees/, address);
				return true;
			});
		});

		test("an order of a stranger, if it came to be executed: not admitted", async () => {
			await refuses(
				await send(regulator, calls.asAccount(stranger.address, order(1n))),
				"Participants.NotAdmitted",
			);
		});

		test("an order of a participant that may not trade", async () => {
			await refuses(await send(actors.verifier, order(1n)), "Participants.RoleMissing");
		});

		test("an order without funds", async () => {
			await refuses(await send(dave, order(10n)), "Market.InsufficientCash");
		});

		test("an allocation over the cap", async () => {
			await refuses(await allocate([dave, CAP + 1n]), "Allowance.CapExceeded");
		});

		test("a second allocation, together with all else in its list", async () => {
			assert.equal((await allocate([dave, 10n])).error, undefined);
			await refuses(await allocate([dave, 10n]), "Allowance.AlreadyAllocated");
			await refuses(await allocate([actors.eve, 10n], [dave, 10n]), "Allowance.AlreadyAllocated");
		});

		test("a list of which one entry fails, in a batch that did other things before", async () => {
			const batch = asRegulator(
				calls.issueForSale(year, authority.address, 5n),
				calls.allocate(year, [[actors.eve.address, CAP]]),
			);
			await refuses(await batch, "Allowance.CapExceeded");
		});

		test("the same period twice", async () => {
			await refuses(await asRegulator(calls.openPeriod(year, CAP, "Yearly")), "Allowance.PeriodExists");
		});

		test("the regulator's calls from anybody else", async () => {
			await refuses(await send(dave, calls.openPeriod(year + 1, CAP, "Yearly")), "BadOrigin");
		});

		test("a receipt of the bank that was used before", async () => {
			const receipt = digest(`end-to-end receipt ${year} ${Date.now()}`);
			assert.equal((await send(bank, calls.mint(dave.address, 100n, receipt))).error, undefined);
			await refuses(await send(bank, calls.mint(dave.address, 100n, receipt)), "Settlement.ReceiptUsed");
		});

		test("tokens made by anybody but the bank", async () => {
			await refuses(
				await send(dave, calls.mint(dave.address, 100n, digest("forged"))),
				"Participants.RoleMissing",
			);
		});

		test("transfers that go round the rules, of money and of allowances", async () => {
			const money = calls.other("balances", "transferKeepAlive", authority.address, 1n);
			const allowances = calls.other("assets", "transfer", year, authority.address, 1n);
			await refuses(await send(dave, money), "System.CallFiltered");
			await refuses(await send(dave, allowances), "System.CallFiltered");
			await refuses(await send(dave, calls.other("utility", "batch", [money])), "System.CallFiltered");
		});

		test("nothing: the chain goes on after all this", () => watcher.nextBlock());
	});
}

function changed(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string[] {
	return [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key));
}
