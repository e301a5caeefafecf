use crate::{mock::*, NodeKind, NodeStatus};
use frame_support::assert_ok;

#[test]
fn node_should_return_the_record_when_there_is_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Nodes::node(ALICE), record(ALICE));
		assert!(Nodes::node(ALICE).is_some());
		assert_eq!(Nodes::node(EVE), None);
	});
}

#[test]
fn nodes_should_return_every_record_once_when_pages_are_turned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		let all = Nodes::nodes(None, 100);
		assert_eq!(all.len(), 5);

		let mut found = vec![];
		let mut from = None;
		loop {
			let page = Nodes::nodes(from, 2);
			assert!(page.len() <= 2);
			let Some((last, _)) = page.last() else {
				break;
			};
			from = Some(*last);
			found.extend(page);
		}

		assert_eq!(found, all);
		assert!(Nodes::nodes(None, 0).is_empty());
	});
}

#[test]
fn nodes_should_return_a_hundred_records_when_more_are_wanted() {
	ExtBuilder::default().build().execute_with(|| {
		let genesis = record(ALICE).unwrap();
		for who in 1_000..1_200 {
			crate::Nodes::<Test>::insert(who, genesis.clone());
		}
		assert_eq!(Nodes::nodes(None, u32::MAX).len(), 100);
	});
}

#[test]
fn peers_should_name_the_admitted_nodes_when_they_have_addresses() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.with_address(DAVE, address_text(4))
		.build_and_execute(|| {
			assert_ok!(apply_observer(EVE));
			assert_ok!(apply_validator(FERDIE));
			assert_ok!(audit_and_admit(EVE));
			assert_ok!(remove(DAVE));

			let mut peers = Nodes::peers();
			peers.sort_by_key(|(operator, ..)| *operator);

			assert_eq!(
				peers,
				[
					(BOB, NodeKind::Validator, address(2)),
					(EVE, NodeKind::Observer, address(5))
				]
			);
			assert_eq!(status(FERDIE), Some(NodeStatus::Applied));
		});
}

#[test]
fn validators_should_return_the_set_before_it_is_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_eq!(Nodes::validators(), [ALICE, BOB, CHARLIE]);
		assert_eq!(Session::validators(), [ALICE, BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn next_session_at_should_name_the_boundary_when_a_session_is_under_way() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Nodes::next_session_at(), 10);
		run_to_block(9);
		assert_eq!(Nodes::next_session_at(), 10);
		run_to_block(10);
		assert_eq!(Nodes::next_session_at(), 20);
	});
}
