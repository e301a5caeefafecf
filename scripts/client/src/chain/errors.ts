/** Names of what the chain refused. */
import type { ApiPromise } from "@polkadot/api";
import type { DispatchError } from "@polkadot/types/interfaces";
import type { Codec } from "@polkadot/types/types";

/** `Market.InsufficientCash`, `Token.FundsUnavailable`, `BadOrigin`: the name that the pallet's documentation uses. */
function nameOf(api: ApiPromise, error: DispatchError): string {
	if (error.isModule) {
		const { section, name } = api.registry.findMetaError(error.asModule);
		return `${section.charAt(0).toUpperCase()}${section.slice(1)}.${name}`;
	}
	if (error.isToken) return `Token.${error.asToken.type}`;
	if (error.isArithmetic) return `Arithmetic.${error.asArithmetic.type}`;
	return error.type;
}

/** Events that carry the result of an inner call: the extrinsic itself counts as successful. */
const RESULTS = new Set([
	"sudo.Sudid",
	"sudo.SudoAsDone",
	"regulator.ActDispatched",
	"regulator.BreakGlassUsed",
	"proxy.ProxyExecuted",
	"multisig.MultisigExecuted",
]);
const FAILURES = new Set(["utility.ItemFailed", "utility.BatchInterrupted"]);

interface ResultLike extends Codec {
	readonly isErr: boolean;
	readonly asErr: DispatchError;
}

/** Name of the error that an event reports, if it reports one. */
export function errorIn(api: ApiPromise, section: string, method: string, data: readonly Codec[]): string | undefined {
	const name = `${section}.${method}`;
	if (name === "system.ExtrinsicFailed") return nameOf(api, data[0] as unknown as DispatchError);
	if (FAILURES.has(name)) return nameOf(api, data.at(-1) as unknown as DispatchError);
	if (!RESULTS.has(name)) return undefined;
	// Where the result stands among the fields differs from event to event.
	const result = data.find((each): each is ResultLike => "isErr" in each);
	return result?.isErr ? nameOf(api, result.asErr) : undefined;
}
