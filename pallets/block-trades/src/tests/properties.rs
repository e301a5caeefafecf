//! In whatever order calls, blocks, halts and funds come, no fen and no tonne is made or lost, and every
//! trade ends exactly once.
//!
//! The model is written from the pallet's description: on paper, what each account has free, and the trades.
//! It says beforehand which calls are accepted. What a block does by itself it does not say beforehand, since
//! trades of one minute may have their turn in any order; it checks each event against the paper instead, and
//! that nothing was left waiting that was due.

use crate::{mock::*, Agenda, AgendaLengths, BlockRules, Event, Missing, OpenTrades, Terms, TradeId, Trades};
use carbon_primitives::{Balance, Moment, Price, Tonnes};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::{BTreeMap, BTreeSet};

const WHO: [AccountId; 4] = [SELLER, BUYER, CAROL, SISTER];
const ROOM: usize = 20;
const ROOM_OF_ONE: usize = 12;
const SHORT_WINDOW: Moment = 120 * MINUTE;
/// When a block comes later than that after the end of a window, the chain stood still.
const LATE: Moment = 60 * MINUTE;

#[derive(Clone, Debug)]
struct Draft {
	seller: AccountId,
	buyer: AccountId,
	by_seller: bool,
	tonnes: u64,
	price: u64,
	/// In minutes from now.
	expires_in: u64,
	/// In minutes from the expiry.
	settles_in: Option<u64>,
}

#[derive(Clone, Debug)]
enum Step {
	Propose(Draft),
	Accept(AccountId, usize),
	AcceptByWhom(usize),
	Withdraw(AccountId, usize),
	Reject(AccountId, usize),
	Settle(usize),
	/// In minutes.
	Wait(u64),
	/// In minutes; the blocks have no weight left for what they do by themselves.
	Pass(u64),
	/// In minutes from now.
	Halt(u64),
	Lift,
	Fund(AccountId, Balance, u64),
	Take(AccountId, u8),
	ToggleRight(AccountId),
	ToggleFull(AccountId),
}

fn who() -> impl Strategy<Value = AccountId> {
	select(WHO.to_vec())
}

fn draft() -> impl Strategy<Value = Draft> {
	let sides = prop_oneof![
		12 => select(vec![(SELLER, BUYER), (BUYER, SELLER), (CAROL, BUYER), (SELLER, CAROL), (BUYER, SISTER)]),
		1 => (who(), who()),
	];
	let price = prop_oneof![16 => select(vec![6_300_u64, 9_000, 9_001, 11_700]), 1 => Just(6_299)];
	let tonnes = prop_oneof![16 => TONNES..2 * TONNES, 1 => Just(TONNES - 1)];
	let settles_in = prop_oneof![1 => Just(None), 4 => (0..200_u64).prop_map(Some)];
	(sides, any::<bool>(), tonnes, price, 1..40_u64, settles_in).prop_map(
		|((seller, buyer), by_seller, tonnes, price, expires_in, settles_in)| Draft {
			seller,
			buyer,
			by_seller,
			tonnes,
			price,
			expires_in,
			settles_in,
		},
	)
}

