//! Walks over the compliance cycle: the real pallets of allowances, allocation and offset credits on one small chain, and sequences of
//! steps after each of which everything is checked that can be.
//!
//! After each step the invariants of the three pallets hold, and their records and the ledger are what the events alone tell, which are
//! held against the rules one by one. A call that is refused changes nothing, and none weighs more than it declared. At the end every
//! period can be closed, everybody has a status, and whoever holds something can give it up.

mod act;
mod fault;
mod model;
mod runtime;
mod step;

pub use fault::Fault;
pub use step::{steps, STEP_BYTES};

use act::{asset_of, calls_of, free, tonnes_of, traded};
use carbon_primitives::{
	AssetId, CreditLevel, GroupId, Hash, Moment, ProjectKind, Tonnes, Vintage, OFFSET_SERIES_FIRST,
};
use carbon_traits::{CutAllocation, OnShortfall, RecordPerformance};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};
use model::{ensure, Model, Scene};
use pallet_allocation::{InstallationKind, UnitKind};
use pallet_allowance::{Phase, WeightInfo};
use runtime::{
	deposit, new_chain, reset_tables, trade, withdraw, AccountId, Allocation, Allowance, Chain, CreditOf,
	GroupOf, Halted, HoldingMax, Now, Offsets, Paid, RuntimeCall, RuntimeEvent, RuntimeOrigin, Suspended,
	System, Tables, ENTITIES, FARM, FOREST, HOLDERS, MILL, PLANT, SELLER, WORKS,
};
use sp_io::TestExternalities;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, StateVersion};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::{self, Write},
	sync::OnceLock,
};
use step::{Amount, Asset, Step, BEGINNING, BENCHMARKS, YEAR};

/// More blocks than a period takes to close that a walk can make.
const BLOCKS_MAX: u32 = 100;

/// Take a walk over a chain that has `fault`, if any. Returns the names of the events and errors that were seen on it.
///
/// # Errors
/// Which step broke what, as a sentence.
pub fn walk(steps: &[Step], fault: Option<Fault>) -> Result<BTreeSet<String>, String> {
	let walked = std::panic::catch_unwind(|| {
		let begun = BEGUN.get_or_init(Begun::new).as_ref().map_err(String::clone)?;
		reset_tables(BEGINNING);
		begun.chain().execute_with(|| {
			let mut walk = Walk::new(begun.model.clone(), fault);
			for (at, step) in steps.iter().enumerate() {
				walk.take(step)
					.map_err(|broken| format!("step {at}, {step:?}: {broken}"))?;
			}
			walk.end().map_err(|broken| format!("at the end: {broken}"))?;
			Ok(walk.seen)
		})
	});
	walked.unwrap_or_else(|panic| {
		let text = panic.downcast_ref::<String>().cloned();
		let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| String::from(*text)));
		Err(format!("it panicked: {}", text.unwrap_or_default()))
	})
}

/// What all walks begin with, which is the same for each of them.
static BEGUN: OnceLock<Result<Begun, String>> = OnceLock::new();

/// The chain and the books as walks find them.
struct Begun {
	stored: Vec<(Vec<u8>, (Vec<u8>, i32))>,
	root: Hash,
	model: Model,
}

impl Begun {
	fn new() -> Result<Self, String> {
		reset_tables(BEGINNING);
		let mut chain = new_chain();
		let model = chain.execute_with(Walk::begin)?.model;
		chain.commit_all()?;
		let (stored, root) = chain.into_raw_snapshot();
		Ok(Self { stored, root, model })
	}

	/// The chain as it was then.
	fn chain(&self) -> TestExternalities {
		TestExternalities::from_raw_snapshot(self.stored.clone(), self.root, StateVersion::V1)
	}
}

