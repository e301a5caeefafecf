//! Whatever the regulator does and however time passes, an account acts only with a valid role.
//!
//! The model below is written from the pallet's description, not from its code: it keeps the history of what was
//! decided about an account as plain sets and asks them who may act.

use crate::{mock::*, RoleGrant, RoleGrants};
use carbon_primitives::{Moment, Role};
use carbon_traits::EnsureParticipant;
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
	Admit(AccountId, Vec<(Role, Option<Moment>)>),
	SetRoles(AccountId, Vec<(Role, Option<Moment>)>),
	Suspend(AccountId),
	Reinstate(AccountId),
	Wait(Moment),
}

fn account() -> impl Strategy<Value = AccountId> {
	select(vec![ALICE, BOB, CHARLIE])
}

/// Mostly lists that are accepted, some that are not.
fn grants() -> impl Strategy<Value = Vec<(Role, Option<Moment>)>> {
	let ends = || option::of(GENESIS_TIME..GENESIS_TIME + 40);
	let trading = select(vec![Role::CoveredEntity, Role::ResourceHolder, Role::Trader]);
	let excluding = select(vec![Role::Verifier, Role::SettlementBank, Role::Insider]);
	prop_oneof![
		3 => vec((trading, ends()), 1..3),
		3 => vec((excluding, ends()), 1..3),
		2 => vec((select(Role::ALL.to_vec()), ends()), 0..=6),
	]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		3 => (account(), grants()).prop_map(|(who, roles)| Step::Admit(who, roles)),
		3 => (account(), grants()).prop_map(|(who, roles)| Step::SetRoles(who, roles)),
		2 => account().prop_map(Step::Suspend),
		2 => account().prop_map(Step::Reinstate),
		2 => (1..10 as Moment).prop_map(Step::Wait),
	]
}

#[derive(Default)]
struct Model {
	now: Moment,
	known: BTreeMap<AccountId, BTreeMap<Role, Option<Moment>>>,
	suspended: BTreeSet<AccountId>,
}

const TRADING: [Role; 3] = [Role::CoveredEntity, Role::ResourceHolder, Role::Trader];

impl Model {
	fn acceptable(&self, list: &[(Role, Option<Moment>)]) -> bool {
		let distinct: BTreeSet<Role> = list.iter().map(|(role, _)| *role).collect();
		let trading = distinct.iter().filter(|role| TRADING.contains(role)).count();
		!list.is_empty()
			&& distinct.len() == list.len()
			&& (trading == 0 || trading == distinct.len())
			&& list.iter().all(|(_, end)| end.is_none_or(|end| self.now < end))
	}

	/// Whether the step is accepted; if so, it is taken.
	fn take(&mut self, step: &Step) -> bool {
		match step {
			Step::Admit(who, list) => {
				let accepted = !self.known.contains_key(who) && self.acceptable(list);
				if accepted {
					self.known.insert(*who, list.iter().copied().collect());
				}
				accepted
			}
			Step::SetRoles(who, list) => {
				let accepted = self.known.contains_key(who) && self.acceptable(list);
				if accepted {
					self.known.insert(*who, list.iter().copied().collect());
				}
				accepted
			}
			Step::Suspend(who) => self.known.contains_key(who) && self.suspended.insert(*who),
			Step::Reinstate(who) => self.suspended.remove(who),
			Step::Wait(time) => {
				self.now += time;
				true
			}
		}
	}

	fn admitted(&self, who: AccountId) -> bool {
		self.known.contains_key(&who) && !self.suspended.contains(&who)
	}

	fn acts_as(&self, who: AccountId, role: Role) -> bool {
		self.admitted(who)
			&& match self.known[&who].get(&role) {
				Some(Some(end)) => self.now < *end,
				Some(None) => true,
				None => false,
			}
	}
}

fn to_grants(list: &[(Role, Option<Moment>)]) -> RoleGrants {
	list.iter()
		.map(|&(role, expires_at)| RoleGrant { role, expires_at })
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

fn take_on_chain(step: &Step) -> bool {
	let root = RuntimeOrigin::root();
	match step {
		Step::Admit(who, list) => Participants::admit(root, *who, to_grants(list), digest(1)).is_ok(),
		Step::SetRoles(who, list) => Participants::set_roles(root, *who, to_grants(list)).is_ok(),
		Step::Suspend(who) => Participants::suspend(root, *who, digest(2)).is_ok(),
		Step::Reinstate(who) => Participants::reinstate(root, *who).is_ok(),
		Step::Wait(time) => {
			Now::mutate(|now| *now += time);
			true
		}
	}
}

proptest! {
	#[test]
	fn an_account_acts_only_with_a_valid_role_when_calls_come_in_any_order(steps in vec(step(), 1..60)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut model = Model { now: GENESIS_TIME, ..Default::default() };
			for step in &steps {
				assert_eq!(take_on_chain(step), model.take(step), "{step:?}");
				for who in [ALICE, BOB, CHARLIE] {
					assert_eq!(Participants::ensure_admitted(&who).is_ok(), model.admitted(who));
					for role in Role::ALL {
						let acts = Participants::ensure_role(&who, role).is_ok();
						assert_eq!(acts, model.acts_as(who, role), "{who} as {role:?} after {step:?}");
					}
					assert_eq!(
						Participants::ensure_may_trade(&who).is_ok(),
						TRADING.iter().any(|role| model.acts_as(who, *role)),
						"{who} after {step:?}"
					);
				}
				Participants::do_try_state().unwrap();
			}
		});
	}
}
