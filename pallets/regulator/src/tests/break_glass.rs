//! The sudo pallet with recorded calls.

use crate::{
	mock::*, ActKind, Basis, Error, Event, Level, OfficerLevels, Outcome, RecordId, Recorded, Subject,
	WeightInfo,
};
use carbon_primitives::Digest;
use codec::{Decode, Encode};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, RawOrigin},
	traits::UnfilteredDispatchable,
	weights::Weight,
};
use frame_system::Call as SystemCall;

fn sudo(call: RuntimeCall) {
	assert_ok!(Sudo::sudo(signed(KEY_HOLDER), Box::new(Recorded(call))));
}

fn sudo_as(who: AccountId, call: RuntimeCall) {
	assert_ok!(Sudo::sudo_as(signed(KEY_HOLDER), who, Box::new(Recorded(call))));
}

fn last_outcome() -> Outcome {
	trail().last().unwrap().outcome
}

/// A call that would wipe the trail out.
fn wiping() -> RuntimeCall {
	SystemCall::kill_prefix {
		prefix: frame_support::storage::storage_prefix(b"Regulator", b"Records").to_vec(),
		subkeys: 100,
	}
	.into()
}

#[test]
fn sudo_should_dispatch_as_root_and_leave_a_record_when_the_key_is_used() {
	ExtBuilder::default().build_and_execute(|| {
		sudo(two_supervisors(7));

		assert_eq!(done(), [(7, Doer::Root)]);
		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::BreakGlass);
		assert_eq!((record.by, record.second), (KEY_HOLDER, None));
		assert_eq!(record.call_hash, hash(&two_supervisors(7)));
		assert_eq!(record.description.to_vec(), b"deeds.two_supervisors");
		assert_eq!(
			(record.basis.clone(), record.reason),
			(Basis::default(), Digest::zero())
		);
		assert_eq!(record.subject, Subject::Asset(7));
		assert_eq!(record.outcome, Outcome::Succeeded);
		System::assert_has_event(
			Event::BreakGlassUsed {
				record: RecordId(0),
				by: KEY_HOLDER,
				call_hash: hash(&two_supervisors(7)),
				result: Ok(()),
			}
			.into(),
		);
	});
}

#[test]
fn sudo_should_record_the_chain_as_the_subject_when_the_call_is_no_act() {
	ExtBuilder::default().build_and_execute(|| {
		sudo(SystemCall::remark { remark: vec![1] }.into());
		assert_eq!(trail()[0].subject, Subject::Chain);
	});
}

#[test]
fn sudo_should_pass_by_the_call_filter_when_it_dispatches_as_root() {
	ExtBuilder::default().build_and_execute(|| {
		sudo(closed(1));
		assert_eq!(done(), [(1, Doer::Root)]);
	});
}

#[test]
fn sudo_should_leave_nothing_but_the_record_when_the_call_fails() {
	ExtBuilder::default().build_and_execute(|| {
		sudo(failing(1));

		assert_eq!(done(), []);
		assert_eq!(last_outcome(), Outcome::Failed(DeedsError::Failed.into()));
	});
}

#[test]
fn sudo_unchecked_weight_should_leave_a_record_when_the_key_is_used() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Sudo::sudo_unchecked_weight(
			signed(KEY_HOLDER),
			Box::new(Recorded(clerk(1))),
			Weight::zero()
		));
		assert_eq!(trail().len(), 1);
	});
}

#[test]
fn sudo_should_leave_no_record_when_somebody_else_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Sudo::sudo(signed(SUPERVISOR), Box::new(Recorded(clerk(1)))).map_err(|e| e.error),
			pallet_sudo::Error::<Test>::RequireSudo
		);
	});
}

#[test]
fn sudo_as_should_dispatch_for_the_account_and_record_it_as_the_subject() {
	ExtBuilder::default().build_and_execute(|| {
		sudo_as(STRANGER, clerk(1));

		assert_eq!(done(), [(1, Doer::Signed(STRANGER))]);
		assert_eq!(trail()[0].subject, Subject::Account(STRANGER));
		assert_eq!(trail()[0].by, KEY_HOLDER);
	});
}

#[test]
fn sudo_as_should_fail_and_be_recorded_when_the_call_filter_is_against_it() {
	ExtBuilder::default().build_and_execute(|| {
		sudo_as(STRANGER, closed(1));

		assert_eq!(done(), []);
		assert_eq!(
			last_outcome(),
			Outcome::Failed(frame_system::Error::<Test>::CallFiltered.into())
		);
	});
}

