//! Which acts of the regulator there are, how many officers of which level each takes, and whom it concerns. A call that
//! is not listed is no act: officers cannot make it in the regulator's name.
//!
//! Whatever moves property, expels, changes a rule set, upgrades the runtime or brings allowances into being takes two
//! officers. So does whatever would let one person do these things alone: making officers, banks and verifiers, and putting
//! officers out of office.

use super::parameters::RuntimeParametersKey;
use crate::{AccountId, Runtime, RuntimeCall};
use carbon_primitives::{HaltScope, Vintage};
use pallet_allocation::{InstallationId, Installations};
use pallet_offsets::{ProjectId, Projects, ReportId, Reports};
use pallet_participants::RoleGrant;
use pallet_penalties::{Penalties as PenaltyRecords, PenaltyId};
use pallet_regulator::{ActClass, ClassifyAct, Level, Requirement, Subject};
use sp_runtime::traits::StaticLookup;

/// The table of acts.
pub struct TableOfActs;

const ONE_CLERK: Requirement = Requirement::one(Level::Clerk);
const ONE_OFFICER: Requirement = Requirement::one(Level::Officer);
const ONE_SUPERVISOR: Requirement = Requirement::one(Level::Supervisor);
const TWO_OFFICERS: Requirement = Requirement::two(Level::Officer);
const TWO_SUPERVISORS: Requirement = Requirement::two(Level::Supervisor);
/// For calls of the SDK that know no other authority than root.
const TWO_SUPERVISORS_AS_ROOT: Requirement = TWO_SUPERVISORS.as_root();

/// What it takes to set a parameter.
pub fn parameter(key: &RuntimeParametersKey) -> Requirement {
	match key {
		// The daily work of taking in applications.
		RuntimeParametersKey::Admission(_) => ONE_SUPERVISOR,
		// As the rules of a market, and of a compliance period, and as a penalty itself.
		RuntimeParametersKey::BlockTrades(_)
		| RuntimeParametersKey::Compliance(_)
		| RuntimeParametersKey::Sanctions(_) => TWO_OFFICERS,
		// The bounds of the authority itself, what of its acts is recorded, and what everybody pays.
		RuntimeParametersKey::Authority(_)
		| RuntimeParametersKey::Provenance(_)
		| RuntimeParametersKey::Fees(_) => TWO_SUPERVISORS,
	}
}

type Class = Option<(Requirement, Subject<AccountId>)>;

fn of_account(requirement: Requirement, account: &AccountId) -> Class {
	Some((requirement, Subject::Account(account.clone())))
}

fn of_year(requirement: Requirement, year: &Vintage) -> Class {
	Some((requirement, Subject::Asset((*year).into())))
}

/// Of the chain where it is about nobody: the call fails then.
fn of_owner(requirement: Requirement, owner: Option<AccountId>) -> Class {
	Some((requirement, owner.map_or(Subject::Chain, Subject::Account)))
}

fn owner_of_installation(id: &InstallationId) -> Option<AccountId> {
	Installations::<Runtime>::get(id).map(|installation| installation.entity)
}

fn penalised(id: &PenaltyId) -> Option<AccountId> {
	PenaltyRecords::<Runtime>::get(id).map(|penalty| penalty.account)
}

fn owner_of_project(id: &ProjectId) -> Option<AccountId> {
	Projects::<Runtime>::get(id).map(|project| project.owner)
}

fn owner_of_reductions(id: &ReportId) -> Option<AccountId> {
	owner_of_project(&Reports::<Runtime>::get(id)?.project)
}

