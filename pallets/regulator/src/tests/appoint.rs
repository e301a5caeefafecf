use crate::{mock::*, Error, Event, Level, OfficerLevels, Outcome};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn appointment(account: AccountId, level: Level) -> RuntimeCall {
	crate::Call::appoint { account, level }.into()
}

#[test]
fn appoint_should_make_an_insider_an_officer_when_root_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Regulator::appoint(
			RuntimeOrigin::root(),
			INSIDER,
			Level::Supervisor
		));

		assert_eq!(OfficerLevels::<Test>::get(INSIDER), Some(Level::Supervisor));
		assert_eq!(Supervisors::get(), 3);
		System::assert_last_event(
			Event::OfficerAppointed {
				account: INSIDER,
				old_value: None,
				new_value: Level::Supervisor,
			}
			.into(),
		);
	});
}

#[test]
fn appoint_should_change_the_level_when_the_account_is_an_officer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Regulator::appoint(RuntimeOrigin::root(), CLERK, Level::Officer));

		assert_eq!(OfficerLevels::<Test>::get(CLERK), Some(Level::Officer));
		assert_eq!(Supervisors::get(), 2);
		System::assert_last_event(
			Event::OfficerAppointed {
				account: CLERK,
				old_value: Some(Level::Clerk),
				new_value: Level::Officer,
			}
			.into(),
		);
	});
}

#[test]
fn appoint_should_work_as_an_act_when_the_table_allows_it() {
	ExtBuilder::default().build_and_execute(|| {
		act(SUPERVISOR, appointment(INSIDER, Level::Clerk));
		let id = propose(SUPERVISOR, appointment(OFFICER, Level::Supervisor));
		approve(SUPERVISOR_2, id);

		assert_eq!(OfficerLevels::<Test>::get(INSIDER), Some(Level::Clerk));
		assert_eq!(OfficerLevels::<Test>::get(OFFICER), Some(Level::Supervisor));
		assert!(trail().iter().all(|record| record.outcome == Outcome::Succeeded));
	});
}

#[test]
fn appoint_should_lower_a_supervisor_when_enough_are_left() {
	ExtBuilder::default().build_and_execute(|| {
		let root = RuntimeOrigin::root;
		assert_ok!(Regulator::appoint(root(), INSIDER, Level::Supervisor));

		assert_ok!(Regulator::appoint(root(), SUPERVISOR, Level::Clerk));

		assert_eq!(Supervisors::get(), 2);
	});
}

#[test]
fn appoint_should_fail_when_too_few_supervisors_would_be_left() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::appoint(RuntimeOrigin::root(), SUPERVISOR, Level::Officer),
			Error::<Test>::TooFewSupervisors
		);
	});
}

#[test]
fn appoint_should_fail_when_the_officer_has_the_level_already() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::appoint(RuntimeOrigin::root(), SUPERVISOR, Level::Supervisor),
			Error::<Test>::AlreadyAtLevel
		);
	});
}

#[test]
fn appoint_should_fail_when_the_account_is_no_insider() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::appoint(RuntimeOrigin::root(), STRANGER, Level::Clerk),
			NO_INSIDER
		);
	});
}

#[test]
fn appoint_should_fail_when_there_are_as_many_officers_as_there_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		for account in 10..13 {
			assert_ok!(Regulator::appoint(RuntimeOrigin::root(), account, Level::Clerk));
		}
		assert_noop!(
			Regulator::appoint(RuntimeOrigin::root(), 13, Level::Clerk),
			Error::<Test>::TooManyOfficers
		);
	});
}

#[test]
fn appoint_should_fail_when_an_officer_calls_without_an_act() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::appoint(signed(SUPERVISOR), INSIDER, Level::Clerk),
			DispatchError::BadOrigin
		);
	});
}
