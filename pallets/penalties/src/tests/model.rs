//! Random sequences of calls and days against a model that knows nothing of the pallet: no fen is made or lost, everybody owes
//! what the model says, and every penalty comes as far.

use crate::{mock::*, Decision, Penalties as Records, PenaltyId, PenaltySanction, Status};
use carbon_calendar::Day;
use carbon_primitives::Balance;
use frame_support::assert_ok;
use proptest::prelude::*;
use std::collections::BTreeMap;

const ACCOUNTS: [AccountId; 3] = [PLANT, MILL, FRIEND];
/// The windows of the mock.
const OBJECTION_DAYS: u32 = 7;
const PAYMENT_DAYS: u32 = 15;
/// Towards how many fines one payment counts.
const DEBTS_MAX: usize = 8;

/// What may happen. Numbers of penalties are taken modulo how many there are.
#[derive(Clone, Debug)]
enum Step {
	Propose {
		who: usize,
		sanction: PenaltySanction,
	},
	Object {
		who: usize,
		id: usize,
	},
	Decide {
		id: usize,
		decision: Verdict,
	},
	Pay {
		who: usize,
		id: usize,
	},
	PayDebt {
		who: usize,
		whose: usize,
		amount: Balance,
	},
	Waive {
		id: usize,
	},
	Annul {
		id: usize,
	},
	Finalise {
		id: usize,
	},
	/// Money goes from one to another.
	Move {
		from: usize,
		to: usize,
		amount: Balance,
	},
	/// The regulator spends money of the treasury.
	Spend {
		amount: Balance,
	},
	/// Days go by, all but the last one without a block.
	Days {
		count: u32,
	},
}

#[derive(Clone, Copy, Debug)]
enum Verdict {
	Upheld,
	Rejected,
	/// To so many hundredths.
	Reduced(u32),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
	Proposed,
	Objected,
	Due,
	Paid,
	Enforced,
	Waived,
	Annulled,
}

#[derive(Clone, Debug)]
struct Penalty {
	account: AccountId,
	sanction: PenaltySanction,
	state: State,
	/// The last day for an objection, or the day on which a fine is taken.
	day: u32,
	paid: Balance,
	is_debt: bool,
}

impl Penalty {
	fn left(&self) -> Balance {
		if self.state == State::Due {
			amount_of(&self.sanction) - self.paid
		} else {
			0
		}
	}
}

fn amount_of(sanction: &PenaltySanction) -> Balance {
	match sanction {
		PenaltySanction::Fine(crate::FineAmount::Fixed { amount }) => *amount,
		_ => 0,
	}
}

/// `sanction` with so many hundredths of what it takes, where that is something and less.
fn reduced(sanction: &PenaltySanction, hundredths: u32) -> Option<PenaltySanction> {
	let less = |value: u128| {
		let less = value * u128::from(hundredths) / 100;
		(0 < less && less < value).then_some(less)
	};
	Some(match sanction {
		PenaltySanction::Fine(_) => fine(less(amount_of(sanction))?),
		PenaltySanction::AllocationCut(tonnes) => cut(less(tonnes.0.into())? as u64),
		PenaltySanction::TradingBan { days } => ban(less((*days).into())? as u32),
		_ => return None,
	})
}

struct Model {
	day: u32,
	/// What each account can pay.
	money: BTreeMap<AccountId, Balance>,
	/// What fines have brought, and what was spent of all that the treasury can spend.
	income: Balance,
	spent: Balance,
	penalties: Vec<Penalty>,
}

impl Model {
	fn new() -> Self {
		Self {
			day: TODAY.0,
			money: ACCOUNTS.map(|who| (who, FUNDS - MINIMUM)).into(),
			income: 0,
			spent: 0,
			penalties: Vec::new(),
		}
	}

	/// The last day of a window, found by going through the days. Day 0 was a Thursday.
	fn after(&self, working_days: u32) -> u32 {
		let (mut day, mut left) = (self.day, working_days);
		while left > 0 {
			day += 1;
			left -= u32::from((day + 3) % 7 < 5);
		}
		day
	}

