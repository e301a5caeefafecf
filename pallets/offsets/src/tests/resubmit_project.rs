use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn resubmit(who: AccountId, details: ProjectDetails) -> DispatchResult {
	Offsets::resubmit_project(RuntimeOrigin::signed(who), PROJECT, details)
}

fn applied() -> ExtBuilder {
	ExtBuilder::default().with_application(OWNER, ProjectKind::Wind)
}

#[test]
fn resubmit_project_should_replace_the_application_and_raise_its_revision() {
	applied().build_and_execute(|| {
		let corrected = details(ProjectKind::Hydro, 5);
		assert_ok!(resubmit(OWNER, corrected.clone()));

		let record = project_of(PROJECT);
		assert_eq!((record.revision, record.state), (1, ProjectState::Submitted));
		assert_eq!(record.details, corrected);
		assert_eq!(
			events(),
			[Event::ProjectSubmitted {
				project: PROJECT,
				owner: OWNER,
				revision: 1,
				details: corrected,
			}]
		);
	});
}

#[test]
fn resubmit_project_should_free_the_reference_that_it_replaces() {
	applied().build_and_execute(|| {
		assert_ok!(resubmit(OWNER, details(ProjectKind::Wind, 5)));
		assert_eq!(Offsets::reference_use(b"P-0".to_vec()), None);
		assert_eq!(
			Offsets::reference_use(b"P-5".to_vec()),
			Some(ReferenceUse::Project(PROJECT))
		);
	});
}

#[test]
fn resubmit_project_should_keep_its_own_reference() {
	applied().build_and_execute(|| {
		assert_ok!(resubmit(OWNER, details(ProjectKind::Hydro, 0)));
		assert_eq!(
			Offsets::reference_use(b"P-0".to_vec()),
			Some(ReferenceUse::Project(PROJECT))
		);
	});
}

#[test]
fn resubmit_project_should_hand_a_refused_project_in_again() {
	applied().build_and_execute(|| {
		decide(PROJECT, Decision::Refuse);
		assert_ok!(resubmit(OWNER, details(ProjectKind::Wind, 0)));
		assert_eq!(project_of(PROJECT).state, ProjectState::Submitted);
	});
}

#[test]
fn resubmit_project_should_fail_when_the_reference_of_a_refused_project_belongs_to_another_now() {
	applied().build_and_execute(|| {
		decide(PROJECT, Decision::Refuse);
		apply(OTHER_OWNER, details(ProjectKind::Wind, 0));
		assert_noop!(
			resubmit(OWNER, details(ProjectKind::Wind, 0)),
			Error::<Test>::ReferenceUsed
		);
	});
}

#[test]
fn resubmit_project_should_fail_when_the_reference_belongs_to_another() {
	applied()
		.with_application(OTHER_OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			assert_noop!(
				resubmit(OWNER, details(ProjectKind::Wind, 1)),
				Error::<Test>::ReferenceUsed
			);
		});
}

#[test]
fn resubmit_project_should_fail_when_the_application_is_unfit() {
	applied().build_and_execute(|| {
		let change = |change: fn(&mut ProjectDetails)| {
			let mut application = details(ProjectKind::Wind, 0);
			change(&mut application);
			application
		};
		let unnamed = change(|application| application.methodology = Default::default());
		assert_noop!(resubmit(OWNER, unnamed), Error::<Test>::MethodologyUnfit);
		let undocumented = change(|application| application.documents = Default::default());
		assert_noop!(resubmit(OWNER, undocumented), Error::<Test>::DocumentsEmpty);
		let misspelled = change(|application| application.registry_ref = reference("p-0"));
		assert_noop!(resubmit(OWNER, misspelled), Error::<Test>::ReferenceUnfit);
	});
}

#[test]
fn resubmit_project_should_fail_when_the_project_was_registered() {
	applied().build_and_execute(|| {
		for decision in [Decision::Register { inside_ets: false }, Decision::Suspend] {
			decide(PROJECT, decision);
			assert_noop!(
				resubmit(OWNER, details(ProjectKind::Wind, 0)),
				Error::<Test>::ProjectLocked
			);
		}
	});
}

#[test]
fn resubmit_project_should_fail_when_the_revisions_are_used_up() {
	applied().build_and_execute(|| {
		Projects::<Test>::mutate(PROJECT, |record| record.as_mut().unwrap().revision = u32::MAX);
		assert_noop!(
			resubmit(OWNER, details(ProjectKind::Wind, 0)),
			Error::<Test>::Unexpected
		);
	});
}
