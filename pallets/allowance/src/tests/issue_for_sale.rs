use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn issue(seller: AccountId, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::issue_for_sale(RuntimeOrigin::root(), YEAR, seller, Tonnes(tonnes))
}

#[test]
fn issue_for_sale_should_endow_the_seller_when_the_cap_allows() {
	ExtBuilder::default()
		.with_period(300)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(|| {
			assert_ok!(issue(SELLER, 200));

			assert_eq!(held(YEAR, SELLER), 200);
			assert_eq!(
				(supply(YEAR).issued, supply(YEAR).sold),
				(Tonnes(300), Tonnes(200))
			);
			System::assert_last_event(
				Event::IssuedForSale {
					year: YEAR,
					seller: SELLER,
					tonnes: Tonnes(200),
				}
				.into(),
			);
			assert_noop!(issue(SELLER, 1), Error::<Test>::CapExceeded);
		});
}

#[test]
fn issue_for_sale_should_fail_when_the_seller_may_not_trade() {
	ExtBuilder::default().with_period(300).build_and_execute(|| {
		assert_noop!(issue(VERIFIER, 1), NOT_ADMITTED);
	});
}

#[test]
fn issue_for_sale_should_fail_when_the_amount_is_zero() {
	ExtBuilder::default().with_period(300).build_and_execute(|| {
		assert_noop!(issue(SELLER, 0), Error::<Test>::AmountZero);
	});
}
