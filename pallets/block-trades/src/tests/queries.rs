use crate::{mock::*, Stage, Terms, TradeId, TradeView, Trades};
use carbon_primitives::Funds;

#[test]
fn block_trade_should_show_what_accepting_takes() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		assert_eq!(
			BlockTrades::block_trade(id),
			Some(TradeView {
				id,
				digest: digest_of(id),
				agreement: Trades::<Test>::get(id).unwrap().agreement,
				stage: Stage::Proposed,
				next_at: EXPIRY + 30_000,
			})
		);
		assert_eq!(BlockTrades::block_trade(TradeId(1)), None);
	});
}

#[test]
fn block_trades_should_be_listed_from_a_number_on() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..5 {
			propose(SELLER, now_terms());
		}
		let listed = |from, count| -> Vec<u64> {
			BlockTrades::block_trades(TradeId(from), count)
				.into_iter()
				.map(|view| view.id.0)
				.collect()
		};
		assert_eq!(listed(0, u32::MAX), [0, 1, 2, 3, 4]);
		assert_eq!(listed(2, 2), [2, 3]);
		assert_eq!(listed(5, 2), [0_u64; 0]);
	});
}

#[test]
fn block_trades_of_an_account_should_be_those_of_either_side() {
	ExtBuilder::default().build_and_execute(|| {
		propose(SELLER, now_terms());
		propose(
			CAROL,
			Terms {
				seller: CAROL,
				..now_terms()
			},
		);
		let listed = |who| -> Vec<u64> {
			BlockTrades::block_trades_of(who)
				.into_iter()
				.map(|view| view.id.0)
				.collect()
		};
		assert_eq!(listed(SELLER), [0]);
		assert_eq!(listed(CAROL), [1]);
		assert_eq!(listed(BUYER), [0, 1]);
	});
}

#[test]
fn pledged_of_should_add_up_what_an_account_has_bound() {
	ExtBuilder::default().build_and_execute(|| {
		agreed();
		propose(SELLER, now_terms());
		propose(SELLER, now_terms());
		let other = Terms {
			asset: OTHER_ASSET,
			..now_terms()
		};
		fund(
			SELLER,
			Funds::Allowances {
				asset: OTHER_ASSET,
				tonnes: other.tonnes,
			},
		);
		propose(SELLER, other.clone());
		assert_eq!(
			BlockTrades::pledged_of(SELLER),
			[
				cash(SELLER_MARGIN),
				allowances(2 * TONNES),
				Funds::Allowances {
					asset: OTHER_ASSET,
					tonnes: other.tonnes
				},
			]
		);
		assert_eq!(BlockTrades::pledged_of(BUYER), [cash(BUYER_MARGIN)]);
		assert_eq!(BlockTrades::pledged_of(CAROL), []);
	});
}
