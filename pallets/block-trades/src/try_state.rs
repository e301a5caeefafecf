//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{agenda, pallet::*, Stage, TradeId, TradeRecord};
use alloc::collections::BTreeMap;
use carbon_primitives::Moment;
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every entry can be read, and counted maps count what they have.
	/// 2. A trade's number has been given out, and there are at most as many trades as there may be.
	/// 3. A trade is between two, at a price and a quantity above zero, is secured if and only if it is
	///    settled later, not before it expires, and only then agreed; a window is open for some time, and
	///    ends after the settlement date.
	/// 4. Each account has consented to as many trades as are counted, and to no more than it may.
	/// 5. Each trade stands at its place of the agenda, not before it is due, and nothing else stands on it.
	/// 6. Each list of the agenda is as long as noted, none is before the first minute that is not done, and
	///    no minute is done before it has begun.
	/// 7. Rules are in their ranges, and there are at most as many as there may be.
	///
	/// That the trading ledger has pledged exactly what the trades say is checked where both are known.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_trades()?;
		Self::check_agenda()?;
		ensure!(
			Rules::<T>::iter_values().all(|rules| rules.are_valid())
				&& Rules::<T>::count() <= T::MaxRules::get(),
			"block-trades 7: a rule is out of its range, or there are too many"
		);
		Ok(())
	}

	/// An entry that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Trades::<T>::iter_keys().count() == Trades::<T>::iter().count()
			&& OpenTrades::<T>::iter_keys().count() == OpenTrades::<T>::iter().count()
			&& Agenda::<T>::iter_keys().count() == Agenda::<T>::iter().count()
			&& AgendaLengths::<T>::iter_keys().count() == AgendaLengths::<T>::iter().count()
			&& Rules::<T>::iter_keys().count() == Rules::<T>::iter().count();
		ensure!(readable, "block-trades 1: an entry cannot be read");
		let counted = Trades::<T>::iter_keys().count() == Trades::<T>::count() as usize
			&& Rules::<T>::iter_keys().count() == Rules::<T>::count() as usize;
		ensure!(counted, "block-trades 1: a map has been counted wrongly");
		Ok(())
	}

	fn check_trades() -> Result<(), TryRuntimeError> {
		ensure!(
			Trades::<T>::count() <= T::MaxOpenTrades::get(),
			"block-trades 2: there are more trades than there may be"
		);
		let mut open = BTreeMap::new();
		for (id, record) in Trades::<T>::iter() {
			ensure!(
				id < NextTrade::<T>::get(),
				"block-trades 2: a trade's number has not been given out"
			);
			ensure!(
				is_plausible(&record),
				"block-trades 3: a trade contradicts itself"
			);
			for side in record.consenting() {
				let account = record.agreement.terms.account(side).clone();
				*open.entry(account).or_insert(0_u32) += 1;
			}
		}
		ensure!(
			open == OpenTrades::<T>::iter().collect(),
			"block-trades 4: the trades of an account have been counted wrongly"
		);
		ensure!(
			open.values()
				.all(|count| *count <= T::MaxOpenTradesPerAccount::get()),
			"block-trades 4: an account has consented to more trades than it may"
		);
		Ok(())
	}

	fn check_agenda() -> Result<(), TryRuntimeError> {
		let mut places: BTreeMap<TradeId, _> = BTreeMap::new();
		let mut lengths: BTreeMap<u64, u32> = BTreeMap::new();
		for (minute, index, id) in Agenda::<T>::iter() {
			ensure!(
				places.insert(id, (minute, index)).is_none(),
				"block-trades 5: a trade stands on the agenda twice"
			);
			let length = lengths.entry(minute).or_default();
			*length = index.saturating_add(1).max(*length);
		}
		for (id, record) in Trades::<T>::iter() {
			ensure!(
				places.remove(&id) == Some((record.place.minute, record.place.index)),
				"block-trades 5: a trade does not stand at its place"
			);
			ensure!(
				record.place.minute >= agenda::minute_of(due_at(&record)),
				"block-trades 5: a trade would be looked at before it is due"
			);
		}
		ensure!(
			places.is_empty(),
			"block-trades 5: the agenda has what is no trade"
		);
		ensure!(
			lengths == AgendaLengths::<T>::iter().collect()
				&& lengths.values().map(|length| *length as usize).sum::<usize>()
					== Agenda::<T>::iter_keys().count(),
			"block-trades 6: a list is not as long as noted"
		);
		ensure!(
			lengths.keys().all(|minute| *minute >= AgendaCursor::<T>::get()),
			"block-trades 6: a trade stands where no block looks any more"
		);
		ensure!(
			lengths.is_empty() || AgendaCursor::<T>::get() <= agenda::next_minute(T::Time::now()),
			"block-trades 6: a minute is done that has not begun"
		);
		Ok(())
	}
}

fn is_plausible<AccountId: PartialEq>(record: &TradeRecord<AccountId>) -> bool {
	let terms = &record.agreement.terms;
	terms.seller != terms.buyer
		&& terms.price.0 > 0
		&& !terms.tonnes.is_zero()
		&& terms.settles_at.is_some() == record.agreement.security.is_some()
		&& terms
			.settles_at
			.is_none_or(|settles_at| terms.expires_at <= settles_at)
		&& record
			.agreement
			.security
			.is_none_or(|security| security.window > 0)
		&& match record.stage {
			Stage::Proposed => true,
			Stage::Agreed => terms.settles_at.is_some(),
			Stage::Window { ends_at } => terms.settles_at.is_some_and(|settles_at| settles_at < ends_at),
		}
}

/// The moment before which no block has anything to do with a trade.
fn due_at<AccountId>(record: &TradeRecord<AccountId>) -> Moment {
	let terms = &record.agreement.terms;
	match record.stage {
		Stage::Proposed => terms.expires_at,
		Stage::Agreed => terms.settles_at.unwrap_or_default(),
		Stage::Window { ends_at } => ends_at,
	}
}
