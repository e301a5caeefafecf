//! What a step comes down to: calls, which are mostly fit where bytes alone would rarely be.

use super::{
	runtime::{
		AccountId, Allocation, Allowance, Assets, Chain, RuntimeCall, RuntimeOrigin, Tables, Traded,
		STRANGER, VERIFIER,
	},
	step::{Amount, Asset, Step, YEAR},
};
use carbon_calendar::{Day, DAY_MS};
use carbon_primitives::{AssetId, Digest, Moment, ProjectKind, Tonnes, Vintage, OFFSET_SERIES_FIRST};
use carbon_traits::InspectObligation;
use frame_support::{
	traits::{Get, Time},
	BoundedVec,
};
use pallet_allocation::{Activity, InstallationId, InstallationKind, PreAllocation};
use pallet_allowance::{status::owed, RuleSet, Timeline};
use pallet_offsets::{ProjectDetails, ProjectId, Reductions, RegistryRef, ReportId};

type Calls = Vec<(RuntimeOrigin, RuntimeCall)>;

/// The calls that a step is, one after the other; none for one that is no call.
pub fn calls_of(step: &Step) -> Calls {
	let mut calls = of_period(step);
	calls.extend(of_report(step));
	calls.extend(of_surrender(step));
	calls.extend(of_transfer(step));
	calls.extend(of_installation(step));
	calls.extend(of_allocation(step));
	calls.extend(of_custody(step));
	calls.extend(of_offsets(step));
	calls.extend(of_reductions(step));
	calls.extend(of_credits(step));
	calls
}

fn by_regulator(call: impl Into<RuntimeCall>) -> Calls {
	vec![(RuntimeOrigin::root(), call.into())]
}

fn by(who: AccountId, call: impl Into<RuntimeCall>) -> Calls {
	vec![(RuntimeOrigin::signed(who), call.into())]
}

/// A list for a call; an empty one where it does not fit.
fn list<T, S: Get<u32>>(entries: Vec<T>) -> BoundedVec<T, S> {
	entries.try_into().unwrap_or_default()
}

fn digest() -> Digest {
	Digest::repeat_byte(7)
}

/// The asset that is meant.
pub fn asset_of(asset: Asset) -> AssetId {
	match asset {
		Asset::Vintage(vintage) => vintage.into(),
		Asset::Series(at) => {
			let count = pallet_offsets::NextSeries::<Chain>::get() - OFFSET_SERIES_FIRST;
			OFFSET_SERIES_FIRST + u32::from(at).checked_rem(count).unwrap_or_default()
		}
		Asset::Nothing => 999_999,
	}
}

/// How many tonnes are meant, where `fit` of them are accepted.
pub fn tonnes_of(amount: Amount, fit: u64) -> Tonnes {
	Tonnes(match amount {
		Amount::Fit => fit,
		Amount::TooMany => fit.saturating_add(1),
		Amount::Exactly(tonnes) => tonnes,
	})
}

/// What `who` has of an asset on the registry ledger.
pub fn free(asset: AssetId, who: AccountId) -> u64 {
	Assets::balance(asset, who).try_into().unwrap_or(u64::MAX)
}

/// What `who` has of an asset on the trading ledger.
pub fn traded(asset: AssetId, who: AccountId) -> u64 {
	Traded::get((asset, who)).unwrap_or_default()
}

fn outstanding(year: Vintage, entity: AccountId) -> u64 {
	Allowance::outstanding(year, &entity).map_or(u64::MAX, |tonnes| tonnes.0)
}

/// How many credits an entity may still surrender.
fn room_for_credits(year: Vintage, entity: AccountId) -> u64 {
	let found = Allowance::period(year).zip(Allowance::obligation(year, entity));
	let room = found.map(|(period, mut obligation)| {
		obligation.waived = Allocation::allocation(year, entity).map_or(Tonnes::ZERO, |found| found.waived);
		period
			.rules
			.offsets_max(owed(&obligation))
			.shortfall(obligation.offsets)
	});
	room.unwrap_or_default().0
}

/// Deadlines so many days from now on.
fn timeline(days: [u16; 4]) -> Timeline {
	let after = |days: u16| Tables::now() + DAY_MS * Moment::from(days);
	Timeline {
		// A day that is today has begun.
		opens: after(days[0]),
		reports_due: after(days[1]),
		verification_due: after(days[2]),
		surrender_due: after(days[3]),
		objection_days: 3,
		decision_days: 2,
	}
}

