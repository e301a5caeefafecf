use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn submit(who: AccountId, details: ProjectDetails) -> DispatchResult {
	Offsets::register_project(RuntimeOrigin::signed(who), details)
}

#[test]
fn register_project_should_store_an_application_when_a_resource_holder_hands_it_in() {
	ExtBuilder::default().build_and_execute(|| {
		let application = details(ProjectKind::Forest, 0);
		assert_ok!(submit(OWNER, application.clone()));

		assert_eq!(
			project_of(PROJECT),
			ProjectRecord {
				owner: OWNER,
				details: application.clone(),
				revision: 0,
				state: ProjectState::Submitted,
			}
		);
		assert_eq!(ProjectsOf::<Test>::get(OWNER), vec![PROJECT]);
		assert_eq!(
			Offsets::reference_use(b"P-0".to_vec()),
			Some(ReferenceUse::Project(PROJECT))
		);
		assert_eq!(
			events(),
			[Event::ProjectSubmitted {
				project: PROJECT,
				owner: OWNER,
				revision: 0,
				details: application,
			}]
		);
	});
}

#[test]
fn register_project_should_take_each_kind() {
	let kinds = [
		ProjectKind::Solar,
		ProjectKind::Wind,
		ProjectKind::Hydro,
		ProjectKind::Biomass,
		ProjectKind::Biogas,
		ProjectKind::Other(7),
	];
	ExtBuilder::default().build_and_execute(|| {
		for (n, kind) in (0..).zip(kinds) {
			let owner = if n % 2 == 0 { OWNER } else { OTHER_OWNER };
			assert_ok!(submit(owner, details(kind, n)));
			assert_eq!(project_of(ProjectId(n)).details.kind, kind);
		}
	});
}

#[test]
fn register_project_should_fail_when_the_methodology_is_not_named() {
	ExtBuilder::default().build_and_execute(|| {
		for methodology in [&b""[..], &b"\xff\xfe"[..]] {
			let mut application = details(ProjectKind::Wind, 0);
			application.methodology = methodology.to_vec().try_into().unwrap();
			assert_noop!(submit(OWNER, application), Error::<Test>::MethodologyUnfit);
		}
	});
}

#[test]
fn register_project_should_fail_when_the_reference_has_another_spelling() {
	ExtBuilder::default().build_and_execute(|| {
		for text in ["", "p-0", "P 0", "P-0 "] {
			let mut application = details(ProjectKind::Wind, 0);
			application.registry_ref = reference(text);
			assert_noop!(submit(OWNER, application), Error::<Test>::ReferenceUnfit);
		}
	});
}

#[test]
fn register_project_should_fail_when_no_document_is_named() {
	ExtBuilder::default().build_and_execute(|| {
		let mut application = details(ProjectKind::Wind, 0);
		application.documents = Default::default();
		assert_noop!(submit(OWNER, application), Error::<Test>::DocumentsEmpty);
	});
}

#[test]
fn register_project_should_fail_when_another_project_has_the_reference() {
	ExtBuilder::default()
		.with_application(OTHER_OWNER, ProjectKind::Solar)
		.build_and_execute(|| {
			assert_noop!(
				submit(OWNER, details(ProjectKind::Wind, 0)),
				Error::<Test>::ReferenceUsed
			);
		});
}

#[test]
fn register_project_should_fail_when_a_report_has_the_reference() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Solar)
		.with_series(10)
		.build_and_execute(|| {
			let mut application = details(ProjectKind::Wind, 1);
			application.registry_ref = report_of(REPORT).reductions.registry_ref;
			assert_noop!(submit(OWNER, application), Error::<Test>::ReferenceUsed);
		});
}

#[test]
fn register_project_should_take_a_reference_that_was_refused_to_another() {
	ExtBuilder::default()
		.with_application(OTHER_OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			decide(PROJECT, Decision::Refuse);
			assert_ok!(submit(OWNER, details(ProjectKind::Wind, 0)));
			assert_eq!(
				Offsets::reference_use(b"P-0".to_vec()),
				Some(ReferenceUse::Project(ProjectId(1)))
			);
		});
}

#[test]
fn register_project_should_fail_when_the_owner_has_as_many_as_it_may() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..PROJECTS_MAX {
			assert_ok!(submit(OWNER, details(ProjectKind::Wind, n)));
		}
		assert_noop!(
			submit(OWNER, details(ProjectKind::Wind, PROJECTS_MAX)),
			Error::<Test>::TooManyProjects
		);
		assert_ok!(submit(OTHER_OWNER, details(ProjectKind::Wind, PROJECTS_MAX)));
	});
}

#[test]
fn register_project_should_fail_when_the_numbers_are_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		NextProject::<Test>::put(ProjectId(u32::MAX));
		assert_noop!(
			submit(OWNER, details(ProjectKind::Wind, 0)),
			Error::<Test>::Unexpected
		);
	});
}
