#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

mod impls;
mod types;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::{IssuanceRecord, ReceiptRecordOf, WeightInfo};
	use carbon_primitives::{Balance, Digest};
	use carbon_traits::EnsureParticipant;
	use core::marker::PhantomData;
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{hold, Inspect, Mutate},
	};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who may move tokens without their holder, to enforce what is owed.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The settlement token. Nothing but this pallet may make or destroy it.
		type Money: Mutate<Self::AccountId, Balance = Balance>
			+ hold::Mutate<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>;

		/// Tells who is admitted, who is the settlement bank, who was admitted once, and who may take its property back or be paid.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// The runtime's reason of a hold.
		type RuntimeHoldReason: From<HoldReason>;

		/// Makes accounts fit to act in the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: carbon_traits::ParticipantBenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The receipts that have been used, by their digest. Written by `mint` and `redeem`; a record is never changed or
	/// removed.
	// Blake2_128Concat: the bank chooses the digest, and need not have hashed anything to get it.
	#[pallet::storage]
	pub type Receipts<T: Config> = StorageMap<_, Blake2_128Concat, Digest, ReceiptRecordOf<T>, OptionQuery>;

	/// How much of the token there was at genesis and how much was minted and redeemed since, in fen. Written by the
	/// genesis build, `mint` and `redeem`.
	#[pallet::storage]
	pub type Issuance<T: Config> = StorageValue<_, IssuanceRecord, ValueQuery>;

	/// Nothing to configure: the pallet notes the tokens that exist at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Issuance::<T>::put(IssuanceRecord::at_genesis(T::Money::total_issuance()));
		}
	}

	/// What has happened to the settlement token. Amounts are in fen.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The settlement bank made tokens.
		Minted {
			/// The settlement bank.
			bank: T::AccountId,
			/// Who got the tokens.
			to: T::AccountId,
			/// How many.
			amount: Balance,
			/// Digest of the receipt of the transfer that came in.
			receipt: Digest,
		},
		/// A participant put tokens on hold to be paid out.
		RedemptionRequested {
			/// The participant.
			who: T::AccountId,
			/// How many tokens were added to its redemption.
			amount: Balance,
		},
		/// A holder took tokens back from its redemption.
		RedemptionWithdrawn {
			/// The holder.
			who: T::AccountId,
			/// How many tokens it can spend again.
			amount: Balance,
		},
		/// The settlement bank destroyed tokens of a redemption.
		Redeemed {
			/// The settlement bank.
			bank: T::AccountId,
			/// Whose redemption it was.
			from: T::AccountId,
			/// How many tokens were destroyed.
			amount: Balance,
			/// Digest of the receipt of the transfer that pays them out.
			receipt: Digest,
		},
		/// The regulator moved tokens that an account held freely.
		ForcedTransfer {
			/// Whose tokens they were.
			from: T::AccountId,
			/// Who got them.
			to: T::AccountId,
			/// How many.
			amount: Balance,
		},
		/// The regulator took tokens back from a redemption: their holder has them freely again.
		ForcedRelease {
			/// Whose redemption it was.
			from: T::AccountId,
			/// How many tokens are free again.
			amount: Balance,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The amount is zero. Give one fen or more.
		AmountZero,
		/// The receipt's digest was used before, for a mint or a redemption. Each transfer of the bank has a receipt
		/// of its own.
		ReceiptUsed,
		/// The account has put less than this amount on hold for redemption. Look up its holds and give at most that
		/// much.
		RedemptionExceeded,
		/// The account holds fewer tokens freely, one fen apart that stays. What it has put on hold for redemption becomes
		/// free by `force_release`; what is on its trading account comes back by the market's `force_withdraw`.
		FreeBalanceExceeded,
		/// Tokens are to be moved to the account that they are on. Name another one.
		SameAccount,
	}

	/// Why this pallet holds an account's tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// To be paid out by the settlement bank.
		#[codec(index = 0)]
		Redemption,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Make `amount` fen for a participant against the receipt of a bank transfer that came in.
		///
		/// ## Dispatch Origin
		/// Signed by the settlement bank.
		///
		/// ## Details
		/// `to` must be admitted and not suspended. `receipt` is the BLAKE2b-256 digest of the bank's receipt; it works
		/// once, for one mint or one redemption.
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to mint.
		/// - [`Error::ReceiptUsed`]: the receipt stands for an earlier mint or redemption.
		/// - The caller lacks the role settlement bank, or `to` is not admitted: the error of the pallet participants.
		/// - `Arithmetic::Overflow`: more tokens than the chain can count.
		///
		/// ## Events
		/// - [`Event::Minted`].
		#[pallet::call_index(0)]
		pub fn mint(
			origin: OriginFor<T>,
			to: T::AccountId,
			#[pallet::compact] amount: Balance,
			receipt: Digest,
		) -> DispatchResult {
			let bank = Self::ensure_bank(origin)?;
			Self::do_mint(bank, to, amount, receipt)
		}

		/// Put `amount` fen of the caller on hold, for the settlement bank to pay out in yuan.
		///
		/// ## Dispatch Origin
		/// Signed by an admitted participant.
		///
		/// ## Details
		/// Adds to what the caller has put on hold for redemption before. Until the bank has redeemed it, the caller can
		/// take it back. One fen stays free, also where the account holds allowances, unless something else provides for
		/// the account (a *provider* reference).
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to put on hold.
		/// - The caller is not admitted: the error of the pallet participants.
		/// - `Token::FundsUnavailable`: the caller cannot spend that much.
		///
		/// ## Events
		/// - [`Event::RedemptionRequested`].
		#[pallet::call_index(1)]
		pub fn request_redemption(
			origin: OriginFor<T>,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_request_redemption(who, amount)
		}

		/// Take `amount` fen back that the caller had put on hold for redemption and that the bank has not redeemed.
		///
		/// ## Dispatch Origin
		/// Signed by the holder, also when it is suspended, expelled or halted: its own tokens only become spendable again. Not
		/// when the black list closes everything to it.
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to take back.
		/// - [`Error::RedemptionExceeded`]: the caller has put less than that on hold.
		/// - The caller may not take its property back: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::RedemptionWithdrawn`].
		#[pallet::call_index(2)]
		pub fn withdraw_redemption(
			origin: OriginFor<T>,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_redemption(who, amount)
		}

		/// Destroy `amount` fen that `from` has put on hold for redemption, against the receipt of the bank transfer that
		/// pays it out.
		///
		/// ## Dispatch Origin
		/// Signed by the settlement bank.
		///
		/// ## Details
		/// A redemption may be redeemed in parts, each with its own receipt. `from` may have been suspended or expelled since it
		/// asked, but is neither halted nor black-listed now, also where it asked before. The bank releases its transfer once
		/// this call is final.
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to redeem.
		/// - [`Error::ReceiptUsed`]: the receipt stands for an earlier mint or redemption.
		/// - [`Error::RedemptionExceeded`]: `from` has put less than that on hold.
		/// - The caller lacks the role settlement bank, or `from` may not be paid: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::Redeemed`].
		#[pallet::call_index(3)]
		pub fn redeem(
			origin: OriginFor<T>,
			from: T::AccountId,
			#[pallet::compact] amount: Balance,
			receipt: Digest,
		) -> DispatchResult {
			let bank = Self::ensure_bank(origin)?;
			Self::do_redeem(bank, from, amount, receipt)
		}

		/// Move `amount` fen that `from` holds freely to `to`.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// For what is owed and not paid. `from` must have been admitted once, whatever has become of it since, so that no
		/// pallet's account is touched; `to` must be admitted. One fen stays with `from`, so that its account lives on and
		/// nothing that it has signed before can be sent again.
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to move.
		/// - [`Error::SameAccount`]: the two accounts are one.
		/// - [`Error::FreeBalanceExceeded`]: `from` holds less than that freely.
		/// - `from` was never admitted, or `to` is not: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::ForcedTransfer`].
		#[pallet::call_index(4)]
		pub fn force_transfer(
			origin: OriginFor<T>,
			from: T::AccountId,
			to: T::AccountId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_force_transfer(from, to, amount)
		}

		/// Take `amount` fen back that `from` has put on hold for redemption: they become free.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// So that who owes something cannot keep money out of reach by asking for its redemption.
		///
		/// ## Errors
		/// - [`Error::AmountZero`]: there is nothing to take back.
		/// - [`Error::RedemptionExceeded`]: `from` has put less than that on hold.
		/// - `from` was never admitted: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::ForcedRelease`].
		#[pallet::call_index(5)]
		pub fn force_release(
			origin: OriginFor<T>,
			from: T::AccountId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_force_release(from, amount)
		}
	}
}
