//! What calls have in common: who may make them, and what they name. A call that is added without one of these gates is found here.

use crate::mock::*;
use carbon_primitives::{ProjectKind, Tonnes};
use frame_support::assert_noop;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> DispatchResult {
	RuntimeCall::Offsets(call)
		.dispatch(origin)
		.map(|_| ())
		.map_err(|refusal| refusal.error)
}

const NOWHERE: ProjectId = ProjectId(7);
const NO_REPORT: ReportId = ReportId(7);

/// The regulator's calls, about this project and this report.
fn of_regulator(project: ProjectId, report: ReportId) -> [Call<Test>; 5] {
	let (tonnes, reason) = (Tonnes(1), digest(2));
	[
		Call::decide_project {
			project,
			revision: 0,
			decision: Decision::Suspend,
			reason,
		},
		Call::refuse_reductions { report, reason },
		Call::issue_series { report },
		Call::reverse {
			project,
			tonnes,
			reason,
		},
		Call::release_buffer { project, tonnes },
	]
}

/// The calls of participants, with somebody who may make them.
fn of_participants(project: ProjectId, report: ReportId) -> [(AccountId, Call<Test>); 7] {
	let (tonnes, details) = (Tonnes(1), details(ProjectKind::Wind, 9));
	[
		(
			OWNER,
			Call::register_project {
				details: details.clone(),
			},
		),
		(OWNER, Call::resubmit_project { project, details }),
		(OWNER, Call::withdraw_project { project }),
		(
			OWNER,
			Call::report_reductions {
				project,
				reductions: month(9, 1),
			},
		),
		(OWNER, Call::withdraw_reductions { report }),
		(
			VERIFIER,
			Call::verify_reductions {
				report,
				tonnes,
				digest: digest(7),
			},
		),
		(
			OWNER,
			Call::cancel {
				asset: SERIES,
				tonnes,
				beneficiary: Default::default(),
				reason: digest(2),
			},
		),
	]
}

fn issued() -> ExtBuilder {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_series(100)
}

#[test]
fn calls_of_the_regulator_should_fail_when_anybody_else_makes_them() {
	issued().build_and_execute(|| {
		for call in of_regulator(PROJECT, REPORT) {
			for who in [OWNER, VERIFIER, TRADER, STRANGER] {
				let origin = RuntimeOrigin::signed(who);
				assert_noop!(dispatch(call.clone(), origin), DispatchError::BadOrigin);
			}
			assert_noop!(dispatch(call, RuntimeOrigin::none()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn calls_of_participants_should_fail_when_the_regulator_makes_them() {
	issued().build_and_execute(|| {
		for (_, call) in of_participants(PROJECT, REPORT) {
			assert_noop!(dispatch(call, RuntimeOrigin::root()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn calls_that_need_a_role_should_fail_when_somebody_without_it_makes_them() {
	issued().build_and_execute(|| {
		for (_, call) in of_participants(PROJECT, REPORT) {
			let needs_none = matches!(
				call,
				Call::withdraw_project { .. } | Call::withdraw_reductions { .. }
			);
			if !needs_none {
				let origin = RuntimeOrigin::signed(STRANGER);
				assert_noop!(dispatch(call, origin), NOT_ADMITTED);
			}
		}
	});
}

#[test]
fn calls_of_resource_holders_should_fail_when_a_verifier_or_trader_makes_them() {
	issued().build_and_execute(|| {
		for call in [
			Call::register_project {
				details: details(ProjectKind::Wind, 9),
			},
			Call::report_reductions {
				project: PROJECT,
				reductions: month(9, 1),
			},
		] {
			for who in [VERIFIER, TRADER] {
				let origin = RuntimeOrigin::signed(who);
				assert_noop!(dispatch(call.clone(), origin), NOT_ADMITTED);
			}
		}
	});
}

#[test]
fn verify_reductions_should_fail_when_a_resource_holder_makes_it() {
	issued().build_and_execute(|| {
		let call = Call::verify_reductions {
			report: REPORT,
			tonnes: Tonnes(100),
			digest: digest(7),
		};
		let origin = RuntimeOrigin::signed(OTHER_OWNER);
		assert_noop!(dispatch(call, origin), NOT_ADMITTED);
	});
}

#[test]
fn calls_of_an_owner_should_fail_when_another_one_makes_them() {
	issued().build_and_execute(|| {
		for (who, call) in of_participants(PROJECT, REPORT) {
			let is_about_own = !matches!(call, Call::register_project { .. } | Call::cancel { .. });
			if who == OWNER && is_about_own {
				let origin = RuntimeOrigin::signed(OTHER_OWNER);
				assert_noop!(dispatch(call, origin), Error::<Test>::NotOwner);
			}
		}
	});
}

#[test]
fn calls_should_fail_when_what_they_name_does_not_exist() {
	issued().build_and_execute(|| {
		let regulator = of_regulator(NOWHERE, NO_REPORT)
			.into_iter()
			.map(|call| (RuntimeOrigin::root(), call));
		let participants = of_participants(NOWHERE, NO_REPORT)
			.into_iter()
			.map(|(who, call)| (RuntimeOrigin::signed(who), call));
		let settlement = Call::settle_reversal {
			project: NOWHERE,
			asset: SERIES,
			tonnes: Tonnes(1),
		};
		for (origin, call) in regulator
			.chain(participants)
			.chain([(RuntimeOrigin::signed(OWNER), settlement)])
		{
			let expected = match call {
				Call::register_project { .. } | Call::cancel { .. } => continue,
				Call::withdraw_reductions { .. }
				| Call::verify_reductions { .. }
				| Call::refuse_reductions { .. }
				| Call::issue_series { .. } => Error::<Test>::ReportNotFound,
				_ => Error::<Test>::ProjectNotFound,
			};
			assert_noop!(dispatch(call, origin), expected);
		}
	});
}

#[test]
fn calls_should_fail_when_the_amount_is_zero() {
	issued().build_and_execute(|| {
		let (tonnes, project, asset, reason) = (Tonnes::ZERO, PROJECT, SERIES, digest(2));
		let beneficiary = Beneficiary::default();
		for (origin, call) in [
			(
				RuntimeOrigin::root(),
				Call::reverse {
					project,
					tonnes,
					reason,
				},
			),
			(RuntimeOrigin::root(), Call::release_buffer { project, tonnes }),
			(
				RuntimeOrigin::signed(OWNER),
				Call::settle_reversal {
					project,
					asset,
					tonnes,
				},
			),
			(
				RuntimeOrigin::signed(OWNER),
				Call::cancel {
					asset,
					tonnes,
					beneficiary,
					reason,
				},
			),
		] {
			assert_noop!(dispatch(call, origin), Error::<Test>::AmountZero);
		}
	});
}
