//! Walks over the provenance graph: the real pallet on a small chain, and sequences of calls, signed statements, happenings and blocks.
//!
//! A second graph says before each step whether it has to be refused, and for which reasons. The pallet has to accept and refuse the same,
//! store the same and tell the same, to the last field. After each step the invariants of the pallet hold, and a call that was refused has
//! changed nothing. At the end no trades wait any more, and owners can declare void what they have.

mod act;
mod fault;
mod model;
mod runtime;
mod step;

pub use fault::Fault;
pub use step::{steps, STEP_BYTES};

use act::{act_of, data_of, digest_of, happening_of, Act};
use carbon_primitives::{Hash, RecordKind, Vintage};
use carbon_traits::{Matched, OnMatched, RecordActivity};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::OnPoll,
	weights::{Weight, WeightMeter},
};
use model::{ensure, lineage, Model};
use pallet_provenance::{ActivityKind, Call, DataId, DataState, EntityKind, Event, WeightInfo};
use runtime::{
	account, new_chain, Admitted, Chain, Now, Provenance, Recorded, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	System, Who, ACCOUNTS, ADMITTED_FIRST,
};
use sp_io::TestExternalities;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, StateVersion};
use std::{collections::BTreeSet, sync::OnceLock};
use step::{
	Base, By, Item, Name, Oddity, Pick, Primary, Principal, Sign, Step, Text, Trigger, Used, Work, BEGINNING,
};

/// How many of the newest data are declared void at the end.
const VOIDED_AT_END: usize = 4;