impl ClassifyAct<RuntimeCall, AccountId> for TableOfActs {
	fn classify(call: &RuntimeCall) -> Option<ActClass<AccountId>> {
		let (requirement, subject) = match call {
			RuntimeCall::Participants(call) => participants(call),
			RuntimeCall::Nodes(call) => nodes(call),
			RuntimeCall::Settlement(call) => settlement(call),
			RuntimeCall::Allowance(call) => allowance(call),
			RuntimeCall::Allocation(call) => allocation(call),
			RuntimeCall::Offsets(call) => offsets(call),
			RuntimeCall::Market(call) => market(call),
			RuntimeCall::BlockTrades(call) => block_trades(call),
			RuntimeCall::Credit(call) => credit(call),
			RuntimeCall::Penalties(call) => penalties(call),
			RuntimeCall::Regulator(call) => regulator(call),
			RuntimeCall::Parameters(call) => parameters(call),
			RuntimeCall::System(frame_system::Call::authorize_upgrade { .. }) => {
				Some((TWO_SUPERVISORS_AS_ROOT, Subject::Chain))
			}
			RuntimeCall::Sudo(pallet_sudo::Call::set_key { new }) => {
				let key = <Runtime as frame_system::Config>::Lookup::lookup(new.clone()).ok()?;
				Some((TWO_SUPERVISORS_AS_ROOT, Subject::Officer(key)))
			}
			// What an act costs beside the call that it makes is measured with a call that does nothing.
			#[cfg(feature = "runtime-benchmarks")]
			RuntimeCall::System(frame_system::Call::remark { .. }) => {
				// As of an act whose subject takes the most to find, a series that is issued for a report.
				let _ = (
					Reports::<Runtime>::get(ReportId(0)),
					owner_of_project(&ProjectId(0)),
				);
				Some((ONE_CLERK.as_root(), Subject::Chain))
			}
			_ => None,
		}?;
		Some(ActClass { requirement, subject })
	}
}

/// Level of `account`, if it is an officer.
fn level_of(account: &AccountId) -> Option<Level> {
	pallet_regulator::Pallet::<Runtime>::level(account.clone())
}

/// What it takes to make an account fit for `roles`, or to take them away from it.
///
/// Whoever grants a role that checks, settles or supervises could make a second officer, a bank or a verifier of their
/// own, so that it takes two.
fn granting(account: &AccountId, roles: &[RoleGrant]) -> Requirement {
	let is_sensitive = roles.iter().any(|grant| !grant.role.may_represent());
	let grant = if is_sensitive { TWO_OFFICERS } else { ONE_OFFICER };
	stricter(grant, against(account))
}

/// What it takes to act against `account`: what its dismissal takes where it is an officer, so that no officer puts
/// others out of office by another way.
fn against(account: &AccountId) -> Requirement {
	match level_of(account) {
		None => ONE_OFFICER,
		Some(Level::Supervisor) => TWO_SUPERVISORS,
		Some(_) => ONE_SUPERVISOR,
	}
}

/// What it takes to end a suspension of `account`.
///
/// Else one officer could bring an accomplice back into office, or a bank or a verifier whose role takes two to grant. An
/// officer comes back by one supervisor, also into the highest level: where one of two supervisors is suspended, no two are
/// left who could agree.
fn reinstating(account: &AccountId) -> Requirement {
	let is_sensitive = || {
		pallet_participants::Pallet::<Runtime>::participant(account.clone())
			.is_some_and(|record| record.roles.iter().any(|grant| !grant.role.may_represent()))
	};
	match level_of(account) {
		Some(_) => ONE_SUPERVISOR,
		None if is_sensitive() => TWO_OFFICERS,
		None => ONE_OFFICER,
	}
}

fn stricter(one: Requirement, other: Requirement) -> Requirement {
	Requirement {
		officers: one.officers.max(other.officers),
		level: one.level.max(other.level),
		dispatch_as: one.dispatch_as.max(other.dispatch_as),
	}
}

