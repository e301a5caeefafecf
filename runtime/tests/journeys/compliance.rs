//! The compliance cycle as the runtime composes it: who decides what, what is tradable, on whose calendar, and what an audit finds.

use crate::env::*;
use carbon_primitives::{AssetId, ProjectKind, Role, Tonnes, Vintage, OFFSET_SERIES_FIRST};
use carbon_runtime::{
	configs::{
		dynamic_params::compliance as parameters, BufferAccount, CustodyAccount, RuntimeParameters,
		TableOfActs,
	},
	invariants, AccountId, Allocation, Assets, Offsets, Runtime, RuntimeCall, RuntimeEvent,
};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, hypothetically, traits::Get};
use pallet_allocation::{Activity, BenchmarkTable, InstallationId, InstallationKind, PreAllocation};
use pallet_market::{Calendar, Day, Funds, Side};
use pallet_offsets::{ProjectDetails, ProjectId, Reductions, ReportId};
use pallet_participants::RoleGrant;
use pallet_regulator::{ClassifyAct, Level, Requirement, Subject};
use sp_keyring::Sr25519Keyring as Key;

type AllowanceCall = pallet_allowance::Call<Runtime>;
type AllocationCall = pallet_allocation::Call<Runtime>;
type OffsetsCall = pallet_offsets::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;

const SERIES: AssetId = OFFSET_SERIES_FIRST;
const INSTALLATION: InstallationId = InstallationId(0);
const PROJECT: ProjectId = ProjectId(0);
const REPORT: ReportId = ReportId(0);
/// Confirmed emissions of Dave.
const EMISSIONS: Tonnes = Tonnes(1_000);

/// The year is open with Dave in it, who has an installation.
pub fn open_year() {
	assert_ok!(regulator(open_period(10_000)));
	assert_ok!(regulator(AllowanceCall::enrol {
		year: YEAR,
		entities: one(dave())
	}));
	assert_ok!(regulator(AllocationCall::register_installation {
		entity: dave(),
		kind: InstallationKind::Direct,
		reference: digest(1),
	}));
	let table = BenchmarkTable {
		coal_large: 7_910,
		coal_small: 8_049,
		coal_unconventional: 8_244,
		gas: 3_288,
		heat_coal: 1_033,
		heat_gas: 533,
	};
	assert_ok!(regulator(AllocationCall::set_benchmarks { year: YEAR, table }));
}

/// Dave's emissions are confirmed.
pub fn confirm_emissions() {
	let tonnes = EMISSIONS;
	assert_ok!(signed(
		dave(),
		AllowanceCall::report_emissions {
			year: YEAR,
			tonnes,
			report: digest(1)
		}
	));
	assert_ok!(signed(
		verifier(),
		AllowanceCall::verify_report {
			year: YEAR,
			entity: dave(),
			tonnes
		}
	));
	assert_ok!(regulator(AllowanceCall::confirm_reports {
		year: YEAR,
		reports: one((dave(), tonnes))
	}));
}

/// 70 % of 1,000 t.
pub fn pre_allocate() {
	let line = PreAllocation {
		entity: dave(),
		base: Some(EMISSIONS),
	};
	assert_ok!(regulator(AllocationCall::pre_allocate {
		year: YEAR,
		list: one(line)
	}));
}

/// Dave is entitled to 900 t.
fn true_up() {
	assert_ok!(regulator(AllocationCall::enter_activity {
		installation: INSTALLATION,
		year: YEAR,
		activity: Activity::Direct(Tonnes(900)),
		emissions: EMISSIONS,
		digest: digest(1),
	}));
	assert_ok!(regulator(AllocationCall::true_up {
		year: YEAR,
		entities: one(dave())
	}));
}

