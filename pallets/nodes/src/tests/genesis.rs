use crate::{mock::*, GenesisConfig, MinValidators, NodeKind, NodeRecord, NodeStatus, SessionBlocks};

#[test]
fn genesis_should_admit_the_validators_of_the_session_pallet_when_nothing_else_is_said() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE]);
		assert_eq!(
			record(DAVE),
			Some(NodeRecord {
				kind: NodeKind::Validator,
				status: NodeStatus::Admitted,
				address: None,
				audit: None,
				since: 0,
			})
		);
		assert_eq!(record(EVE), None);
		assert_eq!(Session::validators(), set());
		assert_eq!(Authorities::get(), set());
	});
}

#[test]
fn genesis_should_take_the_addresses_when_they_are_given() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.build_and_execute(|| {
			assert_eq!(record(BOB).unwrap().address, Some(address(2)));
			assert_eq!(peer_owner(2), Some(BOB));
		});
}

#[test]
fn genesis_should_have_sessions_of_an_hour_when_nothing_else_is_said() {
	assert_eq!(GenesisConfig::<Test>::default().session_blocks, 1_800);
}

#[test]
fn genesis_should_keep_as_many_validators_as_finality_needs_when_no_minimum_is_given() {
	let by_default = GenesisConfig::<Test>::default().min_validators;
	for (count, needed) in [(0, 1), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5)] {
		ExtBuilder::default()
			.with_validators(1..=count)
			.with_min_validators(by_default)
			.build_and_execute(|| {
				assert_eq!(MinValidators::<Test>::get(), needed, "of {count}");
			});
	}
}

#[test]
fn genesis_should_store_the_parameters_when_they_are_given() {
	ExtBuilder::default()
		.with_min_validators(2)
		.with_session_blocks(6)
		.build_and_execute(|| {
			assert_eq!(MinValidators::<Test>::get(), 2);
			assert_eq!(SessionBlocks::<Test>::get(), 6);
		});
}

#[test]
fn genesis_should_build_when_there_is_no_validator_at_all() {
	ExtBuilder::default().with_validators([]).build_and_execute(|| {
		assert!(set().is_empty());
	});
}

#[test]
#[should_panic(expected = "genesis has more than 6 validators")]
fn genesis_should_panic_when_there_are_too_many_validators() {
	ExtBuilder::default().with_validators(1..=7).build();
}

#[test]
#[should_panic(expected = "genesis has 4 validators, which is less than the minimum of 5")]
fn genesis_should_panic_when_the_minimum_is_above_the_set() {
	ExtBuilder::default().with_min_validators(5).build();
}

#[test]
#[should_panic(expected = "genesis sessions of 4 blocks are too short")]
fn genesis_should_panic_when_a_session_is_too_short() {
	ExtBuilder::default().with_session_blocks(4).build();
}

#[test]
#[should_panic(expected = "genesis sessions of 2001 blocks are too long")]
fn genesis_should_panic_when_a_session_is_too_long() {
	ExtBuilder::default().with_session_blocks(2_001).build();
}

#[test]
#[should_panic(expected = "genesis validator 5 cannot have the address")]
fn genesis_should_panic_when_an_address_belongs_to_no_validator() {
	ExtBuilder::default().with_address(EVE, address_text(5)).build();
}

#[test]
#[should_panic(expected = "AddressMalformed")]
fn genesis_should_panic_when_an_address_is_malformed() {
	ExtBuilder::default()
		.with_address(BOB, "localhost".into())
		.build();
}

#[test]
#[should_panic(expected = "AddressMalformed")]
fn genesis_should_panic_when_an_address_is_too_long() {
	let text = format!("/dns/{}{}", "h".repeat(128), address_text(2));
	ExtBuilder::default().with_address(BOB, text).build();
}

#[test]
#[should_panic(expected = "PeerIdTaken")]
fn genesis_should_panic_when_two_validators_have_one_peer_id() {
	ExtBuilder::default()
		.with_address(ALICE, address_text(2))
		.with_address(BOB, address_text(2))
		.build();
}

#[test]
#[should_panic(expected = "PeerIdAudited")]
fn genesis_should_panic_when_a_validator_has_two_peer_ids() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.with_address(BOB, address_text(3))
		.build();
}