/// What has happened before a walk: a year is open, with entities, installations, allocations and emissions, and projects have credits
/// that everybody bought some of.
fn beginning() -> Vec<Step> {
	let installations = [
		(PLANT, InstallationKind::Direct),
		(MILL, InstallationKind::Power(UnitKind::Gas)),
		(MILL, InstallationKind::Power(UnitKind::CoalLarge)),
		(WORKS, InstallationKind::Output),
	];
	let mut steps = vec![
		Step::Open {
			year: None,
			cap: 400,
			rules: step::first_rules(),
			days: [0, 20, 30, 40],
		},
		Step::Enrol {
			year: YEAR,
			entities: ENTITIES.to_vec(),
		},
		Step::SetBenchmarks {
			year: YEAR,
			table: BENCHMARKS,
		},
		Step::Sell {
			year: YEAR,
			seller: SELLER,
			tonnes: 60,
		},
	];
	for (reference, (entity, kind)) in (100..).zip(installations) {
		steps.push(Step::Install {
			entity,
			kind,
			reference,
		});
	}
	steps.extend(first_projects());
	steps.extend(first_allocations());
	steps.extend(ENTITIES.map(|buyer| Step::Deliver {
		seller: FARM,
		buyer,
		asset: Asset::Series(0),
		amount: Amount::Exactly(12),
	}));
	let paid = [(Asset::Series(0), 4), (Asset::Vintage(YEAR), 16)];
	steps.extend(paid.map(|(asset, tonnes)| Step::Surrender {
		year: YEAR,
		supplier: PLANT,
		entity: PLANT,
		asset,
		amount: Amount::Exactly(tonnes),
	}));
	// The next year is planned, and opens when the first one has ended.
	steps.push(Step::Open {
		year: None,
		cap: 400,
		rules: step::first_rules(),
		days: [45, 60, 70, 80],
	});
	steps
}

/// Each of two projects has a series of credits.
fn first_projects() -> Vec<Step> {
	let mut steps = Vec::new();
	for (project, (owner, kind)) in (0..).zip([(FARM, ProjectKind::Wind), (FOREST, ProjectKind::Forest)]) {
		steps.push(Step::Apply {
			owner,
			kind,
			reference: 100 + project,
		});
		steps.push(Step::DecideProject {
			project,
			revision: None,
			decision: pallet_offsets::Decision::Register { inside_ets: false },
		});
		steps.push(Step::Yield {
			project,
			ended: 100,
			days: 30,
			tonnes: 50,
			reference: 110 + project,
		});
	}
	steps
}

/// One entity has allowances enough, one too few, and the units of the third are held.
fn first_allocations() -> Vec<Step> {
	let emissions = [(PLANT, 20), (MILL, 60), (WORKS, 25)];
	let mut steps = vec![
		Step::Hold {
			entity: WORKS,
			holds: true,
		},
		Step::Allocate {
			year: YEAR,
			list: vec![(PLANT, 30)],
		},
		Step::PreAllocate {
			year: YEAR,
			list: vec![(MILL, Some(40)), (WORKS, Some(30))],
		},
	];
	steps.extend(emissions.map(|(entity, tonnes)| Step::Certify {
		year: YEAR,
		entity,
		tonnes,
	}));
	steps
}

/// A walk under way.
struct Walk {
	model: Model,
	fault: Option<Fault>,
	/// The state root after the last step.
	root: Vec<u8>,
	/// Whether the last call was refused.
	was_refused: bool,
	/// Names of the events and errors so far.
	seen: BTreeSet<String>,
}

impl Walk {
	fn new(model: Model, fault: Option<Fault>) -> Self {
		let mut walk = Self {
			model,
			fault,
			root: Vec::new(),
			was_refused: false,
			seen: BTreeSet::new(),
		};
		walk.seal();
		walk
	}

	/// Take the steps before all walks, of which none may be refused.
	fn begin() -> Result<Self, String> {
		System::set_block_number(1);
		let mut walk = Self::new(Model::default(), None);
		for step in beginning() {
			let taken = walk.take(&step);
			let taken = taken.and_then(|()| ensure(!walk.was_refused, "it is refused"));
			taken.map_err(|broken| format!("it cannot begin: {broken}: {step:?}"))?;
		}
		Ok(walk)
	}

	fn take(&mut self, step: &Step) -> Result<(), String> {
		match *step {
			Step::Block { wait, entities } => self.next_block(wait, entities),
			Step::Deposit { .. } | Step::Trade { .. } | Step::Withdraw { .. } | Step::Deliver { .. } => {
				self.go_to_market(step)
			}
			Step::Halt { .. }
			| Step::Suspend { .. }
			| Step::Join { .. }
			| Step::Price { .. }
			| Step::Credit { .. }
			| Step::Limit { .. } => {
				tell_of(step);
				Ok(())
			}
			Step::Cut { entity, tonnes, ends } => self.cut(entity, tonnes, ends),
			_ => {
				for (origin, call) in calls_of(step) {
					self.call(origin, call)?;
				}
				Ok(())
			}
		}
	}

