//! The matching engine alone, without a chain around it: what its example `throughput` prints.

use crate::Result;
use std::{path::Path, process::Command};

/// The line of the example that counts: the page size of the pallet, and the depth of the goal.
const SLOTS: &str = "32 slots a page";
const DEPTH: &str = "100000 orders";

/// Run the example `rounds` times. Returns operations per second, one figure a round.
pub fn run(example: &Path, rounds: usize) -> Result<Vec<f64>> {
	(1..=rounds)
		.map(|round| {
			eprintln!("engine, round {round} of {rounds}");
			let output = Command::new(example)
				.output()
				.map_err(|error| format!("{} does not run: {error}", example.display()))?;
			let output = String::from_utf8_lossy(&output.stdout);
			operations(&output)
				.ok_or_else(|| "the example of the engine does not print what it used to".into())
		})
		.collect()
}

/// Operations per second, from what the example prints.
fn operations(output: &str) -> Option<f64> {
	let line = output
		.lines()
		.find(|line| line.contains(SLOTS) && line.contains(DEPTH))?;
	let (_, figures) = line.split_once(':')?;
	figures.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_line_of_the_goal_is_found_among_the_others() {
		let output = "\
  16 slots a page,    100000 orders:    1 operations a second, of which 100 % changed the book
  32 slots a page,   1000000 orders:    2 operations a second, of which 100 % changed the book
  32 slots a page,    100000 orders:    3142592 operations a second, of which 100 % changed the book
";
		assert_eq!(operations(output), Some(3_142_592.0));
		assert_eq!(operations("something else"), None);
	}
}
