//! What other pallets have recorded by itself.

use crate::{
	codes::*,
	graph::*,
	pallet::*,
	statements::{no_origin, one},
	store::OnChain,
	types::*,
	WeightInfo,
};
use carbon_primitives::{Moment, RecordKind, RecordSubject, Vintage};
use carbon_traits::{Doer, Happening, RecordActivity, USES_MAX};
use frame_support::{
	traits::{ConstU32, Get, Time},
	weights::Weight,
	BoundedVec,
};
use sp_runtime::DispatchError;

/// The data that those of a happening derive from.
type Sources = BoundedVec<DataId, ConstU32<SOURCES_MAX>>;

// A happening uses the data of all names that it gives and those of its own name; an activity uses at least as much as data derive from.
const _: () = assert!(USES_MAX < SOURCES_MAX && SOURCES_MAX <= USED_MAX);

impl<T: Config> RecordActivity<T::AccountId> for Pallet<T> {
	fn record(happening: Happening<T::AccountId>) {
		if !Self::is_recorded(happening.kind) {
			return;
		}
		let now = T::Time::now();
		let (kind, subject, digest) = (happening.kind, happening.subject.clone(), happening.digest);
		let owner = Self::owner_of_happening(&happening);
		Self::deposit_event(match Self::record_happening(happening, now, now) {
			Ok((inserted, derived_from)) => Event::HappeningRecorded {
				data: inserted.first,
				subject,
				owner,
				digest,
				derived_from,
			},
			Err(error) => Event::NotRecorded { kind, subject, error },
		});
	}

	fn weight_of_record() -> Weight {
		T::WeightInfo::record_automatic()
	}
}

impl<T: Config> Pallet<T> {
	/// Whether happenings of this kind are recorded.
	pub(crate) fn is_recorded(kind: RecordKind) -> bool {
		T::Recorded::get() & kind.bit() != 0
	}

	/// The execution entity that has done something.
	fn doer_of(happening: &Happening<T::AccountId>) -> T::AccountId {
		match happening.by {
			Doer::Account(account) => account.clone(),
			Doer::Regulator => T::Authority::get(),
			Doer::Chain => T::Chain::get(),
		}
	}

	/// To whom the data of a happening belong.
	fn owner_of_happening(happening: &Happening<T::AccountId>) -> T::AccountId {
		match happening.owner {
			Some(owner) => owner.clone(),
			None => Self::doer_of(happening),
		}
	}

	/// Record what began and ended at these moments, and return what its data derive from. Where it cannot be recorded, nothing is
	/// written.
	///
	/// Whoever owns the data is an execution entity from now on, and so is a participant whom they are about.
	pub(crate) fn record_happening(
		happening: Happening<T::AccountId>,
		started_at: Moment,
		ended_at: Moment,
	) -> Result<(Inserted, Sources), DispatchError> {
		let now = T::Time::now();
		let (doer, owner) = (Self::doer_of(&happening), Self::owner_of_happening(&happening));
		let (entity_record, is_known) = Self::known_or_new(&doer, now);
		let mut others = alloc::vec![owner.clone()];
		if let RecordSubject::Participant(account) = &happening.subject {
			others.push(account.clone());
		}
		others.retain(|other| *other != doer);
		let sources = Self::sources_of_happening(&happening);
		let earlier = Self::earlier(&happening.subject);
		let effect = match &earlier {
			Some((id, record)) if happening.supersedes && record.state == DataState::Valid => {
				Effect::Supersedes(*id)
			}
			_ => Effect::None,
		};
		let (activity_kind, data_kind) = codes_of(happening.kind);
		let activity = NewActivity {
			kind: activity_kind,
			entity: doer,
			entity_record,
			started_at,
			ended_at,
			block: Self::block(),
			space: Space::default(),
			condition: Condition::default(),
			tool: Self::tool(None),
			// There is room for more uses than sources.
			used: BoundedVec::truncate_from(sources.to_vec()),
		};
		let data = NewData {
			kind: data_kind,
			// So many versions there are none.
			version: earlier.map_or(1, |(_, record)| record.version.saturating_add(1)),
			period: period_of(&happening.subject),
			name: Name::Subject {
				subject: happening.subject,
				is_document: has_document(data_kind),
			},
			owner,
			content: Content::of_digest(happening.digest),
			protection: None,
			origin: no_origin(),
			derived_from: BoundedVec::truncate_from(sources.iter().copied().map(Source::Known).collect()),
		};
		let insertion = Insertion {
			activity,
			generated: one(data),
			effect,
		};
		let inserted = Self::commit(insertion, is_known, now)?;
		for other in others {
			Self::make_known(&other, now);
		}
		if let Effect::Supersedes(id) = effect {
			Self::deposit_event(Event::Superseded {
				id,
				by: inserted.first,
			});
		}
		Ok((inserted, sources))
	}

	/// The newest data of a name.
	fn earlier(subject: &SubjectOf<T>) -> Option<(DataId, DataRecordOf<T>)> {
		let store = OnChain::<T>::new();
		let id = store.subject(subject)?;
		store.data(id).map(|record| (id, record))
	}

	/// What a happening uses: the data of the names that it gives, and the earlier data of its own name. All of it is what its data
	/// derive from.
	fn sources_of_happening(happening: &Happening<T::AccountId>) -> Sources {
		let mut ids = Sources::new();
		let named = happening.uses.iter().take(USES_MAX as usize);
		for subject in named.chain(core::iter::once(&happening.subject)) {
			if let Some(id) = OnChain::<T>::new().subject(subject) {
				if !ids.contains(&id) {
					// There is room for all uses and one more.
					let _ = ids.try_push(id);
				}
			}
		}
		ids
	}
}

/// The year that data of a name are about.
const fn period_of<AccountId>(subject: &RecordSubject<AccountId>) -> Option<Vintage> {
	match subject {
		RecordSubject::Allocation { year, .. }
		| RecordSubject::Report { year, .. }
		| RecordSubject::Verification { year, .. }
		| RecordSubject::Emissions { year, .. } => Some(*year),
		_ => None,
	}
}
