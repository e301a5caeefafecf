use crate::{mock::*, Level, OfficerLevels};

#[test]
fn genesis_should_appoint_the_listed_officers_when_they_are_insiders() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(OfficerLevels::<Test>::get(CLERK), Some(Level::Clerk));
		assert_eq!(OfficerLevels::<Test>::get(SUPERVISOR), Some(Level::Supervisor));
		assert_eq!(OfficerLevels::<Test>::count(), 5);
		assert_eq!(Supervisors::get(), 2);
	});
}

#[test]
#[should_panic(expected = "genesis officer 99 cannot be appointed as Clerk")]
fn genesis_should_panic_when_an_officer_is_no_insider() {
	ExtBuilder::default()
		.with_officers(&[(STRANGER, Level::Clerk)])
		.build_and_execute(|| {});
}

#[test]
#[should_panic(expected = "genesis officer 1 cannot be appointed as Officer")]
fn genesis_should_panic_when_an_account_is_listed_twice() {
	ExtBuilder::default()
		.with_officers(&[(CLERK, Level::Clerk), (CLERK, Level::Officer)])
		.build_and_execute(|| {});
}

#[test]
#[should_panic(expected = "TooManyOfficers")]
fn genesis_should_panic_when_more_officers_are_listed_than_there_may_be() {
	let officers: Vec<_> = (10..19).map(|account| (account, Level::Clerk)).collect();
	ExtBuilder::default()
		.with_officers(&officers)
		.build_and_execute(|| {});
}
