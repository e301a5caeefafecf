//! What proposing and accepting check, and the rules of markets.

use crate::{margin_on, pallet::*, Agreement, BlockRules, Security, Side, Terms};
use carbon_primitives::{AssetId, Balance, Moment, Service};
use carbon_traits::{
	EnsureParticipant, InspectGroup, InspectHalts, InspectMargin, InspectMarket, InspectTradingLimits,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_rules(asset: AssetId, rules: BlockRules) -> DispatchResult {
		ensure!(rules.are_valid(), Error::<T>::InvalidRules);
		let old_rules = Rules::<T>::get(asset);
		ensure!(
			old_rules.is_some() || Rules::<T>::count() < T::MaxRules::get(),
			Error::<T>::TooManyRules
		);

		Rules::<T>::insert(asset, rules);
		Self::deposit_event(Event::RulesChanged {
			asset,
			old_value: old_rules.unwrap_or_else(T::DefaultRules::get),
			new_value: rules,
		});
		Ok(())
	}

	/// The rules for block trades in the market of `asset`.
	pub(crate) fn rules_of(asset: AssetId) -> BlockRules {
		Rules::<T>::get(asset).unwrap_or_else(T::DefaultRules::get)
	}

	/// Check what must hold of terms both when they are proposed and when they are accepted, at the moment
	/// `now` and by the rules of that moment.
	pub(crate) fn check_terms(terms: &TermsOf<T>, rules: &BlockRules, now: Moment) -> DispatchResult {
		// The defaults may be a parameter that changes, and nothing keeps it within the ranges.
		ensure!(rules.are_valid(), Error::<T>::InvalidRules);
		ensure!(now < terms.expires_at, Error::<T>::ProposalExpired);
		Self::check_parties(terms)?;
		Self::check_market(terms, rules)?;
		if let Some(settles_at) = terms.settles_at {
			ensure!(terms.expires_at <= settles_at, Error::<T>::SettlementBeforeExpiry);
			ensure!(
				settles_at <= rules.settlement_max(now),
				Error::<T>::SettlementTooFar
			);
		}
		Ok(())
	}

	/// Check that both sides may make block trades, and with each other, and that the buyer may buy.
	fn check_parties(terms: &TermsOf<T>) -> DispatchResult {
		let (seller, buyer) = (&terms.seller, &terms.buyer);
		ensure!(
			seller != buyer && !T::Groups::are_related(seller, buyer),
			Error::<T>::PartiesRelated
		);
		for side in [seller, buyer] {
			T::Participants::ensure_may_trade(side)?;
			T::Participants::ensure_service(side, Service::BlockTrading)?;
		}
		ensure!(!T::Limits::limits_of(buyer).buys_blocked, Error::<T>::BuysBlocked);
		Ok(())
	}

	/// Check that the market is open and that its rules allow the quantity and the price.
	fn check_market(terms: &TermsOf<T>, rules: &BlockRules) -> DispatchResult {
		Self::ensure_not_halted(terms.asset)?;
		T::Markets::ensure_open(terms.asset)?;
		ensure!(terms.tonnes >= rules.min_tonnes, Error::<T>::TonnesBelowMin);
		ensure!(terms.price.0 > 0, Error::<T>::PriceZero);
		// Where the market knows none there is nothing to measure from.
		if let Some(reference) = T::Markets::reference_price(terms.asset) {
			ensure!(
				rules.allow_price(terms.price, reference),
				Error::<T>::PriceOutsideBand
			);
		}
		Ok(())
	}

	/// Check that no halt of the market of `asset` is in force.
	pub(crate) fn ensure_not_halted(asset: AssetId) -> DispatchResult {
		ensure!(
			T::Halts::market_halted_until(asset).is_none(),
			Error::<T>::MarketHalted
		);
		Ok(())
	}

	/// The agreement that `terms` are on this day when `proposer` proposes them: with the margins of both
	/// sides and the window, so that the other side consents to these as well.
	pub(crate) fn agreement(
		terms: TermsOf<T>,
		proposer: Side,
		rules: &BlockRules,
	) -> Result<AgreementOf<T>, DispatchError> {
		let security = match terms.settles_at {
			None => None,
			Some(_) => Some(Security {
				seller: Self::margin_of(&terms, Side::Seller)?,
				buyer: Self::margin_of(&terms, Side::Buyer)?,
				window: rules.window,
			}),
		};
		Ok(Agreement {
			terms,
			proposer,
			security,
		})
	}

	/// Check that no side would have to lay down more by now than the agreement says.
	pub(crate) fn check_margins(agreement: &AgreementOf<T>) -> DispatchResult {
		if let Some(security) = &agreement.security {
			for side in [Side::Seller, Side::Buyer] {
				ensure!(
					Self::margin_of(&agreement.terms, side)? <= security.margin(side),
					Error::<T>::MarginRaised
				);
			}
		}
		Ok(())
	}

	/// The margin of a side, as it would be agreed now.
	fn margin_of(terms: &Terms<T::AccountId>, side: Side) -> Result<Balance, Error<T>> {
		let bps = T::Margin::margin_of(terms.account(side));
		margin_on(terms.value(), bps).ok_or(Error::<T>::ValueTooLarge)
	}
}