#[test]
fn sudo_as_should_fail_and_be_recorded_when_the_account_is_an_officer() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_supervisors(1));

		let approval = crate::Call::approve {
			id,
			call_hash: hash(&two_supervisors(1)),
			weight_limit: Weight::MAX,
		};
		sudo_as(SUPERVISOR_2, approval.into());

		assert_eq!(done(), []);
		assert_eq!(trail()[0].subject, Subject::Account(SUPERVISOR_2));
		assert_eq!(
			last_outcome(),
			Outcome::Failed(Error::<Test>::OfficerImpersonated.into())
		);
	});
}

#[test]
fn an_officers_call_should_be_refused_when_the_key_makes_it_in_a_roundabout_way() {
	ExtBuilder::default().build_and_execute(|| {
		// What is forbidden ought to name every way; here one was forgotten.
		Overlooked::set(true);
		let id = propose(SUPERVISOR, two_supervisors(1));
		let approval: RuntimeCall = crate::Call::approve {
			id,
			call_hash: hash(&two_supervisors(1)),
			weight_limit: Weight::MAX,
		}
		.into();
		let disguise = |call: RuntimeCall| pallet_utility::Call::dispatch_as {
			as_origin: Box::new(frame_system::RawOrigin::Signed(SUPERVISOR_2).into()),
			call: Box::new(call),
		};
		let nested = pallet_sudo::Call::sudo {
			call: Box::new(Recorded(disguise(clerk(2)).into())),
		};

		sudo(
			pallet_utility::Call::batch_all {
				calls: vec![nested.into(), disguise(approval.clone()).into()],
			}
			.into(),
		);

		let refused = Err(Error::<Test>::OfficerImpersonated.into());
		System::assert_has_event(pallet_utility::Event::DispatchedAs { result: refused }.into());
		// What is no officer's call passes, and officers act again afterwards.
		assert_eq!(done(), [(2, Doer::Signed(SUPERVISOR_2))]);
		approve(SUPERVISOR_2, id);
		assert_eq!(done().len(), 2);
	});
}

#[test]
fn sudo_should_be_refused_and_recorded_when_the_call_writes_storage_directly() {
	ExtBuilder::default().build_and_execute(|| {
		act(CLERK, clerk(1));
		let nested = pallet_utility::Call::batch_all {
			calls: vec![clerk(2), wiping()],
		};
		let twice = pallet_sudo::Call::sudo {
			call: Box::new(Recorded(wiping())),
		};
		for call in [wiping(), nested.into(), twice.into()] {
			sudo(call);
			assert_eq!(
				last_outcome(),
				Outcome::Failed(Error::<Test>::ForbiddenCall.into())
			);
		}
		assert_eq!(done().len(), 1);
		assert_eq!(trail().len(), 4);
	});
}

#[test]
fn sudo_should_name_the_holder_of_before_when_the_call_hands_the_key_over() {
	ExtBuilder::default().build_and_execute(|| {
		sudo(pallet_sudo::Call::set_key { new: STRANGER }.into());

		assert_eq!(pallet_sudo::Key::<Test>::get(), Some(STRANGER));
		assert_eq!(trail()[0].by, KEY_HOLDER);
		assert_eq!(last_outcome(), Outcome::Succeeded);
	});
}

#[test]
fn sudo_should_name_the_outermost_holder_when_nested_calls_hand_the_key_on_in_between() {
	ExtBuilder::default().build_and_execute(|| {
		let nested = pallet_sudo::Call::sudo {
			call: Box::new(Recorded(clerk(1))),
		};
		sudo(
			pallet_utility::Call::batch_all {
				calls: vec![
					pallet_sudo::Call::set_key { new: STRANGER }.into(),
					nested.into(),
					pallet_sudo::Call::set_key { new: KEY_HOLDER }.into(),
				],
			}
			.into(),
		);

		assert_eq!(done(), [(1, Doer::Root)]);
		let named: Vec<_> = trail().into_iter().map(|record| record.by).collect();
		assert_eq!(named, [KEY_HOLDER, KEY_HOLDER]);
		System::assert_has_event(
			Event::BreakGlassUsed {
				record: RecordId(0),
				by: KEY_HOLDER,
				call_hash: hash(&clerk(1)),
				result: Ok(()),
			}
			.into(),
		);
		// Who is named is forgotten with the outermost call.
		sudo(pallet_sudo::Call::set_key { new: STRANGER }.into());
		assert_ok!(Sudo::sudo(signed(STRANGER), Box::new(Recorded(clerk(2)))));
		assert_eq!(trail()[3].by, STRANGER);
	});
}