/// Take a walk over a graph that has `fault`, if any. Returns the names of the events and errors that were seen on it.
///
/// # Errors
/// Which step broke what, as a sentence.
pub fn walk(steps: &[Step], fault: Option<Fault>) -> Result<BTreeSet<String>, String> {
	let walked = std::panic::catch_unwind(|| {
		Fault::plant(None);
		let begun = BEGUN.get_or_init(Begun::new).as_ref().map_err(String::clone)?;
		begun.chain().execute_with(|| {
			Fault::plant(fault);
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

/// The chain and the second graph as walks find them.
struct Begun {
	stored: Vec<(Vec<u8>, (Vec<u8>, i32))>,
	root: Hash,
	model: Model,
}

impl Begun {
	fn new() -> Result<Self, String> {
		let mut chain = new_chain(BEGINNING);
		let model = chain.execute_with(Walk::begin)?.model;
		chain.commit_all()?;
		let (stored, root) = chain.into_raw_snapshot();
		Ok(Self { stored, root, model })
	}

	/// The chain as it was then.
	fn chain(&self) -> TestExternalities {
		// The tables are those of a new chain.
		drop(new_chain(BEGINNING));
		TestExternalities::from_raw_snapshot(self.stored.clone(), self.root, StateVersion::V1)
	}
}

/// What has happened before a walk: a device acts for a participant and a program for the device, they have recorded something, and a
/// report was handed in.
fn beginning() -> Vec<Step> {
	let (device, program) = (ADMITTED_FIRST, ADMITTED_FIRST + 1);
	let reading = Item {
		digest: None,
		primary: Primary::None,
		device: Some(device),
		sources: Vec::new(),
	};
	let sum = Item {
		device: None,
		primary: Primary::First,
		sources: vec![Base::Used(0)],
		..reading.clone()
	};
	let work = Work {
		caller: 0,
		entity: Some(device),
		proof: Sign::Good(3),
		kind: ActivityKind::Collect,
		ended: 0,
		took: 2_000,
		used: Used::Picks(Vec::new()),
		trigger: Trigger::None,
		oddity: Oddity::None,
		items: vec![reading.clone(), reading],
	};
	vec![
		describe(0, device, EntityKind::Device, Principal::Caller),
		describe(0, program, EntityKind::Software, Principal::Of(device)),
		Step::Record(work.clone()),
		Step::Record(Work {
			entity: Some(program),
			kind: ActivityKind::Aggregate,
			used: Used::Newest(2),
			trigger: Trigger::Data(Pick::Back(0)),
			took: 0,
			items: vec![sum],
			..work
		}),
		Step::Anchor {
			caller: 1,
			digest: None,
			text: Text::Plain,
			protected: true,
		},
		Step::Happen {
			kind: RecordKind::Report,
			by: By::Account(0),
			owner: None,
			name: Name {
				who: 0,
				year: Vintage(2_024),
				number: 0,
			},
			digest: None,
			uses: Vec::new(),
			supersedes: true,
		},
	]
}

/// A description that the entity has signed.
const fn describe(caller: Who, entity: Who, kind: EntityKind, principal: Principal) -> Step {
	Step::Register {
		caller,
		entity,
		kind,
		text: Text::Plain,
		attributes: true,
		principal,
		proof: Sign::Good(0),
	}
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
			Step::Block { wait, markets } => return self.next_block(wait, markets),
			Step::Line { caller, count } => {
				for place in 0..count {
					let place = caller.wrapping_add(place);
					let register = describe(
						caller,
						place.wrapping_add(1) % ACCOUNTS,
						EntityKind::Software,
						Principal::Of(place % ACCOUNTS),
					);
					self.take(&register)?;
				}
				return Ok(());
			}
			Step::Happen { .. } => happening_of(step, &mut self.model, |model, happening| {
				model.happen(&happening)?;
				<Provenance as RecordActivity<_>>::record(happening);
				Ok(())
			})?,
			Step::Trade { asset, fills, tonnes } => {
				let matched = Matched {
					asset,
					pairs: &[(account(0), account(1))],
					digest: digest_of(None, &self.model, tonnes.into()),
					fills,
					tonnes: tonnes.into(),
				};
				self.model.trade(&matched);
				<Provenance as OnMatched<_>>::matched(&matched);
				if let Some(fault) = self.fault {
					fault.strike_trades();
				}
			}
			Step::Admit { who } => Admitted::mutate(|admitted| {
				let who = account(who);
				if !admitted.remove(&who) {
					admitted.insert(who);
				}
			}),
			Step::Switch { kind } => Recorded::mutate(|kinds| *kinds ^= kind.bit()),
			Step::Ask {
				data,
				direction,
				depth,
			} => lineage(&self.model, data_of(data, &self.model), direction, depth)?,
			_ => {
				return match act_of(step, &self.model) {
					Some(act) => self.call(act),
					None => Ok(()),
				}
			}
		}
		self.was_refused = false;
		self.check()
	}

	/// Make a call. It has to be accepted or refused as the second graph says.
	fn call(&mut self, act: Act) -> Result<(), String> {
		let reasons = self.model.call(&act.caller, &act.call, act.is_genuine);
		let result = dispatch(act.call, RuntimeOrigin::signed(act.caller))?;
		self.was_refused = result.is_err();
		match result {
			Ok(()) if reasons.is_empty() => {}
			Ok(()) => return Err(format!("it is accepted in spite of {reasons:?}")),
			Err(error) => {
				let name = name_of(error);
				self.seen.insert(name.into());
				if !reasons.contains(name) {
					return Err(format!(
						"it is refused with {name}, and only {reasons:?} would be right"
					));
				}
			}
		}
		self.check()
	}

	/// Check everything after a step.
	fn check(&mut self) -> Result<(), String> {
		let events = System::read_events_no_consensus().map(|record| record.event);
		let mut events: Vec<Event<Chain>> = events
			.filter_map(|event| match event {
				RuntimeEvent::Provenance(event) => Some(event),
				_ => None,
			})
			.collect();
		if let Some(fault) = self.fault {
			fault.strike(&mut events, self.was_refused);
		}
		if self.was_refused {
			let before = core::mem::take(&mut self.root);
			self.seal();
			return ensure(
				self.root == before,
				"a call that was refused has changed the state",
			);
		}
		self.seen.extend(events.iter().map(name_of_event));
		self.model.compare_told(&events)?;
		System::reset_events();
		let before = core::mem::take(&mut self.root);
		self.seal();
		// Nothing has changed that was not checked.
		if self.root == before {
			return Ok(());
		}
		Provenance::do_try_state().map_err(|broken| format!("{broken:?}"))?;
		self.model.compare()
	}

	/// Remember the state as it is. What the block weighs is no part of what the pallet keeps.
	fn seal(&mut self) {
		frame_system::BlockWeight::<Chain>::kill();
		self.root = sp_io::storage::root(StateVersion::V1);
	}

	fn next_block(&mut self, wait: u64, markets: Option<u8>) -> Result<(), String> {
		type Weights = <Chain as pallet_provenance::Config>::WeightInfo;
		System::set_block_number(System::block_number() + 1);
		Now::mutate(|now| *now += wait);
		self.was_refused = false;
		self.model.block(markets.map_or(usize::MAX, usize::from))?;
		let limit = markets.map_or(Weight::MAX, |markets| {
			Weights::on_poll_idle() + Weights::on_poll_fold().saturating_mul(markets.into())
		});
		let mut meter = WeightMeter::with_limit(limit);
		<Provenance as OnPoll<_>>::on_poll(System::block_number(), &mut meter);
		ensure(
			meter.consumed().all_lte(limit),
			"the hook takes more weight than there is",
		)?;
		self.check()
	}

	/// Let everything end: no trades wait, and owners declare void what they have.
	fn end(&mut self) -> Result<(), String> {
		Admitted::set((0..ACCOUNTS).map(account).collect());
		self.next_block(1, None)?;
		ensure(
			self.model.waiting.is_empty(),
			"trades are not recorded that a block had room for",
		)?;
		let items = self.model.items.iter().enumerate().rev();
		let owned = items.filter(|(_, item)| {
			item.subject.is_none() && !matches!(item.state, DataState::Invalidated { .. })
		});
		let owned: Vec<_> = owned
			.map(|(id, item)| (DataId(id as u64), item.owner.clone()))
			.take(VOIDED_AT_END)
			.collect();
		for (data, owner) in owned {
			let reason = Default::default();
			self.call(Act {
				caller: owner,
				call: Call::invalidate { data, reason },
				is_genuine: true,
			})?;
			ensure(!self.was_refused, "an owner cannot declare void what it has")?;
		}
		Ok(())
	}
}

/// Make a call. What it answers is handed on, unless it may not answer so.
fn dispatch(call: Call<Chain>, origin: RuntimeOrigin) -> Result<DispatchResult, String> {
	let call = RuntimeCall::Provenance(call);
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

/// The name of an error.
fn name_of(error: DispatchError) -> &'static str {
	match error {
		DispatchError::Module(error) => error.message.unwrap_or_default(),
		DispatchError::Other(name) => name,
		_ => "an error of another pallet",
	}
}

/// The name of an event without its fields.
fn name_of_event(event: &Event<Chain>) -> String {
	let text = format!("{event:?}");
	let name = text.trim_start_matches("Event::");
	let end = name.find(|character: char| !character.is_alphanumeric());
	name[..end.unwrap_or(name.len())].into()
}
