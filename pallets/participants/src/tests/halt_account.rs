use crate::{mock::*, Error, Event};
use carbon_primitives::{Role, TradingRight};
use carbon_traits::{EnsureParticipant, HaltAccounts};
use frame_support::{assert_noop, assert_ok};

#[test]
fn halt_account_should_withdraw_the_right_to_trade_until_it_is_lifted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let end = GENESIS_TIME + 10;
			assert_ok!(Participants::halt_account(&ALICE, Some(end)));
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
			assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::Halted);

			assert_ok!(Participants::halt_account(&ALICE, None));

			assert_eq!(Copies::of(ALICE), Some(TradingRight::Lasting));
			assert_ok!(Participants::ensure_may_trade(&ALICE), TradingRight::Lasting);
			System::assert_last_event(
				Event::AccountHaltChanged {
					account: ALICE,
					old_value: Some(end),
					new_value: None,
				}
				.into(),
			);
		});
}

#[test]
fn halt_account_should_leave_a_fresh_right_to_ask_for_when_it_ends_by_itself() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let end = GENESIS_TIME + 10;
			assert_ok!(Participants::halt_account(&ALICE, Some(end)));
			Now::set(end);
			assert_ok!(Participants::ensure_may_trade(&ALICE), TradingRight::Lasting);
		});
}

#[test]
fn halt_account_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::halt_account(&ALICE, Some(GENESIS_TIME + 10)),
			Error::<Test>::NotAdmitted
		);
	});
}
