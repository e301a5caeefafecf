//! Credit and penalties: what a participant's record is made of, and what follows from it on the market.

use super::{
	carbon::RegulatorOrigin,
	compliance::{Today, WorkingDays},
	hooks::{Counting, LimitCopies, Recording},
	money::TreasuryAccount,
	parameters::{
		dynamic_params::block_trades::BlockMargin, DecisionDays, DefaultFine, ObjectionDays, PaymentDays,
	},
};
use crate::{
	AccountId, Allowance, Balance, Balances, Credit, Participants, Penalties, Provenance, Runtime, Timestamp,
};
use carbon_primitives::{RecordKind, RecordSubject, Tonnes, TradingLimits, Vintage};
use carbon_traits::{
	AgreedTrade, Doer, Happening, InspectCredit, InspectMargin, InspectTradingLimits, Matched, OnAgreement,
	OnMatched, OnShortfall, Performance, RecordActivity, RecordPerformance, Sanction,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	weights::Weight,
};
use pallet_block_trades::BPS;
use pallet_credit::{LevelRules, ScoreRules};
use sp_runtime::traits::{BlakeTwo256, Hash};

parameter_types! {
	/// How a score is reckoned until the regulator sets other rules.
	pub const DefaultRules: ScoreRules = ScoreRules::FIRST;
	/// What the levels are and what they change until the regulator sets something else.
	pub const DefaultLevels: LevelRules = LevelRules::FIRST;
}

/// What a participant's orders are limited to: by its credit, and by what it owes.
pub struct Limits;

impl InspectTradingLimits<AccountId> for Limits {
	fn limits_of(who: &AccountId) -> TradingLimits {
		let terms = <Credit as InspectCredit<AccountId>>::terms_of(who);
		TradingLimits {
			order_max: terms.order_max,
			orders_max: terms.orders_max,
			buys_blocked: Penalties::owes(who),
		}
	}
}

/// What a side of a block trade lays down for a later settlement: the margin that everybody lays down, and more or less of it by its
/// credit.
pub struct Margin;

impl InspectMargin<AccountId> for Margin {
	fn margin_of(who: &AccountId) -> u32 {
		let usual = <BlockMargin as Get<u32>>::get().min(BPS);
		let share = <Credit as InspectCredit<AccountId>>::terms_of(who).margin_milli;
		// Rounded up, in favour of the other side. No product of two 32-bit numbers passes 64 bits.
		let margin = (u64::from(usual) * u64::from(share)).div_ceil(1_000);
		u32::try_from(margin).unwrap_or(BPS).min(BPS)
	}
}

/// Carries the trades of the order book to those who count and record them.
pub struct Matches;

impl OnMatched<AccountId> for Matches {
	fn matched(matched: &Matched<AccountId>) {
		<Credit as OnMatched<AccountId>>::matched(matched);
		<Provenance as OnMatched<AccountId>>::matched(matched);
	}

	fn weight_of_matched() -> Weight {
		<Credit as OnMatched<AccountId>>::weight_of_matched()
			.saturating_add(<Provenance as OnMatched<AccountId>>::weight_of_matched())
	}
}

/// Carries what became of block trades to those who count, record and sanction it.
pub struct Agreements;

impl Agreements {
	fn count(who: &AccountId, performance: Performance<AccountId>) {
		<Credit as RecordPerformance<AccountId>>::record(who, performance);
	}

	/// The trade as it is recorded: what the seller has delivered belongs to the buyer, and comes from what the seller was allocated of
	/// this vintage, if anything.
	fn record(id: u64, trade: &AgreedTrade<AccountId>) {
		let origin = Vintage::from_asset(trade.asset).map(|year| RecordSubject::Allocation {
			year,
			entity: trade.seller.clone(),
		});
		let stored = (
			id,
			trade.asset,
			&trade.seller,
			&trade.buyer,
			trade.tonnes,
			trade.price,
		);
		<Provenance as RecordActivity<AccountId>>::record(Happening {
			kind: RecordKind::BlockTrade,
			by: Doer::Account(&trade.seller),
			owner: Some(&trade.buyer),
			subject: RecordSubject::BlockTrade(id),
			digest: BlakeTwo256::hash_of(&stored),
			uses: origin.as_slice(),
			supersedes: false,
		});
	}
}

impl OnAgreement<AccountId> for Agreements {
	fn kept(id: u64, trade: &AgreedTrade<AccountId>) {
		let (seller, buyer) = (&trade.seller, &trade.buyer);
		Self::count(seller, Performance::TradeKept { counterparty: buyer });
		Self::count(buyer, Performance::TradeKept { counterparty: seller });
		Self::record(id, trade);
	}

	fn broken(id: u64, who: &AccountId, trade: &AgreedTrade<AccountId>, _: Balance) {
		Self::count(who, Performance::Defaulted);
		let value = trade.price.value_of(trade.tonnes);
		<Penalties as Sanction<AccountId>>::sanction_default(who, id, value);
	}

	fn weight_of_kept() -> Weight {
		<Credit as RecordPerformance<AccountId>>::weight_of_record()
			.saturating_mul(2)
			.saturating_add(<Provenance as RecordActivity<AccountId>>::weight_of_record())
	}

	fn weight_of_broken() -> Weight {
		<Credit as RecordPerformance<AccountId>>::weight_of_record()
			.saturating_add(<Penalties as Sanction<AccountId>>::weight_of_sanction())
	}
}

/// Has shortfalls fined.
pub struct Shortfalls;

impl OnShortfall<AccountId> for Shortfalls {
	fn fell_short(year: Vintage, entity: &AccountId, missing: Tonnes, fine: Balance) {
		<Penalties as Sanction<AccountId>>::fine_shortfall(entity, year, missing, fine);
	}

	fn weight_of_fell_short() -> Weight {
		<Penalties as Sanction<AccountId>>::weight_of_sanction()
	}
}

impl pallet_credit::Config for Runtime {
	type DefaultLevels = DefaultLevels;
	type DefaultRules = DefaultRules;
	type Groups = Participants;
	// More than trade in a busy block. What waits is read as a whole, so that it must not be long.
	type MaxQueuedPairs = ConstU32<2_000>;
	type OnLimits = LimitCopies;
	type Periods = Allowance;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type WeightInfo = pallet_credit::weights::SubstrateWeight<Runtime>;
}

impl pallet_penalties::Config for Runtime {
	type Bans = Participants;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Calendar = WorkingDays;
	type Cuts = Allowance;
	type DecisionDays = DecisionDays;
	type DefaultFineBps = DefaultFine;
	type Money = Balances;
	type ObjectionDays = ObjectionDays;
	type OnLimits = LimitCopies;
	type Participants = Participants;
	type PaymentDays = PaymentDays;
	type Performance = Counting;
	type Periods = Allowance;
	type Provenance = Recording;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type Today = Today;
	type Treasury = TreasuryAccount;
	type WeightInfo = pallet_penalties::weights::SubstrateWeight<Runtime>;
}
