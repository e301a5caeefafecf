use crate::{mock::*, ActKind, ActRecord, Error, Event, Level, Outcome, RecordId, Subject};
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use sp_runtime::DispatchError;

fn try_act(who: AccountId, call: RuntimeCall) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Regulator::act(signed(who), basis(), reason(), Box::new(call))
}

#[test]
fn act_should_dispatch_as_the_regulators_act_when_the_table_says_so() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(try_act(OFFICER, clerk(1)));

		let doer = Doer::Act {
			by: OFFICER,
			second: None,
			level: Level::Officer,
		};
		assert_eq!(done(), [(1, doer)]);
		System::assert_last_event(
			Event::ActDispatched {
				record: RecordId(0),
				by: OFFICER,
				second: None,
				call_hash: hash(&clerk(1)),
				result: Ok(()),
			}
			.into(),
		);
	});
}

#[test]
fn act_should_dispatch_as_root_when_the_table_says_so() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(try_act(CLERK, rooted(1)));

		assert_eq!(done(), [(1, Doer::Root)]);
	});
}

#[test]
fn act_should_leave_a_record_when_it_succeeds() {
	ExtBuilder::default().build_and_execute(|| {
		wait(5);

		assert_ok!(try_act(SUPERVISOR, supervisor(7)));

		let record = ActRecord {
			kind: ActKind::OneOfficer,
			by: SUPERVISOR,
			second: None,
			call_hash: hash(&supervisor(7)),
			description: b"deeds.supervisor".to_vec().try_into().unwrap(),
			basis: basis(),
			reason: reason(),
			subject: Subject::Asset(7),
			proposed_at: GENESIS_TIME + 5,
			block: 2,
			at: GENESIS_TIME + 5,
			outcome: Outcome::Succeeded,
			previous_of_subject: None,
			previous_of_proposer: None,
			previous_of_approver: None,
		};
		assert_eq!(trail(), [record]);
	});
}

#[test]
fn act_should_succeed_and_record_the_failure_when_the_call_fails() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(try_act(CLERK, failing(1)));

		assert_eq!(done(), []);
		assert_eq!(trail()[0].outcome, Outcome::Failed(DeedsError::Failed.into()));
		System::assert_last_event(
			Event::ActDispatched {
				record: RecordId(0),
				by: CLERK,
				second: None,
				call_hash: hash(&failing(1)),
				result: Err(DeedsError::Failed.into()),
			}
			.into(),
		);
	});
}

#[test]
fn act_should_link_the_record_when_there_are_earlier_ones() {
	ExtBuilder::default().build_and_execute(|| {
		act(CLERK, clerk(1));
		act(OFFICER, clerk(2));
		act(CLERK, clerk(2));

		let last = &trail()[2];
		assert_eq!(last.previous_of_subject, Some(RecordId(1)));
		assert_eq!(last.previous_of_proposer, Some(RecordId(0)));
	});
}

#[test]
fn act_should_give_weight_back_when_the_call_uses_less() {
	ExtBuilder::default().build_and_execute(|| {
		let base = <() as crate::WeightInfo>::act(long(3).encoded_size() as u32);
		let call = RuntimeCall::Regulator(crate::Call::act {
			basis: basis(),
			reason: reason(),
			call: Box::new(long(3)),
		});
		let declared = call.get_dispatch_info().call_weight;
		assert_eq!(declared, base + Weight::from_parts(1_000, 10) + RECORD_WEIGHT);

		let used = try_act(CLERK, long(3)).unwrap().actual_weight;

		assert_eq!(used, Some(base + Weight::from_parts(400, 4) + RECORD_WEIGHT));
	});
}

#[test]
fn act_should_weigh_more_when_the_call_is_longer() {
	let weight = |bytes| {
		let call = crate::Call::<Test>::act {
			basis: basis(),
			reason: reason(),
			call: Box::new(long(bytes)),
		};
		call.get_dispatch_info().call_weight
	};
	assert!(weight(100_000).all_gte(weight(3)) && weight(100_000) != weight(3));
}

#[test]
fn act_should_give_the_calls_weight_back_when_it_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = try_act(STRANGER, long(3)).unwrap_err();

		assert_eq!(
			refused.post_info.actual_weight,
			Some(<() as crate::WeightInfo>::act(long(3).encoded_size() as u32))
		);
	});
}

#[test]
fn act_should_be_operational_when_a_block_is_full() {
	let call = RuntimeCall::Regulator(crate::Call::act {
		basis: basis(),
		reason: reason(),
		call: Box::new(clerk(1)),
	});
	assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);
	// The frame of an act is small: its cost is that of the call.
	assert!(call.encoded_size() < 64);
}

#[test]
fn act_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Regulator::act(origin, basis(), reason(), Box::new(clerk(1))).map_err(|e| e.error),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn act_should_fail_when_the_signer_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			try_act(INSIDER, clerk(1)).map_err(|e| e.error),
			Error::<Test>::NotOfficer
		);
	});
}

#[test]
fn act_should_fail_when_the_officer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		Expelled::set(vec![CLERK]);
		assert_noop!(try_act(CLERK, clerk(1)).map_err(|e| e.error), NO_INSIDER);
	});
}

#[test]
fn act_should_fail_when_the_level_is_too_low() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			try_act(OFFICER, supervisor(1)).map_err(|e| e.error),
			Error::<Test>::LevelTooLow
		);
	});
}

#[test]
fn act_should_fail_when_it_takes_two_officers() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			try_act(SUPERVISOR, two_officers(1)).map_err(|e| e.error),
			Error::<Test>::NeedsTwoOfficers
		);
	});
}

#[test]
fn act_should_fail_when_the_call_is_no_act() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			try_act(SUPERVISOR, closed(1)).map_err(|e| e.error),
			Error::<Test>::NotAnAct
		);
	});
}

#[test]
fn act_should_fail_when_the_basis_is_empty() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::act(
				signed(CLERK),
				crate::Basis::default(),
				reason(),
				Box::new(clerk(1))
			)
			.map_err(|e| e.error),
			Error::<Test>::BasisEmpty
		);
	});
}