fn step() -> impl Strategy<Value = Step> {
	let which = || 0..20_usize;
	let wait = || select(vec![1_u64, 7, 30, 120, 300]);
	prop_oneof![
		10 => draft().prop_map(Step::Propose),
		10 => which().prop_map(Step::AcceptByWhom),
		1 => (who(), which()).prop_map(|(who, n)| Step::Accept(who, n)),
		2 => (who(), which()).prop_map(|(who, n)| Step::Withdraw(who, n)),
		2 => (who(), which()).prop_map(|(who, n)| Step::Reject(who, n)),
		8 => which().prop_map(Step::Settle),
		6 => wait().prop_map(Step::Wait),
		3 => select(vec![1_u64, 7, 30]).prop_map(Step::Pass),
		3 => select(vec![30_u64, 120, 300]).prop_map(Step::Halt),
		2 => Just(Step::Lift),
		3 => (who(), 1..2 * VALUE, 1..3 * TONNES).prop_map(|(who, fen, tonnes)| Step::Fund(who, fen, tonnes)),
		4 => (who(), 128..=255_u8).prop_map(|(who, part)| Step::Take(who, part)),
		1 => who().prop_map(Step::ToggleRight),
		2 => who().prop_map(Step::ToggleFull),
	]
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Paper {
	Proposed,
	Agreed,
	Late(Moment),
}

#[derive(Clone, Debug)]
struct Deal {
	terms: Terms<AccountId>,
	by_seller: bool,
	/// What each side lays down when it consents: (cash, tonnes).
	by: [(Balance, u128); 2],
	/// The margins, seller's first.
	margins: [Balance; 2],
	stage: Paper,
	/// When a block is to look at it.
	next: Moment,
}

impl Deal {
	fn consents(&self) -> Vec<usize> {
		let proposer = usize::from(!self.by_seller);
		(0..2)
			.filter(|side| *side == proposer || self.stage != Paper::Proposed)
			.collect()
	}

	fn account(&self, side: usize) -> AccountId {
		[self.terms.seller, self.terms.buyer][side]
	}

	/// Whether there is a window that ended, while the chain went on.
	fn is_over(&self) -> bool {
		let now = Now::get();
		matches!(self.stage, Paper::Late(end) if end <= now && now <= end + LATE)
	}

	/// Whether a window opens where a side cannot perform: there is none, or it ended while the chain stood still.
	fn has_time_to_come(&self) -> bool {
		match self.stage {
			Paper::Proposed => false,
			Paper::Agreed => true,
			Paper::Late(end) => Now::get() > end + LATE,
		}
	}

	/// Whether both have consented and the date has come.
	fn has_come(&self) -> bool {
		let date = self.terms.settles_at;
		self.stage != Paper::Proposed && date.is_some_and(|date| date <= Now::get())
	}

	fn value(&self) -> Balance {
		Balance::from(self.terms.tonnes.0) * Balance::from(self.terms.price.0)
	}
}

#[derive(Default)]
struct Model {
	free: BTreeMap<AccountId, (Balance, u128)>,
	deals: BTreeMap<u64, Deal>,
	ended: BTreeSet<u64>,
	/// How many trades were kept, and how many sides did not keep theirs.
	kept: usize,
	broken: usize,
	made: u64,
	/// All that was ever given to accounts, less what was taken.
	total: (Balance, u128),
	traders: BTreeSet<AccountId>,
	full: BTreeSet<AccountId>,
	halted_until: Moment,
}

fn round_up(value: Balance, bps: u32) -> Balance {
	let product = value * Balance::from(bps);
	product / 10_000 + Balance::from(!product.is_multiple_of(10_000))
}

impl Model {
	fn new() -> Self {
		let start = (FUNDS, 10 * u128::from(TONNES));
		Self {
			free: WHO.map(|who| (who, start)).into(),
			total: (4 * start.0, 4 * start.1),
			traders: WHO.into(),
			..Default::default()
		}
	}

	fn halted(&self) -> bool {
		Now::get() < self.halted_until
	}

	fn give(&mut self, who: AccountId, (cash, tonnes): (Balance, u128)) {
		let purse = self.free.get_mut(&who).unwrap();
		purse.0 += cash;
		purse.1 += tonnes;
	}

	fn has(&self, who: AccountId, (cash, tonnes): (Balance, u128)) -> bool {
		self.free[&who].0 >= cash && self.free[&who].1 >= tonnes
	}

	fn take(&mut self, who: AccountId, funds: (Balance, u128)) {
		assert!(self.has(who, funds), "{who} has not {funds:?}");
		let purse = self.free.get_mut(&who).unwrap();
		purse.0 -= funds.0;
		purse.1 -= funds.1;
	}

	/// The number that a step means: one of the trades on paper that wait for what the step does, if there is
	/// one, otherwise any, and now and then one that does not exist.
	fn pick(&self, n: usize, waits: impl Fn(&Deal) -> bool) -> u64 {
		let fit = self.deals.iter().filter(|(_, deal)| waits(deal));
		let fit: Vec<_> = fit.map(|(id, _)| *id).collect();
		match n {
			0 => self.made,
			1 => self.deals.keys().next().copied().unwrap_or(self.made),
			_ => fit.get(n % fit.len().max(1)).copied().unwrap_or(self.made),
		}
	}

	fn open_of(&self, who: AccountId) -> usize {
		self.deals
			.values()
			.flat_map(|deal| deal.consents().into_iter().map(|side| deal.account(side)))
			.filter(|account| *account == who)
			.count()
	}

	fn may_deal(&self, terms: &Terms<AccountId>) -> bool {
		let group = |who| if who == SISTER { SELLER } else { who };
		group(terms.seller) != group(terms.buyer)
			&& self.traders.contains(&terms.seller)
			&& self.traders.contains(&terms.buyer)
			&& !self.halted()
			&& terms.tonnes.0 >= TONNES
			&& (6_300..=11_700).contains(&terms.price.0)
	}

	fn end(&mut self, id: u64) -> Deal {
		assert!(self.ended.insert(id), "trade {id} ended twice");
		self.deals.remove(&id).expect("the trade had not ended")
	}

	/// End a proposal and give the stake back.
	fn dissolve(&mut self, id: u64) {
		let deal = self.end(id);
		let side = usize::from(!deal.by_seller);
		self.give(deal.account(side), deal.by[side]);
	}

	/// Who could not perform at this moment.
	fn missing(&self, deal: &Deal) -> Option<Missing> {
		let tonnes = (0, u128::from(deal.terms.tonnes.0));
		let rest = (deal.value().saturating_sub(deal.margins[1]), 0);
		let seller = !self.has(deal.terms.seller, tonnes);
		let buyer = !self.has(deal.terms.buyer, rest);
		match (seller, buyer) {
			(true, true) => Some(Missing::Both),
			(true, false) => Some(Missing::Seller),
			(false, true) => Some(Missing::Buyer),
			(false, false) => self.full.contains(&deal.terms.buyer).then_some(Missing::Buyer),
		}
	}

	fn fulfil(&mut self, id: u64) {
		let deal = self.deals[&id].clone();
		assert_eq!(self.missing(&deal), None);
		self.end(id);
		// All comes out of the free funds, after the margins have become free.
		for side in 0..2 {
			self.give(deal.account(side), (deal.margins[side], 0));
		}
		self.swap(&deal);
	}

	/// Both legs, from what is free.
	fn swap(&mut self, deal: &Deal) {
		let tonnes = (0, u128::from(deal.terms.tonnes.0));
		let value = (deal.value(), 0);
		self.kept += 1;
		self.take(deal.terms.seller, tonnes);
		self.take(deal.terms.buyer, value);
		self.give(deal.terms.buyer, tonnes);
		self.give(deal.terms.seller, value);
	}

	fn break_off(&mut self, id: u64, missing: Missing) {
		let deal = self.end(id);
		let [seller, buyer] = deal.margins;
		self.broken += if missing == Missing::Both { 2 } else { 1 };
		let (to_seller, to_buyer) = match missing {
			Missing::Seller => (0, seller + buyer),
			Missing::Buyer => (seller + buyer, 0),
			Missing::Both => (seller, buyer),
		};
		self.give(deal.terms.seller, (to_seller, 0));
		self.give(deal.terms.buyer, (to_buyer, 0));
	}

	/// Whether the proposal is accepted by the chain; if so, it is noted.
	fn propose(&mut self, draft: &Draft) -> bool {
		let terms = terms_of(draft);
		let value = Balance::from(draft.tonnes) * Balance::from(draft.price);
		let bps = |who| match who {
			SELLER => SELLER_BPS,
			_ => BUYER_BPS,
		};
		let later = terms.settles_at.is_some();
		let margins =
			[terms.seller, terms.buyer].map(|who| if later { round_up(value, bps(who)) } else { 0 });
		let deal = Deal {
			by: if later {
				margins.map(|margin| (margin, 0))
			} else {
				[(0, draft.tonnes.into()), (value, 0)]
			},
			by_seller: draft.by_seller,
			margins,
			stage: Paper::Proposed,
			next: terms.expires_at,
			terms,
		};
		let side = usize::from(!draft.by_seller);
		let proposer = deal.account(side);
		let accepted = self.may_deal(&deal.terms)
			&& self.deals.len() < ROOM
			&& self.open_of(proposer) < ROOM_OF_ONE
			&& self.has(proposer, deal.by[side]);
		if accepted {
			self.take(proposer, deal.by[side]);
			self.deals.insert(self.made, deal);
			self.made += 1;
		}
		accepted
	}

	fn accept(&mut self, who: AccountId, id: u64) -> bool {
		let Some(deal) = self.deals.get(&id).cloned() else {
			return false;
		};
		let side = usize::from(deal.by_seller);
		let later = deal.terms.settles_at.is_some();
		let accepted = deal.stage == Paper::Proposed
			&& deal.account(side) == who
			&& Now::get() < deal.terms.expires_at
			&& self.may_deal(&deal.terms)
			&& self.has(who, deal.by[side])
			&& (later || !self.full.contains(&deal.terms.buyer))
			&& (!later || self.open_of(who) < ROOM_OF_ONE);
		if !accepted {
			return false;
		}
		match deal.terms.settles_at {
			Some(date) => {
				self.take(who, deal.by[side]);
				let deal = self.deals.get_mut(&id).unwrap();
				(deal.stage, deal.next) = (Paper::Agreed, date);
			}
			None => {
				self.dissolve(id);
				self.swap(&deal);
			}
		}
		true
	}

	fn dismiss(&mut self, who: AccountId, id: u64, by_proposer: bool) -> bool {
		let accepted = self.deals.get(&id).is_some_and(|deal| {
			let side = usize::from(deal.by_seller != by_proposer);
			deal.stage == Paper::Proposed && deal.account(side) == who
		});
		if accepted {
			self.dissolve(id);
		}
		accepted
	}

	fn settle(&mut self, id: u64) -> bool {
		let Some(deal) = self.deals.get(&id).cloned() else {
			return false;
		};
		if !deal.has_come() || self.halted() {
			return false;
		}
		match self.missing(&deal) {
			None => self.fulfil(id),
			Some(missing) if deal.is_over() => self.break_off(id, missing),
			Some(_) => return false,
		}
		true
	}

	/// What a block has told must be what the paper allows.
	fn follow(&mut self, event: Event<Test>) {
		let now = Now::get();
		let deal = |model: &Self, id: TradeId| model.deals.get(&id.0).cloned().expect("it has not ended");
		match event {
			Event::Expired { id, .. } => {
				let deal = deal(self, id);
				assert!(deal.stage == Paper::Proposed && deal.terms.expires_at <= now);
				self.dissolve(id.0);
			}
			Event::Settled { id, .. } => {
				let deal = deal(self, id);
				assert!(deal.stage != Paper::Proposed && deal.next <= now && !self.halted());
				self.fulfil(id.0);
			}
			Event::WindowOpened { id, missing, ends_at } => {
				let deal = deal(self, id);
				assert!(deal.has_time_to_come() && deal.next <= now && !self.halted());
				assert_eq!(
					(self.missing(&deal), ends_at),
					(Some(missing), now + SHORT_WINDOW)
				);
				let deal = self.deals.get_mut(&id.0).unwrap();
				(deal.stage, deal.next) = (Paper::Late(ends_at), ends_at);
			}
			Event::Postponed { id, until } => {
				let deal = deal(self, id);
				assert!(deal.stage != Paper::Proposed && deal.next <= now && self.halted());
				assert_eq!(until, self.halted_until);
				let deal = self.deals.get_mut(&id.0).unwrap();
				(deal.stage, deal.next) = (Paper::Agreed, until);
			}
			Event::Defaulted { id, missing, .. } => {
				let deal = deal(self, id);
				assert!(deal.is_over() && !self.halted());
				assert_eq!(self.missing(&deal), Some(missing));
				self.break_off(id.0, missing);
			}
			other => panic!("no block does that: {other:?}"),
		}
	}

	/// Blocks at the moment `now`, until nothing is left to do.
	fn blocks(&mut self, now: Moment) {
		loop {
			block_at(now);
			told().into_iter().for_each(|event| self.follow(event));
			let waits = self
				.deals
				.values()
				.any(|deal| deal.next.div_ceil(MINUTE) * MINUTE <= now);
			if !waits {
				break;
			}
			assert_eq!(Trades::<Test>::count() as usize, self.deals.len());
		}
	}

	/// The chain and the paper agree, and nothing was made or lost.
	fn check(&self) {
		let mut sum = self.total;
		for who in WHO {
			let ((cash, cash_pledged), (tonnes, tonnes_pledged)) = (cash_of(who), tonnes_of(who));
			assert_eq!((cash, tonnes), self.free[&who], "free funds of {who}");
			sum.0 -= cash + cash_pledged;
			sum.1 -= tonnes + tonnes_pledged;
		}
		assert_eq!(sum, (0, 0), "something was made or lost");
		let open: Vec<_> = self.deals.keys().copied().collect();
		let mut on_chain: Vec<_> = Trades::<Test>::iter_keys().map(|id| id.0).collect();
		on_chain.sort_unstable();
		assert_eq!(on_chain, open);
		assert_eq!(self.ended.len() + open.len(), self.made as usize);
		assert_eq!((kept().len(), reported().len()), (self.kept, self.broken));
		check_pledges();
		BlockTrades::do_try_state().unwrap();
	}
}

fn terms_of(draft: &Draft) -> Terms<AccountId> {
	let expires_at = Now::get() + draft.expires_in * MINUTE;
	Terms {
		asset: ASSET,
		seller: draft.seller,
		buyer: draft.buyer,
		tonnes: Tonnes(draft.tonnes),
		price: Price(draft.price),
		expires_at,
		settles_at: draft.settles_in.map(|minutes| expires_at + minutes * MINUTE),
	}
}

fn toggle(set: &mut BTreeSet<AccountId>, who: AccountId) -> BTreeSet<AccountId> {
	if !set.remove(&who) {
		set.insert(who);
	}
	set.clone()
}

/// Whether a call went as the model says.
fn take_call(model: &mut Model, step: &Step) -> (bool, bool) {
	match *step {
		Step::Propose(ref draft) => {
			let terms = terms_of(draft);
			let by = if draft.by_seller {
				draft.seller
			} else {
				draft.buyer
			};
			// Who is on both sides is the seller.
			let expected = model.propose(draft);
			(BlockTrades::propose(signed(by), terms).is_ok(), expected)
		}
		Step::Accept(who, n) => {
			let id = model.pick(n, |deal| deal.stage == Paper::Proposed);
			let digest =
				BlockTrades::block_trade(TradeId(id)).map_or_else(Default::default, |view| view.digest);
			let expected = model.accept(who, id);
			(
				BlockTrades::accept(signed(who), TradeId(id), digest).is_ok(),
				expected,
			)
		}
		Step::Withdraw(who, n) => {
			let id = model.pick(n, |deal| deal.stage == Paper::Proposed);
			let expected = model.dismiss(who, id, true);
			(BlockTrades::withdraw(signed(who), TradeId(id)).is_ok(), expected)
		}
		Step::Reject(who, n) => {
			let id = model.pick(n, |deal| deal.stage == Paper::Proposed);
			let expected = model.dismiss(who, id, false);
			(BlockTrades::reject(signed(who), TradeId(id)).is_ok(), expected)
		}
		Step::Settle(n) => {
			let id = model.pick(n, Deal::has_come);
			let expected = model.settle(id);
			(
				BlockTrades::settle(signed(STRANGER), TradeId(id)).is_ok(),
				expected,
			)
		}
		_ => unreachable!("no call"),
	}
}

fn take_step(model: &mut Model, step: &Step) {
	match *step {
		Step::Wait(minutes) => model.blocks(Now::get() + minutes * MINUTE),
		Step::Pass(minutes) => Now::mutate(|now| *now += minutes * MINUTE),
		Step::Halt(minutes) => {
			model.halted_until = Now::get() + minutes * MINUTE;
			HaltedUntil::set(Some(model.halted_until));
		}
		Step::Lift => {
			model.halted_until = 0;
			HaltedUntil::set(None);
		}
		Step::Fund(who, fen, tonnes) => {
			fund(who, cash(fen));
			fund(who, allowances(tonnes));
			model.give(who, (fen, tonnes.into()));
			model.total.0 += fen;
			model.total.1 += u128::from(tonnes);
		}
		Step::Take(who, part) => {
			let (fen, tonnes) = model.free[&who];
			let gone = (fen * u128::from(part) / 255, tonnes * u128::from(part) / 255);
			for funds in [cash(gone.0), allowances(gone.1 as u64)] {
				if !funds.is_zero() {
					take(who, funds);
				}
			}
			model.take(who, gone);
			model.total.0 -= gone.0;
			model.total.1 -= gone.1;
		}
		Step::ToggleRight(who) => Traders::set(toggle(&mut model.traders, who)),
		Step::ToggleFull(who) => Full::set(toggle(&mut model.full, who)),
		Step::AcceptByWhom(n) => {
			let id = model.pick(n, |deal| deal.stage == Paper::Proposed);
			let acceptor = model
				.deals
				.get(&id)
				.map_or(CAROL, |deal| deal.account(usize::from(deal.by_seller)));
			take_step(model, &Step::Accept(acceptor, n));
		}
		_ => {
			let (actual, expected) = take_call(model, step);
			assert_eq!(actual, expected, "{step:?}");
		}
	}
}

/// Run the steps, then let time pass until every trade has ended.
fn run(steps: &[Step]) -> Model {
	let mut model = Model::new();
	Defaults::set(BlockRules {
		window: SHORT_WINDOW,
		..RULES
	});
	for step in steps {
		take_step(&mut model, step);
		model.check();
	}
	take_step(&mut model, &Step::Lift);
	for _ in 0..50 {
		take_step(&mut model, &Step::Wait(30));
		model.check();
	}
	assert!(model.deals.is_empty(), "a trade has not ended");
	assert_eq!(model.ended.len() as u64, model.made);
	assert_eq!(Agenda::<Test>::iter().count(), 0);
	assert_eq!(AgendaLengths::<Test>::iter().count(), 0);
	assert_eq!(OpenTrades::<Test>::iter().count(), 0);
	model
}

proptest! {
	#[test]
	fn nothing_is_made_or_lost_and_every_trade_ends_once_in_whatever_order_things_come(
		steps in vec(step(), 1..60)
	) {
		ExtBuilder::default().build_and_execute(|| {
			run(&steps);
		});
	}
}

/// A model that notices nothing is no help: it objects to a ledger that loses a fen with each release.
#[test]
#[should_panic(expected = "free funds of")]
fn the_model_should_object_when_a_fen_is_lost() {
	ExtBuilder::default().build_and_execute(|| {
		Leaky::set(true);
		let draft = Draft {
			seller: SELLER,
			buyer: BUYER,
			by_seller: false,
			tonnes: TONNES,
			price: PRICE,
			expires_in: 5,
			settles_in: None,
		};
		run(&[Step::Propose(draft), Step::Withdraw(BUYER, 0)]);
	});
}
