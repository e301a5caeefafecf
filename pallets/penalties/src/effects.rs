//! What happens when a penalty becomes final.

use crate::{pallet::*, types::*};
use carbon_calendar::DAY_MS;
use carbon_primitives::{Moment, RecordKind, RecordSubject};
use carbon_traits::{
	BanTrading, CutAllocation, Doer, Happening, Performance, RecordActivity, RecordPerformance,
};
use frame_support::{
	defensive,
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::Weight,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Make `record` final, and do what it says. It must not stand on the agenda.
	pub(crate) fn make_final(id: PenaltyId, mut record: PenaltyRecordOf<T>) {
		let today = T::Today::get();
		let mut not_banned = None;
		record.final_on = Some(today);
		record.status = Status::Enforced;
		match record.sanction {
			PenaltySanction::Warning | PenaltySanction::Publication => (),
			PenaltySanction::Fine(_) => {
				let due_on = Self::last_day(today, T::PaymentDays::get());
				record.status = Status::Due;
				record.due_on = Some(due_on);
				Self::schedule(id, &mut record, due_on);
			}
			PenaltySanction::AllocationCut(tonnes) => T::Cuts::cut_allocation(&record.account, tonnes),
			PenaltySanction::TradingBan { days } => not_banned = Self::ban(id, &mut record, days).err(),
		}
		Self::deposit_event(Event::BecameFinal {
			id,
			account: record.account.clone(),
			year: record.year,
			sanction: record.sanction,
			due_on: record.due_on,
			banned_until: record.banned_until,
		});
		if let Some(error) = not_banned {
			let account = record.account.clone();
			Self::deposit_event(Event::NotBanned { id, account, error });
		}
		if record.publish || record.sanction == PenaltySanction::Publication {
			Self::publish(id, &mut record);
		}
		Self::tell(id, &record);
		Penalties::<T>::insert(id, record);
	}

	/// Keep the account from trading, for `days` from now on.
	fn ban(id: PenaltyId, record: &mut PenaltyRecordOf<T>, days: u32) -> Result<(), DispatchError> {
		// Neither can overflow: a ban has at most so many days, and a moment is far from the last one.
		let ends_at = T::Time::now().saturating_add(Moment::from(days).saturating_mul(DAY_MS));
		let banned = with_storage_layer(|| T::Bans::ban_trading(&record.account, Some(ends_at)));
		if banned.is_err() {
			Self::forget_ban(id, &record.account);
			return banned;
		}
		record.banned_until = Some(ends_at);
		Bans::<T>::mutate(&record.account, |bans| {
			match bans.iter_mut().find(|ban| ban.id == id) {
				Some(ban) => ban.ends_at = Some(ends_at),
				None => {
					defensive!("a ban is not listed");
				}
			}
		});
		Ok(())
	}

	/// Leave the ban `id` out of the list of its account. Returns until when another one holds.
	pub(crate) fn forget_ban(id: PenaltyId, account: &T::AccountId) -> Option<Moment> {
		let mut bans = Bans::<T>::get(account);
		bans.retain(|ban| ban.id != id);
		let longest = bans.iter().filter_map(|ban| ban.ends_at).max();
		if bans.is_empty() {
			Bans::<T>::remove(account);
		} else {
			Bans::<T>::insert(account, bans);
		}
		longest
	}

	fn publish(id: PenaltyId, record: &mut PenaltyRecordOf<T>) {
		let number = NextDisclosure::<T>::get();
		// A penalty is published once at most, and their numbers have not overflowed.
		NextDisclosure::<T>::put(number.saturating_add(1));
		Disclosures::<T>::insert(number, id);
		record.disclosure = Some(number);
		Self::deposit_event(Event::Published {
			number,
			id,
			account: record.account.clone(),
		});
	}

	/// Count the penalty, and record it in the provenance graph.
	fn tell(id: PenaltyId, record: &PenaltyRecordOf<T>) {
		let (year, kind) = (record.year, record.sanction.kind());
		T::Performance::record(&record.account, Performance::Penalised { year, kind });
		let by = match record.source {
			Source::Act => Doer::Regulator,
			Source::Shortfall | Source::Default => Doer::Chain,
		};
		T::Provenance::record(Happening {
			kind: RecordKind::Penalty,
			by,
			owner: Some(&record.account),
			subject: RecordSubject::Penalty(id.0),
			digest: record.evidence,
			uses: &[],
			supersedes: false,
		});
	}

	/// What those cost at most that learn that a penalty is final.
	pub(crate) fn weight_of_effects() -> Weight {
		T::Bans::weight_of_ban()
			.max(T::Cuts::weight_of_cut())
			.saturating_add(T::Performance::weight_of_record())
			.saturating_add(T::Provenance::weight_of_record())
	}
}
