//! The rounds, and which of them count.

use crate::{
	book::{self, Book},
	calls::{Kind, BATCH, FURTHER},
	chain::{self, Clock, Touched},
	Result,
};
use std::time::Duration;

/// Most that transfers may take longer, or shorter, after a round than before it, as a share of what they took before.
pub const DRIFT_MAX: f64 = 0.05;
/// Rounds that may be thrown away for each one that is wanted.
const REPEATS: usize = 4;
/// The book on which calls are compared to a transfer.
const DEPTH_OF_CALLS: u32 = 1_000;
/// Calls of one block.
const CALLS: usize = 100;
/// Calls of one block where books are compared: as many as the smallest book has orders.
const CALLS_OF_DEPTH: usize = 10;
/// Calls of one block where each of them meets or places many orders.
const CALLS_OF_MANY: usize = 20;

/// What a run does.
pub struct Plan {
	/// Depths of the books, least first.
	pub depths: &'static [u32],
	/// Quiet rounds that are wanted.
	pub rounds: usize,
	/// Blocks per round and case.
	blocks: usize,
}

impl Plan {
	/// A thorough run, or a quick one.
	pub const fn new(is_quick: bool) -> Self {
		if is_quick {
			Self {
				depths: &[10, 1_000, 100_000],
				rounds: 5,
				blocks: 6,
			}
		} else {
			Self {
				depths: &[10, 1_000, 100_000, 1_000_000],
				rounds: 9,
				blocks: 16,
			}
		}
	}
}

/// How often what a call is made of is measured.
const SAMPLES_OF_PARTS: usize = 500;

/// What one block is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Case {
	depth: u32,
	kind: Kind,
	/// None for a block without calls, whose end is what the end of each block costs.
	calls: usize,
}

/// The cases of a round besides the transfers around it.
fn cases(depths: &[u32]) -> Vec<Case> {
	let mut cases = Vec::new();
	for (kind, calls) in [
		(Kind::Remark, CALLS),
		(Kind::PlaceRest, CALLS),
		(Kind::PlaceFill1, CALLS),
		(Kind::Cancel, CALLS),
		// Both fills in blocks of the same size, since the difference between them counts.
		(Kind::PlaceFill1, CALLS_OF_MANY),
		(Kind::PlaceFillMany, CALLS_OF_MANY),
		(Kind::Batch20, CALLS_OF_MANY),
	] {
		cases.push(Case {
			depth: DEPTH_OF_CALLS,
			kind,
			calls,
		});
	}
	// The depths take turns, so that what drifts does so for all of them.
	for kind in Kind::OF_DEPTH {
		for depth in depths.iter().copied() {
			cases.push(Case {
				depth,
				kind,
				calls: CALLS_OF_DEPTH,
			});
		}
	}
	for depth in depths.iter().copied() {
		cases.push(Case {
			depth,
			kind: Kind::Transfer,
			calls: 0,
		});
	}
	cases
}

/// What a round found, in microseconds.
struct Round {
	/// A transfer, as the mean of before and after.
	transfer: f64,
	/// Per case: one call, and the end of the block.
	cases: Vec<(Case, f64, f64)>,
	/// One call of a kind where the whole block is checked.
	imports: Vec<(Kind, f64)>,
}

impl Round {
	fn find(&self, wanted: Case) -> (f64, f64) {
		self.cases
			.iter()
			.find(|(case, ..)| *case == wanted)
			.map_or((f64::NAN, f64::NAN), |(_, call, end)| (*call, *end))
	}

	fn import(&self, wanted: Kind) -> f64 {
		self.imports
			.iter()
			.find(|(kind, _)| *kind == wanted)
			.map_or(f64::NAN, |(_, call)| *call)
	}
}

/// One figure of several rounds.
#[derive(Clone, Copy)]
pub struct Series {
	/// Median of the rounds.
	pub value: f64,
	/// Median of what the value is compared to.
	pub baseline: f64,
	/// Median of the rounds' own ratios.
	pub ratio: f64,
	/// Distance between the largest and the smallest value, as a share of the median.
	pub spread: f64,
}

impl Series {
	/// Of pairs of a value and its baseline.
	pub fn of(pairs: &[(f64, f64)]) -> Self {
		let values = pairs.iter().map(|(value, _)| *value).collect::<Vec<_>>();
		let ratios = pairs.iter().map(|(value, baseline)| value / baseline);
		let largest = values.iter().copied().fold(f64::MIN, f64::max);
		let smallest = values.iter().copied().fold(f64::MAX, f64::min);
		let value = median(values);
		Self {
			value,
			baseline: median(pairs.iter().map(|(_, baseline)| *baseline).collect()),
			ratio: median(ratios.collect()),
			spread: (largest - smallest) / value,
		}
	}
}

