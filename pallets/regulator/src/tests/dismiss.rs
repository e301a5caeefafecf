use crate::{mock::*, Error, Event, Level, OfficerLevels};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn dismiss_should_end_the_office_when_root_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), OFFICER));

		assert_eq!(OfficerLevels::<Test>::get(OFFICER), None);
		System::assert_last_event(
			Event::OfficerDismissed {
				account: OFFICER,
				old_value: Level::Officer,
			}
			.into(),
		);
	});
}

#[test]
fn dismiss_should_accept_an_officer_when_it_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		Expelled::set(vec![OFFICER]);
		assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), OFFICER));
	});
}

#[test]
fn dismiss_should_accept_a_supervisor_when_enough_are_left() {
	ExtBuilder::default()
		.with_officers(&[
			(SUPERVISOR, Level::Supervisor),
			(SUPERVISOR_2, Level::Supervisor),
			(INSIDER, Level::Supervisor),
		])
		.build_and_execute(|| {
			assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), INSIDER));
			assert_eq!(Supervisors::get(), 2);
		});
}

#[test]
fn dismiss_should_accept_a_supervisor_when_there_were_too_few_at_genesis() {
	ExtBuilder::default()
		.with_officers(&[(SUPERVISOR, Level::Supervisor)])
		.build_and_execute(|| {
			assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), SUPERVISOR));
			assert_eq!(Supervisors::get(), 0);
		});
}

#[test]
fn dismiss_should_fail_when_too_few_supervisors_would_be_left() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::dismiss(RuntimeOrigin::root(), SUPERVISOR),
			Error::<Test>::TooFewSupervisors
		);
	});
}

#[test]
fn dismiss_should_fail_when_those_left_cannot_act_any_more() {
	ExtBuilder::default()
		.with_officers(&[
			(SUPERVISOR, Level::Supervisor),
			(SUPERVISOR_2, Level::Supervisor),
			(INSIDER, Level::Supervisor),
		])
		.build_and_execute(|| {
			Expelled::set(vec![INSIDER]);
			assert_noop!(
				Regulator::dismiss(RuntimeOrigin::root(), SUPERVISOR),
				Error::<Test>::TooFewSupervisors
			);
			assert_noop!(
				Regulator::appoint(RuntimeOrigin::root(), SUPERVISOR, Level::Officer),
				Error::<Test>::TooFewSupervisors
			);
			// The one that cannot act may go.
			assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), INSIDER));
		});
}

#[test]
fn dismiss_should_fail_when_the_account_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::dismiss(RuntimeOrigin::root(), INSIDER),
			Error::<Test>::NotOfficer
		);
	});
}

#[test]
fn dismiss_should_fail_when_an_officer_calls_without_an_act() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::dismiss(signed(SUPERVISOR), OFFICER),
			DispatchError::BadOrigin
		);
	});
}
