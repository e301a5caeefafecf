//! Whatever the regulator and the applicants do and however time passes, an account acts only with a valid role.
//!
//! The model below is written from the pallet's description, not from its code: it keeps what was decided about an
//! account as plain sets and asks them who may act.

use super::extension::pool;
use crate::{mock::*, RoleGrant, RoleGrants};
use carbon_primitives::{Moment, Role, Service, ServiceSet, TradingRight};
use carbon_traits::{BanTrading, EnsureParticipant, HaltAccounts};
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::collections::{BTreeMap, BTreeSet};

type Grants = Vec<(Role, Option<Moment>)>;

/// How long the applications of this test wait.
const LIFETIME: Moment = 20;

#[derive(Clone, Debug)]
enum Step {
	Admit(AccountId, Grants, u8),
	SetRoles(AccountId, Grants),
	Suspend(AccountId),
	Reinstate(AccountId),
	Expel(AccountId),
	Apply(AccountId, Vec<Role>, u8),
	Register(AccountId),
	Refuse(AccountId),
	RefuseMany(Vec<AccountId>),
	BlackList(AccountId, bool, BTreeSet<Service>),
	WhiteList(AccountId, BTreeSet<Service>),
	Restrict(Service, bool),
	Halt(AccountId, Option<Moment>),
	Ban(AccountId, Option<Moment>),
	CreateGroup,
	Declare(AccountId, Option<u32>),
	Confirm(AccountId, Option<u32>),
	Wait(Moment),
	/// As many blocks as it takes to look at the whole queue.
	Blocks,
}

fn account() -> impl Strategy<Value = AccountId> {
	select(vec![ALICE, BOB, CHARLIE])
}

/// Mostly lists that are accepted, some that are not.
fn grants() -> impl Strategy<Value = Grants> {
	let ends = || option::of(GENESIS_TIME..GENESIS_TIME + 40);
	let trading = select(TRADING.to_vec());
	let excluding = select(vec![Role::Verifier, Role::SettlementBank, Role::Insider]);
	let alone = select(vec![Role::Representative, Role::NodeOperator]);
	prop_oneof![
		4 => vec((trading, ends()), 1..3),
		2 => vec((excluding, ends()), 1..3),
		2 => vec((alone, ends()), 1..3),
		2 => vec((select(Role::ALL.to_vec()), ends()), 0..=8),
	]
}

fn wishes() -> impl Strategy<Value = Vec<Role>> {
	grants().prop_map(|list| list.into_iter().map(|(role, _)| role).collect())
}

fn services() -> impl Strategy<Value = BTreeSet<Service>> {
	vec(select(Service::ALL.to_vec()), 0..3).prop_map(|list| list.into_iter().collect())
}

fn documents() -> impl Strategy<Value = u8> {
	prop_oneof![4 => Just(1u8), 1 => Just(2u8)]
}

fn step() -> impl Strategy<Value = Step> {
	let end = || option::of(GENESIS_TIME..GENESIS_TIME + 40);
	let group = || option::of(0..3u32);
	prop_oneof![
		6 => (account(), grants(), documents()).prop_map(|(who, roles, with)| Step::Admit(who, roles, with)),
		3 => (account(), grants()).prop_map(|(who, roles)| Step::SetRoles(who, roles)),
		2 => account().prop_map(Step::Suspend),
		2 => account().prop_map(Step::Reinstate),
		1 => account().prop_map(Step::Expel),
		4 => (account(), wishes(), documents()).prop_map(|(who, roles, with)| Step::Apply(who, roles, with)),
		4 => account().prop_map(Step::Register),
		1 => account().prop_map(Step::Refuse),
		1 => vec(account(), 0..4).prop_map(Step::RefuseMany),
		2 => (account(), prop::bool::weighted(0.3), services())
			.prop_map(|(who, bar, closed)| Step::BlackList(who, bar, closed)),
		1 => (account(), services()).prop_map(|(who, open)| Step::WhiteList(who, open)),
		1 => (select(Service::ALL.to_vec()), any::<bool>()).prop_map(|(what, to)| Step::Restrict(what, to)),
		2 => (account(), end()).prop_map(|(who, until)| Step::Halt(who, until)),
		2 => (account(), end()).prop_map(|(who, until)| Step::Ban(who, until)),
		1 => Just(Step::CreateGroup),
		2 => (account(), group()).prop_map(|(who, group)| Step::Declare(who, group)),
		2 => (account(), group()).prop_map(|(who, group)| Step::Confirm(who, group)),
		2 => (1..10 as Moment).prop_map(Step::Wait),
		2 => Just(Step::Blocks),
	]
}

