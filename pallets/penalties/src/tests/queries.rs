//! Questions.

use crate::{mock::*, PenaltyId, PenaltySanction, PenaltyViewOf};
use codec::{Encode, MaxEncodedLen};
use frame_support::assert_ok;

fn ids(views: Vec<PenaltyViewOf<Test>>) -> Vec<u64> {
	views.into_iter().map(|view| view.id.0).collect()
}

#[test]
fn penalty_should_show_the_fine_and_what_is_to_be_paid() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, 10));
		let view = Penalties::penalty(id).unwrap();
		assert_eq!((view.fine, view.outstanding), (FINE, FINE - 10));
		assert_eq!((view.id, view.record), (id, record(id)));
		assert_eq!(Penalties::penalty(PenaltyId(1)), None);
	});
}

#[test]
fn nothing_should_be_to_be_paid_before_a_fine_is_final() {
	ExtBuilder.build_and_execute(|| {
		let view = Penalties::penalty(propose(PLANT, fine(FINE))).unwrap();
		assert_eq!((view.fine, view.outstanding), (FINE, 0));
	});
}

#[test]
fn penalties_of_should_list_the_newest_first_and_go_on_where_asked() {
	ExtBuilder.build_and_execute(|| {
		for who in [PLANT, MILL, PLANT, PLANT, MILL] {
			propose(who, PenaltySanction::Warning);
		}
		assert_eq!(ids(Penalties::penalties_of(PLANT, None, 10)), [3, 2, 0]);
		assert_eq!(ids(Penalties::penalties_of(PLANT, None, 2)), [3, 2]);
		assert_eq!(ids(Penalties::penalties_of(PLANT, Some(PenaltyId(2)), 10)), [0]);
		// Nothing comes before the first one, nor before one of another account.
		for before in [0, 1, 9] {
			assert_eq!(Penalties::penalties_of(PLANT, Some(PenaltyId(before)), 10), []);
		}
		assert_eq!(Penalties::penalties_of(STRANGER, None, 10), []);
	});
}

#[test]
fn penalties_should_list_the_oldest_first_and_a_hundred_at_most() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..120 {
			propose(PLANT, PenaltySanction::Warning);
		}
		assert_eq!(ids(Penalties::penalties(PenaltyId(5), 3)), [5, 6, 7]);
		assert_eq!(Penalties::penalties(PenaltyId(0), u32::MAX).len(), 100);
		assert_eq!(Penalties::penalties(PenaltyId(100), u32::MAX).len(), 20);
		assert_eq!(Penalties::penalties(PenaltyId(u64::MAX), 1), []);
		assert_eq!(Penalties::penalties_of(PLANT, None, u32::MAX).len(), 100);
	});
}

#[test]
fn disclosures_should_list_what_is_published() {
	ExtBuilder.build_and_execute(|| {
		let sanctions = [
			PenaltySanction::Publication,
			PenaltySanction::Warning,
			PenaltySanction::Publication,
		];
		let [one, _, other] = sanctions.map(|sanction| final_penalty(PLANT, sanction));
		let entries = Penalties::disclosures(0, 10);
		let numbers: Vec<_> = entries
			.iter()
			.map(|entry| (entry.number, entry.penalty.id))
			.collect();
		assert_eq!(numbers, [(0, one), (1, other)]);
		assert_eq!(Penalties::disclosures(1, 10), entries[1..]);
		assert_eq!(Penalties::disclosures(2, 10), []);
	});
}

#[test]
fn debt_of_should_not_count_what_is_not_yet_due() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FINE);
		final_penalty(PLANT, fine(FINE));
		assert_eq!((Penalties::debt_of(PLANT), Penalties::debt_of(MILL)), (FINE, 0));
	});
}

/// What the README says of the size of the state.
#[test]
fn a_penalty_should_take_as_many_bytes_as_documented() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		// An account of the chain has 32 bytes, one of the mock 8.
		assert_eq!(record(id).encoded_size() + 24, 109);
		let largest = crate::PenaltyRecord::<[u8; 32]>::max_encoded_len();
		assert_eq!(largest, 375);
	});
}
