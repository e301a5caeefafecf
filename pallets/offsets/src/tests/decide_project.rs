use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

const REGISTER: Decision = Decision::Register { inside_ets: false };

fn decide_on(project: ProjectId, revision: u32, decision: Decision) -> DispatchResult {
	Offsets::decide_project(RuntimeOrigin::root(), project, revision, decision, digest(2))
}

fn applied() -> ExtBuilder {
	ExtBuilder::default().with_application(OWNER, ProjectKind::Wind)
}

#[test]
fn decide_project_should_register_an_application() {
	applied().build_and_execute(|| {
		assert_ok!(decide_on(PROJECT, 0, REGISTER));
		assert_eq!(project_of(PROJECT).state, ProjectState::Registered);
		assert_eq!(
			events(),
			[Event::ProjectDecided {
				project: PROJECT,
				revision: 0,
				decision: REGISTER,
				reason: digest(2),
			}]
		);
	});
}

#[test]
fn decide_project_should_say_whether_the_project_is_inside_the_ets_whatever_its_owner_said() {
	applied().build_and_execute(|| {
		assert!(!project_of(PROJECT).details.inside_ets);
		assert_ok!(decide_on(PROJECT, 0, Decision::Register { inside_ets: true }));
		assert!(project_of(PROJECT).details.inside_ets);
	});
}

#[test]
fn decide_project_should_refuse_an_application_and_free_its_reference() {
	applied().build_and_execute(|| {
		assert_ok!(decide_on(PROJECT, 0, Decision::Refuse));
		assert_eq!(project_of(PROJECT).state, ProjectState::Refused);
		assert_eq!(Offsets::reference_use(b"P-0".to_vec()), None);
	});
}

#[test]
fn decide_project_should_suspend_a_project_and_let_it_go_on() {
	applied().build_and_execute(|| {
		assert_ok!(decide_on(PROJECT, 0, REGISTER));
		assert_ok!(decide_on(PROJECT, 0, Decision::Suspend));
		assert_eq!(project_of(PROJECT).state, ProjectState::Suspended);
		assert!(Offsets::reference_use(b"P-0".to_vec()).is_some());
		assert_ok!(decide_on(PROJECT, 0, REGISTER));
		assert_eq!(project_of(PROJECT).state, ProjectState::Registered);
	});
}

#[test]
fn decide_project_should_fail_when_there_is_nothing_to_decide_in_this_way() {
	applied().build_and_execute(|| {
		let refused = |decision| {
			assert_noop!(decide_on(PROJECT, 0, decision), Error::<Test>::DecisionUnfit);
		};
		refused(Decision::Suspend);
		assert_ok!(decide_on(PROJECT, 0, REGISTER));
		refused(REGISTER);
		refused(Decision::Refuse);
		assert_ok!(decide_on(PROJECT, 0, Decision::Suspend));
		refused(Decision::Refuse);
		refused(Decision::Suspend);
	});
}

#[test]
fn decide_project_should_fail_when_a_refused_project_was_not_handed_in_again() {
	applied().build_and_execute(|| {
		assert_ok!(decide_on(PROJECT, 0, Decision::Refuse));
		for decision in [REGISTER, Decision::Refuse, Decision::Suspend] {
			assert_noop!(decide_on(PROJECT, 0, decision), Error::<Test>::DecisionUnfit);
		}
	});
}

#[test]
fn decide_project_should_fail_when_the_project_was_handed_in_again_meanwhile() {
	applied().build_and_execute(|| {
		let corrected = details(ProjectKind::Forest, 3);
		assert_ok!(Offsets::resubmit_project(
			RuntimeOrigin::signed(OWNER),
			PROJECT,
			corrected
		));
		for revision in [0, 2] {
			assert_noop!(
				decide_on(PROJECT, revision, REGISTER),
				Error::<Test>::RevisionMismatch
			);
		}
		assert_ok!(decide_on(PROJECT, 1, REGISTER));
	});
}
