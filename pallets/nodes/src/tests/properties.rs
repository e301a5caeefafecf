//! In whatever order the calls come and however long sessions are, the set stays fit to run the network, the sessions
//! follow it, no removal makes finality depend on newcomers, and no audit stands for another network key.
//!
//! The model below is written from the pallet's description: a list on paper of who may author, and per boundary the list as
//! it was then. What is guaranteed of removals and of audits is checked apart from the model, from what the chain shows.

use crate::{mock::*, MinValidators, NodeKind, NodeStatus, PeerId};
use carbon_traits::SessionKeyring;
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
	Apply(AccountId, NodeKind),
	Audit(AccountId),
	Admit(AccountId),
	Refuse(AccountId),
	Remove(AccountId),
	Resign(AccountId),
	Move(AccountId, u8),
	Forget(AccountId),
	SetMin(u32),
	SetLength(u64),
	NewKeys(AccountId, u64),
	Wait(u64),
}

fn who() -> impl Strategy<Value = AccountId> {
	ALICE..=GRACE
}

fn step() -> impl Strategy<Value = Step> {
	let kind = prop_oneof![3 => Just(NodeKind::Validator), 1 => Just(NodeKind::Observer)];
	prop_oneof![
		4 => (who(), kind).prop_map(|(who, kind)| Step::Apply(who, kind)),
		4 => who().prop_map(Step::Audit),
		4 => who().prop_map(Step::Admit),
		1 => who().prop_map(Step::Refuse),
		3 => who().prop_map(Step::Remove),
		2 => who().prop_map(Step::Resign),
		1 => (who(), 1..8u8).prop_map(|(who, seed)| Step::Move(who, seed)),
		1 => who().prop_map(Step::Forget),
		1 => (0..6u32).prop_map(Step::SetMin),
		1 => (3..15u64).prop_map(Step::SetLength),
		1 => (who(), 1..60u64).prop_map(|(who, key)| Step::NewKeys(who, key)),
		5 => (1..12u64).prop_map(Step::Wait),
	]
}

/// What is known of a node on paper.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Note {
	kind: NodeKind,
	status: NodeStatus,
	/// The number of its peer id.
	peer: Option<u8>,
}

/// The votes that finality needs, as the table of the description has them.
fn votes_needed(validators: usize) -> usize {
	[0, 1, 2, 3, 3, 4, 5][validators]
}

struct Model {
	notes: BTreeMap<AccountId, Note>,
	set: Vec<AccountId>,
	/// Who was admitted in the session under way.
	admitted: BTreeSet<AccountId>,
	/// Validators of the session under way and of the next one.
	in_force: Vec<AccountId>,
	planned: Vec<AccountId>,
	min: usize,
	length: u64,
	now: u64,
	started: u64,
	session: u32,
}

impl Model {
	fn at_genesis(validators: AccountId) -> Self {
		let set: Vec<_> = (ALICE..=validators).collect();
		let note = Note {
			kind: NodeKind::Validator,
			status: NodeStatus::Admitted,
			peer: None,
		};
		Self {
			notes: set.iter().map(|who| (*who, note)).collect(),
			in_force: set.clone(),
			planned: set.clone(),
			min: votes_needed(set.len()),
			set,
			admitted: BTreeSet::new(),
			length: SESSION,
			now: 1,
			started: 0,
			session: 0,
		}
	}

	fn status(&self, who: AccountId) -> Option<NodeStatus> {
		self.notes.get(&who).map(|note| note.status)
	}

	fn come_to(&mut self, who: AccountId, status: NodeStatus) -> bool {
		self.notes.get_mut(&who).unwrap().status = status;
		true
	}

	fn leave(&mut self, who: AccountId) -> bool {
		if self.notes[&who].kind == NodeKind::Validator {
			let left: Vec<_> = self.set.iter().copied().filter(|other| *other != who).collect();
			let counts = |who: &AccountId| self.in_force.contains(who) && !self.admitted.contains(who);
			let staying = left.iter().filter(|who| counts(who)).count();
			if left.len() < self.min || counts(&who) && staying < votes_needed(left.len()) {
				return false;
			}
			self.set = left;
		}
		self.come_to(who, NodeStatus::Removed)
	}

	/// Give a node the peer id with the number `seed`, if it may have it.
	fn rename(&mut self, who: AccountId, seed: u8) -> bool {
		let Some(note) = self.notes.get_mut(&who) else {
			return false;
		};
		let is_other = note.peer != Some(seed);
		match note.status {
			NodeStatus::Removed => return false,
			NodeStatus::Admitted if is_other && note.peer.is_some() => return false,
			NodeStatus::Audited if is_other => note.status = NodeStatus::Applied,
			NodeStatus::Applied | NodeStatus::Audited | NodeStatus::Admitted => {}
		}
		note.peer = Some(seed);
		true
	}

