//! What the provenance graph is told of admissions.

use crate::{mock::*, Error};
use carbon_primitives::{Digest, RecordSubject, Role};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};

/// The digest of Alice's record, as anybody finds it who reads the record.
fn digest_of_record() -> Digest {
	let record = Participants::participant(ALICE).unwrap();
	Digest::from(sp_io::hashing::blake2_256(&record.encode()))
}

fn told() -> Told {
	Told {
		owner: Some(ALICE),
		subject: RecordSubject::Participant(ALICE),
		digest: digest_of_record(),
		supersedes: true,
	}
}

fn admit() -> sp_runtime::DispatchResult {
	Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader]), digest(1))
}

#[test]
fn admit_should_tell_the_graph_once_when_the_regulator_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(admit());
		assert_eq!(Recorded::get(), [told()]);
	});
}

#[test]
fn admit_should_tell_the_graph_of_the_new_record_when_an_expelled_account_comes_back() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(admit());
		let first = told();
		assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
		System::set_block_number(7);
		apply(ALICE);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_ok!(admit());
		assert_ne!(first, told());
		assert_eq!(Recorded::get(), [first, told()]);
	});
}

#[test]
fn admit_should_tell_the_graph_nothing_when_it_fails() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(admit(), Error::<Test>::NotRegistered);
		assert_eq!(Recorded::get(), []);
	});
}

#[test]
fn genesis_should_tell_the_graph_of_each_participant() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_eq!(Recorded::get(), [told()]);
		});
}
