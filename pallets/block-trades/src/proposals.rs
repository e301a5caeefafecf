//! From the proposal to the second consent, or to the end without one.

use crate::{agenda, pallet::*, Place, Side, Stage, TradeId, TradeRecord};
use carbon_primitives::{Digest, Funds, Moment};
use carbon_traits::TradingLedger;
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose(who: T::AccountId, terms: TermsOf<T>) -> DispatchResult {
		let now = T::Time::now();
		let proposer = terms.side_of(&who).ok_or(Error::<T>::NotParty)?;
		let rules = Self::rules_of(terms.asset);
		Self::check_terms(&terms, &rules, now)?;
		// Saturating hides nothing: a moment beyond the range is later than any that can be asked for.
		let expires_max = now.saturating_add(T::ProposalLifetimeMax::get());
		ensure!(terms.expires_at <= expires_max, Error::<T>::ExpiryTooFar);
		let agreement = Self::agreement(terms, proposer, &rules)?;
		let open = Trades::<T>::count();
		ensure!(open < T::MaxOpenTrades::get(), Error::<T>::TooManyTrades);
		Self::add_open_trade(&who)?;
		let pledged = agreement.stake(proposer);
		Self::pledge(&who, pledged)?;

		let id = NextTrade::<T>::mutate(|next| {
			let id = *next;
			// A few a block never reach the end of the numbers.
			next.0 = id.0.saturating_add(1);
			id
		});
		if open == 0 {
			// The agenda is empty: the blocks need not walk over the time since it was last used.
			AgendaCursor::<T>::put(agenda::next_minute(now));
		}
		let place = Self::schedule(id, agreement.terms.expires_at, now);
		let digest = agreement.digest(id);
		Self::deposit_event(Event::Proposed {
			id,
			digest,
			agreement: agreement.clone(),
			pledged,
		});
		let stage = Stage::Proposed;
		Trades::<T>::insert(
			id,
			TradeRecord {
				agreement,
				stage,
				place,
			},
		);
		Ok(())
	}

	pub(crate) fn do_accept(who: T::AccountId, id: TradeId, digest: Digest) -> DispatchResult {
		let record = Self::proposal_to(&who, id)?;
		let agreement = &record.agreement;
		let terms = &agreement.terms;
		ensure!(agreement.digest(id) == digest, Error::<T>::DigestMismatch);
		let now = T::Time::now();
		Self::check_terms(terms, &Self::rules_of(terms.asset), now)?;
		Self::check_margins(agreement)?;

		let pledged = agreement.stake(agreement.proposer.other());
		Self::pledge(&who, pledged)?;
		let Some(settles_at) = terms.settles_at else {
			T::Ledger::deliver(&terms.into())?;
			Self::end_settled(id, &record);
			return Ok(());
		};
		Self::add_open_trade(&who)?;
		Self::move_on(id, record, Stage::Agreed, settles_at, now);
		Self::deposit_event(Event::Agreed {
			id,
			pledged,
			settles_at,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, id: TradeId) -> DispatchResult {
		let record = Self::proposal(id)?;
		let proposer = record.agreement.proposer;
		ensure!(
			*record.agreement.terms.account(proposer) == who,
			Error::<T>::NotProposer
		);

		let released = Self::end_proposal(id, &record)?;
		Self::deposit_event(Event::Withdrawn { id, released });
		Ok(())
	}

	pub(crate) fn do_reject(who: T::AccountId, id: TradeId) -> DispatchResult {
		let record = Self::proposal_to(&who, id)?;

		let released = Self::end_proposal(id, &record)?;
		Self::deposit_event(Event::Rejected { id, released });
		Ok(())
	}

	/// The trade `id`, which waits for a second consent.
	fn proposal(id: TradeId) -> Result<TradeRecordOf<T>, Error<T>> {
		let record = Trades::<T>::get(id).ok_or(Error::<T>::TradeNotFound)?;
		ensure!(record.stage == Stage::Proposed, Error::<T>::AlreadyAgreed);
		Ok(record)
	}

	/// The trade `id`, which waits for the consent of `who`.
	fn proposal_to(who: &T::AccountId, id: TradeId) -> Result<TradeRecordOf<T>, Error<T>> {
		let record = Self::proposal(id)?;
		let acceptor = record.agreement.proposer.other();
		ensure!(
			record.agreement.terms.account(acceptor) == who,
			Error::<T>::NotCounterparty
		);
		Ok(record)
	}

	/// End a proposal that was not accepted. Returns what its proposer has free again.
	pub(crate) fn end_proposal(id: TradeId, record: &TradeRecordOf<T>) -> Result<Funds, DispatchError> {
		let proposer = record.agreement.proposer;
		let stake = record.agreement.stake(proposer);
		Self::release(record.agreement.terms.account(proposer), stake)?;
		Self::remove_trade(id, record);
		Ok(stake)
	}

	/// Let a trade reach `stage`, and a block look at it at the moment `at`.
	pub(crate) fn move_on(id: TradeId, record: TradeRecordOf<T>, stage: Stage, at: Moment, now: Moment) {
		Self::unschedule(record.place);
		let place: Place = Self::schedule(id, at, now);
		Trades::<T>::insert(
			id,
			TradeRecord {
				stage,
				place,
				..record
			},
		);
	}

	/// Remove a trade that has ended.
	pub(crate) fn remove_trade(id: TradeId, record: &TradeRecordOf<T>) {
		Trades::<T>::remove(id);
		Self::unschedule(record.place);
		for side in record.consenting() {
			Self::drop_open_trade(record.agreement.terms.account(side));
		}
	}

	/// Count one more trade to which `who` has consented.
	fn add_open_trade(who: &T::AccountId) -> DispatchResult {
		OpenTrades::<T>::try_mutate(who, |open| {
			ensure!(
				*open < T::MaxOpenTradesPerAccount::get(),
				Error::<T>::TooManyTradesOfAccount
			);
			*open = open.saturating_add(1);
			Ok(())
		})
	}

	fn drop_open_trade(who: &T::AccountId) {
		OpenTrades::<T>::mutate_exists(who, |open| {
			*open = open.and_then(|open| open.checked_sub(1)).filter(|open| *open > 0);
		});
	}

	/// Pledge `funds` on the trading account of `who`. A margin may be nothing.
	pub(crate) fn pledge(who: &T::AccountId, funds: Funds) -> DispatchResult {
		if funds.is_zero() {
			return Ok(());
		}
		T::Ledger::pledge(who, funds)
	}

	/// Make `funds` that `who` has pledged free again. A margin may be nothing.
	pub(crate) fn release(who: &T::AccountId, funds: Funds) -> DispatchResult {
		if funds.is_zero() {
			return Ok(());
		}
		T::Ledger::release(who, funds)
	}

	/// The account of a side of `record`.
	pub(crate) fn account_of(record: &TradeRecordOf<T>, side: Side) -> &T::AccountId {
		record.agreement.terms.account(side)
	}
}
