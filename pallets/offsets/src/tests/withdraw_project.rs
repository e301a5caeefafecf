use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn withdraw(who: AccountId, project: ProjectId) -> DispatchResult {
	Offsets::withdraw_project(RuntimeOrigin::signed(who), project)
}

fn applied() -> ExtBuilder {
	ExtBuilder::default().with_application(OWNER, ProjectKind::Wind)
}

#[test]
fn withdraw_project_should_leave_nothing_behind() {
	applied().build_and_execute(|| {
		assert_ok!(withdraw(OWNER, PROJECT));
		assert!(!Projects::<Test>::contains_key(PROJECT));
		assert!(!ProjectsOf::<Test>::contains_key(OWNER));
		assert_eq!(Offsets::reference_use(b"P-0".to_vec()), None);
		assert_eq!(events(), [Event::ProjectWithdrawn { project: PROJECT }]);
	});
}

#[test]
fn withdraw_project_should_leave_the_other_projects_of_the_owner() {
	applied()
		.with_application(OWNER, ProjectKind::Solar)
		.with_application(OWNER, ProjectKind::Hydro)
		.build_and_execute(|| {
			assert_ok!(withdraw(OWNER, ProjectId(1)));
			assert_eq!(ProjectsOf::<Test>::get(OWNER), vec![PROJECT, ProjectId(2)]);
		});
}

#[test]
fn withdraw_project_should_make_room_for_another() {
	applied()
		.with_application(OWNER, ProjectKind::Solar)
		.with_application(OWNER, ProjectKind::Hydro)
		.build_and_execute(|| {
			decide(PROJECT, Decision::Refuse);
			assert_ok!(withdraw(OWNER, PROJECT));
			apply(OWNER, details(ProjectKind::Wind, 0));
			assert!(!Projects::<Test>::contains_key(PROJECT), "numbers are given once");
		});
}

#[test]
fn withdraw_project_should_leave_the_reference_to_whom_it_belongs_now() {
	applied().build_and_execute(|| {
		decide(PROJECT, Decision::Refuse);
		apply(OTHER_OWNER, details(ProjectKind::Wind, 0));
		assert_ok!(withdraw(OWNER, PROJECT));
		assert_eq!(
			Offsets::reference_use(b"P-0".to_vec()),
			Some(ReferenceUse::Project(ProjectId(1)))
		);
	});
}

#[test]
fn withdraw_project_should_work_when_the_owner_has_lost_its_role() {
	applied().build_and_execute(|| {
		Admissions::expel(OWNER);
		assert_ok!(withdraw(OWNER, PROJECT));
	});
}

#[test]
fn withdraw_project_should_fail_when_the_project_was_registered() {
	applied().build_and_execute(|| {
		for decision in [Decision::Register { inside_ets: false }, Decision::Suspend] {
			decide(PROJECT, decision);
			assert_noop!(withdraw(OWNER, PROJECT), Error::<Test>::ProjectLocked);
		}
	});
}
