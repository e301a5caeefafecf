use crate::mock::*;
use carbon_primitives::{GroupId, Role};
use carbon_traits::InspectGroup;
use frame_support::assert_ok;

#[test]
fn are_related_should_hold_when_two_accounts_belong_to_one_group() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.with_participant(CHARLIE, &[Role::Trader])
		.build_and_execute(|| {
			let (one, other) = (create_group(), create_group());
			join(ALICE, one);
			join(BOB, one);
			join(CHARLIE, other);
			assert!(Participants::are_related(&ALICE, &BOB));
			assert!(!Participants::are_related(&ALICE, &CHARLIE));
		});
}

#[test]
fn are_related_should_not_hold_when_a_membership_is_only_declared() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			assert_ok!(Participants::declare_group(
				RuntimeOrigin::signed(BOB),
				Some(group)
			));
			assert!(!Participants::are_related(&ALICE, &BOB));
		});
}

#[test]
fn are_related_should_tell_accounts_without_a_group_apart_but_know_each_as_itself() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.build_and_execute(|| {
			assert!(!Participants::are_related(&ALICE, &BOB));
			assert!(Participants::are_related(&ALICE, &ALICE));
		});
}

#[test]
fn members_of_should_name_those_who_were_made_a_group_for_benchmarks() {
	use carbon_traits::ParticipantBenchmarkHelper;
	ExtBuilder::default().build_and_execute(|| {
		let group = create_group();
		let members = [ALICE, CHARLIE];
		for who in members {
			<Participants as ParticipantBenchmarkHelper<_>>::admit(&who, Role::Trader);
		}
		<Participants as ParticipantBenchmarkHelper<_>>::form_group(&members);
		assert!(Participants::members_of(group).is_empty());
		assert_eq!(Participants::members_of(GroupId(1)), members);
		// Nobody belongs to a group that there is not.
		assert!(Participants::members_of(GroupId(2)).is_empty());
	});
}
