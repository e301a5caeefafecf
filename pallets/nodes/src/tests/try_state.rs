//! Each check notices the fault that it is there for.

use crate::{mock::*, MinValidators, NodeRecordOf, Peers, SessionBlocks, SessionStart, Validators};
use frame_support::{assert_ok, hypothetically, storage::unhashed, BoundedVec};

fn spoil(who: AccountId, change: impl FnOnce(&mut NodeRecordOf<Test>)) {
	let mut record = record(who).unwrap();
	change(&mut record);
	crate::Nodes::<Test>::insert(who, record);
}

fn put_set(validators: &[AccountId]) {
	Validators::<Test>::put(BoundedVec::truncate_from(validators.to_vec()));
}

fn assert_violated(number: &str) {
	match Nodes::do_try_state() {
		Err(sp_runtime::DispatchError::Other(message)) => {
			assert!(message.starts_with(number), "{message}")
		}
		outcome => panic!("expected a violation of {number}, got {outcome:?}"),
	}
}

#[test]
fn try_state_should_name_the_invariant_when_the_records_do_not_add_up() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			unhashed::put_raw(&crate::Nodes::<Test>::hashed_key_for(ALICE), &[255]);
			assert_violated("nodes 1");
		});
		hypothetically!({
			unhashed::kill(&crate::Nodes::<Test>::hashed_key_for(ALICE));
			assert_violated("nodes 1");
		});
		hypothetically!({
			MaxNodes::set(3);
			assert_violated("nodes 1");
		});
		MaxNodes::set(8);
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_set_is_not_the_admitted_validators() {
	ExtBuilder::default().build_and_execute(|| {
		for wrong in [
			&[ALICE, BOB, CHARLIE][..],
			&[ALICE, BOB, CHARLIE, CHARLIE],
			&[ALICE, BOB, CHARLIE, EVE],
			&[ALICE, BOB, CHARLIE, DAVE, EVE],
		] {
			hypothetically!({
				put_set(wrong);
				assert_violated("nodes 2");
			});
		}
		hypothetically!({
			spoil(ALICE, |record| record.kind = crate::NodeKind::Observer);
			assert_violated("nodes 2");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_set_is_too_small() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			MinValidators::<Test>::put(5);
			assert_violated("nodes 3");
		});
		hypothetically!({
			MinValidators::<Test>::put(0);
			assert_violated("nodes 3");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_validator_has_no_keys() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			assert_ok!(Session::purge_keys(RuntimeOrigin::signed(ALICE)));
			assert_violated("nodes 4");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_peer_id_stands_for_the_wrong_node() {
	ExtBuilder::default()
		.with_address(ALICE, address_text(1))
		.build_and_execute(|| {
			let peer = |seed| crate::PeerId::try_from(peer_id(seed).into_bytes()).unwrap();
			hypothetically!({
				Peers::<Test>::insert(peer(1), BOB);
				assert_violated("nodes 5");
			});
			hypothetically!({
				Peers::<Test>::remove(peer(1));
				assert_violated("nodes 5");
			});
			hypothetically!({
				Peers::<Test>::insert(peer(2), ALICE);
				assert_violated("nodes 5");
			});
			hypothetically!({
				spoil(ALICE, |record| record.address = Some(bytes("nowhere")));
				assert_violated("nodes 5");
			});
		});
}

#[test]
fn try_state_should_name_the_invariant_when_a_report_is_missing_or_too_early() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		hypothetically!({
			spoil(EVE, |record| record.audit = Some(digest(1)));
			assert_violated("nodes 6");
		});
		hypothetically!({
			spoil(EVE, |record| record.status = crate::NodeStatus::Audited);
			assert_violated("nodes 6");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_something_is_dated_ahead() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			spoil(ALICE, |record| record.since = 2);
			assert_violated("nodes 7");
		});
		hypothetically!({
			SessionStart::<Test>::put(2);
			assert_violated("nodes 8");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_session_is_too_short_or_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		for blocks in [4, 2_001] {
			hypothetically!({
				SessionBlocks::<Test>::put(blocks);
				assert_violated("nodes 8");
			});
		}
	});
}
