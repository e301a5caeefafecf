use crate::{mock::*, Error, Event, NodeKind, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn remove_should_take_a_validator_out_of_the_set_when_enough_are_left() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.build_and_execute(|| {
			System::set_block_number(5);

			assert_ok!(remove(BOB));

			assert_eq!(set(), [ALICE, CHARLIE, DAVE]);
			let record = record(BOB).unwrap();
			assert_eq!((record.status, record.since), (NodeStatus::Removed, 5));
			// The record tells where it was; the peer id is free.
			assert_eq!(record.address, Some(address(2)));
			assert_eq!(peer_owner(2), None);
			System::assert_last_event(
				Event::NodeRemoved {
					operator: BOB,
					kind: NodeKind::Validator,
					reason: digest(2),
				}
				.into(),
			);
		});
}

#[test]
fn remove_should_keep_the_session_keys_when_a_validator_goes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_eq!(Session::load_keys(&DAVE), Some(keys_of(DAVE, DAVE).0));
	});
}

#[test]
fn remove_should_leave_the_set_alone_when_the_node_is_an_observer() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_ok!(apply_observer(EVE));
			assert_ok!(audit_and_admit(EVE));
			assert_ok!(remove(EVE));
			assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE]);
			assert_eq!(status(EVE), Some(NodeStatus::Removed));
		});
}

#[test]
fn remove_should_work_when_the_operator_has_lost_its_role() {
	ExtBuilder::default().build_and_execute(|| {
		exclude(DAVE);
		assert_ok!(remove(DAVE));
	});
}

#[test]
fn remove_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::remove(RuntimeOrigin::signed(ALICE), DAVE, digest(2)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn remove_should_fail_when_the_operator_has_no_node() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(remove(EVE), Error::<Test>::NodeUnknown);
	});
}

#[test]
fn remove_should_fail_when_the_node_is_not_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_noop!(remove(EVE), Error::<Test>::NotAdmitted);
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		assert_noop!(remove(EVE), Error::<Test>::NotAdmitted);
		assert_ok!(remove(DAVE));
		assert_noop!(remove(DAVE), Error::<Test>::NotAdmitted);
	});
}

#[test]
fn remove_should_fail_when_too_few_validators_would_be_left() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_noop!(remove(CHARLIE), Error::<Test>::TooFewValidators);
	});
}

#[test]
fn remove_should_work_when_another_validator_was_admitted_first() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_noop!(remove(DAVE), Error::<Test>::TooFewValidators);
			assert_ok!(apply_validator(EVE));
			assert_ok!(audit_and_admit(EVE));
			assert_ok!(remove(DAVE));
			assert_eq!(set(), [ALICE, BOB, CHARLIE, EVE]);
		});
}

#[test]
fn remove_should_fail_when_it_would_take_the_only_validator() {
	ExtBuilder::default()
		.with_validators([ALICE])
		.with_min_validators(1)
		.build_and_execute(|| {
			assert_noop!(remove(ALICE), Error::<Test>::TooFewValidators);
		});
}

/// Admit validators that have never been in force.
fn admit(newcomers: impl IntoIterator<Item = AccountId>) {
	for who in newcomers {
		assert_ok!(apply_validator(who));
		assert_ok!(audit_and_admit(who));
	}
}

#[test]
fn remove_should_fail_when_finality_would_need_the_votes_of_newcomers() {
	// Four are in force. Were the three others dead, nothing would become final any more without the four.
	ExtBuilder::default()
		.with_max_validators(7)
		.build_and_execute(|| {
			admit([EVE, FERDIE, GRACE]);
			for who in [ALICE, BOB, CHARLIE, DAVE] {
				assert_noop!(remove(who), Error::<Test>::TooManyReplaced);
			}
		});
}

#[test]
fn remove_should_fail_when_validators_are_replaced_one_by_one_in_one_session() {
	ExtBuilder::default().build_and_execute(|| {
		// Of four, three are needed: one may be replaced, the second not.
		admit([EVE]);
		assert_ok!(remove(ALICE));
		admit([FERDIE]);
		assert_noop!(remove(BOB), Error::<Test>::TooManyReplaced);

		// A session later the newcomers are planned, but not in force yet.
		next_session();
		assert_noop!(remove(BOB), Error::<Test>::TooManyReplaced);
	});
}

#[test]
fn remove_should_work_when_the_newcomers_have_come_into_force() {
	ExtBuilder::default()
		.with_max_validators(7)
		.build_and_execute(|| {
			admit([EVE, FERDIE, GRACE]);
			next_session();
			assert_noop!(remove(ALICE), Error::<Test>::TooManyReplaced);
			next_session();
			for who in [ALICE, BOB, CHARLIE, DAVE] {
				assert_ok!(remove(who));
			}
			assert_eq!(set(), [EVE, FERDIE, GRACE]);
		});
}

#[test]
fn remove_should_take_out_a_newcomer_when_too_many_were_admitted() {
	ExtBuilder::default()
		.with_max_validators(7)
		.build_and_execute(|| {
			admit([EVE, FERDIE, GRACE]);
			// Planned, not in force.
			next_session();
			for who in [EVE, FERDIE, GRACE] {
				assert_ok!(remove(who));
			}
			assert_ok!(remove(ALICE));
		});
}

#[test]
fn remove_should_count_as_a_newcomer_who_was_removed_and_came_back_in_the_same_session() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		admit([DAVE]);
		assert!(Session::validators().contains(&DAVE));
		assert_noop!(remove(ALICE), Error::<Test>::TooManyReplaced);

		// No session was planned without it, so that it is in force all along.
		next_session();
		assert_ok!(remove(ALICE));
	});
}

#[test]
fn remove_should_count_as_a_newcomer_who_came_back_when_a_session_was_planned_without_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		next_session();
		admit([DAVE]);
		assert!(Session::validators().contains(&DAVE));
		assert_noop!(remove(ALICE), Error::<Test>::TooManyReplaced);

		next_session();
		assert_noop!(remove(ALICE), Error::<Test>::TooManyReplaced);
		next_session();
		assert_ok!(remove(ALICE));
	});
}

#[test]
fn remove_should_let_a_network_of_one_pass_on_to_another_when_that_one_is_in_force() {
	ExtBuilder::default()
		.with_validators([ALICE])
		.with_min_validators(1)
		.build_and_execute(|| {
			admit([BOB]);
			assert_noop!(remove(ALICE), Error::<Test>::TooManyReplaced);
			next_session();
			next_session();
			assert_ok!(remove(ALICE));
			assert_eq!(set(), [BOB]);
		});
}
