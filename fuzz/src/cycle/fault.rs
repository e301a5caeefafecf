//! Faults that the pallets could have, for the test of the test: a walk over a chain with one of them has to find it.
//!
//! A fault leaves behind, after a step, the records and the events that pallets with the fault would leave. A walk looks at nothing
//! else, so that the pallets need no switches for it.

use super::runtime::{AccountId, Assets, Chain, Offsets, RecordsTold, RuntimeEvent, YearsTold, SELLER};
use carbon_primitives::{AssetId, Digest, Tonnes, Vintage};
use frame_support::traits::fungibles::Mutate;
use pallet_allowance::{status::owed, Event, ObligationRecord, SurrenderId, SurrenderStatus};
use std::str::FromStr;

/// What is wrong with the compliance cycle.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
	/// An allocation brings a tonne that the supply does not count.
	TonneMinted,
	/// More is sold than the cap allows, and everything counts it.
	CapPassed,
	/// Offset credits above their part count towards the status.
	OffsetsAboveCap,
	/// The obligations of a period that has closed change.
	ClosedChanged,
	/// A fine is a fen too low.
	FineMissed,
	/// A shortfall is not deducted from the next allocation.
	DeductionForgotten,
	/// An entity has a status before it is its turn, and another one has none.
	StatusSkipped,
	/// A surrender does not count towards the obligation.
	SurrenderUncounted,
	/// What was carried over may be carried over again.
	CarriedAgain,
	/// A report that came in time is late.
	LateAtOnce,
	/// An entitlement is rounded up.
	RoundedUp,
	/// What is held for a risky holder is forgotten.
	HeldForgotten,
	/// What was returned is there still.
	ReturnFree,
	/// A series forgets its buffer.
	BufferForgotten,
	/// A registry reference can be used again.
	ReferenceFreed,
	/// A call that is refused leaves a trace.
	RefusalTraced,
	/// Nobody is told how an entity has done.
	YearUntold,
	/// Something is not recorded.
	RecordForgotten,
	/// A cut by sanction is lost.
	CutForgotten,
}

impl Fault {
	/// All of them.
	pub const ALL: [Self; 19] = [
		Self::TonneMinted,
		Self::CapPassed,
		Self::OffsetsAboveCap,
		Self::ClosedChanged,
		Self::FineMissed,
		Self::DeductionForgotten,
		Self::StatusSkipped,
		Self::SurrenderUncounted,
		Self::CarriedAgain,
		Self::LateAtOnce,
		Self::RoundedUp,
		Self::HeldForgotten,
		Self::ReturnFree,
		Self::BufferForgotten,
		Self::ReferenceFreed,
		Self::RefusalTraced,
		Self::YearUntold,
		Self::RecordForgotten,
		Self::CutForgotten,
	];

	/// Do what the pallets would have done in a step with these events if they had the fault.
	pub fn strike(self, events: &mut Vec<RuntimeEvent>, is_refused: bool) {
		if self == Self::RefusalTraced && is_refused {
			pallet_allowance::NextSurrenderId::<Chain>::mutate(|id| *id = SurrenderId(id.0 + 1));
		}
		match self {
			// Where nothing was told, nothing can be forgotten.
			_ if is_refused => {}
			Self::YearUntold => YearsTold::mutate(|told| told.truncate(told.len().saturating_sub(1))),
			Self::RecordForgotten => RecordsTold::mutate(|told| told.truncate(told.len().saturating_sub(1))),
			_ => {}
		}
		if self == Self::StatusSkipped {
			let assessed =
				|event: &RuntimeEvent| matches!(event, RuntimeEvent::Allowance(Event::StatusAssessed { .. }));
			if let Some(first) = events.iter().position(assessed) {
				events.remove(first);
			}
		}
		for event in events.iter_mut() {
			match event {
				RuntimeEvent::Allowance(event) => {
					self.strike_allowance(event);
					self.strike_status(event);
				}
				RuntimeEvent::Allocation(event) => self.strike_allocation(event),
				RuntimeEvent::Offsets(event) => self.strike_offsets(event),
				_ => {}
			}
		}
	}

