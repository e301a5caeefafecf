use crate::{mock::*, Error, Event, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// Where the node number `seed` is reached instead of its first address.
fn elsewhere(seed: u8) -> crate::NodeAddress {
	bytes(&format!("/ip4/10.0.0.1/tcp/30333/p2p/{}", peer_id(seed)))
}

#[test]
fn set_address_should_move_the_peer_id_when_it_is_another_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));

		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(EVE), address(50)));

		assert_eq!(record(EVE).unwrap().address, Some(address(50)));
		assert_eq!((peer_owner(5), peer_owner(50)), (None, Some(EVE)));
		System::assert_last_event(
			Event::AddressChanged {
				operator: EVE,
				old_value: Some(address(5)),
				new_value: address(50),
			}
			.into(),
		);
	});
}

#[test]
fn set_address_should_keep_the_peer_id_when_only_the_place_changes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(EVE), elsewhere(5)));
		assert_eq!(record(EVE).unwrap().address, Some(elsewhere(5)));
		assert_eq!(peer_owner(5), Some(EVE));
	});
}

#[test]
fn set_address_should_give_one_when_a_validator_of_genesis_has_none() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(ALICE), address(1)));
		assert_eq!(record(ALICE).unwrap().address, Some(address(1)));
		System::assert_last_event(
			Event::AddressChanged {
				operator: ALICE,
				old_value: None,
				new_value: address(1),
			}
			.into(),
		);
	});
}

#[test]
fn set_address_should_void_the_audit_when_the_peer_id_is_another_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		System::set_block_number(9);

		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(EVE), address(50)));

		let record = record(EVE).unwrap();
		assert_eq!(
			(record.status, record.audit, record.since),
			(NodeStatus::Applied, None, 9)
		);
		assert_eq!((peer_owner(5), peer_owner(50)), (None, Some(EVE)));
		System::assert_has_event(
			Event::AddressChanged {
				operator: EVE,
				old_value: Some(address(5)),
				new_value: address(50),
			}
			.into(),
		);
		System::assert_last_event(
			Event::AuditVoided {
				operator: EVE,
				report: digest(1),
			}
			.into(),
		);
		assert_noop!(
			Nodes::admit(RuntimeOrigin::root(), EVE),
			Error::<Test>::NotAudited
		);
	});
}

#[test]
fn set_address_should_keep_the_audit_when_the_peer_id_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		System::set_block_number(9);
		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(EVE), elsewhere(5)));
		let record = record(EVE).unwrap();
		assert_eq!(
			(record.status, record.audit, record.since),
			(NodeStatus::Audited, Some(digest(1)), 1)
		);
	});
}

#[test]
fn set_address_should_move_an_admitted_node_when_the_peer_id_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(audit_and_admit(EVE));
		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(EVE), elsewhere(5)));
		assert_eq!(record(EVE).unwrap().address, Some(elsewhere(5)));
		assert_eq!(peer_owner(5), Some(EVE));
	});
}

#[test]
fn set_address_should_fail_when_an_admitted_node_has_another_peer_id() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.build_and_execute(|| {
			assert_ok!(apply_observer(EVE));
			assert_ok!(audit_and_admit(EVE));
			for who in [BOB, EVE] {
				assert_noop!(
					Nodes::set_address(RuntimeOrigin::signed(who), address(50)),
					Error::<Test>::PeerIdAudited
				);
			}
		});
}

#[test]
fn set_address_should_fail_when_a_validator_of_genesis_has_named_its_peer_id_before() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Nodes::set_address(RuntimeOrigin::signed(ALICE), address(1)));
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::signed(ALICE), address(50)),
			Error::<Test>::PeerIdAudited
		);
	});
}

#[test]
fn set_address_should_fail_when_the_caller_is_not_signed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::root(), address(1)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn set_address_should_fail_when_the_operator_has_lost_its_role() {
	ExtBuilder::default().build_and_execute(|| {
		exclude(ALICE);
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::signed(ALICE), address(1)),
			ROLE_MISSING
		);
	});
}

#[test]
fn set_address_should_fail_when_the_address_is_malformed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::signed(ALICE), bytes("/ip4/10.0.0.1/tcp/30333")),
			Error::<Test>::AddressMalformed
		);
	});
}

#[test]
fn set_address_should_fail_when_the_caller_has_no_node() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::signed(EVE), address(5)),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn set_address_should_fail_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_noop!(
			Nodes::set_address(RuntimeOrigin::signed(DAVE), address(4)),
			Error::<Test>::NodeRemoved
		);
	});
}

#[test]
fn set_address_should_fail_when_the_peer_id_is_taken() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.build_and_execute(|| {
			assert_noop!(
				Nodes::set_address(RuntimeOrigin::signed(ALICE), address(2)),
				Error::<Test>::PeerIdTaken
			);
		});
}
