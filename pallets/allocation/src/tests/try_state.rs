use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::assert_ok;
use sp_runtime::TryRuntimeError;

/// Build a sound state, spoil it, and expect that the check says so.
fn expect(message: &'static str, spoil: impl FnOnce()) {
	plant().build().execute_with(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_ok!(Allocation::do_try_state());
		spoil();
		assert_eq!(Allocation::do_try_state(), Err(TryRuntimeError::Other(message)));
	});
}

fn change(change: impl FnOnce(&mut AllocationRecord)) {
	Allocations::<Test>::mutate(YEAR, PLANT, |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_an_entry_that_cannot_be_read() {
	expect("allocation 1: an entry cannot be read", || {
		let key = Installations::<Test>::hashed_key_for(InstallationId(0));
		sp_io::storage::set(&key, &[]);
	});
}

#[test]
fn try_state_should_find_a_number_that_was_not_given_out() {
	expect(
		"allocation 2: an installation has a number that was not given out",
		|| NextInstallation::<Test>::put(InstallationId(0)),
	);
}

#[test]
fn try_state_should_find_an_installation_that_is_in_no_list() {
	expect(
		"allocation 2: an installation is not once in the list of its entity",
		|| InstallationsOf::<Test>::remove(PLANT),
	);
}

#[test]
fn try_state_should_find_a_lost_reference() {
	expect(
		"allocation 2: an installation does not have its reference alone",
		|| {
			References::<Test>::remove(digest(100));
		},
	);
}

#[test]
fn try_state_should_find_a_reference_of_nothing() {
	expect(
		"allocation 2: a list or a reference names an installation that is none",
		|| References::<Test>::insert(digest(1), InstallationId(0)),
	);
}

#[test]
fn try_state_should_find_data_of_another_kind() {
	expect(
		"allocation 3: data are of no installation or of another kind",
		|| {
			Installations::<Test>::mutate(InstallationId(0), |record| {
				record.as_mut().unwrap().kind = InstallationKind::Output
			});
		},
	);
}

#[test]
fn try_state_should_find_units_that_are_neither_due_nor_owed() {
	expect(
		"allocation 4: what was issued is not what is due and owed",
		|| change(|record| record.owed = Tonnes(1)),
	);
}

#[test]
fn try_state_should_find_more_owed_than_was_issued() {
	expect("allocation 4: more is owed or returned than was issued", || {
		change(|record| record.owed = Tonnes(950_001))
	});
}

#[test]
fn try_state_should_find_an_issue_that_nobody_else_counts() {
	expect("allocation 9: another amount is counted than was issued", || {
		allocate_directly(PLANT, 1);
	});
}

#[test]
fn try_state_should_find_another_latest_true_up() {
	expect(
		"allocation 8: an entity has another latest true-up than is recorded",
		|| LatestTrueUps::<Test>::insert(PLANT, LAST_YEAR),
	);
}

#[test]
fn try_state_should_find_a_true_up_without_a_state() {
	expect(
		"allocation 4: a true-up has no entitlement, or an entitlement no true-up",
		|| change(|record| record.state = AllocationState::Provisional),
	);
}

#[test]
fn try_state_should_find_an_objection_to_nothing() {
	expect("allocation 5: an objection is to no true-up", || {
		change(|record| {
			record.state = AllocationState::Reopened;
			record.objection = Objection::Rejected;
		})
	});
}

#[test]
fn try_state_should_find_benchmarks_that_could_change() {
	expect("allocation 6: a true-up has no benchmarks that stay", || {
		Benchmarks::<Test>::remove(YEAR);
	});
}

#[test]
fn try_state_should_find_an_entry_of_nothing() {
	expect("allocation 7: an entry of nothing held", || {
		Held::<Test>::insert(YEAR, MILL, Tonnes::ZERO);
	});
}

#[test]
fn try_state_should_find_units_that_are_not_there() {
	expect(
		"allocation 7: the custody account holds another number than is recorded",
		|| Held::<Test>::insert(YEAR, MILL, Tonnes(1)),
	);
}

#[test]
fn try_state_should_find_units_that_are_held_for_nobody() {
	expect(
		"allocation 7: the custody account holds another number than is recorded",
		|| Held::<Test>::remove(YEAR, PLANT),
	);
}