/// The authority's seller owns a forest as well, whose reductions of 1,000 t are verified.
fn plant_forest() {
	let grant = |role| RoleGrant {
		role,
		expires_at: None,
	};
	assert_ok!(regulator(pallet_participants::Call::<Runtime>::set_roles {
		account: seller(),
		roles: [Role::Trader, Role::ResourceHolder]
			.map(grant)
			.to_vec()
			.try_into()
			.expect("two fit"),
	}));
	let details = ProjectDetails {
		kind: ProjectKind::Forest,
		methodology: b"M-1".to_vec().try_into().expect("short"),
		registry_ref: b"FOREST".to_vec().try_into().expect("short"),
		documents: one(digest(1)),
		inside_ets: false,
	};
	assert_ok!(signed(seller(), OffsetsCall::register_project { details }));
	assert_ok!(regulator(OffsetsCall::decide_project {
		project: PROJECT,
		revision: 0,
		decision: pallet_offsets::Decision::Register { inside_ets: false },
		reason: digest(2),
	}));
	let reductions = Reductions {
		from: Day(19_000),
		to: Day(19_364),
		tonnes: Tonnes(1_000),
		digest: digest(3),
		registry_ref: b"FOREST-2022".to_vec().try_into().expect("short"),
	};
	assert_ok!(signed(
		seller(),
		OffsetsCall::report_reductions {
			project: PROJECT,
			reductions
		}
	));
	assert_ok!(signed(
		verifier(),
		OffsetsCall::verify_reductions {
			report: REPORT,
			tonnes: Tonnes(1_000),
			digest: digest(3)
		}
	));
}

fn issue_series() {
	assert_ok!(regulator(OffsetsCall::issue_series { report: REPORT }));
}

fn credits(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: SERIES,
		tonnes: Tonnes(tonnes),
	}
}

fn surrender_credits(tonnes: u64) -> AllowanceCall {
	AllowanceCall::surrender {
		year: YEAR,
		entity: dave(),
		asset: SERIES,
		tonnes: Tonnes(tonnes),
	}
}

/// What the audit says of one part of the chain.
pub fn violation(part: &str) -> Option<String> {
	let reports = invariants::check();
	let report = reports
		.into_iter()
		.find(|report| report.pallet == part.as_bytes())
		.expect("it is checked");
	report
		.violation
		.map(|sentence| String::from_utf8_lossy(&sentence).into_owned())
}

pub fn begins_with(found: Option<String>, start: &str) {
	assert!(
		found.as_ref().is_some_and(|found| found.starts_with(start)),
		"{found:?}"
	);
}

pub fn class(call: impl Into<RuntimeCall>) -> Option<(Requirement, Subject<AccountId>)> {
	TableOfActs::classify(&call.into()).map(|class| (class.requirement, class.subject))
}

#[test]
fn allocation_takes_the_officers_of_the_table() {
	let (entity, year, tonnes) = (dave(), YEAR, Tonnes(1));
	let (digest, installation) = (digest(1), INSTALLATION);
	let one_officer = Requirement::one(Level::Officer);
	let two_officers = Requirement::two(Level::Officer);
	let of_dave = Subject::Account(dave());
	let of_year = Subject::Asset(YEAR.into());
	journey(|| {
		open_year();
		let register = AllocationCall::register_installation {
			entity: dave(),
			kind: InstallationKind::Direct,
			reference: digest,
		};
		let enter = AllocationCall::enter_activity {
			installation,
			year,
			activity: Activity::Direct(tonnes),
			emissions: tonnes,
			digest,
		};
		let close = AllocationCall::close_installation {
			installation,
			last_year: year,
		};
		for call in [register, enter, close] {
			assert_eq!(
				class(call.clone()),
				Some((one_officer, of_dave.clone())),
				"{call:?}"
			);
		}
		let calls = [
			AllocationCall::move_installation {
				installation,
				to: eve(),
			},
			AllocationCall::hold_units {
				entity: dave(),
				reason: digest,
			},
			AllocationCall::end_hold { entity: dave() },
			AllocationCall::surrender_held {
				year,
				entity: dave(),
				vintage: year,
				tonnes,
			},
			AllocationCall::release_units {
				entity: dave(),
				vintage: year,
				tonnes,
			},
			AllocationCall::decide_objection {
				year,
				entity,
				decision: pallet_allocation::Decision::Upheld,
				reason: digest,
			},
		];
		for call in calls {
			assert_eq!(
				class(call.clone()),
				Some((two_officers, of_dave.clone())),
				"{call:?}"
			);
		}
		let list = Default::default();
		let pre_allocate = AllocationCall::pre_allocate { year, list };
		let entities = Default::default();
		let true_up = AllocationCall::true_up { year, entities };
		for call in [pre_allocate, true_up] {
			assert_eq!(
				class(call.clone()),
				Some((two_officers, of_year.clone())),
				"{call:?}"
			);
		}
		assert_eq!(class(AllocationCall::return_units { year, tonnes }), None);
		assert_eq!(class(AllocationCall::object { year, digest }), None);
	});
}

