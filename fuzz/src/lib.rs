//! What the fuzzers of all targets have in common: counting, reporting and minimising, and how walks are mutated.
//!
//! A target, such as a pallet's module `fuzzing`, makes steps of bytes, each of the same number of bytes, and takes walks: sequences
//! of steps after each of which it checks everything. See README.md.

pub mod cycle;
pub mod provenance;

use std::{
	collections::BTreeSet,
	env,
	fmt::Debug,
	fs,
	panic::{set_hook, take_hook},
	process,
	str::FromStr,
	sync::{
		atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
		Mutex, MutexGuard, PoisonError,
	},
	time::Instant,
};

/// Names a fault to plant into the target, for the test of the test.
const FAULT: &str = "CARBON_FUZZ_FAULT";
/// Names the file to which the bytes of a finding go.
const FOUND: &str = "CARBON_FUZZ_FOUND";
/// How many shorter walks are tried in order to find the shortest one.
const TRIES_MAX: u32 = 5_000;

static WALKS: AtomicU64 = AtomicU64::new(0);
static STEPS: AtomicU64 = AtomicU64::new(0);
static IS_ENDED: AtomicBool = AtomicBool::new(false);
static BEGINNING: Mutex<Option<Instant>> = Mutex::new(None);
/// Names of the events and errors so far.
static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
/// Where the latest panic came from, and what it said.
static PANIC: Mutex<String> = Mutex::new(String::new());

extern "C" {
	fn atexit(callback: extern "C" fn()) -> i32;
	fn _exit(status: i32) -> !;
}

/// How a target walks.
pub struct Target<Step, Fault> {
	/// How many bytes a step has.
	pub step_bytes: usize,
	/// The steps that bytes are.
	pub steps: fn(&[u8]) -> Vec<Step>,
	/// Takes a walk. Returns the names of the events and errors that it saw; fails with what it has found.
	pub walk: fn(&[Step], Option<Fault>) -> Result<BTreeSet<String>, String>,
}

/// Prepare the process. To be called once, before the first walk.
pub fn begin() {
	*lock(&BEGINNING) = Some(Instant::now());
	// libFuzzer's own hook ends the process. Here a panic is a finding like others, and only that of the shortest walk is told.
	drop(take_hook());
	set_hook(Box::new(|info| {
		*lock(&PANIC) = info.to_string();
	}));
	// SAFETY: the function takes nothing and does not unwind.
	unsafe { atexit(say_totals) };
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
	value.lock().unwrap_or_else(PoisonError::into_inner)
}

extern "C" fn say_totals() {
	if IS_ENDED.swap(true, Relaxed) {
		return;
	}
	let beginning = *lock(&BEGINNING);
	let seconds = beginning
		.map_or(0.0, |beginning| beginning.elapsed().as_secs_f64())
		.max(0.001);
	let (walks, steps) = (WALKS.load(Relaxed), STEPS.load(Relaxed));
	let seen = lock(&SEEN);
	let names: Vec<_> = seen.iter().map(String::as_str).collect();
	eprintln!(
		"{} events and errors were seen: {}",
		names.len(),
		names.join(", ")
	);
	eprintln!(
		"{walks} walks, {steps} steps in {seconds:.0} s: {:.0} walks and {:.0} steps a second",
		walks as f64 / seconds,
		steps as f64 / seconds
	);
}

/// Take the walk that `bytes` are. Where it finds something, tell it and end the process.
pub fn run<Step: Debug, Fault: FromStr<Err = String>>(bytes: &[u8], target: &Target<Step, Fault>) {
	let broken = walk(bytes, target);
	WALKS.fetch_add(1, Relaxed);
	STEPS.fetch_add(bytes.len().div_ceil(target.step_bytes) as u64, Relaxed);
	let broken = match broken {
		Ok(seen) => return lock(&SEEN).extend(seen),
		Err(broken) => broken,
	};
	eprintln!("FOUND after {} walks: {broken}", WALKS.load(Relaxed));
	let (shortest, broken) = minimise(bytes, broken, target);
	let steps = (target.steps)(&shortest);
	eprintln!(
		"The shortest walk that was found to break something has {} steps:",
		steps.len()
	);
	for (at, step) in steps.iter().enumerate() {
		eprintln!("  {at:3} {step:?}");
	}
	eprintln!("It ends with: {broken}");
	let panic = lock(&PANIC);
	if !panic.is_empty() {
		eprintln!("The latest panic: {panic}");
	}
	if let Ok(file) = env::var(FOUND) {
		match fs::write(&file, &shortest) {
			Ok(()) => eprintln!("Its bytes: {file}"),
			Err(error) => eprintln!("Its bytes could not be written to {file}: {error}"),
		}
	}
	say_totals();
	// SAFETY: nothing comes after it. An ordinary exit would make libFuzzer report that the process ended.
	unsafe { _exit(1) }
}

