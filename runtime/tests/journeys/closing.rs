//! The end of a period with ten thousand entities, in whole blocks with the weights of the chain: inherent, hooks, transactions.

use crate::env::*;
use carbon_primitives::{Moment, Role, Tonnes};
use carbon_runtime::{
	configs::{CNY, SLOT_DURATION},
	AccountId, Allowance, Executive, Runtime, RuntimeCall, RuntimeEvent, System, Timestamp,
	UncheckedExtrinsic,
};
use codec::Encode;
use frame_support::{assert_ok, traits::Time, weights::Weight};
use pallet_allowance::{
	ObligationRule, Obligations, Phase, ReportRecord, ReportState, RuleSet, SurrenderStatus, Timeline,
};
use pallet_market::{Funds, Side};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Header as _, BuildStorage, Digest, DigestItem};
use std::collections::BTreeMap;

type AllowanceCall = pallet_allowance::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;

/// How many entities there are, and how many a list of a call has.
const ENTITIES: u32 = 10_000;
const LIST: usize = 100;
/// What each of them has emitted, and what those have surrendered that are short.
const EMITTED: Tonnes = Tonnes(1_000);
const TOO_FEW: Tonnes = Tonnes(900);
/// When the period ends.
const DEADLINE: Moment = GENESIS_TIME + 60 * SLOT_DURATION;
/// How long the chain stands still while the period is closing.
const PAUSE: Moment = 3 * 24 * 3_600_000;
/// Most blocks that the closing may take: 80 seconds. By the weights it takes 35, since each entity may have to be fined.
const BLOCKS_MAX: u32 = 40;

fn entity(number: u32) -> AccountId {
	let mut account = [0xcc; 32];
	account[..4].copy_from_slice(&number.to_le_bytes());
	account.into()
}

fn entities() -> Vec<AccountId> {
	(0..ENTITIES).map(entity).collect()
}

/// The status that an entity will have: a third of them report nothing, a third fall short, the others comply.
fn fate(number: u32) -> SurrenderStatus {
	match number % 3 {
		0 => SurrenderStatus::C,
		1 => SurrenderStatus::B,
		_ => SurrenderStatus::A,
	}
}

/// The development preset, with ten thousand covered entities more: admitting them one by one is not what this is about.
fn genesis() -> TestExternalities {
	let mut config = genesis_of("development");
	let covered = entities().into_iter().map(|who| (who, vec![Role::CoveredEntity]));
	config.participants.participants.extend(covered);
	config.build_storage().expect("the genesis is valid").into()
}

/// Open the period and enrol everybody, a hundred in a call; and a market, on which somebody has money.
fn open() {
	let rules = RuleSet {
		obligation: ObligationRule::Cumulative,
		deduct_shortfall: true,
		..Default::default()
	};
	let timeline = Timeline {
		opens: GENESIS_TIME,
		reports_due: DEADLINE,
		verification_due: DEADLINE,
		surrender_due: DEADLINE,
		objection_days: 7,
		decision_days: 10,
	};
	assert_ok!(regulator(AllowanceCall::open_period {
		year: YEAR,
		cap: Tonnes(u64::from(ENTITIES) * EMITTED.0),
		rules,
		timeline,
	}));
	for list in entities().chunks(LIST) {
		assert_ok!(regulator(AllowanceCall::enrol {
			year: YEAR,
			entities: list.to_vec().try_into().expect("fits"),
		}));
	}
	assert_ok!(regulator(create_market()));
	let amount = 1_000 * CNY;
	let funds = Funds::Cash { amount };
	assert_ok!(signed(dave(), MarketCall::deposit { funds }));
}

/// Let everybody have what allocation, a confirmed report and a surrender leave in its obligation, which is all that the closing reads of
/// them. It is written past the calls: thirty thousand of them would take a minute, and they are tested elsewhere. The supply and the
/// records of surrenders know nothing of it, so that the invariants about them do not hold here.
fn report_and_surrender() {
	for number in 0..ENTITIES {
		Obligations::<Runtime>::mutate(YEAR, entity(number), |obligation| {
			let obligation = obligation.as_mut().expect("it is enrolled");
			obligation.allocated = Some(EMITTED);
			if fate(number) == SurrenderStatus::C {
				return;
			}
			obligation.report = Some(ReportRecord {
				tonnes: EMITTED,
				digest: digest(1),
				state: ReportState::Confirmed,
				at: GENESIS_TIME,
				late: false,
				verified_late: false,
			});
			obligation.verifier = Some(verifier());
			let complies = fate(number) == SurrenderStatus::A;
			obligation.surrendered = if complies { EMITTED } else { TOO_FEW };
		});
	}
}

/// What a block has left behind.
struct Block {
	/// Weight before the idle hooks, which take what is left by themselves.
	used: Weight,
	/// Who was assessed in it.
	assessed: Vec<(AccountId, SurrenderStatus)>,
}

