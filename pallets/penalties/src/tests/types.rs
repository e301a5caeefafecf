//! Amounts of fines and what a sanction may be.

use crate::{mock::*, FineAmount, PenaltySanction, SanctionFault, BAN_DAYS_MAX, FINE_MAX};
use carbon_primitives::{Price, Tonnes};
use frame_support::assert_ok;
use proptest::prelude::*;

#[test]
fn a_multiple_should_be_rounded_down_to_a_fen() {
	let amount = FineAmount::Multiple {
		base: 999,
		times_milli: 1_500,
	};
	assert_eq!(amount.amount(), Some(1_498));
}

#[test]
fn a_fine_per_tonne_should_be_the_value_times_the_multiple() {
	let amount = FineAmount::PerTonne {
		tonnes: Tonnes(1_000),
		price: Price(9_000),
		times_milli: 5_000,
	};
	assert_eq!(amount.amount(), Some(45_000_000));
}

#[test]
fn the_largest_fine_should_be_possible_and_no_larger_one() {
	assert_eq!(FineAmount::Fixed { amount: FINE_MAX }.amount(), Some(FINE_MAX));
	let above = FineAmount::Fixed { amount: FINE_MAX + 1 };
	assert_eq!(above.amount(), None);
	assert_eq!(PenaltySanction::Fine(above).fine(), 0);
}

#[test]
fn a_sanction_should_take_something() {
	for empty in [fine(0), cut(0), ban(0)] {
		assert_eq!(empty.check(), Err(SanctionFault::Empty));
	}
	for sanction in [
		fine(1),
		cut(1),
		ban(1),
		PenaltySanction::Warning,
		PenaltySanction::Publication,
	] {
		assert_ok!(sanction.check());
	}
}

#[test]
fn a_ban_should_not_be_longer_than_any_may_be() {
	assert_ok!(ban(BAN_DAYS_MAX).check());
	assert_eq!(ban(BAN_DAYS_MAX + 1).check(), Err(SanctionFault::BanTooLong));
}

#[test]
fn a_sanction_should_be_smaller_only_than_one_of_its_kind_that_takes_more() {
	assert!(fine(1).is_smaller_than(&fine(2)));
	assert!(cut(1).is_smaller_than(&cut(2)));
	assert!(ban(1).is_smaller_than(&ban(2)));
	for (one, other) in [
		(fine(2), fine(2)),
		(fine(1), cut(2)),
		(cut(2), cut(1)),
		(ban(2), ban(2)),
		(PenaltySanction::Warning, fine(1)),
		(PenaltySanction::Warning, PenaltySanction::Warning),
		(PenaltySanction::Publication, PenaltySanction::Publication),
	] {
		assert!(!one.is_smaller_than(&other), "{one:?} {other:?}");
	}
}

/// A product that does not fit any number of Rust.
fn exact(base: u128, times: u32) -> Option<u128> {
	// Both halves of the base apart, so that nothing overflows.
	let (high, low) = (base >> 64, base & u128::from(u64::MAX));
	let (high, low) = (high * u128::from(times), low * u128::from(times));
	let high = high + (low >> 64);
	if high >> 64 > 0 {
		// Above 2^128 / 1000 > FINE_MAX in any case.
		return None;
	}
	Some(((high << 64) | (low & u128::from(u64::MAX))) / 1_000).filter(|amount| *amount <= FINE_MAX)
}

proptest! {
	#[test]
	fn a_multiple_is_exact_or_refused(base: u128, shift in 0_u32..128, times_milli: u32) {
		let base = base >> shift;
		let amount = FineAmount::Multiple { base, times_milli };
		prop_assert_eq!(amount.amount(), exact(base, times_milli));
	}

	#[test]
	fn a_fine_per_tonne_is_exact_or_refused(tonnes: u64, price: u64, shift in 0_u32..64, times_milli: u32) {
		let (tonnes, price) = (tonnes >> shift, price >> shift);
		let amount = FineAmount::PerTonne { tonnes: Tonnes(tonnes), price: Price(price), times_milli };
		prop_assert_eq!(amount.amount(), exact(u128::from(tonnes) * u128::from(price), times_milli));
	}
}