	fn debt(&self, who: AccountId) -> Balance {
		let debts = self
			.penalties
			.iter()
			.filter(|penalty| penalty.is_debt && penalty.account == who);
		debts.map(Penalty::left).sum()
	}

	/// Money of `who` goes to the treasury.
	fn take(&mut self, who: AccountId, amount: Balance) -> Option<()> {
		let money = self.money.get_mut(&who).unwrap();
		*money = money.checked_sub(amount)?;
		self.income += amount;
		Some(())
	}

	fn pay_part(&mut self, id: usize, amount: Balance) {
		let penalty = &mut self.penalties[id];
		penalty.paid += amount;
		if penalty.left() == 0 {
			penalty.state = State::Paid;
			penalty.is_debt = false;
		}
	}

	fn make_final(&mut self, id: usize) {
		let day = self.after(PAYMENT_DAYS);
		let penalty = &mut self.penalties[id];
		if amount_of(&penalty.sanction) > 0 {
			(penalty.state, penalty.day) = (State::Due, day);
		} else {
			penalty.state = State::Enforced;
		}
	}

	/// Days go by; then everything that is due happens, the earliest first.
	fn go_to(&mut self, day: u32) {
		self.day = day;
		for id in 0..self.penalties.len() {
			if self.penalties[id].state == State::Proposed && self.penalties[id].day < day {
				self.make_final(id);
			}
		}
		let mut due: Vec<_> = (0..self.penalties.len())
			.filter(|id| {
				let penalty = &self.penalties[*id];
				penalty.state == State::Due && !penalty.is_debt && penalty.day <= day
			})
			.collect();
		due.sort_by_key(|id| (self.penalties[*id].day, *id));
		for id in due {
			let (who, left) = (self.penalties[id].account, self.penalties[id].left());
			let taken = left.min(self.money[&who]);
			self.take(who, taken).unwrap();
			self.penalties[id].is_debt = true;
			self.pay_part(id, taken);
		}
	}

	fn object(&mut self, who: AccountId, id: usize) -> Option<()> {
		let today = self.day;
		let penalty = self.penalties.get_mut(id)?;
		let may = penalty.account == who && penalty.state == State::Proposed && today <= penalty.day;
		may.then(|| penalty.state = State::Objected)
	}

	fn decide(&mut self, id: usize, decision: Verdict) -> Option<()> {
		let penalty = self
			.penalties
			.get_mut(id)
			.filter(|penalty| penalty.state == State::Objected)?;
		match decision {
			Verdict::Upheld => penalty.state = State::Annulled,
			Verdict::Rejected => self.make_final(id),
			Verdict::Reduced(hundredths) => {
				penalty.sanction = reduced(&penalty.sanction, hundredths)?;
				self.make_final(id);
			}
		}
		Some(())
	}

	fn annul(&mut self, id: usize) -> Option<()> {
		let treasury = TREASURY_FUNDS - MINIMUM + self.income - self.spent;
		let penalty = self.penalties.get_mut(id)?;
		let may = penalty.state != State::Annulled && penalty.paid <= treasury;
		may.then(|| (penalty.state, penalty.is_debt) = (State::Annulled, false))?;
		self.income -= penalty.paid;
		*self.money.get_mut(&penalty.account).unwrap() += penalty.paid;
		penalty.paid = 0;
		Some(())
	}

