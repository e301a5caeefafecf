//! What a participant may be on the chain.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a participant may do. An account may hold several roles that do not conflict.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
pub enum Role {
	/// An emitter with a surrender obligation. It may trade.
	#[codec(index = 0)]
	CoveredEntity,
	/// Owner of an offset project. It may trade.
	#[codec(index = 1)]
	ResourceHolder,
	/// Buys and sells without an obligation of its own.
	#[codec(index = 2)]
	Trader,
	/// Accredited body that checks emissions reports. It never trades.
	#[codec(index = 3)]
	Verifier,
	/// Mints and redeems the settlement token. It never trades.
	#[codec(index = 4)]
	SettlementBank,
	/// Staff of the regulator, the registry, the exchange or a verifier. It never trades.
	#[codec(index = 5)]
	Insider,
	/// A person who acts for organisations, as their typed proxy, and owns nothing on the chain.
	#[codec(index = 6)]
	Representative,
	/// Runs a validator or an observer node.
	#[codec(index = 7)]
	NodeOperator,
}

impl Role {
	/// Every role, in the order of its code.
	pub const ALL: [Self; 8] = [
		Self::CoveredEntity,
		Self::ResourceHolder,
		Self::Trader,
		Self::Verifier,
		Self::SettlementBank,
		Self::Insider,
		Self::Representative,
		Self::NodeOperator,
	];

	/// Whether this role entitles to trade.
	pub const fn may_trade(self) -> bool {
		matches!(self, Self::CoveredEntity | Self::ResourceHolder | Self::Trader)
	}

	/// Whether whoever has this role may act for others, as their proxy.
	///
	/// Who checks, settles or supervises may not: as the operator of a firm it would trade after all.
	pub const fn may_represent(self) -> bool {
		!matches!(self, Self::Verifier | Self::SettlementBank | Self::Insider)
	}

	/// Whether one account may not hold both roles: who checks, settles or supervises never trades and does neither of the
	/// other two, so that no account mints, verifies and confirms by itself; a representative has an account of its own.
	/// Running a node goes with every role.
	///
	/// Source: interim measures for the Chinese national ETS, which bar staff of the regulator, the registry, the
	/// exchange and the verifiers from trading.
	pub const fn conflicts_with(self, other: Self) -> bool {
		if self as u8 == other as u8
			|| matches!(self, Self::NodeOperator)
			|| matches!(other, Self::NodeOperator)
		{
			return false;
		}
		// Of two different ones, only those that trade go together.
		!(self.may_trade() && other.may_trade())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn insiders_and_verifiers_conflict_with_every_trading_role() {
		for role in Role::ALL.into_iter().filter(|role| role.may_trade()) {
			assert!(role.conflicts_with(Role::Insider));
			assert!(Role::Verifier.conflicts_with(role));
		}
	}

	#[test]
	fn a_covered_entity_may_own_offset_projects_and_trade() {
		assert!(!Role::CoveredEntity.conflicts_with(Role::ResourceHolder));
		assert!(!Role::CoveredEntity.conflicts_with(Role::Trader));
	}

	#[test]
	fn a_representative_has_no_other_role_but_that_of_a_node_operator() {
		for role in Role::ALL {
			let expected = !matches!(role, Role::Representative | Role::NodeOperator);
			assert_eq!(Role::Representative.conflicts_with(role), expected, "{role:?}");
			assert_eq!(role.conflicts_with(Role::Representative), expected, "{role:?}");
		}
	}

	#[test]
	fn checking_settling_and_supervising_are_apart() {
		assert!(Role::Verifier.conflicts_with(Role::SettlementBank));
		assert!(Role::SettlementBank.conflicts_with(Role::Insider));
		assert!(Role::Insider.conflicts_with(Role::Verifier));
	}

	#[test]
	fn running_a_node_goes_with_every_role() {
		assert!(Role::ALL
			.into_iter()
			.all(|role| !role.conflicts_with(Role::NodeOperator) && !Role::NodeOperator.conflicts_with(role)));
	}
}