/// An application that has not been decided.
struct Pending {
	documents: u8,
	since: Moment,
	is_registered: bool,
}

#[derive(Default)]
struct Model {
	now: Moment,
	known: BTreeMap<AccountId, BTreeMap<Role, Option<Moment>>>,
	suspended: BTreeSet<AccountId>,
	expelled: BTreeSet<AccountId>,
	pending: BTreeMap<AccountId, Pending>,
	barred: BTreeSet<AccountId>,
	closed: BTreeSet<(AccountId, Service)>,
	open: BTreeSet<(AccountId, Service)>,
	restricted: BTreeSet<Service>,
	halts: BTreeMap<AccountId, Moment>,
	bans: BTreeMap<AccountId, Moment>,
	groups: u32,
}

const TRADING: [Role; 3] = [Role::CoveredEntity, Role::ResourceHolder, Role::Trader];

/// One account has roles of one kind: to trade, to check, to settle, to supervise, or to represent. Nodes anybody may run.
fn kind(role: Role) -> Option<u8> {
	match role {
		Role::CoveredEntity | Role::ResourceHolder | Role::Trader => Some(0),
		Role::Verifier => Some(1),
		Role::SettlementBank => Some(2),
		Role::Insider => Some(3),
		Role::Representative => Some(4),
		Role::NodeOperator => None,
	}
}

fn fit_together(list: &[Role]) -> bool {
	let distinct: BTreeSet<Role> = list.iter().copied().collect();
	let kinds: BTreeSet<u8> = list.iter().copied().filter_map(kind).collect();
	!list.is_empty() && distinct.len() == list.len() && kinds.len() <= 1
}

impl Model {
	fn grantable(&self, list: &Grants) -> bool {
		let roles: Vec<Role> = list.iter().map(|(role, _)| *role).collect();
		fit_together(&roles) && list.iter().all(|(_, end)| end.is_none_or(|end| self.now < end))
	}

	fn is_member(&self, who: AccountId) -> bool {
		self.known.contains_key(&who) && !self.expelled.contains(&who)
	}

	/// Replace what a list says about an account.
	fn relist(list: &mut BTreeSet<(AccountId, Service)>, who: AccountId, services: &BTreeSet<Service>) {
		list.retain(|(listed, _)| *listed != who);
		list.extend(services.iter().map(|service| (who, *service)));
	}

	fn admit(&mut self, who: AccountId, list: &Grants, documents: u8) -> bool {
		let is_entitled = match self.pending.get(&who) {
			Some(pending) => pending.is_registered && pending.documents == documents,
			None => !self.known.contains_key(&who),
		};
		let accepted = !self.is_member(who) && is_entitled && self.grantable(list);
		if accepted {
			self.pending.remove(&who);
			self.expelled.remove(&who);
			self.known.insert(who, list.iter().copied().collect());
		}
		accepted
	}

	fn apply(&mut self, who: AccountId, list: &[Role], documents: u8) -> bool {
		let accepted = !self.is_member(who)
			&& !self.barred.contains(&who)
			&& !self.pending.contains_key(&who)
			&& fit_together(list);
		if accepted {
			self.pending.insert(
				who,
				Pending {
					documents,
					since: self.now,
					is_registered: false,
				},
			);
		}
		accepted
	}

	/// Whether the step is accepted; if so, it is taken.
	fn take(&mut self, step: &Step) -> bool {
		match step {
			Step::Admit(who, list, documents) => self.admit(*who, list, *documents),
			Step::SetRoles(who, list) => {
				let accepted = self.is_member(*who) && self.grantable(list);
				if accepted {
					self.known.insert(*who, list.iter().copied().collect());
				}
				accepted
			}
			Step::Suspend(who) => self.is_member(*who) && self.suspended.insert(*who),
			Step::Reinstate(who) => self.is_member(*who) && self.suspended.remove(who),
			Step::Expel(who) => {
				let accepted = self.known.contains_key(who) && self.expelled.insert(*who);
				if accepted {
					// Whoever comes back is not suspended.
					self.suspended.remove(who);
				}
				accepted
			}
			Step::Apply(who, list, documents) => self.apply(*who, list, *documents),
			Step::Register(who) => self
				.pending
				.get_mut(who)
				.is_some_and(|pending| !core::mem::replace(&mut pending.is_registered, true)),
			Step::Refuse(who) => self.pending.remove(who).is_some(),
			Step::RefuseMany(accounts) => {
				let before = self.pending.len();
				self.pending.retain(|who, _| !accounts.contains(who));
				self.pending.len() < before
			}
			Step::BlackList(..)
			| Step::WhiteList(..)
			| Step::Restrict(..)
			| Step::Halt(..)
			| Step::Ban(..) => self.take_list(step),
			Step::CreateGroup => {
				self.groups += 1;
				true
			}
			Step::Declare(who, group) => self.may_act(*who) && group.is_none_or(|group| group < self.groups),
			// Whatever was declared.
			Step::Confirm(who, group) => {
				self.known.contains_key(who) && group.is_none_or(|group| group < self.groups)
			}
			Step::Wait(time) => {
				self.now += time;
				true
			}
			Step::Blocks => {
				let now = self.now;
				self.pending
					.retain(|_, pending| pending.is_registered || now < pending.since + LIFETIME);
				true
			}
		}
	}