/// Open a year, which is the one after the last where none is named.
fn open(year: Option<Vintage>, cap: u64, rules: RuleSet, days: [u16; 4]) -> Calls {
	let last = pallet_allowance::LastPeriod::<Chain>::get();
	let next = last.map_or(YEAR, |last| Vintage(last.0.saturating_add(1)));
	by_regulator(pallet_allowance::Call::<Chain>::open_period {
		year: year.unwrap_or(next),
		cap: Tonnes(cap),
		rules,
		timeline: timeline(days),
	})
}

fn of_period(step: &Step) -> Calls {
	type Call = pallet_allowance::Call<Chain>;
	match step.clone() {
		Step::Open {
			year,
			cap,
			rules,
			days,
		} => open(year, cap, rules, days),
		Step::Turn {
			year,
			cap,
			rules,
			days,
		} => {
			let mut calls = open(None, cap, rules, days);
			calls.extend(by_regulator(Call::close_period { year }));
			calls
		}
		Step::SetRules { year, rules, days } => by_regulator(Call::set_rules {
			year,
			rules,
			timeline: timeline(days),
		}),
		Step::Enrol { year, entities } => by_regulator(Call::enrol {
			year,
			entities: list(entities),
		}),
		Step::Exclude { year, entity } => by_regulator(Call::exclude {
			year,
			entities: list(vec![entity]),
		}),
		Step::Allocate { year, list: entries } => {
			let entries = entries.into_iter().map(|(who, tonnes)| (who, Tonnes(tonnes)));
			by_regulator(Call::allocate {
				year,
				allocations: list(entries.collect()),
			})
		}
		Step::Sell { year, seller, tonnes } => by_regulator(Call::issue_for_sale {
			year,
			seller,
			tonnes: Tonnes(tonnes),
		}),
		Step::Close { year } => by_regulator(Call::close_period { year }),
		Step::Advance { year } => by_regulator(Call::advance_period { year }),
		Step::Determine { year, entity, tonnes } => by_regulator(Call::determine_emissions {
			year,
			entity,
			tonnes: Tonnes(tonnes),
			reason: digest(),
		}),
		_ => Vec::new(),
	}
}

fn of_report(step: &Step) -> Calls {
	match *step {
		Step::Report { year, entity, tonnes } => report(year, entity, tonnes),
		Step::Verify {
			year,
			verifier,
			entity,
			tonnes,
		} => verify(
			year,
			verifier,
			entity,
			tonnes.unwrap_or_else(|| reported(year, entity)),
		),
		Step::Confirm { year, entity, tonnes } => {
			confirm(year, entity, tonnes.unwrap_or_else(|| reported(year, entity)))
		}
		Step::Reopen { year, entity } => reopen(year, entity),
		Step::Certify { year, entity, tonnes } => certify(year, entity, tonnes),
		_ => Vec::new(),
	}
}

/// A report from its submission to its confirmation.
fn certify(year: Vintage, entity: AccountId, tonnes: u64) -> Calls {
	let obligation = Allowance::obligation(year, entity);
	let is_locked = obligation.is_some_and(|found| found.verifier.is_some());
	let mut calls = if is_locked {
		reopen(year, entity)
	} else {
		Vec::new()
	};
	calls.extend(report(year, entity, tonnes));
	calls.extend(verify(year, VERIFIER, entity, tonnes));
	calls.extend(confirm(year, entity, tonnes));
	calls
}

/// What stands in the report of an entity.
fn reported(year: Vintage, entity: AccountId) -> u64 {
	let report = Allowance::obligation(year, entity).and_then(|found| found.report);
	report.map_or(0, |report| report.tonnes.0)
}

fn report(year: Vintage, entity: AccountId, tonnes: u64) -> Calls {
	let call = pallet_allowance::Call::<Chain>::report_emissions {
		year,
		tonnes: Tonnes(tonnes),
		report: digest(),
	};
	by(entity, call)
}

fn verify(year: Vintage, verifier: AccountId, entity: AccountId, tonnes: u64) -> Calls {
	let call = pallet_allowance::Call::<Chain>::verify_report {
		year,
		entity,
		tonnes: Tonnes(tonnes),
	};
	by(verifier, call)
}

fn confirm(year: Vintage, entity: AccountId, tonnes: u64) -> Calls {
	by_regulator(pallet_allowance::Call::<Chain>::confirm_reports {
		year,
		reports: list(vec![(entity, Tonnes(tonnes))]),
	})
}

