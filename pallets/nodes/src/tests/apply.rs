use crate::{mock::*, Error, Event, KeysProof, NodeKind, NodeRecord, NodeStatus, Nodes as NodesMap};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn apply_should_store_the_record_and_the_keys_when_a_validator_applies() {
	ExtBuilder::default().build_and_execute(|| {
		System::set_block_number(7);

		assert_ok!(apply_validator(EVE));

		assert_eq!(
			record(EVE),
			Some(NodeRecord {
				kind: NodeKind::Validator,
				status: NodeStatus::Applied,
				address: Some(address(5)),
				audit: None,
				since: 7,
			})
		);
		assert_eq!(peer_owner(5), Some(EVE));
		assert_eq!(Session::load_keys(&EVE), Some(keys_of(EVE, EVE).0));
		assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE]);
		System::assert_last_event(
			Event::NodeApplied {
				operator: EVE,
				kind: NodeKind::Validator,
				address: address(5),
			}
			.into(),
		);
	});
}

#[test]
fn apply_should_need_no_keys_when_an_observer_applies() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_eq!(record(EVE).unwrap().kind, NodeKind::Observer);
		assert_eq!(Session::load_keys(&EVE), None);
	});
}

#[test]
fn apply_should_start_anew_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		System::set_block_number(3);

		assert_ok!(Nodes::apply(
			RuntimeOrigin::signed(DAVE),
			NodeKind::Validator,
			address(4),
			Some(keys_of(DAVE, 44))
		));

		assert_eq!(
			record(DAVE),
			Some(NodeRecord {
				kind: NodeKind::Validator,
				status: NodeStatus::Applied,
				address: Some(address(4)),
				audit: None,
				since: 3,
			})
		);
		assert_eq!(Session::load_keys(&DAVE), Some(keys_of(DAVE, 44).0));
	});
}

#[test]
fn apply_should_accept_another_kind_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_ok!(apply_observer(DAVE));
		assert_ok!(audit_and_admit(DAVE));
		assert_eq!(set(), [ALICE, BOB, CHARLIE]);
	});
}

#[test]
fn apply_should_fail_when_the_caller_is_not_signed() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Nodes::apply(origin, NodeKind::Observer, address(5), None),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn apply_should_fail_when_the_caller_is_no_node_operator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(apply_observer(STRANGER), ROLE_MISSING);
	});
}

#[test]
fn apply_should_fail_when_the_address_is_malformed() {
	ExtBuilder::default().build_and_execute(|| {
		for text in ["", "/ip4/10.0.0.1/tcp/30333", &peer_id(5)] {
			assert_noop!(
				Nodes::apply(RuntimeOrigin::signed(EVE), NodeKind::Observer, bytes(text), None),
				Error::<Test>::AddressMalformed
			);
		}
	});
}

#[test]
fn apply_should_fail_when_the_caller_has_a_live_node() {
	ExtBuilder::default().build_and_execute(|| {
		let again = || Nodes::apply(RuntimeOrigin::signed(EVE), NodeKind::Observer, address(6), None);
		assert_ok!(apply_observer(EVE));
		assert_noop!(again(), Error::<Test>::NodeExists);
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		assert_noop!(again(), Error::<Test>::NodeExists);
		assert_ok!(Nodes::admit(RuntimeOrigin::root(), EVE));
		assert_noop!(again(), Error::<Test>::NodeExists);
	});
}

#[test]
fn apply_should_fail_when_no_room_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		MaxNodes::set(5);
		assert_ok!(apply_observer(EVE));
		assert_noop!(apply_observer(FERDIE), Error::<Test>::TooManyNodes);
	});
}

#[test]
fn apply_should_need_no_room_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		MaxNodes::set(NodesMap::<Test>::count());
		assert_ok!(apply_validator(DAVE));
	});
}

#[test]
fn apply_should_fail_when_the_peer_id_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		// Another place, the same node.
		let elsewhere = bytes(&format!("/ip4/10.0.0.1/tcp/30333/p2p/{}", peer_id(5)));
		assert_noop!(
			Nodes::apply(RuntimeOrigin::signed(FERDIE), NodeKind::Observer, elsewhere, None),
			Error::<Test>::PeerIdTaken
		);
	});
}

#[test]
fn apply_should_fail_when_a_validator_brings_no_keys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::apply(RuntimeOrigin::signed(EVE), NodeKind::Validator, address(5), None),
			Error::<Test>::KeysMissing
		);
	});
}

#[test]
fn apply_should_fail_when_an_observer_brings_keys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::apply(
				RuntimeOrigin::signed(EVE),
				NodeKind::Observer,
				address(5),
				Some(keys_of(EVE, EVE))
			),
			Error::<Test>::KeysUnexpected
		);
	});
}

#[test]
fn apply_should_fail_when_the_proof_is_for_somebody_else() {
	ExtBuilder::default().build_and_execute(|| {
		for proof in [keys_of(FERDIE, 55).1, KeysProof::default()] {
			assert_noop!(
				Nodes::apply(
					RuntimeOrigin::signed(EVE),
					NodeKind::Validator,
					address(5),
					Some((keys_of(EVE, 55).0, proof))
				),
				pallet_session::Error::<Test>::InvalidProof
			);
		}
	});
}

#[test]
fn apply_should_fail_when_the_keys_belong_to_somebody_else() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::apply(
				RuntimeOrigin::signed(EVE),
				NodeKind::Validator,
				address(5),
				Some(keys_of(EVE, ALICE))
			),
			pallet_session::Error::<Test>::DuplicatedKey
		);
	});
}
