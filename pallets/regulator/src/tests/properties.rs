//! In whatever order officers act, an act of two is never done by one, no act is done twice, and whatever is done has
//! exactly one record.
//!
//! The model is written from the pallet's description: a list of officers, a drawer of proposals, a diary of what has
//! been done and a trail. It neither calls the pallet nor shares its types for acts.

use crate::{mock::*, ActKind, Level, NextProposal, NextRecord, Outcome, ProposalId, Proposals};
use carbon_primitives::Moment;
use frame_support::weights::{Weight, WeightMeter};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::{BTreeMap, BTreeSet};

/// What the officers do in these tests, and what it takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Deed {
	Clerk,
	Supervisor,
	TwoOfficers,
	TwoSupervisors,
	Failing,
	NoAct,
}

impl Deed {
	/// How many officers of which level, unless nobody may.
	fn takes(self) -> Option<(u32, u8)> {
		match self {
			Self::Clerk | Self::Failing => Some((1, 0)),
			Self::Supervisor => Some((1, 2)),
			Self::TwoOfficers => Some((2, 1)),
			Self::TwoSupervisors => Some((2, 2)),
			Self::NoAct => None,
		}
	}

	fn call(self, n: u32) -> RuntimeCall {
		match self {
			Self::Clerk => clerk(n),
			Self::Supervisor => supervisor(n),
			Self::TwoOfficers => two_officers(n),
			Self::TwoSupervisors => two_supervisors(n),
			Self::Failing => failing(n),
			Self::NoAct => closed(n),
		}
	}
}

#[derive(Clone, Debug)]
enum Step {
	Act(AccountId, Deed),
	Propose(AccountId, Deed),
	Approve(AccountId, u64),
	ApproveAnother(AccountId, u64),
	Reject(AccountId, u64),
	Expire(AccountId, u64),
	SetLevel(AccountId, u8),
	Dismiss(AccountId),
	Expel(AccountId),
	Readmit(AccountId),
	/// Time passes in full blocks, which leave no weight for what the pallet does by itself.
	Wait(Moment),
	/// A block that has room.
	Poll,
}

fn step() -> impl Strategy<Value = Step> {
	let who = || {
		select(vec![
			CLERK,
			OFFICER,
			OFFICER_2,
			SUPERVISOR,
			SUPERVISOR_2,
			INSIDER,
			STRANGER,
		])
	};
	let deed = || {
		select(vec![
			Deed::Clerk,
			Deed::Supervisor,
			Deed::TwoOfficers,
			Deed::TwoSupervisors,
			Deed::Failing,
			Deed::NoAct,
		])
	};
	// Counted back from the newest one, so that proposals are met while they wait and after they are gone.
	let id = || 0..6u64;
	prop_oneof![
		4 => (who(), deed()).prop_map(|(who, deed)| Step::Act(who, deed)),
		6 => (who(), deed()).prop_map(|(who, deed)| Step::Propose(who, deed)),
		10 => (who(), id()).prop_map(|(who, id)| Step::Approve(who, id)),
		1 => (who(), id()).prop_map(|(who, id)| Step::ApproveAnother(who, id)),
		3 => (who(), id()).prop_map(|(who, id)| Step::Reject(who, id)),
		2 => (who(), id()).prop_map(|(who, id)| Step::Expire(who, id)),
		3 => (who(), 0..3u8).prop_map(|(who, level)| Step::SetLevel(who, level)),
		1 => who().prop_map(Step::Dismiss),
		1 => who().prop_map(Step::Expel),
		1 => who().prop_map(Step::Readmit),
		2 => (1..LIFETIME / 2).prop_map(Step::Wait),
		3 => Just(Step::Poll),
	]
}

#[derive(Clone)]
struct Waiting {
	proposer: AccountId,
	deed: Deed,
	n: u32,
	expires_at: Moment,
}

/// How a record of the model reads: kind, first, second, outcome.
type Line = (&'static str, AccountId, Option<AccountId>, &'static str);

struct Model {
	now: Moment,
	levels: BTreeMap<AccountId, u8>,
	expelled: BTreeSet<AccountId>,
	drawer: BTreeMap<u64, Waiting>,
	/// How far the drawer has been cleared.
	cleared: u64,
	proposals_made: u64,
	/// What was done: its number, and by whom.
	diary: Vec<(u32, BTreeSet<AccountId>)>,
	trail: Vec<Line>,
}

impl Model {
	fn new() -> Self {
		Self {
			now: GENESIS_TIME,
			levels: BTreeMap::from([
				(CLERK, 0),
				(OFFICER, 1),
				(OFFICER_2, 1),
				(SUPERVISOR, 2),
				(SUPERVISOR_2, 2),
			]),
			expelled: BTreeSet::new(),
			drawer: BTreeMap::new(),
			cleared: 0,
			proposals_made: 0,
			diary: Vec::new(),
			trail: Vec::new(),
		}
	}

