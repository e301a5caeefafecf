//! Invariants that hold between any two extrinsics, for auditors: the runtime API `AuditApi` runs them on a live chain,
//! each journey at its end.

use crate::{Allowance, Market, Nodes, Participants, Regulator, Settlement};
use alloc::vec::Vec;
use carbon_audit_api::InvariantReport;
use sp_runtime::{DispatchError, TryRuntimeError};

/// Run the checks of every pallet of the trading system. The state is not changed.
pub fn check() -> Vec<InvariantReport> {
	[
		report("Participants", Participants::do_try_state()),
		report("Regulator", Regulator::do_try_state()),
		report("Nodes", Nodes::do_try_state()),
		report("Settlement", Settlement::do_try_state()),
		report("Allowance", Allowance::do_try_state()),
		report("Market", Market::do_try_state()),
	]
	.into()
}

fn report(pallet: &str, result: Result<(), TryRuntimeError>) -> InvariantReport {
	let violation = result.err().map(|error| match error {
		DispatchError::Other(sentence) => sentence.as_bytes().to_vec(),
		other => <&'static str>::from(other).as_bytes().to_vec(),
	});
	InvariantReport {
		pallet: pallet.as_bytes().to_vec(),
		violation,
	}
}
