//! Invariants that hold between any two extrinsics, for auditors: the runtime API `AuditApi` runs them on a live chain,
//! each journey at its end.

use crate::{
	AccountId, Allocation, Allowance, BlockTrades, Credit, Grandpa, Market, Nodes, Offsets, Participants,
	Penalties, Provenance, Regulator, Runtime, Session, Settlement, Timestamp,
};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_audit_api::InvariantReport;
use carbon_primitives::{AssetId, HaltScope, Moment, TradingLimits, TradingRight, Vintage};
use carbon_traits::{EnsureParticipant, InspectGroup};
use frame_support::traits::Time;
use pallet_block_trades::Purse;
use pallet_credit::SweepStage;
use sp_runtime::{DispatchError, TryRuntimeError};

/// Run the checks of every pallet of the trading system, and those of what more than one of them keeps. The state is not
/// changed.
pub fn check() -> Vec<InvariantReport> {
	[
		report("Participants", Participants::do_try_state()),
		report("Regulator", Regulator::do_try_state()),
		report("Nodes", Nodes::do_try_state()),
		report("Settlement", Settlement::do_try_state()),
		report("Allowance", Allowance::do_try_state()),
		report("Allocation", Allocation::do_try_state()),
		report("Offsets", Offsets::do_try_state()),
		report("Market", Market::do_try_state()),
		report("BlockTrades", BlockTrades::do_try_state()),
		report("Credit", Credit::do_try_state()),
		report("Penalties", Penalties::do_try_state()),
		report("Provenance", Provenance::do_try_state()),
		report("Rights", rights_agree()),
		report("Halts", halts_agree()),
		report("Pledges", pledges_agree()),
		report("Credits", credits_agree()),
		report("Validators", validators_agree()),
	]
	.into()
}

/// Check that the rights, groups and limits which trading accounts carry are those that the participants have:
///
/// 1. Whoever's copy says that it may trade may trade, and as long as the copy says. The other way round a copy may lag behind: the
///    owner's next order renews it.
/// 2. The copy of the group is the group.
/// 3. Whoever's copy says that it may trade is limited to what its credit and its debts limit it to. While everybody is scored anew, a
///    copy may be ahead of that.
fn rights_agree() -> Result<(), TryRuntimeError> {
	let is_wrong = |who: &AccountId, copy: TradingRight| {
		copy.is_valid(Timestamp::now) && Participants::ensure_may_trade(who) != Ok(copy)
	};
	if pallet_market::TradingAccounts::<Runtime>::iter().any(|(who, account)| is_wrong(&who, account.right)) {
		return Err("rights 1: a trading account carries a right that its owner does not have".into());
	}
	if pallet_market::TradingAccounts::<Runtime>::iter()
		.any(|(who, account)| account.group != Participants::group_of(&who))
	{
		return Err("rights 2: a trading account names another group than its owner has".into());
	}
	let is_scored = pallet_credit::Sweep::<Runtime>::get().stage == SweepStage::Done;
	let is_limited_otherwise = |who: &AccountId, limits: TradingLimits| {
		let told = pallet_credit::Accounts::<Runtime>::get(who)
			.map(|record| record.told)
			.unwrap_or_default();
		let by_credit = (limits.order_max, limits.orders_max) == (told.order_max, told.orders_max);
		(is_scored && !by_credit) || limits.buys_blocked != Penalties::owes(who)
	};
	if pallet_market::TradingAccounts::<Runtime>::iter().any(|(who, account)| {
		account.right.is_valid(Timestamp::now) && is_limited_otherwise(&who, account.limits)
	}) {
		return Err("rights 3: a trading account carries other limits than its owner has".into());
	}
	Ok(())
}

