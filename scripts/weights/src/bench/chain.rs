//! Runs the runtime's wasm over a state in memory, block by block as an author does.

use crate::{calls, Result};
use carbon_runtime::{
	configs::SLOT_DURATION, BlockNumber, Hash, Header, Runtime, RuntimeEvent, UncheckedExtrinsic,
};
use codec::{Compact, Decode, Encode};
use frame_support::{storage::storage_prefix, weights::Weight, StorageHasher, Twox128};
use frame_system::EventRecord;
use sc_executor::WasmExecutor;
use sp_core::{
	storage::{well_known_keys, StateVersion, Storage},
	traits::{CallContext, RuntimeCode, WrappedRuntimeCode},
};
use sp_externalities::Extensions;
use sp_runtime::{
	generic::{Digest, DigestItem},
	traits::{BlakeTwo256, Hash as _},
	ApplyExtrinsicResult,
};
use sp_state_machine::{
	backend::Backend, InMemoryBackend, OverlayedChanges, StateMachine, TrieBackend, TrieBackendBuilder,
};
use sp_trie::{
	cache::{CacheSize, SharedTrieCache},
	recorder::Recorder,
	PrefixedMemoryDB,
};
use std::{
	collections::HashMap,
	time::{Duration, Instant},
};

/// A transaction of the runtime.
pub type Transaction = UncheckedExtrinsic;
type Overlay = OverlayedChanges<BlakeTwo256>;

/// Bytes of the state that are kept at hand where they are: more than a run reads.
const CACHE: usize = 256 << 20;

/// The wasm that a node would run, but for one door in it: see the feature `open-transfers` of the runtime.
pub struct Wasm {
	executor: WasmExecutor,
	code: WrappedRuntimeCode<'static>,
	hash: Vec<u8>,
	cached: bool,
}

impl Wasm {
	/// The one that was built with this tool. `cached`: whether what a block has read is at hand for the next one.
	pub fn of_runtime(cached: bool) -> Result<Self> {
		let code = carbon_runtime::WASM_BINARY.ok_or("the tool was built without the runtime's wasm")?;
		Ok(Self {
			// As the node's, but for the number of instances, of which one is ever in use.
			executor: WasmExecutor::builder().build(),
			code: WrappedRuntimeCode(code.into()),
			hash: BlakeTwo256::hash(code).as_bytes().to_vec(),
			cached,
		})
	}

	/// The wasm itself.
	pub fn code(&self) -> &[u8] {
		&self.code.0
	}

	fn call<B: Backend<BlakeTwo256>>(
		&self,
		backend: &B,
		overlay: &mut Overlay,
		method: &str,
		data: &[u8],
	) -> Result<Vec<u8>> {
		let code = RuntimeCode {
			code_fetcher: &self.code,
			heap_pages: None,
			hash: self.hash.clone(),
		};
		let mut extensions = Extensions::default();
		let mut machine = StateMachine::new(
			backend,
			overlay,
			&self.executor,
			method,
			data,
			&mut extensions,
			&code,
			CallContext::Onchain { import: false },
		);
		machine
			.execute()
			.map_err(|error| format!("{method}: {error}").into())
	}
}

/// A state and the block that has begun on it.
pub struct Chain<'a> {
	wasm: &'a Wasm,
	backend: InMemoryBackend<BlakeTwo256>,
	/// What beginning the block has changed. Each measured block goes on from here.
	begun: Overlay,
	/// The transaction with which it begins.
	inherent: Vec<u8>,
	/// What earlier blocks have read, where that is kept.
	cache: Option<SharedTrieCache<BlakeTwo256>>,
}

/// How long a block took.
#[derive(Clone, Copy)]
pub struct Clock {
	/// Its transactions together.
	pub calls: Duration,
	/// Ending it, the root of the new state included.
	pub end: Duration,
}

/// What a call touched beside what the block had in hand already.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Touched {
	/// Items read from the state.
	pub reads: usize,
	/// Items written.
	pub writes: usize,
	/// Those of them that belong to the market.
	pub market_reads: usize,
	/// Those of them that belong to the market.
	pub market_writes: usize,
	/// Bytes of the trie nodes that prove what was read.
	pub proof: usize,
}