	fn take_list(&mut self, step: &Step) -> bool {
		match step {
			Step::BlackList(who, bar, services) => {
				let accepted = self.known.contains_key(who);
				if accepted {
					self.barred.remove(who);
					self.barred.extend(bar.then_some(*who));
					Self::relist(&mut self.closed, *who, services);
				}
				accepted
			}
			Step::WhiteList(who, services) => {
				let accepted = self.known.contains_key(who) && !services.contains(&Service::Trading);
				if accepted {
					Self::relist(&mut self.open, *who, services);
				}
				accepted
			}
			Step::Restrict(service, restricted) => {
				let accepted = *service != Service::Trading;
				if accepted {
					self.restricted.remove(service);
					self.restricted.extend(restricted.then_some(*service));
				}
				accepted
			}
			Step::Halt(who, until) => {
				let accepted = self.known.contains_key(who);
				if accepted {
					self.halts.remove(who);
					self.halts.extend(until.map(|until| (*who, until)));
				}
				accepted
			}
			Step::Ban(who, until) => {
				let accepted = self.known.contains_key(who);
				match until {
					Some(until) if accepted => {
						let end = self.bans.entry(*who).or_insert(*until);
						*end = (*end).max(*until);
					}
					_ => {
						self.bans.remove(who);
					}
				}
				accepted
			}
			_ => unreachable!("no list"),
		}
	}

	fn may_act(&self, who: AccountId) -> bool {
		self.is_member(who) && !self.suspended.contains(&who) && !self.barred.contains(&who)
	}

	fn is_halted(&self, who: AccountId) -> bool {
		self.halts.get(&who).is_some_and(|end| self.now < *end)
	}

	fn is_banned(&self, who: AccountId) -> bool {
		self.bans.get(&who).is_some_and(|end| self.now < *end)
	}

	fn acts_as(&self, who: AccountId, role: Role) -> bool {
		self.may_act(who)
			&& match self.known[&who].get(&role) {
				Some(Some(end)) => self.now < *end,
				Some(None) => true,
				None => false,
			}
	}

	fn trades(&self, who: AccountId) -> bool {
		TRADING.iter().any(|role| self.acts_as(who, *role))
			&& !self.is_halted(who)
			&& !self.is_banned(who)
			&& !self.closed.contains(&(who, Service::Trading))
	}

	/// Whether `signer` may send a call in the name of `principal`.
	fn represents(&self, signer: AccountId, principal: AccountId, is_exit: bool) -> bool {
		self.acts_as(signer, Role::Representative)
			&& !self.is_halted(signer)
			&& !self.barred.contains(&principal)
			&& (!self.expelled.contains(&principal) || is_exit)
	}

	fn may_exit(&self, who: AccountId) -> bool {
		self.known.contains_key(&who) && !self.barred.contains(&who)
	}

	fn uses(&self, who: AccountId, service: Service) -> bool {
		self.may_act(who)
			&& !self.is_halted(who)
			&& (service == Service::DataSharing || !self.is_banned(who))
			&& !self.closed.contains(&(who, service))
			&& (!self.restricted.contains(&service) || self.open.contains(&(who, service)))
	}
}

