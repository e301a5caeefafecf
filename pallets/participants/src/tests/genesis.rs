use crate::{mock::*, ParticipantRecord};
use carbon_primitives::{Digest, Role};

#[test]
fn genesis_should_admit_the_listed_participants_when_their_roles_fit() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::CoveredEntity, Role::Trader])
		.with_participant(BOB, &[Role::SettlementBank])
		.build_and_execute(|| {
			assert_eq!(
				crate::Participants::<Test>::get(ALICE),
				Some(ParticipantRecord::admitted(
					roles(&[Role::CoveredEntity, Role::Trader]),
					Digest::zero(),
					0
				))
			);
			// Its account exists although it owns nothing.
			assert_eq!(System::providers(&ALICE), 1);
			assert!(crate::Participants::<Test>::contains_key(BOB));
			assert!(!crate::Participants::<Test>::contains_key(CHARLIE));
		});
}

#[test]
#[should_panic(expected = "genesis participant 1 with roles [Trader, Insider] cannot be admitted")]
fn genesis_should_panic_when_roles_conflict() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader, Role::Insider])
		.build_and_execute(|| {});
}

#[test]
#[should_panic(expected = "genesis participant 1 with roles [Trader] cannot be admitted")]
fn genesis_should_panic_when_an_account_is_listed_twice() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {});
}

#[test]
#[should_panic(expected = "cannot be admitted: Module")]
fn genesis_should_panic_when_more_roles_are_listed_than_exist() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader; 9])
		.build_and_execute(|| {});
}

#[test]
#[should_panic(expected = "cannot be admitted")]
fn genesis_should_panic_when_no_role_is_listed() {
	ExtBuilder::default()
		.with_participant(ALICE, &[])
		.build_and_execute(|| {});
}
