//! Faults that the pallet could have, for the test of the test: a walk over a graph with one of them has to find it.
//!
//! The first ones leave out a check of the engine. The others leave behind, after a step, what a pallet with the fault would leave.

use super::runtime::{AccountId, Chain};
use pallet_provenance::{
	graph::{leave_out, Rule},
	Activities, ActivityId, Data, DataId, DataState, Digests, Entities, Event, Folds, Head, Subjects, UsedBy,
};
use std::str::FromStr;

/// What is wrong with the provenance graph.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
	/// Data are used before they are generated, or derive from what was not used.
	UsedTooEarly,
	/// An owner generates the same data twice.
	GeneratedTwice,
	/// Data derive from themselves.
	DerivedInCircle,
	/// Void data are used.
	VoidUsed,
	/// Somebody acts for itself by way of others.
	ActsInCircle,
	/// Somebody acts for another one who has not consented.
	ConsentMissing,
	/// What set an activity off came later, or is not there.
	TriggerLater,
	/// An activity ends before it begins, or in the future.
	TimesReversed,
	/// What does not hold any more is superseded again.
	SupersededTwice,
	/// A use is not listed.
	UseUnlisted,
	/// The chain of an entity's activities has a gap.
	ChainBroken,
	/// The chain of a kind forgets its end.
	KindForgotten,
	/// A statement can be handed in again.
	StatementRepeated,
	/// What was superseded still holds.
	SupersededHolds,
	/// What was declared void still holds.
	VoidHolds,
	/// The version of newer data is that of the older ones.
	VersionKept,
	/// A name still leads to the older data.
	NameLags,
	/// A digest leads to nothing.
	DigestLost,
	/// Data belong to whoever recorded them, whomever it acts for.
	OwnerIsDoer,
	/// A description keeps whomever the entity has acted for.
	DelegationKept,
	/// The trades of a market that traded last are lost.
	FoldLost,
	/// The trades of a market count once more.
	FoldDoubled,
	/// An activity is recorded without a word.
	RecordUntold,
	/// A call that is refused leaves a trace.
	RefusalTraced,
}

impl Fault {
	/// All of them.
	pub const ALL: [Self; 24] = [
		Self::UsedTooEarly,
		Self::GeneratedTwice,
		Self::DerivedInCircle,
		Self::VoidUsed,
		Self::ActsInCircle,
		Self::ConsentMissing,
		Self::TriggerLater,
		Self::TimesReversed,
		Self::SupersededTwice,
		Self::UseUnlisted,
		Self::ChainBroken,
		Self::KindForgotten,
		Self::StatementRepeated,
		Self::SupersededHolds,
		Self::VoidHolds,
		Self::VersionKept,
		Self::NameLags,
		Self::DigestLost,
		Self::OwnerIsDoer,
		Self::DelegationKept,
		Self::FoldLost,
		Self::FoldDoubled,
		Self::RecordUntold,
		Self::RefusalTraced,
	];

	/// The check that is left out by it.
	const fn rule(self) -> Option<Rule> {
		match self {
			Self::UsedTooEarly => Some(Rule::Use),
			Self::GeneratedTwice => Some(Rule::Generation),
			Self::DerivedInCircle => Some(Rule::Derivation),
			Self::VoidUsed => Some(Rule::Void),
			Self::ActsInCircle => Some(Rule::Delegation),
			Self::ConsentMissing => Some(Rule::Consent),
			Self::TriggerLater => Some(Rule::Trigger),
			Self::TimesReversed => Some(Rule::Times),
			Self::SupersededTwice => Some(Rule::State),
			_ => None,
		}
	}

	/// Let the engine have `fault`, if it is one of the engine.
	pub fn plant(fault: Option<Self>) {
		leave_out(fault.and_then(Self::rule));
	}