#[test]
fn offsets_take_the_officers_of_the_table_and_name_the_owner() {
	let (project, report, tonnes, reason) = (PROJECT, REPORT, Tonnes(1), digest(1));
	let one_officer = Requirement::one(Level::Officer);
	let two_officers = Requirement::two(Level::Officer);
	let decide = |project| OffsetsCall::decide_project {
		project,
		revision: 0,
		decision: pallet_offsets::Decision::Suspend,
		reason,
	};
	journey(|| {
		plant_forest();
		let of_owner = Subject::Account(seller());
		let refuse = OffsetsCall::refuse_reductions { report, reason };
		for call in [decide(project), refuse] {
			assert_eq!(
				class(call.clone()),
				Some((one_officer, of_owner.clone())),
				"{call:?}"
			);
		}
		let calls = [
			OffsetsCall::issue_series { report },
			OffsetsCall::reverse {
				project,
				tonnes,
				reason,
			},
			OffsetsCall::release_buffer { project, tonnes },
			OffsetsCall::settle_reversal {
				project,
				asset: SERIES,
				tonnes,
			},
		];
		for call in calls {
			assert_eq!(
				class(call.clone()),
				Some((two_officers, of_owner.clone())),
				"{call:?}"
			);
		}
		// Nobody's project concerns nobody.
		assert_eq!(class(decide(ProjectId(7))), Some((one_officer, Subject::Chain)));
		assert_eq!(class(OffsetsCall::withdraw_project { project }), None);
	});
}

#[test]
fn rules_take_two_supervisors_and_what_hangs_on_emissions_two_officers() {
	let (year, tonnes, reason) = (YEAR, Tonnes(1), digest(1));
	let of_year = Subject::Asset(YEAR.into());
	let of_dave = Subject::Account(dave());
	let set_rules = AllowanceCall::set_rules {
		year,
		rules: Default::default(),
		timeline: long_period(),
	};
	assert_eq!(
		class(set_rules),
		Some((Requirement::two(Level::Supervisor), of_year.clone()))
	);
	for call in [
		AllowanceCall::advance_period { year },
		AllowanceCall::close_period { year },
	] {
		assert_eq!(
			class(call),
			Some((Requirement::two(Level::Officer), of_year.clone()))
		);
	}
	let entities = one(dave());
	assert_eq!(
		class(AllowanceCall::exclude { year, entities }),
		Some((Requirement::two(Level::Officer), of_year))
	);
	let calls = [
		AllowanceCall::reopen_report {
			year,
			entity: dave(),
			reason,
		},
		AllowanceCall::determine_emissions {
			year,
			entity: dave(),
			tonnes,
			reason,
		},
		AllowanceCall::transfer_with_basis {
			asset: SERIES,
			from: dave(),
			to: eve(),
			tonnes,
			basis: reason,
		},
	];
	for call in calls {
		let needed = Requirement::two(Level::Officer);
		assert_eq!(class(call.clone()), Some((needed, of_dave.clone())), "{call:?}");
	}
	assert_eq!(class(AllowanceCall::carry_over { year, tonnes }), None);
}

#[test]
fn credits_are_bought_on_the_market_and_cover_a_twentieth_of_the_emissions() {
	journey(|| {
		open_year();
		confirm_emissions();
		plant_forest();
		issue_series();
		assert_ok!(regulator(MarketCall::create_market {
			asset: SERIES,
			params: market_rules(),
			reference: carbon_primitives::Price(8_000),
			calendar: Calendar::default(),
		}));
		assert_ok!(signed(seller(), MarketCall::deposit { funds: credits(60) }));
		let amount = 60 * 8_000;
		assert_ok!(signed(
			dave(),
			MarketCall::deposit {
				funds: Funds::Cash { amount }
			}
		));
		for (who, side) in [(seller(), Side::Sell), (dave(), Side::Buy)] {
			let order = limit_order(side, 8_000, 60);
			assert_ok!(signed(who, MarketCall::place_order { asset: SERIES, order }));
		}
		assert_ok!(signed(dave(), MarketCall::withdraw { funds: credits(60) }));

		assert_noop!(
			signed(dave(), surrender_credits(51)),
			pallet_allowance::Error::<Runtime>::OffsetCapExceeded
		);
		assert_ok!(signed(dave(), surrender_credits(50)));
		assert_eq!(Assets::balance(SERIES, dave()), 10);
		let series = Offsets::series(SERIES).expect("it was issued");
		assert_eq!(series.surrendered, Tonnes(50));
	});
}