/// Make a whole block at the moment `now`, with an order in it and the cancellation of all orders.
fn block(now: Moment) -> Block {
	let slot = Slot::from(now / SLOT_DURATION);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
	};
	let number = System::block_number() + 1;
	let none = Default::default();
	let header = carbon_runtime::Header::new(number, none, none, System::parent_hash(), digest);
	Executive::initialize_block(&header);
	let inherent = pallet_timestamp::Call::<Runtime>::set { now };
	let inherent = UncheckedExtrinsic::new_bare(RuntimeCall::from(inherent));
	assert_ok!(Executive::apply_extrinsic(inherent).expect("the inherent is valid"));

	// The hook has run by then: what it leaves is what transactions have.
	let order = MarketCall::place_order {
		asset: YEAR.into(),
		order: limit_order(Side::Buy, 8_000, 1),
	};
	assert_ok!(in_block(Key::Dave, order).expect("an order finds room"));
	assert_ok!(in_block(Key::Dave, MarketCall::cancel_all {}).expect("a cancellation finds room"));
	let used = System::block_weight().total();
	let assessed = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Allowance(pallet_allowance::Event::StatusAssessed { entity, status, .. }) => {
				Some((entity, status))
			}
			_ => None,
		});
	let assessed = assessed.collect();
	Executive::finalize_block();
	Block { used, assessed }
}

fn phase() -> Option<Phase> {
	Allowance::period(YEAR).map(|period| period.phase)
}

/// Blocks of the closing, and who was assessed in each of those in which anybody was.
#[derive(Default)]
struct Closing {
	blocks: u32,
	statuses: BTreeMap<AccountId, SurrenderStatus>,
	counts: Vec<usize>,
}

impl Closing {
	/// Make blocks until `is_enough` of what has been noted.
	fn go_on(&mut self, state: &mut TestExternalities, is_enough: impl Fn(&Self) -> bool) {
		while !is_enough(self) {
			self.blocks += 1;
			assert!(self.blocks <= BLOCKS_MAX, "the closing does not come to its end");
			let block = state.execute_with(|| block(Timestamp::now() + SLOT_DURATION));
			// As a node does after each block. It also keeps the changes few of which the next block finds the root.
			assert_ok!(state.commit_all());
			self.note(block);
		}
	}

	fn note(&mut self, block: Block) {
		let limits = <Runtime as frame_system::Config>::BlockWeights::get();
		assert!(block.used.all_lte(limits.max_block), "a block is over its weight");
		assert!(
			block.used.ref_time() <= limits.max_block.ref_time() / 3,
			"the closing takes more than its part"
		);
		if !block.assessed.is_empty() {
			self.counts.push(block.assessed.len());
		}
		for (who, status) in block.assessed {
			assert_eq!(
				self.statuses.insert(who, status),
				None,
				"somebody is assessed twice"
			);
		}
	}
}

/// The state as a node that starts again finds it.
fn reload(mut state: TestExternalities) -> TestExternalities {
	assert_ok!(state.commit_all());
	let version = state.state_version;
	let (stored, root) = state.into_raw_snapshot();
	TestExternalities::from_raw_snapshot(stored, root, version)
}

fn check_outcome(statuses: &BTreeMap<AccountId, SurrenderStatus>) {
	assert_eq!(phase(), Some(Phase::Closed));
	for number in 0..ENTITIES {
		let who = entity(number);
		assert_eq!(statuses.get(&who), Some(&fate(number)), "entity {number}");
		let missing = match fate(number) {
			SurrenderStatus::B => Tonnes(EMITTED.0 - TOO_FEW.0),
			_ => Tonnes::ZERO,
		};
		let obligation = Allowance::obligation(YEAR, who.clone()).expect("it is enrolled");
		assert_eq!(
			(obligation.status, obligation.shortfall),
			(Some(fate(number)), missing)
		);
		assert_eq!(Allowance::deduction(who), missing);
	}
	assert_eq!(statuses.len(), ENTITIES as usize);
}

#[test]
fn ten_thousand_entities_are_assessed_without_a_block_over_its_weight_and_nobody_is_skipped() {
	let mut closing = Closing::default();
	let mut state = genesis();
	state.execute_with(|| {
		System::set_block_number(1);
		set_time(GENESIS_TIME);
		open();
		report_and_surrender();
		// The deadline passes.
		set_time(DEADLINE);
	});
	assert_ok!(state.commit_all());
	closing.go_on(&mut state, |closing| closing.counts.len() == 2);

	// The node stops in the middle of it, and starts again from what it has stored, after three days.
	let mut state = reload(state);
	state.execute_with(|| {
		assert_eq!(phase(), Some(Phase::Closing));
		set_time(Timestamp::now() + PAUSE);
	});
	closing.go_on(&mut state, |closing| closing.statuses.len() == ENTITIES as usize);

	state.execute_with(|| check_outcome(&closing.statuses));
	// Each block does its part: the first of them tells how many it takes. One comes before, in which the phase moves on.
	let blocks = (ENTITIES as usize).div_ceil(closing.counts[0]);
	assert_eq!(closing.counts.len(), blocks);
	assert_eq!(closing.blocks as usize, blocks + 1);
}