	/// Do what the pallet would have done in a step with these events if it had the fault.
	pub fn strike(self, events: &mut Vec<Event<Chain>>, is_refused: bool) {
		if self == Self::RefusalTraced && is_refused {
			Head::<Chain>::mutate(|heads| heads.data += 1);
		}
		if self == Self::RecordUntold {
			events.retain(|event| !matches!(event, Event::Recorded { .. }));
		}
		for event in events.iter() {
			match event {
				Event::Recorded {
					id,
					entity,
					generated_first,
					generated_count,
					..
				} => {
					self.strike_activity(*id, entity);
					let first = generated_first.0;
					for data in (first..first + u64::from(*generated_count)).map(DataId) {
						self.strike_data(data, entity);
					}
				}
				Event::Superseded { id, .. } if self == Self::SupersededHolds => hold(*id),
				Event::Invalidated { id, .. } if self == Self::VoidHolds => hold(*id),
				Event::EntityDescribed {
					account, by: Some(_), ..
				} => self.strike_entity(account),
				_ => {}
			}
		}
	}

	fn strike_activity(self, id: ActivityId, entity: &AccountId) {
		match self {
			Self::UseUnlisted => {
				let used = Activities::<Chain>::get(id).and_then(|record| record.used.first().copied());
				if let Some(used) = used {
					UsedBy::<Chain>::remove(used, id);
				}
			}
			Self::ChainBroken => Activities::<Chain>::mutate_extant(id, |record| {
				record.previous_of_entity = None;
			}),
			Self::KindForgotten => Head::<Chain>::mutate(|heads| heads.last_of_kind[0] = None),
			Self::StatementRepeated => repeat(entity),
			_ => {}
		}
	}

	fn strike_data(self, id: DataId, entity: &AccountId) {
		let Some(record) = Data::<Chain>::get(id) else {
			return;
		};
		match self {
			Self::VersionKept => Data::<Chain>::mutate_extant(id, |record| record.version = 1),
			Self::NameLags => {
				let earlier = record.derived_from.iter().find(|source| {
					let source = Data::<Chain>::get(source);
					source.is_some_and(|source| source.subject == record.subject)
				});
				if let (Some(subject), Some(earlier)) = (&record.subject, earlier) {
					Subjects::<Chain>::insert(subject, earlier);
				}
			}
			Self::DigestLost => Digests::<Chain>::remove(record.content.digest, record.owner),
			Self::OwnerIsDoer if record.subject.is_none() => {
				let digest = record.content.digest;
				Digests::<Chain>::remove(digest, &record.owner);
				Digests::<Chain>::insert(digest, entity, id);
				Data::<Chain>::mutate_extant(id, |record| record.owner = entity.clone());
			}
			_ => {}
		}
	}

	fn strike_entity(self, account: &AccountId) {
		match self {
			Self::StatementRepeated => repeat(account),
			Self::DelegationKept => {
				let some = Entities::<Chain>::iter_keys().find(|other| other != account);
				Entities::<Chain>::mutate(account, |record| {
					if let Some(record) = record.as_mut().filter(|record| record.on_behalf_of.is_none()) {
						record.on_behalf_of = some;
					}
				});
			}
			_ => {}
		}
	}

	/// The same for the trades of a market.
	pub fn strike_trades(self) {
		match self {
			Self::FoldLost => Folds::<Chain>::mutate(|folds| drop(folds.pop())),
			Self::FoldDoubled => Folds::<Chain>::mutate(|folds| {
				if let Some(fold) = folds.last_mut() {
					fold.fills = fold.fills.saturating_add(1);
				}
			}),
			_ => {}
		}
	}
}

/// Let data hold.
fn hold(id: DataId) {
	Data::<Chain>::mutate_extant(id, |record| record.state = DataState::Valid);
}

/// Forget that an entity has signed a statement.
fn repeat(entity: &AccountId) {
	Entities::<Chain>::mutate(entity, |record| {
		if let Some(record) = record {
			record.sequence = 0;
		}
	});
}

impl FromStr for Fault {
	type Err = String;

	fn from_str(name: &str) -> Result<Self, String> {
		let found = Self::ALL.into_iter().find(|fault| format!("{fault:?}") == name);
		found.ok_or_else(|| format!("there is no fault {name}; there are {:?}", Self::ALL))
	}
}