#[test]
fn the_audit_finds_credits_that_are_surrendered_for_nothing() {
	journey(|| {
		open_year();
		confirm_emissions();
		plant_forest();
		issue_series();
		let supplied = AllowanceCall::surrender {
			year: YEAR,
			entity: dave(),
			asset: SERIES,
			tonnes: Tonnes(50),
		};
		assert_ok!(signed(seller(), supplied));
		assert_eq!(violation("Credits"), None);
		let uncounted = hypothetically!({
			pallet_offsets::Series::<Runtime>::mutate(SERIES, |series| {
				series.as_mut().expect("it was issued").surrendered = Tonnes(51);
			});
			violation("Credits")
		});
		begins_with(uncounted, "credits 1:");
		let unknown = hypothetically!({
			pallet_offsets::Series::<Runtime>::remove(SERIES);
			violation("Credits")
		});
		begins_with(unknown, "credits 2:");
	});
}

#[test]
fn what_is_kept_for_a_risky_holder_serves_its_obligation_and_nobody_else() {
	journey(|| {
		open_year();
		assert_ok!(act_of_two(AllocationCall::hold_units {
			entity: dave(),
			reason: digest(1)
		}));
		// Nothing goes past the regulator's account.
		assert_noop!(
			regulator(AllowanceCall::allocate {
				year: YEAR,
				allocations: one((dave(), Tonnes(700))),
			}),
			pallet_allowance::Error::<Runtime>::AllocationKept
		);
		pre_allocate();
		assert_eq!(held(YEAR, &CustodyAccount::get()), Tonnes(700));
		// The act is on record, though it failed.
		assert_eq!(
			act_of_two(AllocationCall::release_units {
				entity: dave(),
				vintage: YEAR,
				tonnes: Tonnes(700)
			}),
			Err(pallet_allocation::Error::<Runtime>::ObligationOpen.into())
		);
		let seize = AllowanceCall::force_transfer {
			vintage: YEAR,
			from: CustodyAccount::get(),
			to: eve(),
			tonnes: Tonnes(1),
		};
		assert_noop!(
			regulator(seize),
			pallet_participants::Error::<Runtime>::NotAdmitted
		);
		confirm_emissions();
		assert_ok!(act_of_two(AllocationCall::surrender_held {
			year: YEAR,
			entity: dave(),
			vintage: YEAR,
			tonnes: Tonnes(700)
		}));
		assert_eq!(held(YEAR, &CustodyAccount::get()), Tonnes(0));
		let obligation = carbon_runtime::Allowance::obligation(YEAR, dave()).expect("enrolled");
		assert_eq!(obligation.surrendered, Tonnes(700));
	});
}

#[test]
fn the_audit_compares_what_was_allocated_and_held_with_the_ledger() {
	journey(|| {
		open_year();
		assert_ok!(regulator(AllocationCall::hold_units {
			entity: dave(),
			reason: digest(1)
		}));
		pre_allocate();
		assert_eq!(violation("Allocation"), None);
		let held = hypothetically!({
			pallet_allocation::Held::<Runtime>::insert(YEAR, dave(), Tonnes(699));
			violation("Allocation")
		});
		begins_with(held, "allocation 7:");
		let counted = hypothetically!({
			pallet_allowance::Obligations::<Runtime>::mutate(YEAR, dave(), |obligation| {
				obligation.as_mut().expect("enrolled").allocated = Some(Tonnes(699));
			});
			violation("Allocation")
		});
		begins_with(counted, "allocation 9:");
	});
}

/// The last day for the decision about an objection that is made now.
fn due() -> Day {
	assert_ok!(signed(
		dave(),
		AllocationCall::object {
			year: YEAR,
			digest: digest(1)
		}
	));
	last_event(|event| match event {
		RuntimeEvent::Allocation(pallet_allocation::Event::Objected { due, .. }) => Some(due),
		_ => None,
	})
	.expect("an objection has an event")
}

fn set_working_days(calendar: Calendar) {
	let parameter = parameters::Parameters::WorkingDays(parameters::WorkingDays, Some(calendar));
	assert_ok!(act_of_two(pallet_parameters::Call::<Runtime>::set_parameter {
		key_value: RuntimeParameters::Compliance(parameter),
	}));
}