fn walk<Step, Fault: FromStr<Err = String>>(
	bytes: &[u8],
	target: &Target<Step, Fault>,
) -> Result<BTreeSet<String>, String> {
	let fault = env::var(FAULT).ok().filter(|name| !name.is_empty());
	let fault = fault.map(|name| {
		name.parse().unwrap_or_else(|error| {
			eprintln!("error: {error}");
			process::abort()
		})
	});
	(target.walk)(&(target.steps)(bytes), fault)
}

/// Leave out steps of a walk as long as something is still broken by it.
fn minimise<Step, Fault: FromStr<Err = String>>(
	bytes: &[u8],
	mut broken: String,
	target: &Target<Step, Fault>,
) -> (Vec<u8>, String) {
	let mut records: Vec<&[u8]> = bytes.chunks(target.step_bytes).collect();
	let mut tries = 0;
	let mut size = records.len().div_ceil(2);
	while size > 0 && tries < TRIES_MAX {
		let mut at = 0;
		let before = records.len();
		while at < records.len() && tries < TRIES_MAX {
			let mut fewer = records.clone();
			fewer.drain(at..(at + size).min(records.len()));
			tries += 1;
			match walk(&fewer.concat(), target) {
				Err(still) => (records, broken) = (fewer, still),
				Ok(_) => at += size,
			}
		}
		// Where single steps could be left out, others may be dispensable now.
		if size > 1 || records.len() == before {
			size /= 2;
		}
	}
	(records.concat(), broken)
}

/// Mutate a walk of `size` bytes in `data` to one of at most `size_max`, with steps of `step_bytes`. Returns its size.
pub fn mutate(data: &mut [u8], size: usize, size_max: usize, seed: u32, step_bytes: usize) -> usize {
	let mut random = Random(u64::from(seed) << 32 | 0x5eed);
	let room = size_max.min(data.len()) / step_bytes;
	let mut records: Vec<Vec<u8>> = data[..size]
		.chunks(step_bytes)
		.map(|record| {
			let mut record = record.to_vec();
			record.resize(step_bytes, 0);
			record
		})
		.take(room)
		.collect();
	if room == 0 {
		return libfuzzer_sys::fuzzer_mutate(data, size, size_max);
	}
	for _ in 0..=random.below(3) {
		let (at, from) = (random.below(records.len() + 1), random.below(records.len() + 1));
		match random.below(8) {
			// A new step.
			0 | 1 => records.insert(at, (0..step_bytes).map(|_| random.byte()).collect()),
			// A step comes again, possibly with another participant or number.
			2 if from < records.len() => records.insert(at, records[from].clone()),
			3 if at < records.len() && from < records.len() => records.swap(at, from),
			4 if at < records.len() => {
				let end = (at + 1 + random.below(4)).min(records.len());
				records.drain(at..end);
			}
			// A single byte of one step: most of the first ones mean something.
			5 | 6 if at < records.len() => {
				let byte = random.below(step_bytes).min(random.below(step_bytes));
				records[at][byte] = random.byte();
			}
			_ if at < records.len() => {
				libfuzzer_sys::fuzzer_mutate(&mut records[at], step_bytes, step_bytes);
			}
			_ => {}
		}
	}
	records.truncate(room);
	let bytes = records.concat();
	data[..bytes.len()].copy_from_slice(&bytes);
	bytes.len()
}

/// SplitMix64: the same mutation for the same seed.
struct Random(u64);

impl Random {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ mixed >> 31
	}

	fn byte(&mut self) -> u8 {
		self.next() as u8
	}

	fn below(&mut self, end: usize) -> usize {
		(self.next() % end.max(1) as u64) as usize
	}
}

/// Make the fuzzer of a target, the module with its steps and walks: a program that libFuzzer drives.
#[macro_export]
macro_rules! fuzz {
	($($target:ident)::+) => {
		libfuzzer_sys::fuzz_target!(init: $crate::begin(), |bytes: &[u8]| {
			$crate::run(
				bytes,
				&$crate::Target {
					step_bytes: $($target)::+::STEP_BYTES,
					steps: $($target)::+::steps,
					walk: $($target)::+::walk,
				},
			)
		});

		libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, size_max: usize, seed: u32| {
			$crate::mutate(data, size, size_max, seed, $($target)::+::STEP_BYTES)
		});
	};
}