impl<'a> Chain<'a> {
	/// The chain whose state after the block `number - 1`, made at `now`, is `state`; the block `number` begins.
	pub fn at(wasm: &'a Wasm, mut state: Storage, number: BlockNumber, now: u64) -> Result<Self> {
		state
			.top
			.insert(well_known_keys::CODE.to_vec(), wasm.code().to_vec());
		let now = now + SLOT_DURATION;
		let mut chain = Self {
			wasm,
			backend: (state, StateVersion::V1).into(),
			begun: Overlay::default(),
			inherent: calls::timestamp(now).encode(),
			cache: wasm
				.cached
				.then(|| SharedTrieCache::new(CacheSize::new(CACHE), None)),
		};
		let slot = (now / SLOT_DURATION).encode();
		let header = Header {
			parent_hash: Hash::repeat_byte(1),
			number,
			state_root: Hash::default(),
			extrinsics_root: Hash::default(),
			digest: Digest {
				logs: vec![DigestItem::PreRuntime(*b"aura", slot)],
			},
		};
		let mut overlay = Overlay::default();
		wasm.call(
			&chain.backend,
			&mut overlay,
			"Core_initialize_block",
			&header.encode(),
		)?;
		let applied = chain.apply(&chain.backend, &mut overlay, &chain.inherent)?;
		expect_success(&applied)?;
		chain.begun = overlay;
		Ok(chain)
	}

	/// The state for one block.
	fn view(&self) -> TrieBackend<&PrefixedMemoryDB<BlakeTwo256>, BlakeTwo256> {
		TrieBackendBuilder::new(self.backend.backend_storage(), *self.backend.root())
			.with_optional_cache(self.cache.as_ref().map(SharedTrieCache::local_cache_trusted))
			.build()
	}

	fn apply<B: Backend<BlakeTwo256>>(
		&self,
		view: &B,
		overlay: &mut Overlay,
		transaction: &[u8],
	) -> Result<Vec<u8>> {
		self.wasm
			.call(view, overlay, "BlockBuilder_apply_extrinsic", transaction)
	}

	/// Ask the runtime, at the state on which the block has begun, for what does not hold.
	pub fn violations(&self) -> Result<Vec<String>> {
		let mut overlay = self.begun.clone();
		let reports = self
			.wasm
			.call(&self.backend, &mut overlay, "AuditApi_check_invariants", &[])?;
		let reports = Vec::<carbon_audit_api::InvariantReport>::decode(&mut &reports[..])?;
		Ok(reports
			.into_iter()
			.filter_map(|report| report.violation)
			.map(|sentence| String::from_utf8_lossy(&sentence).into_owned())
			.collect())
	}

	/// Make a block of `transactions` and throw it away. The clock runs while the runtime does.
	pub fn block(&self, transactions: &[Vec<u8>]) -> Result<Clock> {
		let mut overlay = self.begun.clone();
		let mut applied = Vec::with_capacity(transactions.len());
		let view = self.view();
		let start = Instant::now();
		for transaction in transactions {
			applied.push(self.apply(&view, &mut overlay, transaction)?);
		}
		let calls = start.elapsed();
		for result in &applied {
			expect_success(result)?;
		}
		let start = Instant::now();
		self.wasm
			.call(&view, &mut overlay, "BlockBuilder_finalize_block", &[])?;
		let end = start.elapsed();
		Ok(Clock { calls, end })
	}

	/// A complete block of `transactions`, encoded, as it comes from the network.
	pub fn sealed(&self, transactions: &[Vec<u8>]) -> Result<Vec<u8>> {
		let mut overlay = self.begun.clone();
		for transaction in transactions {
			expect_success(&self.apply(&self.backend, &mut overlay, transaction)?)?;
		}
		let mut block = self
			.wasm
			.call(&self.backend, &mut overlay, "BlockBuilder_finalize_block", &[])?;
		// The inherent comes first.
		let count = Compact(transactions.len() as u32 + 1);
		count.encode_to(&mut block);
		block.extend(&self.inherent);
		block.extend(transactions.iter().flatten());
		Ok(block)
	}

