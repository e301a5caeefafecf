#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod agenda;
mod annulment;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod effects;
mod impl_sanction;
#[cfg(test)]
mod mock;
mod objections;
mod payments;
mod proposals;
mod queries;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use payments::DEBTS_PER_PAYMENT_MAX;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use carbon_calendar::{Calendar, Day};
	use carbon_primitives::{Balance, Digest, Moment, Tonnes, Vintage};
	use carbon_traits::{
		BanTrading, CutAllocation, EnsureParticipant, InspectPeriods, OnTradingLimits, RecordActivity,
		RecordPerformance,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Time},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls and of what a block does.
		type WeightInfo: WeightInfo;

		/// Who imposes, decides, waives and annuls.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells whom a penalty may concern.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// The settlement token, in fen.
		type Money: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// To whom fines are paid.
		type Treasury: Get<Self::AccountId>;

		/// The calendar whose working days windows are counted in.
		type Calendar: Get<Calendar>;

		/// The current day of that calendar.
		type Today: Get<Day>;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// Tells which compliance period is the newest.
		type Periods: InspectPeriods;

		/// Keeps accounts from trading.
		type Bans: BanTrading<Self::AccountId>;

		/// Cuts what an entity is allocated next.
		type Cuts: CutAllocation<Self::AccountId>;

		/// Counts penalties for the credit of an account.
		type Performance: RecordPerformance<Self::AccountId>;

		/// Records penalties in the provenance graph.
		type Provenance: RecordActivity<Self::AccountId>;

		/// Learns who may buy and who may not.
		type OnLimits: OnTradingLimits<Self::AccountId>;

		/// Working days for an objection. May be a parameter that changes.
		type ObjectionDays: Get<u32>;

		/// Working days for the decision about an objection. May be a parameter that changes.
		type DecisionDays: Get<u32>;

		/// Working days from the day on which a fine is final to the one on which the chain takes it. May be a parameter that
		/// changes.
		type PaymentDays: Get<u32>;

		/// The fine for a trade that was not performed, in basis points of its value; zero for a warning. May be a parameter that
		/// changes.
		type DefaultFineBps: Get<u32>;

		/// Makes accounts and the time fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: PenaltiesBenchmarkHelper<Self::AccountId>;
	}

	/// The record of a penalty on the chain that `T` configures.
	pub type PenaltyRecordOf<T> = PenaltyRecord<<T as frame_system::Config>::AccountId>;
	/// A penalty on the chain that `T` configures, as queries show it.
	pub type PenaltyViewOf<T> = PenaltyView<<T as frame_system::Config>::AccountId>;
	/// What is published on the chain that `T` configures.
	pub type DisclosureOf<T> = Disclosure<<T as frame_system::Config>::AccountId>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// All penalties, by number. Written by every call and by what a block does; nothing is ever removed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Penalties<T: Config> = StorageMap<_, Twox64Concat, PenaltyId, PenaltyRecordOf<T>, OptionQuery>;

	/// Number of the next penalty. Written with each one that is proposed.
	#[pallet::storage]
	pub type NextPenalty<T: Config> = StorageValue<_, PenaltyId, ValueQuery>;

	/// The newest penalty of each account; the others hang on it as a chain. Written with each one that is proposed.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type OfAccount<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, PenaltyId, OptionQuery>;

	/// What is published, in its order. Written when a penalty becomes final; nothing is ever removed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Disclosures<T: Config> = StorageMap<_, Twox64Concat, u64, PenaltyId, OptionQuery>;

	/// Number of the next entry of what is published. Written as `Disclosures` is.
	#[pallet::storage]
	pub type NextDisclosure<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// What each account owes in all, in fen; accounts that owe nothing are not listed. Written by what a block does on the day on
	/// which a fine is due, and by `pay`, `pay_debt`, `waive` and `annul`.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Debts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// What each account owes for each penalty, in fen, the oldest first. Written as `Debts` is.
	// Blake2_128Concat: participants choose their accounts. Identity: the second key is a counter, and its order is that of
	// payment.
	#[pallet::storage]
	pub type Owing<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, SortedId, Balance, OptionQuery>;

	/// The bans of each account that have not ended, those that are not final included. Written when a ban is proposed, becomes
	/// final or is annulled; what has ended is removed when the next ban of the account is proposed.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Bans<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, BoundedVec<Ban, ConstU32<BANS_MAX>>, ValueQuery>;

	/// The agenda: the penalties with which something happens by itself, by the day on which it does, the oldest first. Written
	/// whenever such a day becomes known or no longer matters.
	// Twox64Concat: days are few. Identity: the second key is a counter, and the oldest penalty of a day comes first.
	#[pallet::storage]
	pub type Agenda<T: Config> = StorageDoubleMap<_, Twox64Concat, Day, Identity, SortedId, (), OptionQuery>;

	/// The first day of the agenda that is not done; none before the first penalty. Written by what a block does, and by the
	/// first penalty.
	#[pallet::storage]
	pub type AgendaCursor<T: Config> = StorageValue<_, Day, OptionQuery>;

	/// What has become of penalties. Amounts are in fen.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A penalty was proposed. Whoever it concerns may object.
		Proposed {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is to be penalised.
			account: T::AccountId,
			/// The year that it will be counted in.
			year: Vintage,
			/// Which rule was broken.
			basis: Basis,
			/// What it would consist of.
			sanction: PenaltySanction,
			/// Who proposed it.
			source: Source,
			/// Digest of the evidence.
			evidence: Digest,
			/// Whether it will be published once it is final.
			publish: bool,
			/// The last day for an objection.
			object_until: Day,
		},
		/// Whoever is to be penalised has objected.
		Objected {
			/// Number of the penalty.
			id: PenaltyId,
			/// Digest of the objection.
			digest: Digest,
			/// The last day for the decision.
			decide_until: Day,
		},
		/// An objection was decided about. Where it was upheld, the penalty is annulled.
		ObjectionResolved {
			/// Number of the penalty.
			id: PenaltyId,
			/// What was decided.
			decision: Decision,
			/// Digest of the reason.
			reason: Digest,
			/// Whether the last day for the decision was over.
			late: bool,
		},
		/// A penalty is final. It is counted for the credit of the account.
		BecameFinal {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is penalised.
			account: T::AccountId,
			/// The year that it is counted in.
			year: Vintage,
			/// What it consists of.
			sanction: PenaltySanction,
			/// The day on which the chain takes the fine, where it is one.
			due_on: Option<Day>,
			/// Until when the account is banned, where it is a ban, in milliseconds since the Unix epoch.
			banned_until: Option<Moment>,
		},
		/// A penalty was published.
		Published {
			/// Number of the entry in the list.
			number: u64,
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is penalised.
			account: T::AccountId,
		},
		/// A ban that is final could not be imposed.
		NotBanned {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who would have been banned.
			account: T::AccountId,
			/// Why it was not.
			error: DispatchError,
		},
		/// A fine was due, and the chain has taken what was free.
		Collected {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is penalised.
			account: T::AccountId,
			/// What went to the treasury.
			taken: Balance,
			/// What it owes of this fine from now on.
			owed: Balance,
		},
		/// Something was paid of a fine.
		FinePaid {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is penalised.
			account: T::AccountId,
			/// Who has paid.
			payer: T::AccountId,
			/// What went to the treasury.
			amount: Balance,
			/// What is still to be paid of this fine.
			left: Balance,
		},
		/// An account owes another sum than before. It may not buy while it owes something.
		DebtChanged {
			/// The account.
			account: T::AccountId,
			/// What it has owed.
			old_value: Balance,
			/// What it owes from now on.
			new_value: Balance,
		},
		/// The rest of a fine need not be paid.
		Waived {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who is penalised.
			account: T::AccountId,
			/// What need not be paid.
			amount: Balance,
			/// Digest of the reason.
			reason: Digest,
		},
		/// The regulator has annulled a penalty.
		Annulled {
			/// Number of the penalty.
			id: PenaltyId,
			/// Who was penalised, or was to be.
			account: T::AccountId,
			/// Whether it was final, so that it has been counted until now.
			was_final: bool,
			/// What was given back of the fine.
			refunded: Balance,
			/// What need no longer be paid.
			released: Balance,
			/// How many tonnes of its cut are not withheld after all.
			restored: Tonnes,
			/// Digest of the reason.
			reason: Digest,
		},
		/// The rules demand a penalty, but all numbers are used up. The regulator has to act outside of the chain.
		NotRecorded {
			/// Who should have been penalised.
			account: T::AccountId,
			/// For which year.
			year: Vintage,
			/// For what.
			source: Source,
			/// What it would have consisted of.
			sanction: PenaltySanction,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// No penalty has this number. Look up the numbers of an account's penalties.
		PenaltyNotFound,
		/// The basis is empty, or no UTF-8 text. Name the rule that was broken.
		InvalidBasis,
		/// The year's compliance period has not been opened. Give an earlier one.
		YearNotOpened,
		/// The sanction takes nothing. Give an amount, tonnes or days above zero, or propose a warning.
		SanctionEmpty,
		/// The fine is larger than any may be. Check the formula.
		FineTooLarge,
		/// The ban is longer than any may be. Give fewer days.
		BanTooLong,
		/// The account has as many bans that have not ended as it may have. Wait until one has ended, or annul one.
		TooManyBans,
		/// All numbers of penalties are used up. That needs a new runtime.
		NumbersUsedUp,
		/// The caller is not whom the penalty concerns. Only that account objects.
		NotPenalised,
		/// The last day for an objection is over.
		ObjectionLate,
		/// An objection waits already. Wait for the decision.
		ObjectionPending,
		/// The penalty is final or annulled, so that neither an objection nor the end of the window changes anything.
		NotProposed,
		/// No objection to this penalty waits for a decision.
		ObjectionNotFound,
		/// What the sanction is to be reduced to is of another kind or not smaller. Reject the objection, or give less.
		NotSmaller,
		/// The last day for an objection is not over. Wait for the day after it.
		WindowOpen,
		/// Nothing is to be paid: it is no fine that is final, or that was paid, waived or annulled.
		NothingDue,
		/// The account owes nothing. Fines that are not yet due are paid with `pay`.
		NoDebt,
		/// The amount is zero. Give one fen or more.
		AmountZero,
		/// The treasury has too little to give back what was paid. Let money be moved there first.
		TreasuryShort,
		/// The penalty is annulled already.
		AlreadyAnnulled,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::work_through_agenda(meter);
		}

		fn integrity_test() {
			// Not in a whole block, which also has to hold what comes before the agenda.
			assert!(
				Self::weight_of_progress()
					.all_lte(T::BlockWeights::get().max_block / agenda::PARTS_OF_A_BLOCK),
				"a tenth of a block must have room for any entry of the agenda"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Propose a penalty for `account`, to be counted in `year`.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `basis` names the rule that was broken, `evidence` is the digest of what proves it. With `publish` the penalty is
		/// published once it is final, which a publication always is. Whoever it concerns may object from now on; where nobody does,
		/// the penalty becomes final on the day after the last one for it.
		///
		/// ## Errors
		/// - An account that was never admitted: the error of the pallet participants.
		/// - [`Error::InvalidBasis`], [`Error::YearNotOpened`].
		/// - [`Error::SanctionEmpty`], [`Error::FineTooLarge`], [`Error::BanTooLong`], [`Error::TooManyBans`].
		/// - [`Error::NumbersUsedUp`].
		///
		/// ## Events
		/// - [`Event::Proposed`].
		#[pallet::call_index(0)]
		pub fn propose(
			origin: OriginFor<T>,
			account: T::AccountId,
			year: Vintage,
			basis: Basis,
			sanction: PenaltySanction,
			evidence: Digest,
			publish: bool,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_propose(account, year, basis, sanction, evidence, publish)
		}

		/// Object to a penalty that is not final.
		///
		/// ## Dispatch Origin
		/// Signed by whom it concerns, whatever has become of its rights.
		///
		/// ## Details
		/// `digest` is that of the objection, which goes to the regulator outside of the chain. The penalty waits for the decision.
		/// The day of the proposal does not count towards the window, its last day does.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::NotPenalised`], [`Error::ObjectionPending`], [`Error::NotProposed`],
		///   [`Error::ObjectionLate`].
		///
		/// ## Events
		/// - [`Event::Objected`].
		#[pallet::call_index(1)]
		pub fn object(origin: OriginFor<T>, id: PenaltyId, digest: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_object(who, id, digest)
		}

		/// Decide about an objection.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Upheld, there is no penalty. Rejected or reduced, it is final at once. A decision after its last day counts all the same;
		/// the event tells that it is late.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::ObjectionNotFound`].
		/// - [`Error::NotSmaller`], [`Error::SanctionEmpty`], [`Error::FineTooLarge`], [`Error::BanTooLong`].
		///
		/// ## Events
		/// - [`Event::ObjectionResolved`]; then, unless it was upheld, [`Event::BecameFinal`], and [`Event::Published`] where it is
		///   published; [`Event::NotBanned`] where a ban could not be imposed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::decide().saturating_add(Pallet::<T>::weight_of_effects()))]
		pub fn decide(
			origin: OriginFor<T>,
			id: PenaltyId,
			decision: Decision,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_decide(id, decision, reason)
		}

		/// Pay what is still to be paid of a fine that is final.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays from the own account: the penalised, or another one for it.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::NothingDue`].
		/// - The caller has too little that is free: the error of the settlement token.
		///
		/// ## Events
		/// - [`Event::FinePaid`], and [`Event::DebtChanged`] where it was a debt.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::pay().saturating_add(T::OnLimits::weight_of_limits_changed()))]
		pub fn pay(origin: OriginFor<T>, id: PenaltyId) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_pay(payer, id)
		}

		/// Pay up to `amount` fen of what `account` owes, the oldest fine first.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays from the own account: the debtor, or another one for it.
		///
		/// ## Details
		/// Pays towards at most [`DEBTS_PER_PAYMENT_MAX`] fines; where the account owes more of them, call it again. Nothing is taken
		/// beyond what is owed.
		///
		/// ## Errors
		/// - [`Error::AmountZero`], [`Error::NoDebt`].
		/// - The caller has too little that is free: the error of the settlement token.
		///
		/// ## Events
		/// - [`Event::FinePaid`] for each of these fines, [`Event::DebtChanged`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::pay_debt().saturating_add(T::OnLimits::weight_of_limits_changed()))]
		pub fn pay_debt(
			origin: OriginFor<T>,
			account: T::AccountId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_pay_debt(payer, account, amount)
		}

		/// Let the account off what is still to be paid of a fine.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What was paid stays paid, and the penalty stays counted.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::NothingDue`].
		///
		/// ## Events
		/// - [`Event::Waived`], and [`Event::DebtChanged`] where it was a debt.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::waive().saturating_add(T::OnLimits::weight_of_limits_changed()))]
		pub fn waive(origin: OriginFor<T>, id: PenaltyId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_waive(id, reason)
		}

		/// Annul a penalty, whether it is final or not.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Where it was final it is no longer counted: what was paid goes back from the treasury to the penalised, whoever has paid it;
		/// what was not need not be paid; a ban ends, unless another one holds; a cut ends as far as nothing has been withheld. An
		/// entry in the list of what is published stays, and shows that the penalty is annulled.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::AlreadyAnnulled`], [`Error::TreasuryShort`].
		/// - The penalised cannot be given back what was paid: the error of the settlement token. A ban cannot be lifted: the error
		///   of whoever keeps accounts from trading.
		///
		/// ## Events
		/// - [`Event::Annulled`], and [`Event::DebtChanged`] where it was a debt.
		#[pallet::call_index(6)]
		#[pallet::weight(Pallet::<T>::weight_of_annul())]
		pub fn annul(origin: OriginFor<T>, id: PenaltyId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_annul(id, reason)
		}

		/// Make a penalty final to which nobody has objected.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Details
		/// The chain does the same by itself; this call is for whoever does not want to wait for its turn.
		///
		/// ## Errors
		/// - [`Error::PenaltyNotFound`], [`Error::NotProposed`], [`Error::ObjectionPending`], [`Error::WindowOpen`].
		///
		/// ## Events
		/// - [`Event::BecameFinal`], and [`Event::Published`] where it is published; [`Event::NotBanned`] where a ban could not be
		///   imposed.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::finalise().saturating_add(Pallet::<T>::weight_of_effects()))]
		pub fn finalise(origin: OriginFor<T>, id: PenaltyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_finalise(id)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A penalty.
		pub fn penalty(id: PenaltyId) -> Option<PenaltyViewOf<T>> {
			Penalties::<T>::get(id).map(|record| Self::view_of(id, record))
		}

		/// The penalties of `who` before the penalty `before`, or its newest ones, newest first; at most 100.
		pub fn penalties_of(
			who: T::AccountId,
			before: Option<PenaltyId>,
			count: u32,
		) -> Vec<PenaltyViewOf<T>> {
			Self::penalties_of_account(&who, before, count)
		}

		/// The penalties from number `from` on, oldest first; at most 100.
		pub fn penalties(from: PenaltyId, count: u32) -> Vec<PenaltyViewOf<T>> {
			Self::penalties_from(from, count)
		}

		/// What is published, from entry `from` on, oldest first; at most 100.
		pub fn disclosures(from: u64, count: u32) -> Vec<DisclosureOf<T>> {
			Self::disclosures_from(from, count)
		}

		/// What `who` owes, in fen. Fines that are not yet due do not count.
		pub fn debt_of(who: T::AccountId) -> Balance {
			Debts::<T>::get(who)
		}
	}
}
