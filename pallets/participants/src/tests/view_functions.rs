use crate::mock::*;
use carbon_primitives::Role;
use frame_support::assert_ok;

#[test]
fn participant_should_return_the_record_when_the_account_is_one() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_eq!(
				Participants::participant(ALICE),
				crate::Participants::<Test>::get(ALICE)
			);
			assert_eq!(Participants::participant(BOB), None);
		});
}

#[test]
fn may_trade_should_say_no_when_the_participant_is_suspended_or_has_no_trading_role() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.build_and_execute(|| {
			assert!(Participants::may_trade(ALICE));
			assert!(!Participants::may_trade(BOB));
			assert!(!Participants::may_trade(CHARLIE));
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert!(!Participants::may_trade(ALICE));
		});
}