	/// Do `step`, if it is possible.
	fn step(&mut self, step: &Step) -> Option<()> {
		let count = self.penalties.len().max(1);
		match *step {
			Step::Propose { who, sanction } => {
				let day = self.after(OBJECTION_DAYS);
				self.penalties.push(Penalty {
					account: ACCOUNTS[who],
					sanction,
					state: State::Proposed,
					day,
					paid: 0,
					is_debt: false,
				});
			}
			Step::Object { who, id } => self.object(ACCOUNTS[who], id % count)?,
			Step::Decide { id, decision } => self.decide(id % count, decision)?,
			Step::Pay { who, id } => {
				let id = id % count;
				let left = self
					.penalties
					.get(id)
					.map(Penalty::left)
					.filter(|left| *left > 0)?;
				self.take(ACCOUNTS[who], left)?;
				self.pay_part(id, left);
			}
			Step::PayDebt { who, whose, amount } => self.pay_debt(ACCOUNTS[who], ACCOUNTS[whose], amount)?,
			Step::Waive { id } => {
				let penalty = self
					.penalties
					.get_mut(id % count)
					.filter(|penalty| penalty.left() > 0)?;
				(penalty.state, penalty.is_debt) = (State::Waived, false);
			}
			Step::Annul { id } => self.annul(id % count)?,
			Step::Finalise { id } => {
				let id = id % count;
				let penalty = self.penalties.get(id)?;
				(penalty.state == State::Proposed && penalty.day < self.day).then_some(())?;
				self.make_final(id);
			}
			Step::Move { from, to, amount } => {
				let amount = amount.min(self.money[&ACCOUNTS[from]]);
				*self.money.get_mut(&ACCOUNTS[from]).unwrap() -= amount;
				*self.money.get_mut(&ACCOUNTS[to]).unwrap() += amount;
			}
			Step::Spend { amount } => self.spent += amount.min(self.income - self.spent),
			Step::Days { count } => self.go_to(self.day + count),
		}
		Some(())
	}

	fn pay_debt(&mut self, who: AccountId, whose: AccountId, amount: Balance) -> Option<()> {
		(amount > 0 && self.debt(whose) > 0).then_some(())?;
		let mut left = amount;
		let mut parts = Vec::new();
		let debts = self.penalties.iter().enumerate();
		for (id, penalty) in debts
			.filter(|(_, penalty)| penalty.is_debt && penalty.account == whose)
			.take(DEBTS_MAX)
		{
			let part = penalty.left().min(left);
			left -= part;
			parts.push((id, part));
		}
		self.take(who, amount - left)?;
		for (id, part) in parts {
			self.pay_part(id, part);
		}
		Some(())
	}
}

/// Do `step` on the chain. Returns whether it was possible. Some steps need to know of the model what there is.
fn do_step(step: &Step, model: &Model) -> bool {
	let count = model.penalties.len().max(1);
	let number = |id: usize| PenaltyId((id % count) as u64);
	match *step {
		Step::Propose { who, sanction } => {
			propose(ACCOUNTS[who], sanction);
			true
		}
		Step::Object { who, id } => Penalties::object(signed(ACCOUNTS[who]), number(id), OBJECTION).is_ok(),
		Step::Decide { id, decision } => {
			let decision = match decision {
				Verdict::Upheld => Decision::Upheld,
				Verdict::Rejected => Decision::Rejected,
				Verdict::Reduced(hundredths) => {
					let sanction = model.penalties.get(id % count).map(|penalty| penalty.sanction);
					let smaller = sanction.and_then(|sanction| reduced(&sanction, hundredths));
					Decision::Reduced(smaller.unwrap_or(PenaltySanction::Warning))
				}
			};
			Penalties::decide(root(), number(id), decision, REASON).is_ok()
		}
		Step::Pay { who, id } => Penalties::pay(signed(ACCOUNTS[who]), number(id)).is_ok(),
		Step::PayDebt { who, whose, amount } => {
			Penalties::pay_debt(signed(ACCOUNTS[who]), ACCOUNTS[whose], amount).is_ok()
		}
		Step::Waive { id } => Penalties::waive(root(), number(id), REASON).is_ok(),
		Step::Annul { id } => Penalties::annul(root(), number(id), REASON).is_ok(),
		Step::Finalise { id } => Penalties::finalise(signed(STRANGER), number(id)).is_ok(),
		Step::Move { from, to, amount } => {
			let amount = amount.min(free(ACCOUNTS[from]));
			Balances::transfer_keep_alive(signed(ACCOUNTS[from]), ACCOUNTS[to], amount).is_ok()
		}
		Step::Spend { amount } => {
			drain_treasury(amount.min(model.income - model.spent));
			true
		}
		Step::Days { count } => {
			let day = Day(model.day + count);
			for _ in 0..20 {
				block_on(day);
			}
			true
		}
	}
}