	/// Whether the step is accepted; if so, it is taken. Steps whose keys or addresses may be refused say beforehand whether
	/// that is so.
	fn take(&mut self, step: &Step, resources: bool) -> bool {
		match *step {
			Step::Apply(who, kind) => {
				let free = matches!(self.status(who), None | Some(NodeStatus::Removed));
				if free && resources {
					let note = Note {
						kind,
						status: NodeStatus::Applied,
						peer: Some(who as u8),
					};
					self.notes.insert(who, note);
				}
				free && resources
			}
			Step::Audit(who) => {
				self.status(who) == Some(NodeStatus::Applied) && self.come_to(who, NodeStatus::Audited)
			}
			Step::Admit(who) => {
				if self.status(who) != Some(NodeStatus::Audited) {
					return false;
				}
				if self.notes[&who].kind == NodeKind::Validator {
					if self.set.len() == 6 {
						return false;
					}
					self.set.push(who);
					self.admitted.insert(who);
				}
				self.come_to(who, NodeStatus::Admitted)
			}
			Step::Refuse(who) => {
				let pending = matches!(self.status(who), Some(NodeStatus::Applied | NodeStatus::Audited));
				pending && self.notes.remove(&who).is_some()
			}
			Step::Remove(who) => self.status(who) == Some(NodeStatus::Admitted) && self.leave(who),
			Step::Resign(who) => match self.status(who) {
				Some(NodeStatus::Admitted) => self.leave(who),
				Some(NodeStatus::Applied | NodeStatus::Audited) => self.notes.remove(&who).is_some(),
				Some(NodeStatus::Removed) | None => false,
			},
			Step::Move(who, seed) => resources && self.rename(who, seed),
			Step::Forget(who) => {
				self.status(who) == Some(NodeStatus::Removed) && self.notes.remove(&who).is_some()
			}
			Step::SetMin(count) => {
				let fits = (1..=self.set.len()).contains(&(count as usize));
				if fits {
					self.min = count as usize;
				}
				fits
			}
			Step::SetLength(blocks) => {
				if blocks >= 5 {
					self.length = blocks;
				}
				blocks >= 5
			}
			Step::NewKeys(..) => resources,
			Step::Wait(blocks) => {
				for _ in 0..blocks {
					self.next_block();
				}
				true
			}
		}
	}

	fn next_block(&mut self) {
		self.now += 1;
		if self.now >= self.started + self.length {
			self.started = self.now;
			self.session += 1;
			self.admitted.clear();
			self.in_force = std::mem::replace(&mut self.planned, self.set.clone());
		}
	}
}

/// The key that `who` applies with: one that nobody else uses in these tests.
fn own_key(who: AccountId) -> u64 {
	100 + who
}

fn take_on_chain(step: &Step) -> bool {
	let root = RuntimeOrigin::root();
	match *step {
		Step::Apply(who, kind) => {
			let keys = (kind == NodeKind::Validator).then(|| keys_of(who, own_key(who)));
			Nodes::apply(RuntimeOrigin::signed(who), kind, address(who as u8), keys).is_ok()
		}
		Step::Audit(who) => Nodes::audit(root, who, digest(1)).is_ok(),
		Step::Admit(who) => Nodes::admit(root, who).is_ok(),
		Step::Refuse(who) => Nodes::refuse(root, who, digest(2)).is_ok(),
		Step::Remove(who) => remove(who).is_ok(),
		Step::Resign(who) => Nodes::resign(RuntimeOrigin::signed(who)).is_ok(),
		Step::Move(who, seed) => Nodes::set_address(RuntimeOrigin::signed(who), address(seed)).is_ok(),
		Step::Forget(who) => Nodes::forget(root, who).is_ok(),
		Step::SetMin(count) => Nodes::set_min_validators(root, count).is_ok(),
		Step::SetLength(blocks) => Nodes::set_session_blocks(root, blocks).is_ok(),
		Step::NewKeys(who, key) => {
			let (keys, proof) = keys_of(who, key);
			Session::set_keys(RuntimeOrigin::signed(who), keys, proof.into_inner()).is_ok()
		}
		// Block by block, below.
		Step::Wait(_) => true,
	}
}

/// What is guaranteed of removals, from what the chain shows.
///
/// Of the validators that a boundary plans, those counted out that were admitted after the last removal of the session, more
/// than two thirds have been in force in the session that ends and are in the one that begins, if that session saw the
/// removal of a validator in force. If it saw none, all that are in force in both are planned.
#[derive(Default)]
struct Watch {
	/// Validators that were admitted in the session under way.
	admitted: BTreeSet<AccountId>,
	/// Those of them that were admitted since a validator in force was last taken out.
	late: BTreeSet<AccountId>,
	/// Whether a validator in force was taken out in the session under way.
	was_reduced: bool,
}

impl Watch {
	/// Note a step that was accepted.
	fn note(&mut self, step: &Step, was_validator: bool) {
		match *step {
			Step::Admit(who) if set().contains(&who) => {
				self.admitted.insert(who);
				self.late.insert(who);
			}
			Step::Remove(who) | Step::Resign(who)
				if was_validator && Session::validators().contains(&who) && !self.admitted.contains(&who) =>
			{
				self.was_reduced = true;
				self.late.clear();
			}
			_ => {}
		}
	}

