//! Queries about compliance periods. polkadot.js offers them under Developer → Runtime calls.

#![cfg_attr(not(feature = "std"), no_std)]

use carbon_primitives::{AssetId, Tonnes, Vintage};
use codec::Codec;
use pallet_allowance::{
	CancellationId, CancellationRecord, ComplianceTotals, ObligationRecord, PeriodRecord, Supply,
	SurrenderId, SurrenderRecord,
};

sp_api::decl_runtime_apis! {
	/// What the registry knows about periods, obligations and supply. Amounts are whole tonnes.
	pub trait AllowanceApi<AccountId, BlockNumber>
	where
		AccountId: Codec,
		BlockNumber: Codec,
	{
		/// The compliance period of a year; `None` when it was never opened.
		fn period(year: Vintage) -> Option<PeriodRecord>;

		/// What an entity owes and has done in a year; `None` when it is not enrolled.
		fn obligation(year: Vintage, entity: AccountId) -> Option<ObligationRecord<AccountId>>;

		/// An entity's sums over its closed cumulative periods.
		fn totals(entity: AccountId) -> ComplianceTotals;

		/// What has become of a vintage; `None` when it was never issued.
		fn supply(asset: AssetId) -> Option<Supply>;

		/// What of a vintage the net sales of an entity still let it carry over into the next one, if it has complied and held so much
		/// at the end of the year. Nothing before it is assessed.
		fn carry_over_room(year: Vintage, entity: AccountId) -> Tonnes;

		/// What the next allocation of an entity is cut by, because it fell short.
		fn deduction(entity: AccountId) -> Tonnes;

		/// A cancellation by its number.
		fn cancellation(id: CancellationId) -> Option<CancellationRecord<AccountId, BlockNumber>>;

		/// A surrender by its number.
		fn surrender(id: SurrenderId) -> Option<SurrenderRecord<AccountId, BlockNumber>>;
	}
}