	fn strike_allowance(self, event: &mut Event<Chain>) {
		match (self, event) {
			(Self::TonneMinted, Event::Allocated { year, entity, .. }) => mint(*year, *entity, 1),
			(Self::CapPassed, Event::Allocated { year, .. }) => {
				let asset = AssetId::from(*year);
				let mut more = 0;
				pallet_allowance::Supplies::<Chain>::mutate_extant(asset, |supply| {
					more = supply.cap.0.min(1_000_000);
					supply.issued.0 = supply.issued.0.saturating_add(more);
					supply.sold.0 = supply.sold.0.saturating_add(more);
				});
				mint(*year, SELLER, more);
				pallet_allowance::Movements::<Chain>::mutate(asset, SELLER, |movement| {
					movement.received.0 += more;
				});
			}
			(Self::ClosedChanged, Event::PeriodClosed { year }) => {
				let entity = pallet_allowance::Obligations::<Chain>::iter_key_prefix(*year).next();
				change(*year, entity.unwrap_or_default(), |record| {
					record.excluded = !record.excluded
				});
			}
			(
				Self::SurrenderUncounted,
				Event::Surrendered {
					year, entity, tonnes, ..
				},
			) => change(*year, *entity, |record| {
				record.surrendered = record.surrendered.shortfall(*tonnes);
			}),
			(Self::CutForgotten, Event::AllocationCut { entity, .. }) => {
				pallet_allowance::Deductions::<Chain>::remove(*entity);
			}
			(Self::CarriedAgain, Event::CarriedOver { year, entity, .. }) => {
				change(*year, *entity, |record| record.carried_over = Tonnes::ZERO);
			}
			(
				Self::LateAtOnce,
				Event::EmissionsReported {
					year, entity, late, ..
				},
			) => {
				*late = true;
				change(*year, *entity, |record| {
					record.report = record.report.map(|mut report| {
						report.late = true;
						report
					});
				});
			}
			_ => {}
		}
	}

	fn strike_status(self, event: &mut Event<Chain>) {
		match (self, event) {
			(
				Self::OffsetsAboveCap,
				Event::StatusAssessed {
					year,
					entity,
					status,
					shortfall,
					fine,
				},
			) => change(*year, *entity, |record| {
				let rules = pallet_allowance::Periods::<Chain>::get(*year).map(|period| period.rules);
				let most = rules.map_or(Tonnes::ZERO, |rules| rules.offsets_max(owed(record)));
				let above = record.offsets.shortfall(most);
				*shortfall = shortfall.shortfall(above);
				if shortfall.is_zero() && *status == SurrenderStatus::B {
					(*status, *fine) = (SurrenderStatus::A, 0);
				}
				(record.status, record.shortfall, record.fine) = (Some(*status), *shortfall, *fine);
			}),
			(
				Self::FineMissed,
				Event::StatusAssessed {
					year, entity, fine, ..
				},
			) => {
				*fine = fine.saturating_sub(1);
				change(*year, *entity, |record| record.fine = *fine);
			}
			(Self::DeductionForgotten, Event::StatusAssessed { entity, .. }) => {
				pallet_allowance::Deductions::<Chain>::remove(*entity);
			}
			_ => {}
		}
	}

	fn strike_allocation(self, event: &mut pallet_allocation::Event<Chain>) {
		use pallet_allocation::Event;
		match (self, event) {
			(Self::RoundedUp, Event::TrueUp { entitlement, .. }) => entitlement.0 += 1,
			(
				Self::HeldForgotten,
				Event::PreAllocated {
					year,
					entity,
					held: true,
					..
				}
				| Event::TrueUp {
					year,
					entity,
					held: true,
					..
				},
			) => pallet_allocation::Held::<Chain>::remove(*year, *entity),
			(
				Self::ReturnFree,
				Event::Returned {
					year, entity, tonnes, ..
				},
			) => mint(*year, *entity, tonnes.0),
			_ => {}
		}
	}

	fn strike_offsets(self, event: &mut pallet_offsets::Event<Chain>) {
		use pallet_offsets::Event;
		match (self, event) {
			(Self::BufferForgotten, Event::SeriesIssued { asset, project, .. }) => {
				pallet_offsets::Series::<Chain>::mutate_extant(*asset, |series| {
					series.buffered = Tonnes::ZERO;
				});
				pallet_offsets::Totals::<Chain>::mutate(*project, |totals| totals.buffered = Tonnes::ZERO);
			}
			(Self::ReferenceFreed, Event::ReductionsReported { reductions, .. }) => {
				let reference = reductions.registry_ref.to_vec();
				let key: Digest = sp_io::hashing::blake2_256(&reference).into();
				debug_assert!(Offsets::reference_use(reference).is_some(), "that is its key");
				pallet_offsets::References::<Chain>::remove(key);
			}
			_ => {}
		}
	}
}

impl FromStr for Fault {
	type Err = String;

	fn from_str(name: &str) -> Result<Self, String> {
		let found = Self::ALL.into_iter().find(|fault| format!("{fault:?}") == name);
		found.ok_or_else(|| format!("there is no fault {name}; there are {:?}", Self::ALL))
	}
}

/// Let `who` have allowances that nobody issued.
fn mint(vintage: Vintage, who: AccountId, tonnes: u64) {
	let minted = <Assets as Mutate<_>>::mint_into(vintage.into(), &who, tonnes.into());
	debug_assert!(minted.is_ok(), "the vintage exists");
}

/// Change an obligation, if there is one.
fn change(year: Vintage, entity: AccountId, change: impl FnOnce(&mut ObligationRecord<AccountId>)) {
	pallet_allowance::Obligations::<Chain>::mutate_exists(year, entity, |record| {
		record.as_mut().map(change);
	});
}
