//! The states that are measured: a market with its traders, and books of different depths in it.
//!
//! They are made by the runtime's own calls, executed natively, so that every record is one that the chain could have. The
//! runtime's own audit confirms that before anything is measured.

use crate::{
	calls::{self, Kind, Prices, LEVELS_MAX, TONNES},
	chain::{Chain, Wasm},
	Result,
};
use carbon_primitives::{Moment, Role};
use carbon_runtime::{
	configs::CNY, AccountId, Runtime, RuntimeCall, RuntimeOrigin, SignedPayload, System, UncheckedExtrinsic,
};
use codec::Encode;
use frame_support::traits::{Get, UnfilteredDispatchable};
use pallet_market::{OrderId, Side};
use sc_chain_spec::{GenesisConfigBuilderRuntimeCaller, DEV_RUNTIME_PRESET};
use serde_json::{json, Value};
use sp_core::{crypto::Pair, sr25519, storage::Storage};
use sp_runtime::{
	traits::{BlakeTwo256, Hash, IdentifyAccount},
	MultiSigner,
};
use sp_state_machine::BasicExternalities;
use std::time::{Duration, Instant};

/// Traders whose orders rest.
const MAKERS: u32 = 1_000;
/// Traders without orders, who sign what is measured.
const TAKERS: u32 = 128;
/// What each trader has at the start, in fen.
const ENDOWMENT: u64 = 100_000_000 * CNY as u64;
/// What the clock shows while a book is filled.
const NOW: Moment = 1_700_000_000_000;
/// Orders of a block while a book is filled. Many, since a block that ends a session has no room for transactions: the one that is
/// measured has to come before that.
const ORDERS_PER_BLOCK: u32 = 10_000;

/// Somebody who signs.
struct Trader {
	pair: sr25519::Pair,
	account: AccountId,
}

impl Trader {
	fn new(name: &str, number: u32) -> Self {
		let seed = BlakeTwo256::hash(format!("{name} {number}").as_bytes());
		let pair = sr25519::Pair::from_seed(seed.as_fixed_bytes());
		let account = MultiSigner::from(pair.public()).into_account();
		Self { pair, account }
	}
}

/// A market whose traders have funds on the trading ledger, and no orders yet.
pub struct Market {
	makers: Vec<Trader>,
	takers: Vec<Trader>,
	state: Storage,
}

impl Market {
	/// The preset `development`, the traders, and the market.
	pub fn open(wasm: &Wasm) -> Result<Self> {
		let makers = (0..MAKERS)
			.map(|number| Trader::new("maker", number))
			.collect::<Vec<_>>();
		let takers = (0..TAKERS)
			.map(|number| Trader::new("taker", number))
			.collect::<Vec<_>>();
		let accounts = makers.iter().chain(&takers);
		let accounts = accounts.map(|trader| trader.account.clone()).collect::<Vec<_>>();
		let mut ext = BasicExternalities::new(genesis(wasm, &accounts)?);
		ext.execute_with(|| -> Result<()> {
			System::set_block_number(1);
			pallet_timestamp::Now::<Runtime>::put(NOW);
			let batch = <<Runtime as pallet_allowance::Config>::MaxBatch as Get<u32>>::get();
			for call in calls::opening(&accounts, batch as usize) {
				dispatch(call, RuntimeOrigin::root())?;
			}
			for account in &accounts {
				for call in calls::funding() {
					dispatch(call, RuntimeOrigin::signed(account.clone()))?;
				}
			}
			System::reset_events();
			Ok(())
		})?;
		Ok(Self {
			makers,
			takers,
			state: ext.into_storages(),
		})
	}
}

/// The state of the preset `development` with `traders` in it, made by the runtime's `GenesisBuilder`.
fn genesis(wasm: &Wasm, traders: &[AccountId]) -> Result<Storage> {
	let runtime = GenesisConfigBuilderRuntimeCaller::<()>::new(wasm.code());
	let mut preset = runtime.get_named_preset(Some(&DEV_RUNTIME_PRESET.into()))?;
	let mut add = |pointer: &str, entries: Vec<Value>| -> Result<()> {
		preset
			.pointer_mut(pointer)
			.and_then(Value::as_array_mut)
			.ok_or_else(|| format!("the preset has no list at {pointer}"))?
			.extend(entries);
		Ok(())
	};
	add(
		"/balances/balances",
		traders.iter().map(|trader| json!([trader, ENDOWMENT])).collect(),
	)?;
	add(
		"/participants/participants",
		traders
			.iter()
			.map(|trader| json!([trader, [Role::CoveredEntity]]))
			.collect(),
	)?;
	Ok(runtime.get_storage_for_patch(preset)?)
}

fn dispatch(call: RuntimeCall, origin: RuntimeOrigin) -> Result<()> {
	call.dispatch_bypass_filter(origin)
		.map_err(|refusal| format!("setting the market up failed: {:?}", refusal.error))?;
	Ok(())
}

/// A book of a certain depth, and signed calls that meet it.
pub struct Book<'a> {
	/// Orders at rest.
	pub depth: u32,
	chain: Chain<'a>,
	transactions: Vec<(Kind, Vec<Vec<u8>>)>,
}

