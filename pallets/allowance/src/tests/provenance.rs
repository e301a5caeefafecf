//! What the provenance graph is told: once, with the digest of what is stored, and nothing where a call fails.

use crate::mock::*;
use carbon_primitives::{AssetId, RecordKind, RecordSubject, Role, Tonnes};
use carbon_traits::{IssueAllowances, ParticipantBenchmarkHelper, UseHeldAllowances};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer};
use sp_runtime::DispatchResult;

const EMISSIONS: RecordSubject<AccountId> = RecordSubject::Emissions {
	year: YEAR,
	entity: POWER_PLANT,
};
const REPORT: RecordSubject<AccountId> = RecordSubject::Report {
	year: YEAR,
	entity: POWER_PLANT,
};
const VERIFICATION: RecordSubject<AccountId> = RecordSubject::Verification {
	year: YEAR,
	entity: POWER_PLANT,
};

/// The power plant has 100 tonnes, and nothing is told yet.
fn plant(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_rules(500, rules(ObligationRule::Yearly))
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(test);
}

/// What was told since the last time.
fn told() -> Vec<Record> {
	Recorded::take()
}

fn digest_of(stored: impl Encode) -> carbon_primitives::Digest {
	sp_io::hashing::blake2_256(&stored.encode()).into()
}

fn confirm_one(entity: AccountId, tonnes: u64) -> DispatchResult {
	let list = vec![(entity, Tonnes(tonnes))].try_into().expect("fits");
	Allowance::confirm_reports(RuntimeOrigin::root(), YEAR, list)
}

/// A record of the regulator about the power plant, of what is stored of its obligation.
fn about_plant(kind: RecordKind, subject: RecordSubject<AccountId>) -> Record {
	Record {
		kind,
		by: By::Regulator,
		owner: Some(POWER_PLANT),
		subject,
		digest: digest_of(obligation(YEAR, POWER_PLANT)),
		uses: vec![],
		supersedes: false,
	}
}

fn allocation(entity: AccountId) -> Record {
	Record {
		owner: Some(entity),
		digest: digest_of(obligation(YEAR, entity)),
		..about_plant(
			RecordKind::Allocation,
			RecordSubject::Allocation { year: YEAR, entity },
		)
	}
}

#[test]
fn allocate_should_tell_each_allocation() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			let both = [(POWER_PLANT, Tonnes(1)), (STEEL_MILL, Tonnes(2))];
			let list = both.to_vec().try_into().expect("fits");
			assert_ok!(Allowance::allocate(RuntimeOrigin::root(), YEAR, list));
			assert_eq!(told(), [allocation(POWER_PLANT), allocation(STEEL_MILL)]);
		});
}

#[test]
fn allocate_should_tell_nothing_when_one_of_the_list_is_refused() {
	plant(|| {
		let both = [(STEEL_MILL, Tonnes(1)), (POWER_PLANT, Tonnes(2))];
		let list = both.to_vec().try_into().expect("fits");
		let allocate = || Allowance::allocate(RuntimeOrigin::root(), YEAR, list);
		assert_noop!(with_storage_layer(allocate), Error::<Test>::AlreadyAllocated);
		assert_eq!(told(), []);
	});
}

#[test]
fn issuing_should_tell_a_further_allocation() {
	plant(|| {
		assert_ok!(Allowance::issue(YEAR, &POWER_PLANT, &POWER_PLANT, Tonnes(5)));
		assert_eq!(told(), [allocation(POWER_PLANT)]);
		assert_eq!(Allowance::weight_of_issue_record(), RECORD_WEIGHT);
	});
}

#[test]
fn a_report_should_be_told_from_its_submission_to_its_confirmation() {
	plant(|| {
		let tonnes = Tonnes(60);
		let entity = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::report_emissions(entity, YEAR, tonnes, digest(7)));
		let report = Record {
			by: By::Account(POWER_PLANT),
			owner: None,
			digest: digest(7),
			supersedes: true,
			..about_plant(RecordKind::Report, REPORT)
		};
		assert_eq!(told(), [report]);

		let verifier = RuntimeOrigin::signed(VERIFIER);
		assert_ok!(Allowance::verify_report(verifier, YEAR, POWER_PLANT, tonnes));
		let verification = Record {
			by: By::Account(VERIFIER),
			owner: None,
			uses: vec![REPORT],
			supersedes: true,
			..about_plant(RecordKind::Verification, VERIFICATION)
		};
		assert_eq!(told(), [verification]);

		assert_ok!(confirm_one(POWER_PLANT, 60));
		let confirmation = Record {
			uses: vec![VERIFICATION],
			supersedes: true,
			..about_plant(RecordKind::Confirmation, EMISSIONS)
		};
		assert_eq!(told(), [confirmation]);
	});
}

#[test]
fn a_report_should_tell_nothing_when_it_is_refused_at_any_step() {
	plant(|| {
		let tonnes = Tonnes(60);
		let verify = || {
			let verifier = RuntimeOrigin::signed(VERIFIER);
			Allowance::verify_report(verifier, YEAR, POWER_PLANT, tonnes)
		};
		assert_noop!(verify(), Error::<Test>::ReportNotFound);
		assert_noop!(confirm_one(POWER_PLANT, 60), Error::<Test>::ReportNotFound);
		confirm(YEAR, POWER_PLANT, 60);
		told();
		let entity = RuntimeOrigin::signed(POWER_PLANT);
		assert_noop!(
			Allowance::report_emissions(entity, YEAR, tonnes, digest(7)),
			Error::<Test>::ReportLocked
		);
		assert_eq!(told(), []);
	});
}

