//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use carbon_calendar::Day;
use carbon_primitives::{Balance, Digest, Moment, PenaltyKind, Price, Tonnes, Vintage};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Largest fine, in fen. It fits 64 bits, so that no sum of fines of all penalties that have numbers exceeds 128 bits.
pub const FINE_MAX: Balance = u64::MAX as Balance;

/// The longest ban, in days: ten years.
pub const BAN_DAYS_MAX: u32 = 3_660;

/// Longest reference to a rule, in bytes.
pub const BASIS_MAX: u32 = 128;

/// Most bans of one account that have not ended, those that are not final included.
pub const BANS_MAX: u32 = 16;

/// The whole of a value, in basis points.
pub const BPS: u32 = 10_000;

/// Number of a penalty. It is given once.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct PenaltyId(pub u64);

/// Which rule was broken, as text.
pub type Basis = BoundedVec<u8, ConstU32<BASIS_MAX>>;

/// How large a fine is.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum FineAmount {
	/// An amount that the rule names.
	#[codec(index = 0)]
	Fixed {
		/// The amount, in fen.
		#[codec(compact)]
		amount: Balance,
	},
	/// A multiple of an amount, such as of an illegal gain.
	#[codec(index = 1)]
	Multiple {
		/// The amount, in fen.
		#[codec(compact)]
		base: Balance,
		/// How many times, in thousandths.
		#[codec(compact)]
		times_milli: u32,
	},
	/// A multiple of the value of tonnes.
	#[codec(index = 2)]
	PerTonne {
		/// How many tonnes.
		#[codec(compact)]
		tonnes: Tonnes,
		/// Price of one of them, in fen.
		#[codec(compact)]
		price: Price,
		/// How many times, in thousandths.
		#[codec(compact)]
		times_milli: u32,
	},
}

impl FineAmount {
	/// The amount in fen, rounded down; none where it is above [`FINE_MAX`].
	pub fn amount(&self) -> Option<Balance> {
		let amount = match *self {
			Self::Fixed { amount } => amount,
			Self::Multiple { base, times_milli } => times(base, times_milli)?,
			Self::PerTonne {
				tonnes,
				price,
				times_milli,
			} => times(price.value_of(tonnes), times_milli)?,
		};
		(amount <= FINE_MAX).then_some(amount)
	}
}

/// `base` times `times_milli` thousandths, rounded down; none where the product does not fit 128 bits.
fn times(base: Balance, times_milli: u32) -> Option<Balance> {
	base.checked_mul(times_milli.into())
		.map(|product| product / 1_000)
}

/// What a penalty consists of.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum PenaltySanction {
	/// A reprimand.
	#[codec(index = 0)]
	Warning,
	/// The penalty is published.
	#[codec(index = 1)]
	Publication,
	/// Money to the treasury.
	#[codec(index = 2)]
	Fine(FineAmount),
	/// So many tonnes less at the next allocation.
	#[codec(index = 3)]
	AllocationCut(#[codec(compact)] Tonnes),
	/// No trading for a time.
	#[codec(index = 4)]
	TradingBan {
		/// How many days of 24 hours, from the moment on at which the penalty becomes final.
		#[codec(compact)]
		days: u32,
	},
}

/// Why a sanction cannot be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SanctionFault {
	/// It takes nothing.
	Empty,
	/// The fine is too large.
	FineTooLarge,
	/// The ban is too long.
	BanTooLong,
}

impl PenaltySanction {
	/// Which kind it is of.
	pub const fn kind(&self) -> PenaltyKind {
		match self {
			Self::Warning => PenaltyKind::Warning,
			Self::Publication => PenaltyKind::Publication,
			Self::Fine(_) => PenaltyKind::Fine,
			Self::AllocationCut(_) => PenaltyKind::AllocationCut,
			Self::TradingBan { .. } => PenaltyKind::TradingBan,
		}
	}

	/// The fine, in fen; zero where it is none, or where it is too large to be one.
	pub fn fine(&self) -> Balance {
		match self {
			Self::Fine(amount) => amount.amount().unwrap_or_default(),
			_ => 0,
		}
	}

	/// Check that it takes something, and no more than it may.
	///
	/// # Errors
	/// What is wrong with it.
	pub fn check(&self) -> Result<(), SanctionFault> {
		let is_empty = match self {
			Self::Warning | Self::Publication => false,
			Self::Fine(fine) => fine.amount().ok_or(SanctionFault::FineTooLarge)? == 0,
			Self::AllocationCut(tonnes) => tonnes.is_zero(),
			Self::TradingBan { days } if *days > BAN_DAYS_MAX => return Err(SanctionFault::BanTooLong),
			Self::TradingBan { days } => *days == 0,
		};
		if is_empty {
			Err(SanctionFault::Empty)
		} else {
			Ok(())
		}
	}

	/// Whether it is of the same kind as `other` and takes less.
	pub fn is_smaller_than(&self, other: &Self) -> bool {
		match (self, other) {
			(Self::Fine(_), Self::Fine(_)) => self.fine() < other.fine(),
			(Self::AllocationCut(less), Self::AllocationCut(more)) => less < more,
			(Self::TradingBan { days: less }, Self::TradingBan { days: more }) => less < more,
			_ => false,
		}
	}
}