	/// Check a block as those do who have not made it: all of it in one call into the wasm.
	pub fn import(&self, block: &[u8]) -> Result<Duration> {
		let mut overlay = Overlay::default();
		let view = self.view();
		let start = Instant::now();
		self.wasm.call(&view, &mut overlay, "Core_execute_block", block)?;
		Ok(start.elapsed())
	}

	/// A call into the wasm that does next to nothing.
	pub fn enter(&self) -> Result<Duration> {
		let mut overlay = self.begun.clone();
		let start = Instant::now();
		self.wasm.call(&self.backend, &mut overlay, "Core_version", &[])?;
		Ok(start.elapsed())
	}

	/// What happened in a block of `transactions`: the events of each.
	pub fn events(&self, transactions: &[Vec<u8>]) -> Result<Vec<Vec<RuntimeEvent>>> {
		let mut overlay = self.begun.clone();
		for transaction in transactions {
			expect_success(&self.apply(&self.backend, &mut overlay, transaction)?)?;
		}
		let key = storage_prefix(b"System", b"Events");
		let events = overlay.storage(&key).flatten().ok_or("the block has no events")?;
		let events = Vec::<EventRecord<RuntimeEvent, Hash>>::decode(&mut &events[..])?;
		let mut by_call = vec![Vec::new(); transactions.len()];
		for record in events {
			// The inherent comes first.
			if let frame_system::Phase::ApplyExtrinsic(index @ 1..) = record.phase {
				by_call[index as usize - 1].push(record.event);
			}
		}
		Ok(by_call)
	}

	/// What `transaction` touches as the first one of the block.
	pub fn touched(&self, transaction: &[u8]) -> Result<Touched> {
		let recorder = Recorder::<BlakeTwo256>::default();
		let recording = TrieBackendBuilder::wrap(&self.backend)
			.with_recorder(recorder.clone())
			.build();
		let mut overlay = self.begun.clone();
		let before = values(&mut overlay);
		let applied = self.wasm.call(
			&recording,
			&mut overlay,
			"BlockBuilder_apply_extrinsic",
			transaction,
		)?;
		expect_success(&applied)?;

		let market = Twox128::hash(b"Market");
		let read = recorder
			.recorded_keys()
			.into_values()
			.flat_map(HashMap::into_keys)
			.collect::<Vec<_>>();
		let written = values(&mut overlay)
			.into_iter()
			.filter(|(key, value)| before.get(key) != Some(value))
			.map(|(key, _)| key)
			.collect::<Vec<_>>();
		Ok(Touched {
			reads: read.len(),
			writes: written.len(),
			market_reads: read.iter().filter(|key| key.starts_with(&market)).count(),
			market_writes: written.iter().filter(|key| key.starts_with(&market)).count(),
			proof: recorder.to_storage_proof().encoded_size(),
		})
	}
}

/// What `overlay` lays over the state.
fn values(overlay: &mut Overlay) -> HashMap<Vec<u8>, Option<Vec<u8>>> {
	overlay
		.changes_mut()
		.map(|(key, value)| (key.clone(), value.value().cloned()))
		.collect()
}

/// The weight that a call was charged for, by its event; with what every transaction weighs before any call.
pub fn weight(events: &[RuntimeEvent]) -> Option<Weight> {
	let weights = <Runtime as frame_system::Config>::BlockWeights::get();
	events.iter().find_map(|event| match event {
		RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { dispatch_info }) => {
			let base = weights.get(dispatch_info.class).base_extrinsic;
			Some(dispatch_info.weight.saturating_add(base))
		}
		_ => None,
	})
}

fn expect_success(applied: &[u8]) -> Result<()> {
	match ApplyExtrinsicResult::decode(&mut &applied[..])? {
		Ok(Ok(())) => Ok(()),
		Ok(Err(error)) => Err(format!("a call failed: {error:?}").into()),
		Err(error) => Err(format!("a transaction is refused: {error:?}").into()),
	}
}
