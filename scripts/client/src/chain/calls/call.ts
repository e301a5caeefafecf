/** What a call is, and how the chain's metadata makes one. */
import type { ApiPromise } from "@polkadot/api";
import type { SubmittableExtrinsic } from "@polkadot/api/types";
import { ChainError } from "../../errors.js";

export type Call = SubmittableExtrinsic<"promise">;

/** Make the call `method` of the pallet `section`. */
export type Make = (section: string, method: string, ...args: unknown[]) => Call;

/** Make calls by the metadata of the chain that `api` is connected to. */
export function maker(api: ApiPromise): Make {
	return (section, method, ...args) => {
		const create = api.tx[section]?.[method];
		if (create === undefined) {
			throw new ChainError(`The chain has no call ${section}.${method}; is this client of the same version?`);
		}
		return create(...args);
	};
}
