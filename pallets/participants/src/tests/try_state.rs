//! Each check notices the fault that it is there for.

use crate::{mock::*, ApplicationRecord, ParticipantRecordOf, RoleGrants, Status};
use carbon_primitives::{GroupId, Role, Service, ServiceSet};
use frame_support::{assert_ok, hypothetically, storage::unhashed};

/// The number of an invariant and a change that violates it.
type Spoiler<'a, Record> = (&'a str, &'a dyn Fn(&mut Record));

fn spoil(change: impl FnOnce(&mut ParticipantRecordOf<Test>)) {
	crate::Participants::<Test>::mutate(ALICE, |record| change(record.as_mut().unwrap()));
}

fn spoil_application(change: impl FnOnce(&mut ApplicationRecord)) {
	crate::Applications::<Test>::mutate(BOB, |record| change(record.as_mut().unwrap()));
}

fn assert_violated(number: &str) {
	match Participants::do_try_state() {
		Err(sp_runtime::DispatchError::Other(message)) => {
			assert!(
				message.starts_with(&format!("participants {number}:")),
				"{message}"
			)
		}
		outcome => panic!("expected a violation of {number}, got {outcome:?}"),
	}
}

/// Alice is a participant and belongs to group 0, Bob has applied.
fn execute(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			join(ALICE, create_group());
			apply(BOB);
			test();
		});
}

#[test]
fn try_state_should_name_the_invariant_when_a_record_cannot_be_read() {
	execute(|| {
		for key in [
			crate::Participants::<Test>::hashed_key_for(ALICE),
			crate::Applications::<Test>::hashed_key_for(BOB),
			crate::ApplicationQueue::<Test>::hashed_key_for(0),
			crate::Groups::<Test>::hashed_key_for(GroupId(0)),
			crate::GroupMembers::<Test>::hashed_key_for(GroupId(0)),
		] {
			hypothetically!({
				unhashed::put_raw(&key, &[255]);
				assert_violated("1");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_participant_is_spoiled() {
	let trading = ServiceSet::NONE.with(Service::Trading);
	let spoilers: [Spoiler<ParticipantRecordOf<Test>>; 11] = [
		("2", &|record| record.roles = RoleGrants::default()),
		("3", &|record| record.roles = roles(&[Role::Trader, Role::Trader])),
		("4", &|record| {
			record.roles = roles(&[Role::Trader, Role::Verifier])
		}),
		("5", &|record| record.admitted_at = 2),
		("6", &|record| record.status = Status::Registered),
		("7", &|record| record.closed = ServiceSet(1 << 4)),
		("7", &|record| record.open = ServiceSet(1 << 4)),
		("7", &|record| record.open = trading),
		("8", &|record| record.group = Some(GroupId(1))),
		("8", &|record| record.declared_group = Some(GroupId(1))),
		("9", &|record| record.group = None),
	];
	execute(|| {
		for (number, change) in spoilers {
			hypothetically!({
				spoil(change);
				assert_violated(number);
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_services_or_groups_are_spoiled() {
	execute(|| {
		for services in [ServiceSet::ALL, ServiceSet(1 << 4)] {
			hypothetically!({
				crate::RestrictedServices::<Test>::put(services);
				assert_violated("7");
			});
		}
		hypothetically!({
			set_count("CounterForGroups", 2);
			assert_violated("8");
		});
		hypothetically!({
			crate::Groups::<Test>::mutate(GroupId(0), |group| group.as_mut().unwrap().members = 2);
			assert_violated("9");
		});
		for (group, members) in [(0, vec![]), (0, vec![CHARLIE + 1]), (1, vec![ALICE]), (1, vec![])] {
			hypothetically!({
				let members = crate::MembersOf::<Test>::truncate_from(members);
				crate::GroupMembers::<Test>::insert(GroupId(group), members);
				assert_violated("9");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_an_application_is_spoiled() {
	let spoilers: [Spoiler<ApplicationRecord>; 4] = [
		("10", &|record| record.status = Status::Admitted),
		("10", &|record| record.roles = wanted(&[])),
		("13", &|record| record.entry = 1),
		("12", &|record| {
			record.status = Status::Registered;
			record.entry = 1;
		}),
	];
	execute(|| {
		for (number, change) in spoilers {
			hypothetically!({
				spoil_application(change);
				assert_violated(number);
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_queue_is_spoiled() {
	execute(|| {
		hypothetically!({
			set_count("CounterForApplications", 2);
			assert_violated("11");
		});
		hypothetically!({
			crate::ApplicationQueueEnds::<Test>::mutate(|ends| ends.head = 1);
			assert_violated("12");
		});
		hypothetically!({
			crate::ApplicationQueueEnds::<Test>::mutate(|ends| ends.tail = 2);
			crate::ApplicationQueue::<Test>::insert(1, CHARLIE);
			assert_violated("12");
		});
		hypothetically!({
			crate::ApplicationQueue::<Test>::remove(0);
			assert_violated("13");
		});
		// One that is registered may have left it.
		hypothetically!({
			assert_ok!(Participants::register(RuntimeOrigin::root(), BOB));
			crate::ApplicationQueue::<Test>::remove(0);
			assert_ok!(Participants::do_try_state());
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_an_applicant_is_a_participant() {
	execute(|| {
		hypothetically!({
			let record = crate::Participants::<Test>::get(ALICE).unwrap();
			crate::Participants::<Test>::insert(
				BOB,
				ParticipantRecordOf::<Test> {
					group: None,
					..record
				},
			);
			System::inc_providers(&BOB);
			assert_violated("14");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_nothing_keeps_an_account() {
	execute(|| {
		for who in [ALICE, BOB] {
			hypothetically!({
				assert_ok!(System::dec_providers(&who));
				assert_violated("15");
			});
		}
		// An expelled account that applies needs two.
		hypothetically!({
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			apply(ALICE);
			assert_ok!(System::dec_providers(&ALICE));
			assert_violated("15");
		});
	});
}