	/// Make a call, and check everything.
	fn call(&mut self, origin: RuntimeOrigin, call: RuntimeCall) -> Result<(), String> {
		self.model.scene = match call {
			RuntimeCall::Allowance(pallet_allowance::Call::allocate { .. }) => Scene::Direct,
			RuntimeCall::Allocation(pallet_allocation::Call::surrender_held { .. }) => Scene::Custody,
			_ => Scene::Call,
		};
		let result = dispatch(call, origin)?;
		self.conclude(result)
	}

	/// Cut what an entity is allocated next by sanction, or end that.
	fn cut(&mut self, entity: AccountId, tonnes: u64, ends: bool) -> Result<(), String> {
		self.model.scene = Scene::Call;
		if ends {
			let before = self.model.deductions.get(&entity).copied().unwrap_or_default();
			let restored = <Allowance as CutAllocation<_>>::restore_allocation(&entity, Tonnes(tonnes));
			ensure(
				restored.0 == tonnes.min(before),
				"another number of tonnes is restored than was to be cut",
			)?;
		} else {
			<Allowance as CutAllocation<_>>::cut_allocation(&entity, Tonnes(tonnes));
		}
		self.conclude(Ok(()))
	}

	/// Make a call that must not be refused.
	fn sure(&mut self, origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> Result<(), String> {
		let call = call.into();
		let broken = format!("{call:?}");
		self.call(origin, call)?;
		ensure(!self.was_refused, "it must not be refused").map_err(|text| format!("{text}: {broken}"))
	}

	fn conclude(&mut self, result: DispatchResult) -> Result<(), String> {
		if let Err(DispatchError::Module(error)) = result {
			let pallet = ["Allowance", "Allocation", "Offsets"].get(usize::from(error.index).wrapping_sub(3));
			let name = error.message.unwrap_or_default();
			self.seen.extend(pallet.map(|pallet| format!("{pallet}.{name}")));
			ensure(
				pallet.is_none() || name != "Unexpected",
				"the records of a pallet contradict each other",
			)?;
		}
		ensure(
			result != Err(DispatchError::Unavailable),
			"a pallet asks another one for what it does not do",
		)?;
		self.was_refused = result.is_err();
		self.check(result.is_err())
	}

	/// Check everything after a step.
	fn check(&mut self, is_refused: bool) -> Result<(), String> {
		let mut events: Vec<_> = System::read_events_no_consensus()
			.map(|record| record.event)
			.collect();
		if let Some(fault) = self.fault {
			fault.strike(&mut events, is_refused);
		}
		if is_refused {
			let before = core::mem::take(&mut self.root);
			self.seal();
			return ensure(
				self.root == before,
				"a call that was refused has changed the state",
			);
		}
		for event in &events {
			self.seen.extend(name_of(event));
			self.model
				.note(event)
				.map_err(|broken| format!("{broken}: {event:?}"))?;
		}
		let states = [
			Allowance::do_try_state(),
			Allocation::do_try_state(),
			Offsets::do_try_state(),
		];
		for state in states {
			state.map_err(|broken| format!("{broken:?}"))?;
		}
		self.model.compare()?;
		self.model.compare_told()?;
		System::reset_events();
		self.seal();
		Ok(())
	}

	/// Remember the state as it is. What the block weighs is no part of what the pallets keep.
	fn seal(&mut self) {
		frame_system::BlockWeight::<Chain>::kill();
		self.root = sp_io::storage::root(StateVersion::V1);
	}

	fn next_block(&mut self, wait: Moment, entities: Option<u8>) -> Result<(), String> {
		type Weights = <Chain as pallet_allowance::Config>::WeightInfo;
		System::set_block_number(System::block_number() + 1);
		Now::mutate(|now| *now += wait);
		self.model.scene = Scene::Hook;
		self.was_refused = false;
		let limit = entities.map_or(Weight::MAX, |entities| {
			let page = Weights::on_poll_idle() + Weights::on_poll_closing() + Weights::assess_page();
			let told = <Tables as OnShortfall<_>>::weight_of_fell_short()
				+ <Tables as RecordPerformance<_>>::weight_of_record();
			let share = page + (Weights::assess_entity() + told).saturating_mul(entities.into());
			// The closing takes a quarter of what is left.
			Weights::on_poll_running() + Weights::advance_period() + share.saturating_mul(4)
		});
		let mut meter = WeightMeter::with_limit(limit);
		Allowance::on_poll(System::block_number(), &mut meter);
		ensure(
			meter.consumed().all_lte(limit),
			"the hook takes more weight than there is",
		)?;
		self.check(false)
	}

	fn go_to_market(&mut self, step: &Step) -> Result<(), String> {
		let (who, buyer, asset, amount) = match *step {
			Step::Deposit { who, asset, amount } | Step::Withdraw { who, asset, amount } => {
				(who, who, asset, amount)
			}
			Step::Trade {
				seller,
				buyer,
				asset,
				amount,
			}
			| Step::Deliver {
				seller,
				buyer,
				asset,
				amount,
			} => (seller, buyer, asset, amount),
			_ => return Ok(()),
		};
		let asset = asset_of(asset);
		let from_registry = matches!(step, Step::Deposit { .. } | Step::Deliver { .. });
		let there = if from_registry {
			free(asset, who)
		} else {
			traded(asset, who)
		};
		let tonnes = tonnes_of(amount, there).0;
		if from_registry {
			let result = deposit(asset, who, tonnes);
			self.moved(result, |model| model.deposited(asset, who, tonnes))?;
		}
		let sells = matches!(step, Step::Trade { .. } | Step::Deliver { .. });
		if sells && !(from_registry && self.was_refused) {
			let result = trade(asset, who, buyer, tonnes);
			self.moved(result, |model| model.sold(asset, who, buyer, tonnes))?;
		}
		let leaves = matches!(step, Step::Withdraw { .. } | Step::Deliver { .. });
		if leaves && !(sells && self.was_refused) {
			let result = withdraw(asset, buyer, tonnes);
			self.moved(result, |model| model.withdrawn(asset, buyer, tonnes))?;
		}
		Ok(())
	}

	fn moved(&mut self, result: DispatchResult, note: impl FnOnce(&mut Model)) -> Result<(), String> {
		if result.is_ok() {
			note(&mut self.model);
		}
		self.conclude(result)
	}

	/// Let everything end: the periods close one after the other, and everybody gives up what it has.
	fn end(&mut self) -> Result<(), String> {
		Halted::set(BTreeSet::new());
		Suspended::set(BTreeSet::new());
		CreditOf::set(BTreeMap::new());
		let years: Vec<Vintage> = self.model.years.keys().copied().collect();
		for year in years {
			self.finish(year)?;
		}
		let vintages: Vec<AssetId> = self.model.years.keys().map(|year| (*year).into()).collect();
		let series = OFFSET_SERIES_FIRST..pallet_offsets::NextSeries::<Chain>::get();
		for entity in pallet_allocation::RiskyHolders::<Chain>::iter_keys().collect::<Vec<_>>() {
			self.sure(
				RuntimeOrigin::root(),
				pallet_allocation::Call::<Chain>::end_hold { entity },
			)?;
		}
		let held: Vec<_> = pallet_allocation::Held::<Chain>::iter().collect();
		for (vintage, entity, tonnes) in held {
			let call = pallet_allocation::Call::<Chain>::release_units {
				entity,
				vintage,
				tonnes,
			};
			self.sure(RuntimeOrigin::root(), call)?;
		}
		for asset in vintages.into_iter().chain(series) {
			for who in HOLDERS {
				self.give_up(asset, who)?;
			}
		}
		Ok(())
	}

	/// Close a period, let everybody have its status, and some carry over.
	fn finish(&mut self, year: Vintage) -> Result<(), String> {
		let phase = || Allowance::period(year).map(|period| period.phase);
		if phase().is_some_and(Phase::is_running) {
			let call = pallet_allowance::Call::<Chain>::close_period { year };
			self.sure(RuntimeOrigin::root(), call)?;
		}
		for _ in 0..BLOCKS_MAX {
			if phase() == Some(Phase::Closed) {
				break;
			}
			self.next_block(0, Some(1))?;
		}
		ensure(
			phase() == Some(Phase::Closed),
			"a period does not come to its end",
		)?;
		let mut obligations = pallet_allowance::Obligations::<Chain>::iter_prefix_values(year);
		ensure(
			obligations.all(|obligation| obligation.status.is_some()),
			"somebody has no status",
		)?;
		// Whoever may takes what it has into the next year, and then again.
		for entity in ENTITIES.into_iter().chain([PLANT]) {
			self.take(&Step::CarryOver {
				year,
				entity,
				amount: Amount::Exactly(1),
			})?;
		}
		Ok(())
	}

	/// Let somebody cancel all that it has of an asset, on both ledgers.
	fn give_up(&mut self, asset: AssetId, who: AccountId) -> Result<(), String> {
		if Tables::role_of(who).is_none() {
			return Ok(());
		}
		let tonnes = traded(asset, who);
		if tonnes > 0 {
			let result = withdraw(asset, who, tonnes);
			self.moved(result, |model| model.withdrawn(asset, who, tonnes))?;
		}
		if free(asset, who) > 0 {
			let cancel = Step::Cancel {
				holder: who,
				asset: Vintage::from_asset(asset).map_or_else(
					|| Asset::Series((asset - OFFSET_SERIES_FIRST) as u8),
					Asset::Vintage,
				),
				amount: Amount::Fit,
			};
			self.take(&cancel)?;
		}
		let left = free(asset, who) + traded(asset, who);
		ensure(left == 0, "somebody cannot give up what it has")
	}
}

/// Make a call. What it answers is handed on, unless it may not answer so.
fn dispatch(call: RuntimeCall, origin: RuntimeOrigin) -> Result<DispatchResult, String> {
	let declared = call.get_dispatch_info().call_weight;
	let result = call.dispatch(origin);
	let actual = match &result {
		Ok(post_info) => post_info.actual_weight,
		Err(refusal) => refusal.post_info.actual_weight,
	};
	ensure(
		actual.is_none_or(|weight| weight.all_lte(declared)),
		"a call weighs more than it declared",
	)?;
	Ok(result.map(drop).map_err(|refusal| refusal.error))
}

/// Change one of the tables.
fn tell_of(step: &Step) {
	match *step {
		Step::Halt { asset } => {
			let asset = asset_of(asset);
			Halted::mutate(|halted| toggle(halted, asset));
		}
		Step::Suspend { who } => Suspended::mutate(|suspended| toggle(suspended, who)),
		Step::Join { who, other, group } => GroupOf::mutate(|groups| {
			groups.remove(&who);
			if let Some(other) = other {
				groups.extend([who, other].map(|member| (member, GroupId(group.into()))));
			}
		}),
		Step::Price { year, price } => Paid::mutate(|paid| {
			paid.remove(&year.into());
			paid.extend(price.map(|price| (year.into(), price)));
		}),
		Step::Limit { most } => HoldingMax::set(most),
		Step::Credit { who, rises } => CreditOf::mutate(|levels| {
			let level = levels.get(&who).copied().unwrap_or(CreditLevel::C);
			let next = match (level, rises) {
				(CreditLevel::E, false) | (CreditLevel::D, false) => CreditLevel::E,
				(CreditLevel::E, true) | (CreditLevel::C, false) => CreditLevel::D,
				_ => CreditLevel::C,
			};
			levels.insert(who, next);
		}),
		_ => {}
	}
}

/// Put something into a set, or take it out where it is in.
fn toggle<T: Copy + Ord>(set: &mut BTreeSet<T>, entry: T) {
	if !set.remove(&entry) {
		set.insert(entry);
	}
}

/// The name of an event with that of its pallet, without its fields; none of the pallets that walks are not about.
fn name_of(event: &RuntimeEvent) -> Option<String> {
	let mut head = Head(String::new());
	// It fails as soon as there is enough.
	let _ = write!(head, "{event:?}");
	let mut words = head.0.split(|character: char| !character.is_alphanumeric());
	let pallet = words.find(|word| ["Allowance", "Allocation", "Offsets"].contains(word))?;
	let name = words.find(|word| !word.is_empty() && *word != "Event")?;
	Some(format!("{pallet}.{name}"))
}

/// The beginning of a text. Events are long, and their names come first.
struct Head(String);

impl Write for Head {
	fn write_str(&mut self, text: &str) -> fmt::Result {
		self.0.push_str(text);
		(self.0.len() < 64).then_some(()).ok_or(fmt::Error)
	}
}
