//! From the settlement date to the end of a trade: settled or in default.

use crate::{agenda, pallet::*, Missing, Place, Security, Side, Stage, TradeId};
use carbon_primitives::{Balance, Funds, Moment};
use carbon_traits::{AgreedTrade, InspectHalts, OnAgreement, TradingLedger};
use frame_support::{
	ensure,
	storage::{with_storage_layer, with_transaction, TransactionOutcome},
	traits::Time,
	weights::Weight,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Why a trade could not be settled.
struct Breach {
	/// Who could not perform.
	missing: Missing,
	/// What the trading ledger said; of two, to the seller.
	error: DispatchError,
}

const fn cash(amount: Balance) -> Funds {
	Funds::Cash { amount }
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_settle(id: TradeId) -> DispatchResult {
		let record = Trades::<T>::get(id).ok_or(Error::<T>::TradeNotFound)?;
		ensure!(record.stage != Stage::Proposed, Error::<T>::NotAgreed);
		let terms = &record.agreement.terms;
		let now = T::Time::now();
		ensure!(
			terms.settles_at.is_some_and(|settles_at| settles_at <= now),
			Error::<T>::NotDue
		);
		Self::ensure_not_halted(terms.asset)?;

		match Self::perform(&record.agreement)? {
			Ok(()) => {
				Self::end_settled(id, &record);
				Ok(())
			}
			Err(breach) => match record.stage {
				Stage::Window { ends_at } if agenda::is_over(ends_at, now) => {
					Self::end_defaulted(id, &record, breach.missing)
				}
				_ => Err(breach.error),
			},
		}
	}

	/// Conclude the trade `id`, whose turn has come at `place`, or let it wait for what it has to wait for.
	///
	/// In any case it leaves its place: whatever the ledger says, the trades behind it have their turn.
	pub(crate) fn look_at(id: TradeId, place: Place, now: Moment) {
		let outcome = with_storage_layer(|| {
			let record = Trades::<T>::get(id)
				.filter(|record| record.place == place)
				.ok_or(Error::<T>::Unexpected)?;
			Self::conclude(id, record, now)
		});
		if let Err(error) = outcome {
			Self::retry_later(id, place, now);
			Self::deposit_event(Event::NotConcluded { id, error });
		}
	}

	fn conclude(id: TradeId, record: TradeRecordOf<T>, now: Moment) -> DispatchResult {
		if record.stage == Stage::Proposed {
			let released = Self::end_proposal(id, &record)?;
			Self::deposit_event(Event::Expired { id, released });
			return Ok(());
		}
		if let Some(halted_until) = T::Halts::market_halted_until(record.agreement.terms.asset) {
			// A halt may be lifted early, and then nobody may have to wait for what was to be its end.
			// Saturating hides nothing: no halt ends later.
			let until = halted_until.min(now.saturating_add(agenda::POSTPONED_MAX));
			// Whatever was left of a window is forgotten: it opens anew, in full, once the market is open.
			Self::move_on(id, record, Stage::Agreed, until, now);
			Self::deposit_event(Event::Postponed { id, until });
			return Ok(());
		}
		match Self::perform(&record.agreement)? {
			Ok(()) => {
				Self::end_settled(id, &record);
				Ok(())
			}
			Err(breach) => Self::end_or_wait(id, record, breach.missing, now),
		}
	}

	/// Declare the default where the window has ended, and open the window where there was none, or where the
	/// chain stood still at its end.
	fn end_or_wait(id: TradeId, record: TradeRecordOf<T>, missing: Missing, now: Moment) -> DispatchResult {
		let ends_at = match record.stage {
			Stage::Window { ends_at } if agenda::is_over(ends_at, now) => {
				return Self::end_defaulted(id, &record, missing);
			}
			Stage::Window { ends_at } if now < ends_at => ends_at,
			// Saturating hides nothing: windows are short, and no moment lies beyond the range.
			_ => now.saturating_add(Self::security_of(&record)?.window),
		};
		Self::move_on(id, record, Stage::Window { ends_at }, ends_at, now);
		Self::deposit_event(Event::WindowOpened { id, missing, ends_at });
		Ok(())
	}

	/// Let a trade that could not be concluded wait, so that it stands in nobody's way.
	fn retry_later(id: TradeId, place: Place, now: Moment) {
		match Trades::<T>::get(id).filter(|record| record.place == place) {
			Some(record) => {
				let stage = record.stage;
				let at = now.saturating_add(agenda::RETRY_MS);
				Self::move_on(id, record, stage, at, now);
			}
			None => Self::unschedule(place),
		}
	}

	/// Take both legs from what is free on the two trading accounts and deliver, or change nothing and tell
	/// who could not perform.
	///
	/// # Errors
	/// A contradiction between the agreement and the trading ledger. Nothing is changed.
	fn perform(agreement: &AgreementOf<T>) -> Result<Result<(), Breach>, DispatchError> {
		with_transaction(|| {
			let outcome = Self::try_perform(agreement);
			match outcome {
				Ok(Ok(())) => TransactionOutcome::Commit(outcome),
				_ => TransactionOutcome::Rollback(outcome),
			}
		})
	}

	/// As [`Self::perform`], but where a side cannot perform, what was pledged stays so.
	fn try_perform(agreement: &AgreementOf<T>) -> Result<Result<(), Breach>, DispatchError> {
		let terms = &agreement.terms;
		let security = agreement.security.ok_or(Error::<T>::Unexpected)?;
		// The buyer's margin is pledged already and counts. Saturating is the meaning: a margin above the
		// value leaves nothing to be paid, and a value above the margin leaves nothing over.
		let missing_cash = terms.value().saturating_sub(security.buyer);
		let left_over = security.buyer.saturating_sub(terms.value());

		let by_seller = Self::pledge(&terms.seller, terms.allowances());
		let by_buyer = Self::pledge(&terms.buyer, cash(missing_cash));
		let (missing, error) = match (by_seller, by_buyer) {
			(Err(error), Err(_)) => (Missing::Both, error),
			(Err(error), Ok(())) => (Missing::Seller, error),
			(Ok(()), Err(error)) => (Missing::Buyer, error),
			(Ok(()), Ok(())) => match T::Ledger::deliver(&terms.into()) {
				// Both legs are there, so that only the buyer can be the reason.
				Err(error) => (Missing::Buyer, error),
				Ok(()) => {
					Self::release(&terms.seller, cash(security.seller))?;
					Self::release(&terms.buyer, cash(left_over))?;
					return Ok(Ok(()));
				}
			},
		};
		Ok(Err(Breach { missing, error }))
	}

	/// What settling a trade weighs at most, beside `base`: the look at what the buyer may hold, and the word that it was kept.
	pub(crate) fn weight_of_settled(base: Weight) -> Weight {
		base.saturating_add(T::Ledger::weight_of_limit())
			.saturating_add(T::OnAgreement::weight_of_kept())
	}

	/// What a default weighs at most, beside `base`: the look at what the buyer may hold, and the word on each of two sides.
	pub(crate) fn weight_of_default(base: Weight) -> Weight {
		base.saturating_add(T::Ledger::weight_of_limit())
			.saturating_add(T::OnAgreement::weight_of_broken().saturating_mul(2))
	}

	/// End a trade whose legs have moved.
	pub(crate) fn end_settled(id: TradeId, record: &TradeRecordOf<T>) {
		Self::remove_trade(id, record);
		let terms = &record.agreement.terms;
		Self::deposit_event(Event::Settled {
			id,
			asset: terms.asset,
			seller: terms.seller.clone(),
			buyer: terms.buyer.clone(),
			tonnes: terms.tonnes,
			price: terms.price,
		});
		T::OnAgreement::kept(id.0, &terms.into());
	}

	/// End a trade in which `missing` did not perform: the other side gets its margin.
	fn end_defaulted(id: TradeId, record: &TradeRecordOf<T>, missing: Missing) -> DispatchResult {
		let security = Self::security_of(record)?;
		let trade = AgreedTrade::from(&record.agreement.terms);
		let compensation = match missing {
			Missing::Seller => Self::compensate(id, record, &security, Side::Seller)?,
			Missing::Buyer => Self::compensate(id, record, &security, Side::Buyer)?,
			Missing::Both => {
				for side in [Side::Seller, Side::Buyer] {
					let who = Self::account_of(record, side);
					Self::release(who, cash(security.margin(side)))?;
					T::OnAgreement::broken(id.0, who, &trade, 0);
				}
				0
			}
		};
		Self::remove_trade(id, record);
		Self::deposit_event(Event::Defaulted {
			id,
			missing,
			compensation,
		});
		Ok(())
	}

	/// Give the margin of `side` to the other side, and that one's margin back. Returns what the other side
	/// was given.
	fn compensate(
		id: TradeId,
		record: &TradeRecordOf<T>,
		security: &Security,
		side: Side,
	) -> Result<Balance, DispatchError> {
		let (who, other) = (
			Self::account_of(record, side),
			Self::account_of(record, side.other()),
		);
		let margin = security.margin(side);
		if margin > 0 {
			T::Ledger::pay(who, other, cash(margin))?;
		}
		Self::release(other, cash(security.margin(side.other())))?;
		let trade = AgreedTrade::from(&record.agreement.terms);
		T::OnAgreement::broken(id.0, who, &trade, margin);
		Ok(margin)
	}

	fn security_of(record: &TradeRecordOf<T>) -> Result<Security, DispatchError> {
		Ok(record.agreement.security.ok_or(Error::<T>::Unexpected)?)
	}
}