fn reopen(year: Vintage, entity: AccountId) -> Calls {
	by_regulator(pallet_allowance::Call::<Chain>::reopen_report {
		year,
		entity,
		reason: digest(),
	})
}

fn of_surrender(step: &Step) -> Calls {
	type Call = pallet_allowance::Call<Chain>;
	match *step {
		Step::Surrender {
			year,
			supplier,
			entity,
			asset,
			amount,
		} => {
			let asset = asset_of(asset);
			let most = match Vintage::from_asset(asset) {
				Some(_) => outstanding(year, entity),
				None => room_for_credits(year, entity),
			};
			by(
				supplier,
				Call::surrender {
					year,
					entity,
					asset,
					tonnes: tonnes_of(amount, most.min(free(asset, supplier))),
				},
			)
		}
		Step::Cancel {
			holder,
			asset,
			amount,
		} => {
			let asset = asset_of(asset);
			let tonnes = tonnes_of(amount, free(asset, holder));
			match Vintage::from_asset(asset) {
				Some(vintage) => by(
					holder,
					Call::cancel {
						vintage,
						tonnes,
						beneficiary: Default::default(),
						reason: digest(),
					},
				),
				None => by(
					holder,
					pallet_offsets::Call::<Chain>::cancel {
						asset,
						tonnes,
						beneficiary: Default::default(),
						reason: digest(),
					},
				),
			}
		}
		_ => Vec::new(),
	}
}

fn of_transfer(step: &Step) -> Calls {
	type Call = pallet_allowance::Call<Chain>;
	match *step {
		Step::ForceTransfer {
			vintage,
			from,
			to,
			amount,
		} => by_regulator(Call::force_transfer {
			vintage,
			from,
			to,
			tonnes: tonnes_of(amount, free(vintage.into(), from)),
		}),
		Step::CarryOver { year, entity, amount } => {
			let most = Allowance::carry_over_room(year, entity).0;
			let tonnes = tonnes_of(amount, most.min(free(year.into(), entity)));
			by(entity, Call::carry_over { year, tonnes })
		}
		Step::Transfer {
			asset,
			from,
			to,
			amount,
			by_law,
		} => {
			let asset = asset_of(asset);
			let tonnes = tonnes_of(amount, free(asset, from));
			if by_law {
				by_regulator(Call::transfer_with_basis {
					asset,
					from,
					to,
					tonnes,
					basis: digest(),
				})
			} else {
				by(from, Call::transfer { asset, to, tonnes })
			}
		}
		_ => Vec::new(),
	}
}

/// The installation that is meant, of those that there are.
fn installation_of(at: u8) -> InstallationId {
	let count = pallet_allocation::NextInstallation::<Chain>::get().0;
	InstallationId(u32::from(at).checked_rem(count).unwrap_or_default())
}

/// Data that fit the kind of an installation.
fn activity_of(installation: InstallationId, tonnes: u64) -> Activity {
	let kind = Allocation::installation(installation).map(|found| found.kind);
	match kind {
		Some(InstallationKind::Power(unit)) => Activity::Power {
			unit,
			electricity_mwh: tonnes,
			correction_ppm: 1_000_000,
			heat_gj: tonnes / 2,
		},
		Some(InstallationKind::Output) => Activity::Output {
			emissions: Tonnes(tonnes),
			deviation_ppm: 100_000,
		},
		_ => Activity::Direct(Tonnes(tonnes)),
	}
}

fn enter(year: Vintage, installation: InstallationId, activity: Activity, emissions: u64) -> Calls {
	by_regulator(pallet_allocation::Call::<Chain>::enter_activity {
		installation,
		year,
		activity,
		emissions: Tonnes(emissions),
		digest: digest(),
	})
}

fn of_installation(step: &Step) -> Calls {
	type Call = pallet_allocation::Call<Chain>;
	match *step {
		Step::Install {
			entity,
			kind,
			reference,
		} => by_regulator(Call::register_installation {
			entity,
			kind,
			reference: Digest::repeat_byte(reference),
		}),
		Step::Shut {
			installation,
			last_year,
		} => by_regulator(Call::close_installation {
			installation: installation_of(installation),
			last_year,
		}),
		Step::Move { installation, to } => by_regulator(Call::move_installation {
			installation: installation_of(installation),
			to,
		}),
		_ => Vec::new(),
	}
}