#[test]
fn sudo_should_name_the_outermost_holder_when_a_nested_call_comes_after_the_key_was_given_up() {
	ExtBuilder::default().build_and_execute(|| {
		let nested = pallet_sudo::Call::sudo {
			call: Box::new(Recorded(clerk(1))),
		};
		sudo(
			pallet_utility::Call::batch_all {
				calls: vec![pallet_sudo::Call::remove_key {}.into(), nested.into()],
			}
			.into(),
		);

		assert_eq!(done(), [(1, Doer::Root)]);
		let named: Vec<_> = trail().into_iter().map(|record| record.by).collect();
		assert_eq!(named, [KEY_HOLDER, KEY_HOLDER]);
	});
}

#[test]
fn sudo_should_be_refused_and_recorded_when_the_call_dispatches_in_anothers_name() {
	ExtBuilder::default().build_and_execute(|| {
		let disguised = pallet_utility::Call::dispatch_as {
			as_origin: Box::new(RawOrigin::Signed(SUPERVISOR).into()),
			call: Box::new(clerk(1)),
		};
		sudo(disguised.clone().into());
		sudo_as(STRANGER, disguised.into());

		assert_eq!(done(), []);
		for record in trail() {
			assert_eq!(
				record.outcome,
				Outcome::Failed(Error::<Test>::ForbiddenCall.into())
			);
		}
		assert_eq!(trail().len(), 2);
	});
}

#[test]
fn sudo_should_leave_one_record_each_when_calls_are_nested() {
	ExtBuilder::default().build_and_execute(|| {
		let inner = pallet_sudo::Call::sudo {
			call: Box::new(Recorded(clerk(1))),
		};
		sudo(inner.clone().into());

		assert_eq!(done(), [(1, Doer::Root)]);
		let descriptions: Vec<_> = trail()
			.into_iter()
			.map(|record| record.description.into_inner())
			.collect();
		assert_eq!(descriptions, [b"deeds.clerk".to_vec(), b"sudo.sudo".to_vec()]);
	});
}

#[test]
fn a_recorded_call_should_be_refused_when_nobody_holds_the_key() {
	ExtBuilder::default().build_and_execute(|| {
		pallet_sudo::Key::<Test>::kill();
		assert_noop!(
			Recorded::<Test>(clerk(1))
				.dispatch_bypass_filter(RawOrigin::Root.into())
				.map_err(|e| e.error),
			Error::<Test>::BreakGlassKeyMissing
		);
	});
}

#[test]
fn sudo_should_appoint_officers_when_the_glass_is_broken() {
	ExtBuilder::default().with_officers(&[]).build_and_execute(|| {
		let appointment = crate::Call::appoint {
			account: INSIDER,
			level: Level::Supervisor,
		};
		sudo(appointment.into());

		assert_eq!(OfficerLevels::<Test>::get(INSIDER), Some(Level::Supervisor));
		assert_eq!(trail()[0].subject, Subject::Officer(INSIDER));
	});
}

#[test]
fn a_recorded_call_should_weigh_its_record_too() {
	ExtBuilder::default().build_and_execute(|| {
		let recorded = Recorded::<Test>(long(1));
		let record = <() as WeightInfo>::record(long(1).encoded_size() as u32) + RECORD_WEIGHT;
		assert_eq!(
			recorded.get_dispatch_info().call_weight,
			Weight::from_parts(1_000, 10) + record
		);
		let used = recorded
			.dispatch_bypass_filter(RawOrigin::Root.into())
			.unwrap()
			.actual_weight;
		assert_eq!(used, Some(Weight::from_parts(400, 4) + record));

		let failed = Recorded::<Test>(failing(1))
			.dispatch_bypass_filter(RawOrigin::Root.into())
			.unwrap_err();
		let info = failing(1).get_dispatch_info();
		let record = <() as WeightInfo>::record(failing(1).encoded_size() as u32) + RECORD_WEIGHT;
		assert_eq!(failed.post_info.actual_weight, Some(info.call_weight + record));
	});
}

#[test]
fn a_recorded_call_should_be_encoded_as_the_call_itself() {
	let (call, recorded) = (two_officers(3), Recorded::<Test>::from(two_officers(3)));
	assert_eq!(recorded.encode(), call.encode());
	assert_eq!(recorded.encoded_size(), call.encoded_size());
	assert_eq!(recorded.size_hint(), call.size_hint());
	assert_eq!(recorded.using_encoded(<[u8]>::to_vec), call.encode());
	let decoded = Recorded::<Test>::decode(&mut &call.encode()[..]).unwrap();
	assert_eq!(decoded, recorded);
	assert_eq!(format!("{recorded:?}"), format!("{call:?}"));
}