/// Who has imposed a penalty.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Source {
	/// The regulator.
	#[codec(index = 0)]
	Act,
	/// The chain, for an obligation that was not met at its deadline.
	#[codec(index = 1)]
	Shortfall,
	/// The chain, for a trade that was not performed.
	#[codec(index = 2)]
	Default,
}

/// What is decided about an objection.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Decision {
	/// It is right: there is no penalty.
	#[codec(index = 0)]
	Upheld,
	/// It is not: the penalty is final.
	#[codec(index = 1)]
	Rejected,
	/// It is right in part: this, of the same kind and smaller, is final.
	#[codec(index = 2)]
	Reduced(PenaltySanction),
}

/// How far a penalty has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Status {
	/// Whoever is to be penalised may object.
	#[codec(index = 0)]
	Proposed,
	/// It has objected. A decision is due.
	#[codec(index = 1)]
	Objected,
	/// Final. The fine, or a part of it, is not paid.
	#[codec(index = 2)]
	Due,
	/// Final. The fine is paid.
	#[codec(index = 3)]
	Paid,
	/// Final. What it consists of has happened.
	#[codec(index = 4)]
	Enforced,
	/// Final. What was not paid of the fine need not be paid.
	#[codec(index = 5)]
	Waived,
	/// There is no penalty: an objection was right, or the regulator has annulled it.
	#[codec(index = 6)]
	Annulled,
}

/// A penalty. Amounts are in fen.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PenaltyRecord<AccountId> {
	/// Who is penalised.
	pub account: AccountId,
	/// The year that it is counted in.
	#[codec(compact)]
	pub year: Vintage,
	/// Which rule was broken.
	pub basis: Basis,
	/// What it consists of; after a decision that has reduced it, the smaller one.
	pub sanction: PenaltySanction,
	/// Digest of the evidence.
	pub evidence: Digest,
	/// Who has imposed it.
	pub source: Source,
	/// Whether it is published once it is final.
	pub publish: bool,
	/// How far it has come.
	pub status: Status,
	/// When it was proposed.
	#[codec(compact)]
	pub proposed_on: Day,
	/// The last day for an objection.
	#[codec(compact)]
	pub object_until: Day,
	/// Digest of the objection, if there is one.
	pub objection: Option<Digest>,
	/// The last day for the decision about the objection, if there is one.
	pub decide_until: Option<Day>,
	/// When it became final, if it did.
	pub final_on: Option<Day>,
	/// The day on which the chain takes what is not paid of the fine, from the moment on at which that is final.
	pub due_on: Option<Day>,
	/// What is paid of the fine.
	#[codec(compact)]
	pub paid: Balance,
	/// What was given back because it was annulled.
	#[codec(compact)]
	pub refunded: Balance,
	/// Whether what is not paid of the fine is a debt.
	pub is_debt: bool,
	/// Until when its ban holds, from the moment on at which that is final.
	pub banned_until: Option<Moment>,
	/// Its number in the list of what is published, if it is there.
	pub disclosure: Option<u64>,
	/// Digest of the reason of the latest decision, waiver or annulment.
	pub reason: Option<Digest>,
	/// The day of the agenda on which it stands, if something happens by itself.
	pub agenda: Option<Day>,
	/// The penalty of the same account before this one.
	pub previous: Option<PenaltyId>,
}

impl<AccountId> PenaltyRecord<AccountId> {
	/// What is not paid of a fine that is final and neither waived nor annulled, in fen.
	pub fn outstanding(&self) -> Balance {
		match self.status {
			// Nobody pays more than the fine.
			Status::Due => self.sanction.fine().saturating_sub(self.paid),
			_ => 0,
		}
	}

	/// Whether it has become final, and is counted.
	pub const fn is_counted(&self) -> bool {
		matches!(
			self.status,
			Status::Due | Status::Paid | Status::Enforced | Status::Waived
		)
	}
}

/// A penalty, as queries show it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct PenaltyView<AccountId> {
	/// Its number.
	pub id: PenaltyId,
	/// What the chain has stored of it.
	pub record: PenaltyRecord<AccountId>,
	/// The fine, in fen; zero where it is none.
	pub fine: Balance,
	/// What is still to be paid of it, in fen.
	pub outstanding: Balance,
}

/// An entry of the list of what is published.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct Disclosure<AccountId> {
	/// Its number in the list.
	pub number: u64,
	/// The penalty, as it is by now. It may have been annulled since.
	pub penalty: PenaltyView<AccountId>,
}

/// A ban of an account that has not ended.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Ban {
	/// The penalty.
	pub id: PenaltyId,
	/// When it ends; none where the penalty is not final.
	pub ends_at: Option<Moment>,
}

/// The number of a penalty, with the most significant byte first: a map with such keys lists the oldest first.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct SortedId([u8; 8]);

impl From<PenaltyId> for SortedId {
	fn from(id: PenaltyId) -> Self {
		Self(id.0.to_be_bytes())
	}
}

impl From<SortedId> for PenaltyId {
	fn from(id: SortedId) -> Self {
		Self(u64::from_be_bytes(id.0))
	}
}

/// Makes a chain fit for the benchmarks.
#[cfg(any(feature = "runtime-benchmarks", test))]
pub trait PenaltiesBenchmarkHelper<AccountId> {
	/// Make `who` a participant that may trade.
	fn admit(who: &AccountId);

	/// Set the chain's time to the beginning of `day`.
	fn set_day(day: Day);
}