fn of_allocation(step: &Step) -> Calls {
	type Call = pallet_allocation::Call<Chain>;
	match step.clone() {
		Step::SetBenchmarks { year, table } => by_regulator(Call::set_benchmarks { year, table }),
		Step::Enter {
			installation,
			year,
			activity,
			tonnes,
			emissions,
		} => {
			let installation = installation_of(installation);
			let activity = activity.unwrap_or_else(|| activity_of(installation, tonnes));
			enter(year, installation, activity, emissions)
		}
		Step::Entitle { year, entity, tonnes } => {
			let is_known = Allowance::verified_emissions(year, &entity).is_some();
			let mut calls = if is_known {
				Vec::new()
			} else {
				certify(year, entity, tonnes)
			};
			for each in Allocation::installations_of(entity) {
				calls.extend(enter(year, each, activity_of(each, tonnes), tonnes / 2));
			}
			calls.extend(by_regulator(Call::true_up {
				year,
				entities: list(vec![entity]),
			}));
			calls
		}
		Step::PreAllocate { year, list: lines } => {
			let lines = lines.into_iter().map(|(entity, base)| PreAllocation {
				entity,
				base: base.map(Tonnes),
			});
			by_regulator(Call::pre_allocate {
				year,
				list: list(lines.collect()),
			})
		}
		Step::TrueUp { year, entities } => by_regulator(Call::true_up {
			year,
			entities: list(entities),
		}),
		Step::Object { year, entity } => by(
			entity,
			Call::object {
				year,
				digest: digest(),
			},
		),
		Step::Decide { year, entity, upheld } => {
			let decision = if upheld {
				pallet_allocation::Decision::Upheld
			} else {
				pallet_allocation::Decision::Rejected
			};
			by_regulator(Call::decide_objection {
				year,
				entity,
				decision,
				reason: digest(),
			})
		}
		_ => Vec::new(),
	}
}

fn of_custody(step: &Step) -> Calls {
	type Call = pallet_allocation::Call<Chain>;
	match *step {
		Step::Return { year, entity, amount } => {
			let owed = Allocation::allocation(year, entity).map_or(0, |found| found.owed.0);
			let tonnes = tonnes_of(amount, owed.min(free(year.into(), entity)));
			by(entity, Call::return_units { year, tonnes })
		}
		Step::Hold { entity, holds: true } => by_regulator(Call::hold_units {
			entity,
			reason: digest(),
		}),
		Step::Hold { entity, holds: false } => by_regulator(Call::end_hold { entity }),
		Step::SurrenderHeld {
			year,
			entity,
			vintage,
			amount,
		} => {
			let held = Allocation::held(vintage, entity).0;
			by_regulator(Call::surrender_held {
				year,
				entity,
				vintage,
				tonnes: tonnes_of(amount, held.min(outstanding(year, entity))),
			})
		}
		Step::Release {
			entity,
			vintage,
			amount,
		} => by_regulator(Call::release_units {
			entity,
			vintage,
			tonnes: tonnes_of(amount, Allocation::held(vintage, entity).0),
		}),
		_ => Vec::new(),
	}
}

/// The project that is meant, of those that there ever were.
fn project_of(at: u8) -> ProjectId {
	let count = pallet_offsets::NextProject::<Chain>::get().0;
	ProjectId(u32::from(at).checked_rem(count).unwrap_or_default())
}

/// The report that is meant, of those that there ever were.
fn report_of(at: u8) -> ReportId {
	let count = pallet_offsets::NextReport::<Chain>::get().0;
	ReportId(u32::from(at).checked_rem(count).unwrap_or_default())
}

fn owner_of(project: ProjectId) -> AccountId {
	let record = pallet_offsets::Projects::<Chain>::get(project);
	record.map_or(STRANGER, |record| record.owner)
}

/// A reference of its own for each number; projects and reports may try to use the same one.
fn reference(number: u8) -> RegistryRef {
	list(format!("CCER-{number}").into_bytes())
}

fn details(kind: ProjectKind, number: u8) -> ProjectDetails {
	ProjectDetails {
		kind,
		methodology: list(b"CM-001-V01".to_vec()),
		registry_ref: reference(number),
		documents: list(vec![digest()]),
		inside_ets: false,
	}
}

/// Reductions of some days that ended some days ago; today's are not over.
fn reductions(ended: u16, days: u16, tonnes: u64, number: u8) -> Reductions {
	let today: Day = Tables::get();
	let to = today.0 - u32::from(ended);
	Reductions {
		from: Day(to - u32::from(days)),
		to: Day(to),
		tonnes: Tonnes(tonnes),
		digest: digest(),
		registry_ref: reference(number),
	}
}