/// What a kind of call costs on one book.
pub struct Row {
	/// The kind.
	pub kind: Kind,
	/// Orders in the book.
	pub depth: u32,
	/// One call in microseconds, compared to the smallest book.
	pub call: Series,
	/// The share of one call in the end of its block, in microseconds.
	pub end: f64,
	/// What the call touches.
	pub touched: Touched,
}

/// Everything that was measured.
pub struct Measured {
	/// Rounds that count.
	pub quiet: usize,
	/// Rounds that were thrown away.
	pub thrown_away: usize,
	/// Calls in microseconds, compared to a transfer; each order of a batch, compared to one that is placed alone.
	pub calls: Vec<(&'static str, Series)>,
	/// The same where a whole block is checked.
	pub imports: Vec<(&'static str, Series)>,
	/// Weights in microseconds, compared likewise.
	pub weights: Vec<(&'static str, Series)>,
	/// Microseconds of the way into the wasm and back, part of each call by which a block is made.
	pub enter: f64,
	/// Microseconds of checking a signature, part of each call.
	pub signature: f64,
	/// What a transfer touches.
	pub transfer: Touched,
	/// Per kind and depth.
	pub depths: Vec<Row>,
}

/// Measure until there are as many quiet rounds as the plan wants, or too many were thrown away.
///
/// # Errors
/// A call fails or does something else than its kind says; or no round was quiet.
pub fn run(plan: &Plan, books: &[Book]) -> Result<Measured> {
	let cases = cases(plan.depths);
	for case in cases.iter().filter(|case| case.calls > 0) {
		check(find(books, case.depth)?, *case)?;
	}
	let of_calls = find(books, DEPTH_OF_CALLS)?;
	let weights = weights(of_calls)?;
	let sealed = sealed(of_calls)?;

	let mut quiet = Vec::new();
	let mut thrown_away = 0;
	while quiet.len() < plan.rounds && thrown_away < plan.rounds * REPEATS {
		let (round, drift) = round(plan, books, &cases, &sealed)?;
		let percent = 100.0 * drift;
		if drift.abs() > DRIFT_MAX {
			thrown_away += 1;
			eprintln!("round thrown away: transfers changed by {percent:+.1} % meanwhile");
		} else {
			quiet.push(round);
			eprintln!("round {} of {}: {percent:+.1} %", quiet.len(), plan.rounds);
		}
	}
	if quiet.is_empty() {
		return Err(format!(
			"no round of {thrown_away} was quiet: let the machine do nothing else, and measure again"
		)
		.into());
	}
	Ok(Measured {
		quiet: quiet.len(),
		thrown_away,
		calls: calls(&quiet),
		imports: imports(&quiet),
		weights,
		enter: part(|| of_calls.chain().enter())?,
		signature: part(|| Ok(book::verify_signature()))?,
		transfer: touched(of_calls, Kind::Transfer)?,
		depths: depths(plan, books, &quiet)?,
	})
}

/// One round, and by what share transfers took longer after it than before it.
fn round(
	plan: &Plan,
	books: &[Book],
	cases: &[Case],
	sealed: &[(Option<Kind>, Vec<u8>)],
) -> Result<(Round, f64)> {
	let transfers = Case {
		depth: DEPTH_OF_CALLS,
		kind: Kind::Transfer,
		calls: CALLS,
	};
	let transfer = || -> Result<f64> {
		let blocks = (0..plan.blocks).map(|_| block(books, transfers));
		let calls = blocks.map(|clock| Ok(clock?.0)).collect::<Result<Vec<_>>>()?;
		Ok(median(calls))
	};
	let before = transfer()?;
	let mut found = vec![(Vec::new(), Vec::new()); cases.len()];
	let mut imported = vec![Vec::new(); sealed.len()];
	let chain = find(books, DEPTH_OF_CALLS)?.chain();
	for _ in 0..plan.blocks {
		for ((_, block), times) in sealed.iter().zip(&mut imported) {
			times.push(micros(chain.import(block)?));
		}
		for (case, (calls, ends)) in cases.iter().zip(&mut found) {
			let (call, end) = block(books, *case)?;
			calls.push(call);
			ends.push(end);
		}
	}
	let after = transfer()?;
	let cases = cases.iter().zip(found);
	let round = Round {
		transfer: (before + after) / 2.0,
		cases: cases
			.map(|(case, (calls, ends))| (*case, median(calls), median(ends)))
			.collect(),
		imports: per_call(sealed, imported),
	};
	Ok((round, after / before - 1.0))
}

/// One block: microseconds of one call, and of the end of the block.
fn block(books: &[Book], case: Case) -> Result<(f64, f64)> {
	let book = find(books, case.depth)?;
	let Clock { calls, end } = book.chain().block(book.transactions(case.kind, case.calls))?;
	Ok((micros(calls) / case.calls.max(1) as f64, micros(end)))
}

/// Blocks of [`CALLS`] calls of each kind to check, and one of none.
fn sealed(book: &Book) -> Result<Vec<(Option<Kind>, Vec<u8>)>> {
	let compared = [Kind::Transfer, Kind::Remark];
	let kinds = Kind::OF_DEPTH.into_iter().chain(compared).map(Some);
	kinds
		.chain([None])
		.map(|kind| {
			let transactions = kind.map_or(&[][..], |kind| book.transactions(kind, CALLS));
			Ok((kind, book.chain().sealed(transactions)?))
		})
		.collect()
}

/// Microseconds of one call of each kind, from what checking blocks of them took, and one of none.
fn per_call(sealed: &[(Option<Kind>, Vec<u8>)], imported: Vec<Vec<f64>>) -> Vec<(Kind, f64)> {
	let kinds = sealed.iter().map(|(kind, _)| *kind);
	let medians = kinds.zip(imported.into_iter().map(median)).collect::<Vec<_>>();
	let empty = medians.iter().find(|(kind, _)| kind.is_none());
	let empty = empty.map_or(f64::NAN, |(_, time)| *time);
	medians
		.iter()
		.filter_map(|(kind, time)| Some(((*kind)?, (time - empty) / CALLS as f64)))
		.collect()
}

/// Microseconds of something short.
fn part(sample: impl Fn() -> Result<Duration>) -> Result<f64> {
	let times = (0..SAMPLES_OF_PARTS).map(|_| Ok(micros(sample()?)));
	Ok(median(times.collect::<Result<Vec<_>>>()?))
}

fn micros(time: Duration) -> f64 {
	time.as_secs_f64() * 1e6
}

/// Whether the calls of a case are as many as they should be, and do what their kind says.
fn check(book: &Book, case: Case) -> Result<()> {
	let Case { depth, kind, calls } = case;
	let transactions = book.transactions(kind, calls);
	let events = book.chain().events(transactions)?;
	if transactions.len() != calls || !events.iter().all(|events| kind.is_shown_by(events)) {
		return Err(format!(
			"{} on {depth} orders does not do what it is measured for",
			kind.name()
		)
		.into());
	}
	Ok(())
}

/// The figures `call.*` of the rounds.
fn calls(rounds: &[Round]) -> Vec<(&'static str, Series)> {
	let case = |kind, calls| Case {
		depth: DEPTH_OF_CALLS,
		kind,
		calls,
	};
	let compared = |pair: &dyn Fn(&Round) -> (f64, f64)| {
		let pairs = rounds.iter().map(pair);
		Series::of(&pairs.collect::<Vec<_>>())
	};
	let series = |value: &dyn Fn(&Round) -> f64| compared(&|round| (value(round), round.transfer));
	let call = |round: &Round, kind| round.find(case(kind, CALLS)).0;
	let plain = |kind| series(&|round| call(round, kind));
	vec![
		("remark", plain(Kind::Remark)),
		("place_rest", plain(Kind::PlaceRest)),
		("place_fill1", plain(Kind::PlaceFill1)),
		("cancel", plain(Kind::Cancel)),
		(
			"further_maker",
			series(&|round| {
				let one = round.find(case(Kind::PlaceFill1, CALLS_OF_MANY)).0;
				let many = round.find(case(Kind::PlaceFillMany, CALLS_OF_MANY)).0;
				(many - one) / f64::from(FURTHER)
			}),
		),
		(
			"batch20",
			compared(&|round| {
				let batch = round.find(case(Kind::Batch20, CALLS_OF_MANY)).0;
				(batch / f64::from(BATCH), call(round, Kind::PlaceRest))
			}),
		),
	]
}

/// The figures `import.*` of the rounds.
fn imports(rounds: &[Round]) -> Vec<(&'static str, Series)> {
	let of = |kind: Kind| {
		let pairs = rounds
			.iter()
			.map(|round| (round.import(kind), round.import(Kind::Transfer)));
		(kind.name(), Series::of(&pairs.collect::<Vec<_>>()))
	};
	[Kind::Remark].into_iter().chain(Kind::OF_DEPTH).map(of).collect()
}

/// The weights that calls on `book` are charged for.
fn weights(book: &Book) -> Result<Vec<(&'static str, Series)>> {
	// A weight is in picoseconds.
	let weight = |kind: Kind| -> Result<f64> {
		let events = book.chain().events(book.transactions(kind, 1))?;
		let weight = events.first().and_then(|events| chain::weight(events));
		Ok(weight.ok_or("a call has no weight")?.ref_time() as f64 / 1e6)
	};
	let transfer = weight(Kind::Transfer)?;
	let rest = weight(Kind::PlaceRest)?;
	let one = weight(Kind::PlaceFill1)?;
	let further = (weight(Kind::PlaceFillMany)? - one) / f64::from(FURTHER);
	let batch = weight(Kind::Batch20)? / f64::from(BATCH);
	Ok([
		("remark", weight(Kind::Remark)?, transfer),
		("place_rest", rest, transfer),
		("place_fill1", one, transfer),
		("cancel", weight(Kind::Cancel)?, transfer),
		("further_maker", further, transfer),
		("batch20", batch, rest),
	]
	.map(|(name, value, baseline)| (name, Series::of(&[(value, baseline)])))
	.into())
}

/// The table of depths.
fn depths(plan: &Plan, books: &[Book], rounds: &[Round]) -> Result<Vec<Row>> {
	let case = |kind, depth, calls| Case { depth, kind, calls };
	let smallest = plan.depths[0];
	let mut rows = Vec::new();
	for kind in Kind::OF_DEPTH {
		for depth in plan.depths.iter().copied() {
			let of = |round: &Round, depth| round.find(case(kind, depth, CALLS_OF_DEPTH));
			let pairs = rounds
				.iter()
				.map(|round| (of(round, depth).0, of(round, smallest).0));
			let ends = rounds.iter().map(|round| {
				let empty = round.find(case(Kind::Transfer, depth, 0)).1;
				(of(round, depth).1 - empty) / CALLS_OF_DEPTH as f64
			});
			rows.push(Row {
				kind,
				depth,
				call: Series::of(&pairs.collect::<Vec<_>>()),
				end: median(ends.collect()),
				touched: touched(find(books, depth)?, kind)?,
			});
		}
	}
	Ok(rows)
}

/// What a call of a kind touches: of each number the median over the calls of a block, each as the first of its block.
fn touched(book: &Book, kind: Kind) -> Result<Touched> {
	let transactions = book.transactions(kind, CALLS_OF_DEPTH);
	let all = transactions
		.iter()
		.map(|transaction| book.chain().touched(transaction))
		.collect::<Result<Vec<_>>>()?;
	let middle = |number: fn(&Touched) -> usize| {
		let mut numbers = all.iter().map(number).collect::<Vec<_>>();
		numbers.sort_unstable();
		numbers.get(numbers.len() / 2).copied().unwrap_or_default()
	};
	Ok(Touched {
		reads: middle(|touched| touched.reads),
		writes: middle(|touched| touched.writes),
		market_reads: middle(|touched| touched.market_reads),
		market_writes: middle(|touched| touched.market_writes),
		proof: middle(|touched| touched.proof),
	})
}

fn find<'a, 'b>(books: &'b [Book<'a>], depth: u32) -> Result<&'b Book<'a>> {
	books
		.iter()
		.find(|book| book.depth == depth)
		.ok_or_else(|| format!("there is no book of {depth} orders").into())
}

/// The number in the middle; of an even count the mean of both.
pub fn median(mut numbers: Vec<f64>) -> f64 {
	if numbers.is_empty() {
		return f64::NAN;
	}
	numbers.sort_unstable_by(f64::total_cmp);
	let middle = numbers.len() / 2;
	if numbers.len().is_multiple_of(2) {
		(numbers[middle - 1] + numbers[middle]) / 2.0
	} else {
		numbers[middle]
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_median_is_the_middle_one() {
		assert_eq!(median(vec![3.0, 1.0, 9.0]), 3.0);
		assert_eq!(median(vec![4.0, 1.0, 9.0, 2.0]), 3.0);
	}

	#[test]
	fn a_ratio_is_that_of_its_own_round() {
		let series = Series::of(&[(2.0, 1.0), (4.0, 2.0), (9.0, 3.0)]);
		assert_eq!((series.value, series.baseline, series.ratio), (4.0, 2.0, 2.0));
		assert_eq!(series.spread, 7.0 / 4.0);
	}

	#[test]
	fn no_two_cases_of_a_round_are_the_same() {
		let cases = cases(Plan::new(false).depths);
		for (at, case) in cases.iter().enumerate() {
			assert!(!cases[..at].contains(case), "{case:?}");
		}
	}
}
