//! The end of a period: entities are assessed in the order of their enrolment, a few per block.

use crate::{pallet::*, status::assess, types::*, WeightInfo};
use carbon_primitives::Vintage;
use frame_support::{defensive, ensure, pallet_prelude::DispatchResult, weights::WeightMeter};

/// The closing takes at most one part in this many of what a block has left, so that orders and their cancellation find
/// room in every block however many entities there are.
pub(crate) const CLOSING_SHARE: u64 = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_close_period(year: Vintage) -> DispatchResult {
		let mut period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase == Phase::Open, Error::<T>::PeriodNotOpen);
		// The cumulative rule adds the years up in their order. Years were opened without a gap, so that looking at the one
		// before is enough; and no two periods can be closing at once.
		let earlier = year
			.0
			.checked_sub(1)
			.and_then(|earlier| Periods::<T>::get(Vintage(earlier)));
		let earlier_closed = earlier.is_none_or(|earlier| earlier.phase == Phase::Closed);
		ensure!(earlier_closed, Error::<T>::EarlierPeriodOpen);

		period.phase = Phase::Closing;
		Periods::<T>::insert(year, period);
		Closing::<T>::put(ClosingCursor {
			year,
			page: 0,
			index: 0,
		});
		Self::deposit_event(Event::PeriodClosing { year });
		Ok(())
	}

	/// Assess entities of the closing period within the share of `block` that the closing may take.
	pub(crate) fn continue_closing(block: &mut WeightMeter) {
		let mut share = WeightMeter::with_limit(block.remaining().div(CLOSING_SHARE));
		Self::assess_within(&mut share);
		block.consume(share.consumed());
	}

	fn assess_within(meter: &mut WeightMeter) {
		// The read of the cursor, in each block.
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let Some(mut cursor) = Closing::<T>::get() else {
			return;
		};
		// The period and the cursor, read and written.
		if meter.try_consume(T::WeightInfo::on_poll_closing()).is_err() {
			return;
		}
		let Some(mut period) = Periods::<T>::get(cursor.year) else {
			defensive!("a closing period has a record");
			Closing::<T>::kill();
			return;
		};

		while cursor.page < period.enrolment_pages {
			// A page is read once for all of its entities that fit.
			let page_and_one = T::WeightInfo::assess_page().saturating_add(T::WeightInfo::assess_entity());
			if !meter.can_consume(page_and_one) {
				Closing::<T>::put(cursor);
				return;
			}
			meter.consume(T::WeightInfo::assess_page());
			let page = Enrolments::<T>::get(cursor.year, cursor.page);
			while let Some(entity) = page.get(cursor.index as usize) {
				if meter.try_consume(T::WeightInfo::assess_entity()).is_err() {
					Closing::<T>::put(cursor);
					return;
				}
				Self::assess_entity(cursor.year, period.obligation, entity);
				cursor.index += 1;
			}
			cursor.page += 1;
			cursor.index = 0;
		}

		period.phase = Phase::Closed;
		Periods::<T>::insert(cursor.year, period);
		Closing::<T>::kill();
		Self::deposit_event(Event::PeriodClosed { year: cursor.year });
	}

	pub(crate) fn assess_entity(year: Vintage, rule: ObligationRule, entity: &T::AccountId) {
		let Some(mut obligation) = Obligations::<T>::get(year, entity) else {
			defensive!("an enrolled entity has an obligation record");
			return;
		};
		let before = match rule {
			ObligationRule::Yearly => ComplianceTotals::default(),
			ObligationRule::Cumulative => Totals::<T>::get(entity),
		};
		let (status, after) = assess(rule, &obligation, before);
		if rule == ObligationRule::Cumulative {
			Totals::<T>::insert(entity, after);
		}
		obligation.status = Some(status);
		Obligations::<T>::insert(year, entity, obligation);
		Self::deposit_event(Event::StatusAssessed {
			year,
			entity: entity.clone(),
			status,
		});
	}
}