fn participants(call: &pallet_participants::Call<Runtime>) -> Class {
	use pallet_participants::Call;
	match call {
		Call::register { account } | Call::refuse { account, .. } => of_account(ONE_CLERK, account),
		Call::refuse_many { .. } => Some((ONE_OFFICER, Subject::Chain)),
		Call::admit { account, roles, .. } | Call::set_roles { account, roles } => {
			of_account(granting(account, roles), account)
		}
		Call::suspend { account, .. } | Call::set_black_list { account, .. } => {
			of_account(against(account), account)
		}
		Call::reinstate { account } => of_account(reinstating(account), account),
		Call::set_white_list { account, .. } | Call::confirm_group { account, .. } => {
			of_account(ONE_OFFICER, account)
		}
		Call::create_group { .. } | Call::restrict_service { .. } => Some((ONE_OFFICER, Subject::Chain)),
		Call::expel { account, .. } => of_account(stricter(TWO_OFFICERS, against(account)), account),
		_ => None,
	}
}

fn nodes(call: &pallet_nodes::Call<Runtime>) -> Class {
	use pallet_nodes::Call;
	let node = |requirement, operator: &AccountId| Some((requirement, Subject::Node(operator.clone())));
	match call {
		Call::audit { operator, .. } | Call::refuse { operator, .. } | Call::forget { operator } => {
			node(ONE_OFFICER, operator)
		}
		Call::admit { operator } | Call::remove { operator, .. } => node(TWO_OFFICERS, operator),
		Call::set_min_validators { .. } | Call::set_session_blocks { .. } => {
			Some((TWO_SUPERVISORS, Subject::Chain))
		}
		_ => None,
	}
}

fn settlement(call: &pallet_settlement::Call<Runtime>) -> Class {
	use pallet_settlement::Call;
	match call {
		Call::force_transfer { from, .. } | Call::force_release { from, .. } => {
			of_account(TWO_OFFICERS, from)
		}
		_ => None,
	}
}

fn allowance(call: &pallet_allowance::Call<Runtime>) -> Class {
	use pallet_allowance::Call;
	match call {
		Call::open_period { year, .. } | Call::set_rules { year, .. } => of_year(TWO_SUPERVISORS, year),
		Call::allocate { year, .. } | Call::issue_for_sale { year, .. } => of_year(TWO_OFFICERS, year),
		// It frees from everything that is owed for the year, and nothing takes it back.
		Call::exclude { year, .. } => of_year(TWO_OFFICERS, year),
		// Before its time: statuses and fines are final, and a report is late once the phase has ended in which it was due.
		Call::advance_period { year } | Call::close_period { year } => of_year(TWO_OFFICERS, year),
		Call::enrol { year, .. } | Call::confirm_reports { year, .. } => of_year(ONE_OFFICER, year),
		Call::force_transfer { from, .. } | Call::transfer_with_basis { from, .. } => {
			of_account(TWO_OFFICERS, from)
		}
		// What an entity owes and is fined hangs on them.
		Call::reopen_report { entity, .. } | Call::determine_emissions { entity, .. } => {
			of_account(TWO_OFFICERS, entity)
		}
		_ => None,
	}
}

fn allocation(call: &pallet_allocation::Call<Runtime>) -> Class {
	use pallet_allocation::Call;
	match call {
		Call::register_installation { entity, .. } => of_account(ONE_OFFICER, entity),
		Call::enter_activity { installation, .. } | Call::close_installation { installation, .. } => {
			of_owner(ONE_OFFICER, owner_of_installation(installation))
		}
		// Allocation follows the owner.
		Call::move_installation { installation, .. } => {
			of_owner(TWO_OFFICERS, owner_of_installation(installation))
		}
		Call::set_benchmarks { year, .. } | Call::pre_allocate { year, .. } | Call::true_up { year, .. } => {
			of_year(TWO_OFFICERS, year)
		}
		Call::hold_units { entity, .. }
		| Call::end_hold { entity }
		| Call::surrender_held { entity, .. }
		| Call::release_units { entity, .. }
		| Call::decide_objection { entity, .. } => of_account(TWO_OFFICERS, entity),
		_ => None,
	}
}