	/// The step with the number of the proposal that it means.
	fn resolve(&self, step: &Step) -> Step {
		let number = |back: u64| self.proposals_made.saturating_sub(back + 1);
		match step.clone() {
			Step::Approve(who, back) => Step::Approve(who, number(back)),
			Step::ApproveAnother(who, back) => Step::ApproveAnother(who, number(back)),
			Step::Reject(who, back) => Step::Reject(who, number(back)),
			Step::Expire(who, back) => Step::Expire(who, number(back)),
			other => other,
		}
	}

	fn is_insider(&self, who: AccountId) -> bool {
		who != STRANGER && !self.expelled.contains(&who)
	}

	fn acting_level(&self, who: AccountId) -> Option<u8> {
		self.levels.get(&who).copied().filter(|_| self.is_insider(who))
	}

	fn reaches(&self, who: AccountId, level: u8) -> bool {
		self.acting_level(who).is_some_and(|own| own >= level)
	}

	fn supervisors(&self) -> usize {
		self.levels.values().filter(|level| **level == 2).count()
	}

	/// Whether `who` may stop to be a supervisor, if it is one.
	fn may_step_down(&self, who: AccountId) -> bool {
		let others_that_can_act = self
			.levels
			.iter()
			.filter(|(other, level)| **level == 2 && **other != who && self.is_insider(**other))
			.count();
		self.levels.get(&who) != Some(&2)
			|| self.supervisors() < 2
			|| !self.is_insider(who)
			|| others_that_can_act >= 2
	}

	fn note(&mut self, deed: Deed, n: u32, kind: &'static str, by: AccountId, second: Option<AccountId>) {
		if deed == Deed::Failing {
			self.trail.push((kind, by, second, "failed"));
		} else {
			self.diary.push((n, second.into_iter().chain([by]).collect()));
			self.trail.push((kind, by, second, "done"));
		}
	}

	/// Whether the step is accepted; if so, it is taken. `n` is the number of the step.
	fn take(&mut self, step: &Step, n: u32) -> bool {
		match *step {
			Step::Act(who, deed) => {
				let accepted = deed
					.takes()
					.is_some_and(|(officers, level)| officers == 1 && self.reaches(who, level));
				if accepted {
					self.note(deed, n, "one", who, None);
				}
				accepted
			}
			Step::Propose(who, deed) => {
				let own = self.drawer.values().filter(|it| it.proposer == who).count();
				let accepted = self.drawer.len() < 4
					&& own < 2 && deed.takes().is_some_and(|(_, level)| self.reaches(who, level));
				if accepted {
					let waiting = Waiting {
						proposer: who,
						deed,
						n,
						expires_at: self.now + LIFETIME,
					};
					self.drawer.insert(self.proposals_made, waiting);
					self.proposals_made += 1;
				}
				accepted
			}
			Step::Approve(who, id) => self.approve(who, id),
			Step::ApproveAnother(..) => false,
			Step::Reject(who, id) => self.reject(who, id),
			Step::Expire(who, id) => {
				let accepted = self.acting_level(who).is_some() && self.is_over(id);
				if accepted {
					self.lapse(id);
				}
				accepted
			}
			Step::Poll => {
				self.clear();
				true
			}
			Step::SetLevel(who, level) => {
				let accepted =
					self.is_insider(who) && self.levels.get(&who) != Some(&level) && self.may_step_down(who);
				if accepted {
					self.levels.insert(who, level);
				}
				accepted
			}
			Step::Dismiss(who) => {
				let accepted = self.levels.contains_key(&who) && self.may_step_down(who);
				if accepted {
					self.levels.remove(&who);
				}
				accepted
			}
			Step::Expel(who) => {
				self.expelled.insert(who);
				true
			}
			Step::Readmit(who) => {
				self.expelled.remove(&who);
				true
			}
			Step::Wait(time) => {
				self.now += time;
				true
			}
		}
	}

	/// Whether the proposal waits although its time is over.
	fn is_over(&self, id: u64) -> bool {
		self.drawer.get(&id).is_some_and(|it| it.expires_at <= self.now)
	}

	fn lapse(&mut self, id: u64) {
		let proposer = self.drawer.remove(&id).unwrap().proposer;
		self.trail.push(("two", proposer, None, "expired"));
	}

	/// Four numbers in a block, up to the first proposal whose time is not over.
	fn clear(&mut self) {
		for _ in 0..4 {
			if self.cleared == self.proposals_made {
				return;
			}
			if self.is_over(self.cleared) {
				self.lapse(self.cleared);
			}
			if self.drawer.contains_key(&self.cleared) {
				return;
			}
			self.cleared += 1;
		}
	}

	fn reject(&mut self, who: AccountId, id: u64) -> bool {
		let Some(Waiting { proposer, deed, .. }) = self.drawer.get(&id).cloned() else {
			return false;
		};
		let (_, level) = deed.takes().unwrap();
		// Whoever proposed it may withdraw it at any level.
		let accepted = self.reaches(who, if who == proposer { 0 } else { level });
		if accepted {
			self.drawer.remove(&id);
			let second = Some(who).filter(|who| *who != proposer);
			self.trail.push(("two", proposer, second, "rejected"));
		}
		accepted
	}

