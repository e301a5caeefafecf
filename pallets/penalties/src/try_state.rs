//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{pallet::*, types::*};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Time};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every entry can be read.
	/// 2. Every number below the next one has a penalty, and no other number has.
	/// 3. A penalty's fields fit its status: what it consists of can be, nothing is paid beyond the fine, and dates, objection,
	///    debt and refund are there if and only if the status says so.
	/// 4. The penalties of an account form one chain, from its newest one to its first, and older ones have smaller numbers.
	/// 5. What is published is a list without holes; every entry is a penalty that knows its entry, and all that became final and were to
	///    be published are there.
	/// 6. An account owes for each penalty what is to be paid of it where it is a debt, and in all the sum; whoever owes nothing is
	///    not listed.
	/// 7. What waits for a day stands on the agenda under the day that it knows, not before that day, and nothing else does; no day is
	///    passed by on which something stands.
	/// 8. The bans that have a place in an account's list are penalties of that account with that end, each once, and every ban is there
	///    that is not final or has not ended.
	///
	/// That the treasury has received what was paid is checked where all of its income is known.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_numbers()?;
		Self::check_records()?;
		Self::check_chains()?;
		Self::check_disclosures()?;
		Self::check_debts()?;
		Self::check_agenda()?;
		Self::check_bans()
	}

	/// An entry that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Penalties::<T>::iter_keys().count() == Penalties::<T>::iter().count()
			&& OfAccount::<T>::iter_keys().count() == OfAccount::<T>::iter().count()
			&& Disclosures::<T>::iter_keys().count() == Disclosures::<T>::iter().count()
			&& Debts::<T>::iter_keys().count() == Debts::<T>::iter().count()
			&& Owing::<T>::iter_keys().count() == Owing::<T>::iter().count()
			&& Bans::<T>::iter_keys().count() == Bans::<T>::iter().count()
			&& Agenda::<T>::iter_keys().count() == Agenda::<T>::iter().count();
		ensure!(readable, "penalties 1: an entry cannot be read");
		Ok(())
	}

	fn check_numbers() -> Result<(), TryRuntimeError> {
		let next = NextPenalty::<T>::get();
		ensure!(
			Penalties::<T>::iter_keys().all(|id| id < next),
			"penalties 2: a penalty's number has not been given out"
		);
		ensure!(
			Penalties::<T>::iter_keys().count() as u64 == next.0,
			"penalties 2: a penalty is missing"
		);
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		for record in Penalties::<T>::iter_values() {
			ensure!(
				record.sanction.check().is_ok() && record.proposed_on <= record.object_until,
				"penalties 3: a penalty cannot be"
			);
			ensure!(
				has_fitting_dates(&record),
				"penalties 3: what has happened to a penalty does not fit its status"
			);
			ensure!(
				has_fitting_money(&record),
				"penalties 3: what was paid of a fine does not fit its status"
			);
		}
		Ok(())
	}

	fn check_chains() -> Result<(), TryRuntimeError> {
		let mut linked = 0;
		for (account, newest) in OfAccount::<T>::iter() {
			let mut next = Some(newest);
			while let Some(id) = next {
				let record = Penalties::<T>::get(id).filter(|record| record.account == account);
				let Some(record) = record else {
					return Err("penalties 4: a link leads to no penalty of the account".into());
				};
				ensure!(
					record.previous.is_none_or(|previous| previous < id),
					"penalties 4: a link leads to a newer penalty"
				);
				next = record.previous;
				linked += 1;
			}
		}
		ensure!(
			linked == Penalties::<T>::iter_keys().count(),
			"penalties 4: a penalty hangs on no chain, or on two"
		);
		Ok(())
	}

	fn check_disclosures() -> Result<(), TryRuntimeError> {
		let next = NextDisclosure::<T>::get();
		ensure!(
			Disclosures::<T>::iter_keys().all(|number| number < next)
				&& Disclosures::<T>::iter_keys().count() as u64 == next,
			"penalties 5: the list of what is published has holes"
		);
		for (number, id) in Disclosures::<T>::iter() {
			ensure!(
				Penalties::<T>::get(id).is_some_and(|record| record.disclosure == Some(number)),
				"penalties 5: an entry is of no penalty that knows it"
			);
		}
		for record in Penalties::<T>::iter_values() {
			let is_due = record.final_on.is_some()
				&& (record.publish || record.sanction == PenaltySanction::Publication);
			ensure!(
				is_due == record.disclosure.is_some() && record.disclosure.is_none_or(|number| number < next),
				"penalties 5: a penalty is published that should not be, or is not that should"
			);
		}
		Ok(())
	}

	fn check_debts() -> Result<(), TryRuntimeError> {
		let mut parts = 0;
		let mut sums = BTreeMap::new();
		for (id, record) in Penalties::<T>::iter().filter(|(_, record)| record.is_debt) {
			let owed = Owing::<T>::get(&record.account, SortedId::from(id));
			ensure!(
				owed == Some(record.outstanding()),
				"penalties 6: what is owed for a fine is not what is to be paid of it"
			);
			let sum = sums.entry(record.account.clone()).or_insert(0);
			*sum += record.outstanding();
			parts += 1;
		}
		ensure!(
			parts == Owing::<T>::iter_keys().count(),
			"penalties 6: something is owed for a penalty that is no debt"
		);
		ensure!(
			sums == Debts::<T>::iter().collect::<BTreeMap<_, _>>(),
			"penalties 6: what an account owes is not the sum"
		);
		Ok(())
	}

	fn check_agenda() -> Result<(), TryRuntimeError> {
		let entries: BTreeSet<_> = Agenda::<T>::iter_keys()
			.map(|(day, id)| (day, PenaltyId::from(id)))
			.collect();
		let mut expected = BTreeSet::new();
		for (id, record) in Penalties::<T>::iter() {
			let due = due_day(&record);
			ensure!(
				record.agenda.is_some() == due.is_some() && record.agenda >= due,
				"penalties 7: a penalty waits for nothing, or would be looked at too early"
			);
			expected.extend(record.agenda.map(|day| (day, id)));
		}
		ensure!(
			entries == expected,
			"penalties 7: a penalty does not stand on the day that it knows"
		);
		ensure!(
			entries
				.first()
				.is_none_or(|(day, _)| AgendaCursor::<T>::get().is_some_and(|cursor| cursor <= *day)),
			"penalties 7: a penalty stands where no block looks any more"
		);
		Ok(())
	}

	fn check_bans() -> Result<(), TryRuntimeError> {
		let mut listed = BTreeSet::new();
		for (account, bans) in Bans::<T>::iter() {
			ensure!(!bans.is_empty(), "penalties 8: a list of bans is empty");
			for ban in bans {
				let record = Penalties::<T>::get(ban.id);
				ensure!(
					record.is_some_and(|record| record.account == account
						&& record.banned_until == ban.ends_at
						&& matches!(record.sanction, PenaltySanction::TradingBan { .. })),
					"penalties 8: what is listed as a ban is none"
				);
				ensure!(listed.insert(ban.id), "penalties 8: a ban is listed twice");
			}
		}
		let now = T::Time::now();
		for (id, record) in Penalties::<T>::iter() {
			let is_open = matches!(record.sanction, PenaltySanction::TradingBan { .. })
				&& matches!(record.status, Status::Proposed | Status::Objected);
			let holds = record.banned_until.is_some_and(|ends_at| now < ends_at);
			ensure!(
				!(is_open || holds) || listed.contains(&id),
				"penalties 8: a ban is not listed that is not final or has not ended"
			);
		}
		ensure!(
			listed
				.iter()
				.all(|id| Penalties::<T>::get(id).is_some_and(|record| may_be_listed(&record))),
			"penalties 8: a ban is listed that was annulled or could not be imposed"
		);
		Ok(())
	}
}