fn check(model: &Model) {
	Penalties::do_try_state().unwrap();
	check_learned();
	assert_eq!(fines(), model.income);
	for who in ACCOUNTS {
		assert_eq!(free(who), model.money[&who], "money of {who}");
		assert_eq!(debt_of(who), model.debt(who), "debt of {who}");
		assert_eq!(Penalties::owes(&who), model.debt(who) > 0);
	}
	assert_eq!(Records::<Test>::iter().count(), model.penalties.len());
	for (id, penalty) in model.penalties.iter().enumerate() {
		let record = record(PenaltyId(id as u64));
		let state = match record.status {
			Status::Proposed => State::Proposed,
			Status::Objected => State::Objected,
			Status::Due => State::Due,
			Status::Paid => State::Paid,
			Status::Enforced => State::Enforced,
			Status::Waived => State::Waived,
			Status::Annulled => State::Annulled,
		};
		assert_eq!(state, penalty.state, "state of {id}");
		assert_eq!(
			record.paid - record.refunded,
			penalty.paid,
			"what was paid of {id}"
		);
		assert_eq!(record.sanction, penalty.sanction);
	}
}

fn any_sanction() -> impl Strategy<Value = PenaltySanction> {
	prop_oneof![
		6 => (1..400_000_u128).prop_map(fine),
		1 => (1..3_u128).prop_map(fine),
		1 => (1..100_u64).prop_map(cut),
		2 => (1..60_u32).prop_map(ban),
		1 => Just(PenaltySanction::Warning),
		1 => Just(PenaltySanction::Publication),
	]
}

fn any_step() -> impl Strategy<Value = Step> {
	let who = 0..ACCOUNTS.len();
	let id = 0..1_000_usize;
	let amount = prop_oneof![0..3_u128, 0..500_000_u128, Just(2 * FUNDS)];
	let verdict = prop_oneof![
		1 => Just(Verdict::Upheld),
		2 => Just(Verdict::Rejected),
		2 => (0..101_u32).prop_map(Verdict::Reduced),
	];
	prop_oneof![
		6 => (who.clone(), any_sanction()).prop_map(|(who, sanction)| Step::Propose { who, sanction }),
		3 => (who.clone(), id.clone()).prop_map(|(who, id)| Step::Object { who, id }),
		4 => (id.clone(), verdict).prop_map(|(id, decision)| Step::Decide { id, decision }),
		3 => (who.clone(), id.clone()).prop_map(|(who, id)| Step::Pay { who, id }),
		3 => (who.clone(), who.clone(), amount.clone())
			.prop_map(|(who, whose, amount)| Step::PayDebt { who, whose, amount }),
		1 => id.clone().prop_map(|id| Step::Waive { id }),
		2 => id.clone().prop_map(|id| Step::Annul { id }),
		1 => id.prop_map(|id| Step::Finalise { id }),
		3 => (who.clone(), who, amount.clone()).prop_map(|(from, to, amount)| Step::Move { from, to, amount }),
		1 => amount.prop_map(|amount| Step::Spend { amount }),
		5 => (1..15_u32).prop_map(|count| Step::Days { count }),
		1 => (30..90_u32).prop_map(|count| Step::Days { count }),
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

	#[test]
	fn the_chain_does_what_the_model_does(steps in prop::collection::vec(any_step(), 1..80)) {
		ExtBuilder.build().execute_with(|| {
			let mut model = Model::new();
			// What is spent goes to an account that lives.
			assert_ok!(Balances::force_set_balance(root(), 2_001, MINIMUM));
			assert_ok!(Balances::force_set_balance(root(), FRIEND, FUNDS - MINIMUM));
			*model.money.get_mut(&FRIEND).unwrap() -= MINIMUM;
			for step in steps {
				let was_done = do_step(&step, &model);
				let is_possible = model.step(&step).is_some();
				assert_eq!(was_done, is_possible, "{step:?}");
				check(&model);
			}
		});
	}
}
