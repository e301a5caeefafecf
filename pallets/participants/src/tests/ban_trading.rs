use crate::{mock::*, Error, Event};
use carbon_primitives::{Moment, Role, Service, TradingRight};
use carbon_traits::{BanTrading, EnsureParticipant, HaltAccounts};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};

const END: Moment = GENESIS_TIME + 10;

/// Alice trades and is banned until [`END`].
fn banned(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::ban_trading(&ALICE, Some(END)));
			test();
		});
}

fn changed(old_value: Option<Moment>, new_value: Option<Moment>) -> RuntimeEvent {
	Event::TradingBanChanged {
		account: ALICE,
		old_value,
		new_value,
	}
	.into()
}

#[test]
fn ban_trading_should_withdraw_the_right_to_trade_when_it_is_imposed() {
	banned(|| {
		System::assert_last_event(changed(None, Some(END)));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
		assert_noop!(
			Participants::ensure_may_trade(&ALICE),
			Error::<Test>::TradingBanned
		);
	});
}

#[test]
fn ban_trading_should_close_the_services_of_trading_when_it_is_imposed() {
	banned(|| {
		for service in [Service::Trading, Service::BlockTrading, Service::Auction] {
			assert_noop!(
				Participants::ensure_service(&ALICE, service),
				Error::<Test>::TradingBanned
			);
		}
	});
}

#[test]
fn ban_trading_should_leave_everything_else_open_when_it_is_imposed() {
	banned(|| {
		assert_ok!(Participants::ensure_service(&ALICE, Service::DataSharing));
		assert_ok!(Participants::ensure_role(&ALICE, Role::Trader));
		assert_ok!(Participants::ensure_admitted(&ALICE));
		assert_ok!(Participants::ensure_known(&ALICE));
		assert_ok!(Participants::ensure_may_exit(&ALICE));
		assert_ok!(Participants::ensure_may_be_paid(&ALICE));
	});
}

#[test]
fn ban_trading_should_leave_a_fresh_right_to_ask_for_when_it_ends_by_itself() {
	banned(|| {
		Now::set(END - 1);
		assert_noop!(
			Participants::ensure_may_trade(&ALICE),
			Error::<Test>::TradingBanned
		);
		Now::set(END);
		assert_ok!(Participants::ensure_may_trade(&ALICE), TradingRight::Lasting);
		assert_ok!(Participants::ensure_service(&ALICE, Service::BlockTrading));
	});
}

#[test]
fn ban_trading_should_make_a_ban_longer_when_the_new_one_ends_later() {
	banned(|| {
		assert_ok!(Participants::ban_trading(&ALICE, Some(END + 1)));
		System::assert_last_event(changed(Some(END), Some(END + 1)));
		Now::set(END);
		assert_noop!(
			Participants::ensure_may_trade(&ALICE),
			Error::<Test>::TradingBanned
		);
	});
}

#[test]
fn ban_trading_should_change_nothing_when_a_ban_lasts_longer() {
	banned(|| {
		assert_storage_noop!(assert_ok!(Participants::ban_trading(&ALICE, Some(END - 1))));
		assert_storage_noop!(assert_ok!(Participants::ban_trading(&ALICE, Some(END))));
	});
}

#[test]
fn ban_trading_should_give_the_right_back_when_it_is_lifted() {
	banned(|| {
		assert_ok!(Participants::ban_trading(&ALICE, None));
		System::assert_last_event(changed(Some(END), None));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Lasting));
		assert_ok!(Participants::ensure_may_trade(&ALICE), TradingRight::Lasting);
	});
}

#[test]
fn ban_trading_should_change_nothing_when_there_is_no_ban_to_lift() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_storage_noop!(assert_ok!(Participants::ban_trading(&ALICE, None)));
		});
}

#[test]
fn ban_trading_should_keep_the_right_withdrawn_when_a_halt_is_lifted() {
	banned(|| {
		assert_ok!(Participants::halt_account(&ALICE, Some(END + 1)));
		assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::Halted);
		assert_ok!(Participants::halt_account(&ALICE, None));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
		assert_noop!(
			Participants::ensure_may_trade(&ALICE),
			Error::<Test>::TradingBanned
		);
	});
}

#[test]
fn ban_trading_should_keep_the_right_withdrawn_when_it_is_lifted_during_a_halt() {
	banned(|| {
		assert_ok!(Participants::halt_account(&ALICE, Some(END + 1)));
		assert_ok!(Participants::ban_trading(&ALICE, None));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
		assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::Halted);
	});
}

#[test]
fn ban_trading_should_keep_the_right_withdrawn_when_the_participant_is_reinstated_or_given_a_role() {
	banned(|| {
		let root = RuntimeOrigin::root;
		assert_ok!(Participants::suspend(root(), ALICE, digest(2)));
		assert_ok!(Participants::reinstate(root(), ALICE));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
		assert_ok!(Participants::set_roles(
			root(),
			ALICE,
			roles(&[Role::CoveredEntity, Role::Trader])
		));
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
	});
}

#[test]
fn ban_trading_should_give_no_right_back_when_the_role_has_ended_before_the_ban() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Verifier])
		.build_and_execute(|| {
			let list = role_until(Role::Trader, END - 1);
			assert_ok!(Participants::set_roles(RuntimeOrigin::root(), ALICE, list));
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Until(END - 1)));
			assert_ok!(Participants::ban_trading(&ALICE, Some(END)));
			Now::set(END - 1);
			assert_ok!(Participants::ban_trading(&ALICE, None));
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
			assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::RoleExpired);
		});
}

#[test]
fn ban_trading_should_outlast_an_expulsion_when_the_account_comes_back() {
	banned(|| {
		assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
		apply(ALICE);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			roles(&[Role::Trader]),
			digest(1)
		));
		assert_noop!(
			Participants::ensure_may_trade(&ALICE),
			Error::<Test>::TradingBanned
		);
	});
}

#[test]
fn ban_trading_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		for until in [Some(END), None] {
			assert_noop!(
				Participants::ban_trading(&ALICE, until),
				Error::<Test>::NotAdmitted
			);
		}
	});
}
