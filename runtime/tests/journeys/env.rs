//! The environment of a journey: the development preset's state, and the few verbs that journeys share. No verb sets
//! anything up in secret.

use carbon_primitives::{Digest, Moment, Price, Tonnes, Vintage};
use carbon_runtime::{
	configs::SLOT_DURATION, genesis, invariants, AccountId, AllPalletsWithSystem, Executive, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, RuntimeOrigin, SignedPayload, System, Timestamp,
	TxExtension, UncheckedExtrinsic,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	traits::{OnIdle, OnInitialize, OnPoll, Time, UnfilteredDispatchable},
	weights::{Weight, WeightMeter},
};
use serde_json::Value;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash},
	transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
	BuildStorage, DispatchError, TransactionOutcome,
};

pub const YEAR: Vintage = Vintage(2021);

/// What the clock shows in the first block of a journey.
pub const GENESIS_TIME: Moment = 1_700_000_000_000;

pub fn bank() -> AccountId {
	Key::Bob.to_account_id()
}

pub fn verifier() -> AccountId {
	Key::Charlie.to_account_id()
}

pub fn dave() -> AccountId {
	Key::Dave.to_account_id()
}

pub fn eve() -> AccountId {
	Key::Eve.to_account_id()
}

pub fn seller() -> AccountId {
	Key::Ferdie.to_account_id()
}

/// Run a journey from the development preset on, and check every invariant at its end.
pub fn journey(steps: impl FnOnce()) {
	let mut ext = sp_io::TestExternalities::new(storage_of(genesis_of("development")));
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(GENESIS_TIME);
		steps();
		for report in invariants::check() {
			let pallet = String::from_utf8_lossy(&report.pallet);
			let violation = report
				.violation
				.map(|sentence| String::from_utf8_lossy(&sentence).into_owned());
			assert_eq!(violation, None, "{pallet}");
		}
	});
}

/// The complete genesis configuration of a preset.
pub fn genesis_of(preset: &str) -> RuntimeGenesisConfig {
	let patch = genesis::preset(&preset.into()).expect("the preset exists");
	let patch: Value = serde_json::from_slice(&patch).expect("the preset is JSON");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("the default is JSON");
	merge(&mut config, patch);
	serde_json::from_value(config).expect("the preset names known fields only")
}

fn storage_of(config: RuntimeGenesisConfig) -> sp_runtime::Storage {
	config.build_storage().expect("the genesis is valid")
}

fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (name, value) in patch {
				merge(into.entry(name).or_insert(Value::Null), value);
			}
		}
		(into, patch) => *into = patch,
	}
}

/// A call signed by `who`, as it is dispatched in a block: filtered, and taken back as a whole when it fails.
pub fn signed(who: AccountId, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	outcome(call.into().dispatch(RuntimeOrigin::signed(who)))
}

/// A call of the regulator with root's authority, which leaves no record. For what a journey is not about.
pub fn regulator(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	outcome(frame_support::storage::with_storage_layer(|| {
		call.into().dispatch_bypass_filter(RuntimeOrigin::root())
	}))
}

fn outcome(result: DispatchResultWithPostInfo) -> Result<(), DispatchError> {
	result.map(|_| ()).map_err(|error| error.error)
}

/// What the next block does before and after its transactions. It comes two seconds after this one.
pub fn next_block() {
	block_at(Timestamp::now() + SLOT_DURATION);
}

/// What the next block does before and after its transactions. It comes at the moment `now`.
pub fn block_at(now: Moment) {
	System::set_block_number(System::block_number() + 1);
	set_time(now);
	AllPalletsWithSystem::on_initialize(System::block_number());
	AllPalletsWithSystem::on_poll(System::block_number(), &mut WeightMeter::new());
	AllPalletsWithSystem::on_idle(System::block_number(), Weight::MAX);
}

/// Milliseconds in a day.
pub const DAY: Moment = 24 * 3_600_000;

/// Let `days` days pass, with a block at the end of each.
pub fn days_pass(days: u32) {
	for _ in 0..days {
		block_at(Timestamp::now() + DAY);
	}
}

/// Let the chain's clock show `now`.
pub fn set_time(now: Moment) {
	pallet_timestamp::Now::<Runtime>::put(now);
}

/// Supervisor, and holder of the break-glass key.
pub fn first_supervisor() -> AccountId {
	Key::Alice.to_account_id()
}

/// The other supervisor.
pub fn second_supervisor() -> AccountId {
	Key::BobStash.to_account_id()
}

/// A clerk of the regulator.
pub fn clerk() -> AccountId {
	Key::AliceStash.to_account_id()
}

/// The legal basis of an act in a journey.
pub fn basis() -> pallet_regulator::Basis {
	b"Interim measures, article 21"
		.to_vec()
		.try_into()
		.expect("short")
}

/// An act of one officer, and what the act itself came to.
pub fn act(officer: AccountId, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	signed(
		officer,
		pallet_regulator::Call::<Runtime>::act {
			basis: basis(),
			reason: digest(0xac),
			call: Box::new(call.into()),
		},
	)?;
	last_result()
}

/// Propose an act; the number of the proposal.
pub fn propose(
	officer: AccountId,
	call: impl Into<RuntimeCall>,
) -> Result<pallet_regulator::ProposalId, DispatchError> {
	signed(
		officer,
		pallet_regulator::Call::<Runtime>::propose {
			basis: basis(),
			reason: digest(0xac),
			call: Box::new(call.into()),
		},
	)?;
	Ok(System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Regulator(pallet_regulator::Event::ActProposed { id, .. }) => Some(id),
			_ => None,
		})
		.expect("a proposal has an event"))
}