#[test]
fn confirm_reports_should_tell_nothing_when_one_of_the_list_is_refused() {
	plant(|| {
		for (who, tonnes) in [(POWER_PLANT, 60), (STEEL_MILL, 70)] {
			let (entity, verifier) = (RuntimeOrigin::signed(who), RuntimeOrigin::signed(VERIFIER));
			assert_ok!(Allowance::report_emissions(
				entity,
				YEAR,
				Tonnes(tonnes),
				digest(7)
			));
			assert_ok!(Allowance::verify_report(verifier, YEAR, who, Tonnes(tonnes)));
		}
		told();
		let both = [(POWER_PLANT, Tonnes(60)), (STEEL_MILL, Tonnes(71))];
		let list = both.to_vec().try_into().expect("fits");
		let confirm = || Allowance::confirm_reports(RuntimeOrigin::root(), YEAR, list);
		assert_noop!(with_storage_layer(confirm), Error::<Test>::ReportMismatch);
		assert_eq!(told(), []);
	});
}

#[test]
fn determine_emissions_should_tell_the_decision_and_rest_on_no_verification() {
	plant(|| {
		let tonnes = Tonnes(60);
		let (entity, verifier) = (
			RuntimeOrigin::signed(POWER_PLANT),
			RuntimeOrigin::signed(VERIFIER),
		);
		assert_ok!(Allowance::report_emissions(entity, YEAR, tonnes, digest(7)));
		assert_ok!(Allowance::verify_report(verifier, YEAR, POWER_PLANT, tonnes));
		close(YEAR);
		told();
		let root = RuntimeOrigin::root();
		assert_ok!(Allowance::determine_emissions(
			root,
			YEAR,
			POWER_PLANT,
			Tonnes(80),
			digest(8)
		));
		let determination = Record {
			digest: digest(8),
			supersedes: true,
			..about_plant(RecordKind::Confirmation, EMISSIONS)
		};
		assert_eq!(told(), [determination]);
	});
}

/// The name of what `entity` was allocated.
fn allocated_to(entity: AccountId) -> RecordSubject<AccountId> {
	RecordSubject::Allocation { year: YEAR, entity }
}

/// The record of the first surrender, of units that are looked for among what `holder` was allocated.
fn first_surrender(by: By, holder: AccountId) -> Record {
	let stored = Allowance::surrender_record(SurrenderId(0)).expect("it is stored");
	Record {
		by,
		digest: digest_of(stored),
		uses: vec![EMISSIONS, allocated_to(holder)],
		..about_plant(RecordKind::Surrender, RecordSubject::Surrender(0))
	}
}

#[test]
fn surrender_should_tell_who_supplied_the_units_and_whose_they_count_for() {
	plant(|| {
		Admissions::admit(&STRANGER, Role::Trader);
		TradingLedger::sell(POWER_PLANT, STRANGER, YEAR.into(), 10);
		let origin = RuntimeOrigin::signed(STRANGER);
		let asset = AssetId::from(YEAR);
		assert_ok!(Allowance::surrender(origin, YEAR, POWER_PLANT, asset, Tonnes(10)));
		assert_eq!(told(), [first_surrender(By::Account(STRANGER), STRANGER)]);
	});
}

#[test]
fn surrendering_what_is_held_should_tell_the_regulator() {
	plant(|| {
		// The plant's own account stands in for the one on which units are held.
		assert_ok!(Allowance::surrender_for(
			YEAR,
			&POWER_PLANT,
			&POWER_PLANT,
			YEAR,
			Tonnes(10)
		));
		assert_eq!(told(), [first_surrender(By::Regulator, POWER_PLANT)]);
		assert_eq!(Allowance::weight_of_surrender_record(), RECORD_WEIGHT);
	});
}

#[test]
fn surrender_should_tell_nothing_when_it_fails() {
	plant(|| {
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		let surrender = || Allowance::surrender(origin, YEAR, POWER_PLANT, YEAR.into(), Tonnes(101));
		assert_noop!(
			with_storage_layer(surrender),
			Error::<Test>::InsufficientAllowances
		);
		assert_eq!(told(), []);
	});
}

#[test]
fn cancel_should_tell_the_cancellation() {
	plant(|| {
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::cancel(
			origin,
			YEAR,
			Tonnes(10),
			Default::default(),
			digest(1)
		));
		let stored = Allowance::cancellation_record(CancellationId(0)).expect("it is stored");
		let cancellation = Record {
			by: By::Account(POWER_PLANT),
			owner: None,
			digest: digest_of(stored),
			uses: vec![allocated_to(POWER_PLANT)],
			..about_plant(RecordKind::Cancellation, RecordSubject::Cancellation(0))
		};
		assert_eq!(told(), [cancellation]);
	});
}

#[test]
fn cancel_should_tell_nothing_when_it_fails() {
	plant(|| {
		let cancel = || {
			let origin = RuntimeOrigin::signed(POWER_PLANT);
			Allowance::cancel(origin, YEAR, Tonnes(101), Default::default(), digest(1))
		};
		assert_noop!(with_storage_layer(cancel), Error::<Test>::InsufficientAllowances);
		assert_eq!(told(), []);
	});
}