	fn approve(&mut self, who: AccountId, id: u64) -> bool {
		let Some(waiting) = self.drawer.get(&id).cloned() else {
			return false;
		};
		let (_, level) = waiting.deed.takes().unwrap();
		let accepted = self.now < waiting.expires_at
			&& who != waiting.proposer
			&& self.reaches(who, level)
			&& self.reaches(waiting.proposer, level);
		if accepted {
			self.drawer.remove(&id);
			self.note(waiting.deed, waiting.n, "two", waiting.proposer, Some(who));
		}
		accepted
	}
}

fn take_on_chain(step: &Step, n: u32) -> bool {
	let root = RuntimeOrigin::root();
	match *step {
		Step::Act(who, deed) => {
			Regulator::act(signed(who), basis(), reason(), Box::new(deed.call(n))).is_ok()
		}
		Step::Propose(who, deed) => {
			Regulator::propose(signed(who), basis(), reason(), Box::new(deed.call(n))).is_ok()
		}
		Step::Approve(who, id) => {
			let id = ProposalId(id);
			let call_hash = Proposals::<Test>::get(id).map_or(digest(0), |proposal| proposal.call_hash);
			Regulator::approve(signed(who), id, call_hash, Weight::MAX).is_ok()
		}
		Step::ApproveAnother(who, id) => {
			Regulator::approve(signed(who), ProposalId(id), digest(0), Weight::MAX).is_ok()
		}
		Step::Reject(who, id) => Regulator::reject(signed(who), ProposalId(id), reason()).is_ok(),
		Step::Expire(who, id) => Regulator::expire(signed(who), ProposalId(id)).is_ok(),
		Step::SetLevel(who, level) => Regulator::appoint(root, who, Level::ALL[level as usize]).is_ok(),
		Step::Dismiss(who) => Regulator::dismiss(root, who).is_ok(),
		Step::Expel(who) => {
			Expelled::mutate(|expelled| expelled.push(who));
			true
		}
		Step::Readmit(who) => {
			Expelled::mutate(|expelled| expelled.retain(|other| *other != who));
			true
		}
		Step::Wait(time) => {
			wait(time);
			true
		}
		Step::Poll => {
			poll(&mut WeightMeter::new());
			true
		}
	}
}

/// What the chain did, as the model's diary writes it.
fn chain_diary() -> Vec<(u32, BTreeSet<AccountId>)> {
	done()
		.into_iter()
		.map(|(n, doer)| match doer {
			Doer::Act { by, second, .. } => (n, second.into_iter().chain([by]).collect()),
			other => panic!("done as {other:?}"),
		})
		.collect()
}

fn chain_trail() -> Vec<Line> {
	trail()
		.into_iter()
		.map(|record| {
			let kind = match record.kind {
				ActKind::OneOfficer => "one",
				ActKind::TwoOfficers => "two",
				ActKind::BreakGlass => "broken",
			};
			let outcome = match record.outcome {
				Outcome::Succeeded => "done",
				Outcome::Failed(_) => "failed",
				Outcome::Rejected { .. } => "rejected",
				Outcome::Expired => "expired",
			};
			(kind, record.by, record.second, outcome)
		})
		.collect()
}

proptest! {
	#[test]
	fn no_act_is_done_by_too_few_or_twice_when_officers_act_in_any_order(steps in vec(step(), 1..120)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut model = Model::new();
			let mut deeds = BTreeMap::new();
			for (n, step) in (0..).zip(&steps) {
				if let Step::Act(_, deed) | Step::Propose(_, deed) = step {
					deeds.insert(n, *deed);
				}
				let step = &model.resolve(step);
				assert_eq!(take_on_chain(step, n), model.take(step, n), "step {n}: {step:?}");
				assert_eq!(NextRecord::<Test>::get().0, model.trail.len() as u64, "step {n}: {step:?}");
			}
			assert_eq!(chain_trail(), model.trail);
			let diary = chain_diary();
			assert_eq!(diary, model.diary);

			// The provenance graph knows what was done, and nothing else.
			let done = (0..).zip(trail()).filter(|(_, record)| {
				matches!(record.outcome, Outcome::Succeeded | Outcome::Failed(_))
			});
			let done: Vec<_> = done.map(|(n, record)| (record.by, n, record.call_hash)).collect();
			assert_eq!(Told::get(), done);

			// The laws themselves, whatever the model says.
			let mut seen = BTreeSet::new();
			for (n, officers) in &diary {
				let (wanted, _) = deeds[n].takes().unwrap();
				assert!(officers.len() >= wanted as usize, "{n} was done by {officers:?}");
				assert!(seen.insert(n), "{n} was done twice");
			}
			let recorded = trail().iter().filter(|record| record.outcome == Outcome::Succeeded).count();
			assert_eq!(recorded, diary.len());

			// Once there is room, nothing waits for ever.
			wait(LIFETIME);
			for _ in 0..=NextProposal::<Test>::get().0 / 4 {
				poll(&mut WeightMeter::new());
			}
			assert_eq!(Proposals::<Test>::count(), 0);
		});
	}
}