impl<'a> Book<'a> {
	/// A book of `depth` orders on the state of `market`.
	///
	/// Half of them buy and half of them sell, on up to [`LEVELS_MAX`] price levels a side, which are the more the deeper the
	/// book is. Each level has an order; the others are spread at random, always in the same way.
	pub fn fill(wasm: &'a Wasm, market: &Market, depth: u32) -> Result<Self> {
		let levels = (depth / 40).clamp(5, LEVELS_MAX);
		let prices = Prices::beside_the_middle(levels);
		let mut ext = BasicExternalities::new(market.state.clone());
		let (number, transactions) = ext.execute_with(|| -> Result<_> {
			let own = place_orders(market, &prices, depth)?;
			let transactions = Kind::ALL
				.into_iter()
				.map(|kind| Ok((kind, sign(market, &prices, &own, kind)?)))
				.collect::<Result<Vec<_>>>()?;
			System::reset_events();
			Ok((System::block_number() + 1, transactions))
		})?;
		let chain = Chain::at(wasm, ext.into_storages(), number, NOW)?;
		let violations = chain.violations()?;
		if !violations.is_empty() {
			return Err(format!(
				"the book of {depth} orders is not sound: {}",
				violations.join("; ")
			)
			.into());
		}
		Ok(Self {
			depth,
			chain,
			transactions,
		})
	}

	/// The chain whose state has this book.
	pub fn chain(&self) -> &Chain<'a> {
		&self.chain
	}

	/// The first `count` signed calls of a kind. Each is signed by somebody else, and each of them succeeds after the others.
	pub fn transactions(&self, kind: Kind, count: usize) -> &[Vec<u8>] {
		self.transactions
			.iter()
			.find(|(of, _)| *of == kind)
			.map_or(&[], |(_, all)| &all[..count.min(all.len())])
	}
}

/// Fill the book. Returns orders from all over it, the first of the first maker, the second of the second one, and so on.
fn place_orders(market: &Market, prices: &Prices, depth: u32) -> Result<Vec<OrderId>> {
	let mut random = Random(42);
	let levels = prices.bids.len() as u32;
	let picks = TAKERS.min(depth);
	let stride = depth / picks;
	let mut next_pick = random.below(stride);
	let mut picked = Vec::new();
	for order in 0..depth {
		let is_pick = order == next_pick && (picked.len() as u32) < picks;
		if is_pick || order % ORDERS_PER_BLOCK == 0 {
			// Serial numbers of pages are made of the height and of the count of events.
			System::reset_events();
			System::set_block_number(System::block_number() + 1);
		}
		let level = if order / 2 < levels {
			order / 2
		} else {
			random.below(levels)
		};
		let (side, of_side) = if order % 2 == 0 {
			(Side::Buy, &prices.bids)
		} else {
			(Side::Sell, &prices.asks)
		};
		let maker = if is_pick {
			picked.len()
		} else {
			random.below(MAKERS) as usize
		};
		let owner = RuntimeOrigin::signed(market.makers[maker].account.clone());
		dispatch(calls::place_order(side, of_side[level as usize], TONNES), owner)?;
		if is_pick {
			let events = System::events();
			let id = events
				.iter()
				.find_map(|record| calls::order_placed(&record.event));
			picked.push(id.ok_or("an order does not rest")?);
			next_pick = picked.len() as u32 * stride + random.below(stride);
		}
	}
	Ok(picked)
}

/// As many signed calls of a kind as there are orders to cancel or, in a deep book, takers.
fn sign(market: &Market, prices: &Prices, own: &[OrderId], kind: Kind) -> Result<Vec<Vec<u8>>> {
	let signers = if calls::signs_as_maker(kind) {
		&market.makers
	} else {
		&market.takers
	};
	let signed = own.iter().zip(signers).zip(&market.makers).enumerate();
	signed
		.map(|(turn, ((order, signer), maker))| {
			let call = prices.call(kind, turn, &maker.account, *order);
			let payload = SignedPayload::new(call, calls::extension(0))
				.map_err(|error| format!("a call cannot be signed: {error:?}"))?;
			let signature = payload.using_encoded(|bytes| signer.pair.sign(bytes));
			let (call, extension, _) = payload.deconstruct();
			let address = signer.account.clone().into();
			Ok(UncheckedExtrinsic::new_signed(call, address, signature.into(), extension).encode())
		})
		.collect()
}

/// Check the signature of a transaction's payload, natively.
pub fn verify_signature() -> Duration {
	let trader = Trader::new("maker", 0);
	let payload = [7; 150];
	let signature = trader.pair.sign(&payload);
	let start = Instant::now();
	let is_good = sr25519::Pair::verify(&signature, payload, &trader.pair.public());
	let time = start.elapsed();
	assert!(std::hint::black_box(is_good), "it was made with this key; qed");
	time
}

/// xorshift64*: the same sequence in each run.
struct Random(u64);

impl Random {
	fn below(&mut self, limit: u32) -> u32 {
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as u32) % limit
	}
}