/// Check that halts are in force where they are obeyed:
///
/// 1. What a market obeys is what the regulator has halted.
/// 2. What the regulator has halted is obeyed by the market, or by the account.
fn halts_agree() -> Result<(), TryRuntimeError> {
	let now = Timestamp::now();
	let halts = Regulator::halts();
	let imposed = |scope: &HaltScope<AccountId>| {
		halts
			.iter()
			.find(|halt| halt.scope == *scope && now < halt.until)
			.map(|halt| halt.until)
	};
	let obeyed = |until: Moment| (now < until).then_some(until);
	for (asset, market) in pallet_market::Markets::<Runtime>::iter() {
		let agree = [
			(HaltScope::AllTrading, market.halts.all),
			(HaltScope::Market(asset), market.halts.own),
			(HaltScope::Asset(asset), market.halts.asset),
		]
		.into_iter()
		.all(|(scope, until)| imposed(&scope) == obeyed(until));
		if !agree {
			return Err("halts 1: a market obeys other halts than those of the regulator".into());
		}
	}
	for halt in halts.iter().filter(|halt| now < halt.until) {
		if let HaltScope::Account(account) = &halt.scope {
			let until = Participants::participant(account.clone()).and_then(|record| record.halted_until);
			if until != Some(halt.until) {
				return Err("halts 2: an account does not obey its halt".into());
			}
		}
	}
	Ok(())
}

/// Check that what trading accounts have pledged is what block trades bind:
///
/// 1. Each account has pledged exactly what the block trades on record say of it, in cash and of each asset.
/// 2. No block trade binds what an account without a record would have to have.
fn pledges_agree() -> Result<(), TryRuntimeError> {
	let mut bound = BlockTrades::pledges();
	for (who, account) in pallet_market::TradingAccounts::<Runtime>::iter() {
		let pledged = Purse {
			cash: account.cash_pledged,
			tonnes: account
				.positions
				.iter()
				.filter(|position| !position.pledged.is_zero())
				.map(|position| (position.asset, position.pledged.0.into()))
				.collect(),
		};
		if pledged != bound.remove(&who).unwrap_or_default() {
			return Err(
				"pledges 1: a trading account has pledged something else than its block trades bind".into(),
			);
		}
	}
	if !bound.is_empty() {
		return Err("pledges 2: a block trade binds what no trading account has".into());
	}
	Ok(())
}

/// Check that offset credits that are gone as surrendered are those that obligations count:
///
/// 1. The surrenders on record of each series add up to what the series says.
/// 2. No surrender on record is of an asset that is neither a vintage nor a series.
fn credits_agree() -> Result<(), TryRuntimeError> {
	let mut surrendered = BTreeMap::<AssetId, u128>::new();
	for record in pallet_allowance::Surrenders::<Runtime>::iter_values() {
		// What becomes of vintages is checked by their own pallet.
		if Vintage::from_asset(record.asset).is_none() {
			*surrendered.entry(record.asset).or_default() += u128::from(record.tonnes.0);
		}
	}
	for (asset, series) in pallet_offsets::Series::<Runtime>::iter() {
		let on_record = surrendered.remove(&asset).unwrap_or_default();
		if on_record != u128::from(series.surrendered.0) {
			return Err("credits 1: other credits of a series are surrendered than obligations count".into());
		}
	}
	if !surrendered.is_empty() {
		return Err("credits 2: a surrender is of an asset that nobody issued".into());
	}
	Ok(())
}

/// Check that whoever is to author and vote is whom the session names:
///
/// 1. There is a validator.
/// 2. As many author as there are validators.
/// 3. As many vote as there are validators.
fn validators_agree() -> Result<(), TryRuntimeError> {
	let validators = Session::validators().len();
	if validators == 0 {
		return Err("validators 1: nobody validates".into());
	}
	if pallet_aura::Authorities::<Runtime>::decode_len().unwrap_or_default() != validators {
		return Err("validators 2: the authors are not the validators".into());
	}
	if Grandpa::grandpa_authorities().len() != validators {
		return Err("validators 3: the voters are not the validators".into());
	}
	Ok(())
}

fn report(pallet: &str, result: Result<(), TryRuntimeError>) -> InvariantReport {
	let violation = result.err().map(|error| match error {
		DispatchError::Other(sentence) => sentence.as_bytes().to_vec(),
		other => <&'static str>::from(other).as_bytes().to_vec(),
	});
	InvariantReport {
		pallet: pallet.as_bytes().to_vec(),
		violation,
	}
}