fn to_grants(list: &Grants) -> RoleGrants {
	list.iter()
		.map(|&(role, expires_at)| RoleGrant { role, expires_at })
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

fn to_set(services: &BTreeSet<Service>) -> ServiceSet {
	services
		.iter()
		.fold(ServiceSet::NONE, |set, service| set.with(*service))
}

fn take_on_chain(step: &Step) -> bool {
	let root = RuntimeOrigin::root();
	let signed = RuntimeOrigin::signed;
	let group = |group: &Option<u32>| group.map(carbon_primitives::GroupId);
	match step {
		Step::Admit(who, list, with) => Participants::admit(root, *who, to_grants(list), digest(*with)),
		Step::SetRoles(who, list) => Participants::set_roles(root, *who, to_grants(list)),
		Step::Suspend(who) => Participants::suspend(root, *who, digest(2)),
		Step::Reinstate(who) => Participants::reinstate(root, *who),
		Step::Expel(who) => Participants::expel(root, *who, digest(2)),
		Step::Apply(who, list, with) => Participants::apply(signed(*who), digest(*with), wanted(list)),
		Step::Register(who) => Participants::register(root, *who),
		Step::Refuse(who) => Participants::refuse(root, *who, digest(2)),
		Step::RefuseMany(accounts) => {
			Participants::refuse_many(root, accounts.clone().try_into().unwrap(), digest(2))
		}
		Step::BlackList(who, bar, services) => {
			Participants::set_black_list(root, *who, *bar, to_set(services), digest(2))
		}
		Step::WhiteList(who, services) => Participants::set_white_list(root, *who, to_set(services)),
		Step::Restrict(service, restricted) => Participants::restrict_service(root, *service, *restricted),
		Step::Halt(who, until) => Participants::halt_account(who, *until),
		Step::Ban(who, until) => Participants::ban_trading(who, *until),
		Step::CreateGroup => Participants::create_group(root, digest(7)),
		Step::Declare(who, declared) => Participants::declare_group(signed(*who), group(declared)),
		Step::Confirm(who, confirmed) => Participants::confirm_group(root, *who, group(confirmed)),
		Step::Wait(time) => {
			Now::mutate(|now| *now += time);
			Ok(())
		}
		Step::Blocks => {
			// More blocks than the longest sequence has applications to look at.
			(0..30).for_each(|_| poll());
			Ok(())
		}
	}
	.is_ok()
}

/// Whoever keeps a copy of the right to trade acts as if it had asked, unless a halt or a ban ended since; then it asks.
fn assert_copy_is_true(model: &Model, who: AccountId) {
	let copy = Copies::of(who).unwrap_or_default();
	match Participants::ensure_may_trade(&who) {
		Ok(right) if copy == TradingRight::Withdrawn => {
			assert!(right.is_valid(|| model.now));
			let ended = [model.halts.get(&who), model.bans.get(&who)];
			assert!(
				ended.into_iter().flatten().any(|end| *end <= model.now),
				"{who} was not told of a right"
			);
		}
		Ok(right) => assert_eq!(right, copy),
		Err(_) => assert!(!copy.is_valid(|| model.now), "{who} keeps a right that it lost"),
	}
}

/// Nobody gets past its record through a proxy: what the pool says of calls in the names of others.
fn assert_represents_as_modelled(model: &Model, signer: AccountId) {
	for principal in [ALICE, BOB, CHARLIE] {
		for is_exit in [false, true] {
			assert_eq!(
				pool(signer, &for_others(&[(principal, is_exit)])).is_ok(),
				model.represents(signer, principal, is_exit),
				"{signer} for {principal}, exit: {is_exit}"
			);
		}
	}
}

fn assert_exits_as_modelled(model: &Model, who: AccountId) {
	let is_payable = model.may_exit(who) && !model.is_halted(who);
	assert_eq!(
		Participants::ensure_known(&who).is_ok(),
		model.known.contains_key(&who)
	);
	assert_eq!(Participants::ensure_may_exit(&who).is_ok(), model.may_exit(who));
	assert_eq!(Participants::ensure_may_be_paid(&who).is_ok(), is_payable);
}

proptest! {
	// Each step asks forty questions, so that fewer sequences than usual have to do.
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn an_account_acts_only_with_a_valid_role_when_calls_come_in_any_order(steps in vec(step(), 1..80)) {
		ExtBuilder::default().build_and_execute(|| {
			Lifetime::set(LIFETIME);
			let mut model = Model { now: GENESIS_TIME, ..Default::default() };
			for step in &steps {
				assert_eq!(take_on_chain(step), model.take(step), "{step:?}");
				for who in [ALICE, BOB, CHARLIE] {
					let is_free = model.may_act(who) && !model.is_halted(who);
					assert_eq!(Participants::ensure_admitted(&who).is_ok(), is_free);
					for role in Role::ALL {
						let acts = Participants::ensure_role(&who, role).is_ok();
						assert_eq!(acts, model.acts_as(who, role), "{who} as {role:?} after {step:?}");
					}
					for service in Service::ALL {
						let uses = Participants::ensure_service(&who, service).is_ok();
						assert_eq!(uses, model.uses(who, service), "{who} {service:?} after {step:?}");
					}
					assert_eq!(
						Participants::ensure_may_trade(&who).is_ok(),
						model.trades(who),
						"{who} after {step:?}"
					);
					assert_eq!(Participants::application(who).is_some(), model.pending.contains_key(&who));
					assert_copy_is_true(&model, who);
					assert_exits_as_modelled(&model, who);
					assert_represents_as_modelled(&model, who);
				}
			}
		});
	}
}
