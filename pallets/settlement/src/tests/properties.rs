//! In whatever order the calls come, money is neither made nor lost, and no receipt works twice.
//!
//! The model is a ledger on paper: per account what is free and what is on hold, and the set of used receipts.

use crate::{mock::*, Receipts};
use carbon_primitives::Balance;
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
	Mint(AccountId, Balance, u8),
	Request(AccountId, Balance),
	Withdraw(AccountId, Balance),
	Redeem(AccountId, Balance, u8),
	ForceTransfer(AccountId, AccountId, Balance),
	ForceRelease(AccountId, Balance),
}

fn step() -> impl Strategy<Value = Step> {
	let account = || select(vec![ALICE, BOB, STRANGER]);
	let amount = || 0..50 as Balance;
	// Few digests, so that they are used again.
	let receipt = || 0..40u8;
	prop_oneof![
		(account(), amount(), receipt()).prop_map(|(to, amount, receipt)| Step::Mint(to, amount, receipt)),
		(account(), amount()).prop_map(|(who, amount)| Step::Request(who, amount)),
		(account(), amount()).prop_map(|(who, amount)| Step::Withdraw(who, amount)),
		(account(), amount(), receipt())
			.prop_map(|(from, amount, receipt)| Step::Redeem(from, amount, receipt)),
		(account(), account(), amount()).prop_map(|(from, to, amount)| Step::ForceTransfer(from, to, amount)),
		(account(), amount()).prop_map(|(from, amount)| Step::ForceRelease(from, amount)),
	]
}

#[derive(Clone, Copy, Default)]
struct Purse {
	free: Balance,
	on_hold: Balance,
}

#[derive(Default)]
struct Model {
	purses: BTreeMap<AccountId, Purse>,
	used: BTreeSet<u8>,
}

impl Model {
	fn purse(&mut self, who: AccountId) -> &mut Purse {
		self.purses.entry(who).or_default()
	}

	fn total(&self) -> Balance {
		self.purses.values().map(|purse| purse.free + purse.on_hold).sum()
	}

	/// Whether the step is accepted; if so, it is taken.
	fn take(&mut self, step: &Step) -> bool {
		match *step {
			Step::Mint(to, amount, receipt) => {
				let accepted = to != STRANGER && amount > 0 && self.used.insert(receipt);
				if accepted {
					self.purse(to).free += amount;
				}
				accepted
			}
			Step::Request(who, amount) => {
				let purse = self.purse(who);
				// One fen stays free.
				let accepted = who != STRANGER && amount > 0 && amount < purse.free;
				if accepted {
					purse.free -= amount;
					purse.on_hold += amount;
				}
				accepted
			}
			Step::Withdraw(who, amount) | Step::ForceRelease(who, amount) => {
				let purse = self.purse(who);
				let accepted = amount > 0 && amount <= purse.on_hold;
				if accepted {
					purse.free += amount;
					purse.on_hold -= amount;
				}
				accepted
			}
			Step::ForceTransfer(from, to, amount) => {
				// One fen stays free.
				let accepted = to != STRANGER && from != to && amount > 0 && amount < self.purse(from).free;
				if accepted {
					self.purse(from).free -= amount;
					self.purse(to).free += amount;
				}
				accepted
			}
			Step::Redeem(from, amount, receipt) => {
				let accepted = amount > 0 && amount <= self.purse(from).on_hold && self.used.insert(receipt);
				if accepted {
					self.purse(from).on_hold -= amount;
				}
				accepted
			}
		}
	}
}

fn take_on_chain(step: &Step) -> bool {
	let bank = RuntimeOrigin::signed(BANK);
	match *step {
		Step::Mint(to, amount, receipt) => Settlement::mint(bank, to, amount, digest(receipt)),
		Step::Request(who, amount) => Settlement::request_redemption(RuntimeOrigin::signed(who), amount),
		Step::Withdraw(who, amount) => Settlement::withdraw_redemption(RuntimeOrigin::signed(who), amount),
		Step::Redeem(from, amount, receipt) => Settlement::redeem(bank, from, amount, digest(receipt)),
		Step::ForceTransfer(from, to, amount) => {
			Settlement::force_transfer(RuntimeOrigin::root(), from, to, amount)
		}
		Step::ForceRelease(from, amount) => Settlement::force_release(RuntimeOrigin::root(), from, amount),
	}
	.is_ok()
}

proptest! {
	#[test]
	fn money_is_neither_made_nor_lost_when_calls_come_in_any_order(steps in vec(step(), 1..60)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut model = Model::default();
			for step in &steps {
				assert_eq!(take_on_chain(step), model.take(step), "{step:?}");
				for (who, purse) in &model.purses {
					assert_eq!((Balances::free_balance(who), on_hold(*who)), (purse.free, purse.on_hold));
				}
				assert_eq!(Balances::total_issuance(), model.total());
				assert_eq!(Receipts::<Test>::iter().count(), model.used.len());
				Settlement::do_try_state().unwrap();
			}
		});
	}
}
