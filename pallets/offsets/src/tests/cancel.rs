use crate::mock::*;
use carbon_primitives::{AssetId, ProjectKind, RecordSubject, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchResult,
};

fn cancel_for(who: AccountId, asset: AssetId, tonnes: u64, beneficiary: &[u8]) -> DispatchResult {
	let beneficiary = beneficiary.to_vec().try_into().unwrap();
	Offsets::cancel(
		RuntimeOrigin::signed(who),
		asset,
		Tonnes(tonnes),
		beneficiary,
		digest(3),
	)
}

fn cancel(tonnes: u64) -> DispatchResult {
	cancel_for(OWNER, SERIES, tonnes, b"")
}

fn issued() -> ExtBuilder {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_series(100)
}

#[test]
fn cancel_should_be_told_to_the_provenance_graph_once() {
	issued().build_and_execute(|| {
		assert_noop!(cancel(81), Error::<Test>::InsufficientCredits);
		assert_eq!(Told::get(), []);
		assert_ok!(cancel(30));
		let stored = Offsets::offset_cancellation(CancellationId(0)).expect("it is stored");
		let name = RecordSubject::OffsetCancellation(0);
		assert_eq!(Told::get(), [(name, BlakeTwo256::hash_of(&stored))]);
	});
}

#[test]
fn cancel_should_leave_a_record_of_whom_it_benefits_and_why() {
	issued().build_and_execute(|| {
		let name = "\u{7b2c}\u{4e00} Airline".as_bytes();
		assert_ok!(cancel_for(OWNER, SERIES, 30, name));

		assert_eq!(held(SERIES, OWNER), 50);
		assert_eq!(series_of(SERIES).cancelled, Tonnes(30));
		let cause = CancellationCause::Voluntary {
			beneficiary: name.to_vec().try_into().unwrap(),
			reason: digest(3),
		};
		assert_eq!(
			Offsets::offset_cancellation(CancellationId(0)),
			Some(CancellationRecord {
				holder: OWNER,
				asset: SERIES,
				tonnes: Tonnes(30),
				cause: cause.clone(),
				block: 1,
			})
		);
		assert_eq!(
			events(),
			[Event::Cancelled {
				id: CancellationId(0),
				asset: SERIES,
				holder: OWNER,
				tonnes: Tonnes(30),
				cause,
			}]
		);
	});
}

#[test]
fn cancel_should_number_the_records() {
	issued().build_and_execute(|| {
		assert_ok!(cancel(1));
		assert_ok!(cancel(2));
		let record = Offsets::offset_cancellation(CancellationId(1)).unwrap();
		assert_eq!(record.tonnes, Tonnes(2));
	});
}

#[test]
fn cancel_should_take_all_that_the_holder_has() {
	issued().build_and_execute(|| {
		assert_ok!(cancel(80));
		assert_eq!(held(SERIES, OWNER), 0);
	});
}

#[test]
fn cancel_should_leave_the_buffer_alone() {
	issued().build_and_execute(|| {
		assert_noop!(cancel(81), Error::<Test>::InsufficientCredits);
		assert_eq!(held(SERIES, BUFFER), 20);
	});
}

#[test]
fn cancel_should_not_count_as_reversal() {
	issued().build_and_execute(|| {
		assert_ok!(cancel(80));
		assert_eq!(Totals::<Test>::get(PROJECT).reversed, Tonnes::ZERO);
	});
}

#[test]
fn cancel_should_fail_when_the_credits_are_on_hold() {
	issued().build_and_execute(|| {
		assert_ok!(Ledger::hold(OWNER, SERIES, 50));
		assert_noop!(cancel(31), Error::<Test>::InsufficientCredits);
		// The ledger keeps one unit free for as long as something is on hold.
		assert_ok!(cancel(29));
	});
}

#[test]
fn cancel_should_fail_when_the_holder_has_none() {
	issued().build_and_execute(|| {
		assert_noop!(
			cancel_for(TRADER, SERIES, 1, b""),
			Error::<Test>::InsufficientCredits
		);
	});
}

#[test]
fn cancel_should_fail_when_the_asset_is_no_series() {
	issued().build_and_execute(|| {
		for asset in [2024, SERIES + 1] {
			assert_noop!(cancel_for(OWNER, asset, 1, b""), Error::<Test>::SeriesNotFound);
		}
	});
}

#[test]
fn cancel_should_fail_when_the_beneficiary_cannot_be_printed() {
	issued().build_and_execute(|| {
		assert_noop!(
			cancel_for(OWNER, SERIES, 1, b"\xff"),
			Error::<Test>::BeneficiaryUnfit
		);
	});
}

#[test]
fn cancel_should_fail_when_the_series_is_halted() {
	issued().build_and_execute(|| {
		Halts::halt(SERIES);
		assert_noop!(cancel(1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn cancel_should_say_unexpected_when_the_numbers_are_used_up() {
	issued().build().execute_with(|| {
		NextCancellation::<Test>::put(CancellationId(u64::MAX));
		assert_noop!(cancel(1), Error::<Test>::Unexpected);
	});
}