	/// Go on by one block, and check what a boundary plans.
	fn next_block(&mut self) {
		let session = Session::current_index();
		let ends = Session::validators();
		run_to_block(System::block_number() + 1);
		if Session::current_index() == session {
			return;
		}
		let begins = Session::validators();
		let planned = queued();
		let in_both = |who: &AccountId| ends.contains(who) && begins.contains(who);
		if self.was_reduced {
			let staying = planned.iter().filter(|who| in_both(who)).count();
			let counted = planned.iter().filter(|who| !self.late.contains(who)).count();
			assert!(3 * staying > 2 * counted, "{ends:?}, {begins:?}, {planned:?}");
		} else {
			assert!(ends
				.iter()
				.filter(|who| in_both(who))
				.all(|who| planned.contains(who)));
		}
		*self = Self::default();
	}
}

/// The peer ids of the nodes with an audit, as they were when they were audited.
#[derive(Default)]
struct Audits(BTreeMap<AccountId, PeerId>);

impl Audits {
	fn peer_of(who: AccountId) -> Option<PeerId> {
		crate::address::peer_id_of(&record(who)?.address?)
	}

	fn note(&mut self, step: &Step) {
		if let Step::Audit(who) = *step {
			self.0.insert(who, Self::peer_of(who).unwrap());
		}
	}

	/// An audit stands for the peer id that the node has.
	fn check(&self) {
		for who in ALICE..=GRACE {
			if record(who).is_some_and(|record| record.audit.is_some()) {
				assert_eq!(Self::peer_of(who).as_ref(), self.0.get(&who), "{who}");
			}
		}
	}
}

/// Whether what the step wants for itself, a peer id or a key, is free. Asked before the step is taken.
fn resources(step: &Step) -> bool {
	let free = |seed: u8, who: AccountId, own: bool| match peer_owner(seed) {
		None => true,
		Some(owner) => own && owner == who,
	};
	match *step {
		Step::Apply(who, _) => free(who as u8, who, false),
		Step::Move(who, seed) => free(seed, who, true),
		Step::NewKeys(who, key) => {
			let raw = sp_runtime::RuntimeAppPublic::to_raw_vec(&sp_runtime::testing::UintAuthorityId(key));
			Session::key_owner(sp_runtime::key_types::DUMMY, &raw).is_none_or(|owner| owner == who)
		}
		_ => true,
	}
}

fn assert_same(model: &Model, step: &Step) {
	assert_eq!(set(), model.set, "the set after {step:?}");
	assert_eq!(Session::validators(), model.in_force, "in force after {step:?}");
	assert_eq!(queued(), model.planned, "planned after {step:?}");
	assert_eq!(Session::current_index(), model.session, "session after {step:?}");
	assert_eq!(Authorities::get().len(), model.in_force.len());
	for who in ALICE..=GRACE {
		let note = record(who).map(|record| Note {
			kind: record.kind,
			status: record.status,
			peer: record
				.address
				.and_then(|found| (1..=8).find(|seed| address(*seed) == found)),
		});
		assert_eq!(note, model.notes.get(&who).copied(), "{who} after {step:?}");
	}
}

fn assert_fit(step: &Step) {
	let set = set();
	assert!(set.len() >= MinValidators::<Test>::get() as usize, "{step:?}");
	for who in set {
		assert!(MockKeyring::has_keys(&who), "{who} after {step:?}");
		let record = record(who).unwrap();
		assert_eq!(
			(record.kind, record.status),
			(NodeKind::Validator, NodeStatus::Admitted)
		);
	}
	Nodes::do_try_state().unwrap();
}

proptest! {
	// Each case takes some seventy blocks.
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn the_sessions_follow_a_set_that_is_always_fit_when_calls_come_in_any_order(
		validators in ALICE..=FERDIE,
		steps in vec(step(), 1..80),
	) {
		// The minimum is what finality needs of the validators of genesis.
		let chain = ExtBuilder::default()
			.with_validators(ALICE..=validators)
			.with_min_validators(0);
		chain.build_and_execute(|| {
			let mut model = Model::at_genesis(validators);
			let mut watch = Watch::default();
			let mut audits = Audits::default();
			for step in &steps {
				let resources = resources(step);
				let was_validator = matches!(step, Step::Remove(who) | Step::Resign(who) if set().contains(who));
				let accepted = take_on_chain(step);
				assert_eq!(accepted, model.take(step, resources), "{step:?}");
				if accepted {
					watch.note(step, was_validator);
					audits.note(step);
				}
				if let Step::Wait(blocks) = *step {
					(0..blocks).for_each(|_| watch.next_block());
				}
				assert_same(&model, step);
				assert_fit(step);
				audits.check();
			}
		});
	}
}
