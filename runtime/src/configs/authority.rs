//! Root authority, batches, and how an organisation lets several operators act for it.

use super::money::CNY;
use crate::{Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent, System};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::{ConstU128, ConstU32, InstanceFilter};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

// The break-glass key. Whatever it does is dispatched by the regulator's pallet, which writes it down.
impl pallet_sudo::Config for Runtime {
	type RuntimeCall = pallet_regulator::Recorded<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

/// What an operator may do for its organisation.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything that the organisation may do, but for what an office or an accreditation is needed.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Place and cancel orders, and make block trades, nothing else.
	#[codec(index = 1)]
	Trade,
	/// Report emissions, apply with offset projects and report their reductions, and record where data come from, nothing else.
	#[codec(index = 2)]
	Reporting,
	/// Surrender, return, cancel and carry over units, move them within the corporate group and off the trading ledger to do so, object to
	/// an allocation and to a penalty, and pay.
	#[codec(index = 3)]
	Compliance,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	/// Whether an operator of this type may make `call` for its organisation.
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_allocation::Call as Allocation;
		use pallet_allowance::Call as Allowance;
		use pallet_block_trades::Call as BlockTrades;
		use pallet_market::Call as Market;
		use pallet_offsets::Call as Offsets;
		use pallet_penalties::Call as Penalties;
		use pallet_provenance::Call as Provenance;
		// Offices and accreditations are the holder's own: nobody acts as the regulator, a bank or a verifier by proxy.
		if is_personal(call) {
			return false;
		}
		match self {
			ProxyType::Any => true,
			ProxyType::Trade => {
				matches!(
					call,
					RuntimeCall::Market(
						Market::place_order { .. }
							| Market::replace_order { .. }
							| Market::batch { .. }
							| Market::cancel_order { .. }
							| Market::cancel_all { .. }
							| Market::collect_fees { .. }
					) | RuntimeCall::BlockTrades(
						BlockTrades::propose { .. }
							| BlockTrades::accept { .. }
							| BlockTrades::withdraw { .. }
							| BlockTrades::reject { .. }
							| BlockTrades::settle { .. }
					)
				)
			}
			ProxyType::Reporting => matches!(
				call,
				RuntimeCall::Allowance(Allowance::report_emissions { .. })
					| RuntimeCall::Offsets(
						Offsets::register_project { .. }
							| Offsets::resubmit_project { .. }
							| Offsets::withdraw_project { .. }
							| Offsets::report_reductions { .. }
							| Offsets::withdraw_reductions { .. }
					) | RuntimeCall::Provenance(
					Provenance::register_entity { .. }
						| Provenance::record { .. }
						| Provenance::anchor { .. }
						| Provenance::revise { .. }
						| Provenance::invalidate { .. }
				)
			),
			ProxyType::Compliance => matches!(
				call,
				RuntimeCall::Allowance(
					Allowance::surrender { .. }
						| Allowance::cancel { .. }
						| Allowance::carry_over { .. }
						| Allowance::transfer { .. }
				) | RuntimeCall::Allocation(Allocation::return_units { .. } | Allocation::object { .. })
					| RuntimeCall::Offsets(Offsets::cancel { .. } | Offsets::settle_reversal { .. })
					| RuntimeCall::Penalties(
						Penalties::object { .. } | Penalties::pay { .. } | Penalties::pay_debt { .. }
					) | RuntimeCall::Market(Market::withdraw { .. })
			),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == &ProxyType::Any || self == other
	}
}

/// Whether only the holder of an office or an accreditation may make `call`.
fn is_personal(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Regulator(_)
			| RuntimeCall::Sudo(_)
			| RuntimeCall::Settlement(
				pallet_settlement::Call::mint { .. } | pallet_settlement::Call::redeem { .. }
			) | RuntimeCall::Allowance(pallet_allowance::Call::verify_report { .. })
			| RuntimeCall::Offsets(pallet_offsets::Call::verify_reductions { .. })
	)
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = ConstU128<CNY>;
	type AnnouncementDepositFactor = ConstU128<CNY>;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ConstU128<CNY>;
	type ProxyDepositFactor = ConstU128<CNY>;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = ConstU128<CNY>;
	type DepositFactor = ConstU128<CNY>;
	type MaxSignatories = ConstU32<20>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}