/// Whether a ban has a place in its account's list: while it is not final, and from then on where it was imposed.
const fn may_be_listed<AccountId>(record: &PenaltyRecord<AccountId>) -> bool {
	matches!(record.status, Status::Proposed | Status::Objected) || record.banned_until.is_some()
}

/// The day before which no block has anything to do with a penalty; none where it waits for nothing.
fn due_day<AccountId>(record: &PenaltyRecord<AccountId>) -> Option<carbon_calendar::Day> {
	match record.status {
		Status::Proposed => Some(record.object_until.next()),
		Status::Due if !record.is_debt => record.due_on,
		_ => None,
	}
}

fn has_fitting_dates<AccountId>(record: &PenaltyRecord<AccountId>) -> bool {
	let is_fine = matches!(record.sanction, PenaltySanction::Fine(_));
	let is_ban = matches!(record.sanction, PenaltySanction::TradingBan { .. });
	let fits = match record.status {
		Status::Proposed => record.objection.is_none() && record.final_on.is_none(),
		Status::Objected => record.objection.is_some() && record.final_on.is_none(),
		Status::Due | Status::Paid | Status::Waived => record.final_on.is_some() && is_fine,
		Status::Enforced => record.final_on.is_some() && !is_fine,
		// It may have been annulled at any time.
		Status::Annulled => true,
	};
	fits && record.objection.is_some() == record.decide_until.is_some()
		&& record.due_on.is_some() == (record.final_on.is_some() && is_fine)
		&& (record.banned_until.is_none() || (record.status == Status::Enforced && is_ban))
}

fn has_fitting_money<AccountId>(record: &PenaltyRecord<AccountId>) -> bool {
	let fine = record.sanction.fine();
	let fits = match record.status {
		Status::Paid => record.paid == fine,
		Status::Due | Status::Waived => record.paid < fine,
		Status::Annulled => record.paid <= fine,
		Status::Proposed | Status::Objected | Status::Enforced => record.paid == 0,
	};
	let refunded = if record.status == Status::Annulled {
		record.paid
	} else {
		0
	};
	fits && record.refunded == refunded
		&& (!record.is_debt || record.status == Status::Due)
		// What is paid in part was collected in part.
		&& (record.status != Status::Due || record.is_debt || record.paid == 0)
}
