use crate::mock::*;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn register(entity: AccountId, n: u8) -> DispatchResult {
	Allocation::register_installation(RuntimeOrigin::root(), entity, InstallationKind::Output, digest(n))
}

#[test]
fn register_installation_should_store_it_and_list_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(register(PLANT, 1));
		assert_eq!(
			Allocation::installation(InstallationId(0)),
			Some(InstallationRecord {
				entity: PLANT,
				kind: InstallationKind::Output,
				reference: digest(1),
				last_year: None,
			})
		);
		assert_eq!(Allocation::installations_of(PLANT), [InstallationId(0)]);
		assert_eq!(
			events(),
			[Event::InstallationRegistered {
				installation: InstallationId(0),
				entity: PLANT,
				kind: InstallationKind::Output,
				reference: digest(1),
			}]
		);
	});
}

#[test]
fn register_installation_should_fail_when_the_reference_is_used() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(register(PLANT, 1));
		assert_noop!(register(MILL, 1), Error::<Test>::ReferenceUsed);
	});
}

#[test]
fn register_installation_should_fail_when_the_entity_has_too_many() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..INSTALLATIONS_MAX {
			assert_ok!(register(PLANT, n as u8));
		}
		assert_noop!(register(PLANT, 99), Error::<Test>::TooManyInstallations);
	});
}

#[test]
fn register_installation_should_fail_when_the_account_is_no_covered_entity() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(register(STRANGER, 1), NOT_ADMITTED);
	});
}

#[test]
fn register_installation_should_fail_when_the_numbers_are_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		NextInstallation::<Test>::put(InstallationId(u32::MAX));
		assert_noop!(register(PLANT, 1), Error::<Test>::Unexpected);
	});
}