fn of_offsets(step: &Step) -> Calls {
	type Call = pallet_offsets::Call<Chain>;
	match *step {
		Step::Apply {
			owner,
			kind,
			reference,
		} => by(
			owner,
			Call::register_project {
				details: details(kind, reference),
			},
		),
		Step::Reapply {
			project,
			by: who,
			kind,
			reference,
		} => {
			let project = project_of(project);
			by(
				who.unwrap_or_else(|| owner_of(project)),
				Call::resubmit_project {
					project,
					details: details(kind, reference),
				},
			)
		}
		Step::WithdrawProject { project, by: who } => {
			let project = project_of(project);
			by(
				who.unwrap_or_else(|| owner_of(project)),
				Call::withdraw_project { project },
			)
		}
		Step::DecideProject {
			project,
			revision,
			decision,
		} => {
			let project = project_of(project);
			let present = pallet_offsets::Projects::<Chain>::get(project);
			let present = present.map_or(0, |record| record.revision);
			by_regulator(Call::decide_project {
				project,
				revision: revision.unwrap_or(present),
				decision,
				reason: digest(),
			})
		}
		_ => Vec::new(),
	}
}

fn of_reductions(step: &Step) -> Calls {
	type Call = pallet_offsets::Call<Chain>;
	let verify = |report: ReportId, verifier: AccountId, tonnes: u64| {
		let call = Call::verify_reductions {
			report,
			tonnes: Tonnes(tonnes),
			digest: digest(),
		};
		by(verifier, call)
	};
	let hand_in = |project: ProjectId, reductions: Reductions| {
		by(owner_of(project), Call::report_reductions { project, reductions })
	};
	match *step {
		Step::ReportReductions {
			project,
			ended,
			days,
			tonnes,
			reference,
		} => hand_in(project_of(project), reductions(ended, days, tonnes, reference)),
		Step::WithdrawReductions { report } => {
			let report = report_of(report);
			let found = pallet_offsets::Reports::<Chain>::get(report);
			let owner = found.map_or(STRANGER, |found| owner_of(found.project));
			by(owner, Call::withdraw_reductions { report })
		}
		Step::VerifyReductions {
			report,
			verifier,
			tonnes,
		} => {
			let report = report_of(report);
			let found = pallet_offsets::Reports::<Chain>::get(report);
			let said = found.map_or(0, |found| found.reductions.tonnes.0);
			verify(report, verifier, tonnes.unwrap_or(said))
		}
		Step::RefuseReductions { report } => by_regulator(Call::refuse_reductions {
			report: report_of(report),
			reason: digest(),
		}),
		Step::IssueSeries { report } => by_regulator(Call::issue_series {
			report: report_of(report),
		}),
		Step::Yield {
			project,
			ended,
			days,
			tonnes,
			reference,
		} => {
			let report = pallet_offsets::NextReport::<Chain>::get();
			let mut calls = hand_in(project_of(project), reductions(ended, days, tonnes, reference));
			calls.extend(verify(report, VERIFIER, tonnes));
			calls.extend(by_regulator(Call::issue_series { report }));
			calls
		}
		_ => Vec::new(),
	}
}

fn of_credits(step: &Step) -> Calls {
	type Call = pallet_offsets::Call<Chain>;
	match *step {
		Step::Reverse { project, tonnes } => by_regulator(Call::reverse {
			project: project_of(project),
			tonnes: Tonnes(tonnes),
			reason: digest(),
		}),
		Step::Settle {
			project,
			by: who,
			asset,
			amount,
		} => {
			let (project, asset) = (project_of(project), asset_of(asset));
			let owed = pallet_offsets::Totals::<Chain>::get(project).owed.0;
			let call = Call::settle_reversal {
				project,
				asset,
				tonnes: tonnes_of(amount, owed.min(free(asset, owner_of(project)))),
			};
			who.map_or_else(|| by_regulator(call.clone()), |who| by(who, call.clone()))
		}
		Step::ReleaseBuffer { project, amount } => {
			let project = project_of(project);
			let buffered = pallet_offsets::Totals::<Chain>::get(project).buffered.0;
			by_regulator(Call::release_buffer {
				project,
				tonnes: tonnes_of(amount, buffered),
			})
		}
		_ => Vec::new(),
	}
}