#[test]
fn windows_are_counted_in_the_working_days_of_the_regulator() {
	// Wednesday, 15 November 2023, in China; two weeks later, and the day after that.
	let (today, two_weeks) = (Day(19_676), Day(19_690));
	let calendar = || Calendar {
		utc_offset: 480,
		..Calendar::default()
	};
	assert_eq!(calendar().day_of(GENESIS_TIME), today);
	journey(|| {
		open_year();
		confirm_emissions();
		true_up();
		assert_eq!(hypothetically!(due()), two_weeks);
		let holiday = Calendar {
			holidays: one(today.next()),
			..calendar()
		};
		set_working_days(holiday);
		assert_eq!(hypothetically!(due()), two_weeks.next());
		// By a calendar without working days no window would ever end: the default counts.
		set_working_days(Calendar {
			weekdays: 0,
			..calendar()
		});
		assert_eq!(due(), two_weeks);
		assert_eq!(
			Allocation::allocation(YEAR, dave()).map(|record| record.entitlement),
			Some(Some(Tonnes(900)))
		);
	});
}

#[test]
fn the_regulator_sets_what_of_a_series_is_kept_back() {
	journey(|| {
		plant_forest();
		let parameter = parameters::Parameters::ForestBuffer(parameters::ForestBuffer, Some(1_000));
		assert_noop!(
			act(
				first_supervisor(),
				pallet_parameters::Call::<Runtime>::set_parameter {
					key_value: RuntimeParameters::Compliance(parameter.clone()),
				}
			),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_eq!(
			hypothetically!({
				issue_series();
				Assets::balance(SERIES, BufferAccount::get())
			}),
			200
		);
		assert_ok!(act_of_two(pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Compliance(parameter),
		}));
		issue_series();
		assert_eq!(Assets::balance(SERIES, BufferAccount::get()), 100);
	});
}

#[test]
fn whoever_was_expelled_pays_returns_and_objects_and_does_nothing_else() {
	let (year, tonnes, digest) = (Vintage(YEAR.0), Tonnes(1), digest(1));
	journey(|| {
		assert_ok!(act_of_two(pallet_participants::Call::<Runtime>::expel {
			account: dave(),
			reason: digest
		}));
		let (project, report, asset) = (PROJECT, REPORT, SERIES);
		let open: [RuntimeCall; 5] = [
			AllocationCall::return_units { year, tonnes }.into(),
			AllocationCall::object { year, digest }.into(),
			OffsetsCall::withdraw_project { project }.into(),
			OffsetsCall::withdraw_reductions { report }.into(),
			OffsetsCall::settle_reversal {
				project,
				asset,
				tonnes,
			}
			.into(),
		];
		for call in open {
			assert!(in_pool(Key::Dave, call.clone()).is_ok(), "{call:?}");
		}
		let closed: [RuntimeCall; 3] = [
			surrender_credits(1).into(),
			AllowanceCall::carry_over { year, tonnes }.into(),
			AllowanceCall::transfer {
				asset,
				to: eve(),
				tonnes,
			}
			.into(),
		];
		for call in closed {
			assert!(in_pool(Key::Dave, call.clone()).is_err(), "{call:?}");
		}
	});
}

#[test]
fn the_longest_batches_and_the_longest_reversal_take_a_fifth_of_a_block_at_most() {
	let fifth = <Runtime as frame_system::Config>::BlockWeights::get().max_block / 5;
	let (year, project, tonnes, reason) = (YEAR, PROJECT, Tonnes(1), digest(1));
	let batch = <<Runtime as pallet_allocation::Config>::MaxBatch as Get<u32>>::get() as usize;
	let line = PreAllocation {
		entity: dave(),
		base: None,
	};
	let list = vec![line; batch].try_into().expect("as many as fit");
	let entities = vec![dave(); batch].try_into().expect("as many as fit");
	let calls: [RuntimeCall; 4] = [
		AllocationCall::pre_allocate { year, list }.into(),
		AllocationCall::true_up { year, entities }.into(),
		OffsetsCall::reverse {
			project,
			tonnes,
			reason,
		}
		.into(),
		OffsetsCall::release_buffer { project, tonnes }.into(),
	];
	for call in calls {
		let weight = call.get_dispatch_info().call_weight;
		assert!(weight.all_lte(fifth), "{weight}: {call:?}");
	}
}