fn offsets(call: &pallet_offsets::Call<Runtime>) -> Class {
	use pallet_offsets::Call;
	match call {
		Call::decide_project { project, .. } => of_owner(ONE_OFFICER, owner_of_project(project)),
		Call::refuse_reductions { report, .. } => of_owner(ONE_OFFICER, owner_of_reductions(report)),
		Call::issue_series { report } => of_owner(TWO_OFFICERS, owner_of_reductions(report)),
		// Owners settle as well, but not as an act.
		Call::reverse { project, .. }
		| Call::release_buffer { project, .. }
		| Call::settle_reversal { project, .. } => of_owner(TWO_OFFICERS, owner_of_project(project)),
		_ => None,
	}
}

fn market(call: &pallet_market::Call<Runtime>) -> Class {
	use pallet_market::Call;
	match call {
		Call::create_market { asset, .. }
		| Call::set_params { asset, .. }
		| Call::set_calendar { asset, .. } => Some((TWO_OFFICERS, Subject::Market(*asset))),
		Call::force_cancel { asset, .. } => Some((ONE_OFFICER, Subject::Market(*asset))),
		Call::force_withdraw { who, .. } => of_account(TWO_OFFICERS, who),
		_ => None,
	}
}

fn block_trades(call: &pallet_block_trades::Call<Runtime>) -> Class {
	use pallet_block_trades::Call;
	match call {
		Call::set_rules { asset, .. } => Some((TWO_OFFICERS, Subject::Market(*asset))),
		_ => None,
	}
}

fn credit(call: &pallet_credit::Call<Runtime>) -> Class {
	use pallet_credit::Call;
	match call {
		Call::set_score_rules { .. } | Call::set_levels { .. } => Some((TWO_SUPERVISORS, Subject::Chain)),
		_ => None,
	}
}

fn penalties(call: &pallet_penalties::Call<Runtime>) -> Class {
	use pallet_penalties::Call;
	match call {
		Call::propose { account, .. } => of_account(TWO_OFFICERS, account),
		Call::decide { id, .. } | Call::waive { id, .. } | Call::annul { id, .. } => {
			of_owner(TWO_OFFICERS, penalised(id))
		}
		_ => None,
	}
}

fn regulator(call: &pallet_regulator::Call<Runtime>) -> Class {
	use pallet_regulator::Call;
	let halted = |scope: &HaltScope<AccountId>| match scope {
		HaltScope::AllTrading => Subject::Chain,
		HaltScope::Market(asset) => Subject::Market(*asset),
		HaltScope::Asset(asset) => Subject::Asset(*asset),
		HaltScope::Account(account) => Subject::Account(account.clone()),
	};
	match call {
		Call::halt { scope, .. } => Some((ONE_OFFICER, halted(scope))),
		// Halting may be hasty, going on may not.
		Call::resume {
			scope: HaltScope::AllTrading,
		} => Some((ONE_SUPERVISOR, Subject::Chain)),
		Call::resume { scope } => Some((ONE_OFFICER, halted(scope))),
		Call::appoint { account, level } => {
			let highest = level_of(account).max(Some(*level));
			// Whoever could appoint an officer alone could be the second one too.
			let requirement = match highest {
				Some(Level::Clerk) | None => ONE_SUPERVISOR,
				Some(Level::Officer | Level::Supervisor) => TWO_SUPERVISORS,
			};
			Some((requirement, Subject::Officer(account.clone())))
		}
		Call::dismiss { account } => Some((against(account), Subject::Officer(account.clone()))),
		_ => None,
	}
}

fn parameters(call: &pallet_parameters::Call<Runtime>) -> Class {
	use frame_support::traits::dynamic_params::AggregatedKeyValue;
	let pallet_parameters::Call::set_parameter { key_value } = call else {
		return None;
	};
	let (key, _) = key_value.clone().into_parts();
	let name = key.name().as_bytes().to_vec();
	// A name that is too long would be cut, which no test would let pass.
	Some((
		parameter(&key),
		Subject::Parameter(pallet_regulator::ParameterName::truncate_from(name)),
	))
}