/// Approve the proposal `id` of `call`, and what the act itself came to.
pub fn approve(
	officer: AccountId,
	id: pallet_regulator::ProposalId,
	call: impl Into<RuntimeCall>,
) -> Result<(), DispatchError> {
	let call = call.into();
	signed(
		officer,
		pallet_regulator::Call::<Runtime>::approve {
			id,
			call_hash: BlakeTwo256::hash_of(&call),
			weight_limit: Weight::MAX,
		},
	)?;
	last_result()
}

/// An act of both supervisors.
pub fn act_of_two(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	let call = call.into();
	let id = propose(first_supervisor(), call.clone())?;
	approve(second_supervisor(), id, call)
}

fn last_result() -> Result<(), DispatchError> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Regulator(pallet_regulator::Event::ActDispatched { result, .. }) => Some(result),
			_ => None,
		})
		.expect("an act that was dispatched has an event")
}

/// `call` as a transaction that `key` signs.
fn transaction(key: Key, call: RuntimeCall, nonce: u32) -> UncheckedExtrinsic {
	let extension: TxExtension = (
		pallet_participants::CheckAdmission::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(sp_runtime::generic::Era::Immortal),
		pallet_participants::CheckSenderNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let payload = SignedPayload::new(call, extension).expect("the extensions are of this chain");
	let signature = payload.using_encoded(|bytes| key.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, key.to_account_id().into(), signature.into(), extension)
}

/// What a node's pool says of `call` signed by `key`.
pub fn in_pool(key: Key, call: impl Into<RuntimeCall>) -> TransactionValidity {
	let nonce = System::account_nonce(key.to_account_id());
	let transaction = transaction(key, call.into(), nonce);
	// The pool asks on a state of its own, of which nothing is kept.
	frame_support::storage::with_transaction(|| {
		let validity =
			Executive::validate_transaction(TransactionSource::External, transaction, Default::default());
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(validity))
	})
	.expect("rolled back, not failed")
}

/// Put `call` signed by `key` into the block: admission, nonce and fee are checked as on the chain.
pub fn in_block(
	key: Key,
	call: impl Into<RuntimeCall>,
) -> Result<Result<(), DispatchError>, TransactionValidityError> {
	let nonce = System::account_nonce(key.to_account_id());
	Executive::apply_extrinsic(transaction(key, call.into(), nonce))
}

/// Whatever `find` finds in the latest event in which it finds anything.
pub fn last_event<T>(find: impl Fn(RuntimeEvent) -> Option<T>) -> Option<T> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| find(record.event))
}

/// An order without a date, which rests with what it does not trade.
pub fn limit_order(side: pallet_market::Side, price: u64, tonnes: u64) -> pallet_market::NewOrder {
	pallet_market::NewOrder {
		side,
		price: Price(price),
		tonnes: Tonnes(tonnes),
		kind: pallet_market::OrderKind::GoodTillCancelled,
		expires: None,
		self_trade: pallet_market::SelfTrade::default(),
		fee_max: None,
		meet_max: None,
	}
}

/// The deadlines of a period that opens at once and does not end by itself as long as a journey lasts.
pub fn long_period() -> pallet_allowance::Timeline {
	const YEARS: Moment = 365 * 24 * 3_600_000;
	pallet_allowance::Timeline {
		opens: 0,
		reports_due: GENESIS_TIME + YEARS,
		verification_due: GENESIS_TIME + 2 * YEARS,
		surrender_due: GENESIS_TIME + 3 * YEARS,
		objection_days: 7,
		decision_days: 10,
	}
}

/// Opening the period of the year by the default rules.
pub fn open_period(cap: u64) -> pallet_allowance::Call<Runtime> {
	pallet_allowance::Call::open_period {
		year: YEAR,
		cap: Tonnes(cap),
		rules: pallet_allowance::RuleSet::default(),
		timeline: long_period(),
	}
}

/// Rules of a market between CNY 70 and CNY 90, without fees and without any other limit that a journey would have to mind.
pub fn market_rules() -> pallet_market::MarketParams {
	pallet_market::MarketParams {
		tick: Price(1),
		lot: Tonnes(1),
		order_min: Tonnes(1),
		order_max: Tonnes(100_000),
		orders_max: 1_000,
		price_min: Price(7_000),
		price_max: Price(9_000),
		band_bps: None,
		resale_next_day: false,
		holding_max: None,
		fees: pallet_market::FeeRates::default(),
	}
}

/// Opening a market for the vintage of the year that trades around the clock by [`market_rules`].
pub fn create_market() -> pallet_market::Call<Runtime> {
	pallet_market::Call::create_market {
		asset: YEAR.into(),
		params: market_rules(),
		reference: Price(8_000),
		calendar: pallet_market::Calendar::default(),
	}
}

/// A digest that journeys can tell apart.
pub fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// A list with one entry for a call that takes many.
pub fn one<T, S: frame_support::traits::Get<u32>>(entry: T) -> frame_support::BoundedVec<T, S> {
	vec![entry].try_into().ok().expect("one fits")
}

/// Free allowances of an account on the registry ledger, in tonnes.
pub fn held(vintage: Vintage, who: &AccountId) -> Tonnes {
	let units = pallet_assets::Pallet::<Runtime>::balance(vintage.into(), who);
	Tonnes(units.try_into().expect("tonnes fit 64 bits"))
}
