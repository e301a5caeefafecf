//! The tables for people and the list for machines.

use crate::{
	measure::{Measured, Plan, Row, Series, DRIFT_MAX},
	Result,
};
use serde_json::json;
use std::fmt::Write;

/// Operations per second that the engine alone should do.
const ENGINE_GOAL: f64 = 1_000_000.0;
/// Most that a call on the deepest book may take of what it takes on the smallest one.
const DEPTH_GOAL: f64 = 1.25;

/// One entry of the list.
pub struct Figure {
	name: String,
	unit: &'static str,
	series: Series,
	/// What the ratio should be, if anybody said.
	goal: Option<Goal>,
}

/// What a ratio should be.
#[derive(Clone, Copy)]
enum Goal {
	AtMost(f64),
	AtLeast(f64),
}

impl Goal {
	fn is_reached_by(self, ratio: f64) -> bool {
		match self {
			Self::AtMost(most) => ratio <= most,
			Self::AtLeast(least) => ratio >= least,
		}
	}
}

/// The ratio to what it is compared to that a call should have.
fn goal(call: &str) -> Option<Goal> {
	let most = match call {
		"place_rest" => 1.8,
		"place_fill1" => 2.6,
		"cancel" => 1.5,
		"further_maker" => 0.9,
		"batch20" => 0.55,
		_ => return None,
	};
	Some(Goal::AtMost(most))
}

/// All figures, by their stable names.
pub fn figures(plan: &Plan, measured: &Measured, engine: Option<Vec<f64>>) -> Vec<Figure> {
	let of_calls = |prefix: &'static str, calls: &[(&'static str, Series)]| {
		calls
			.iter()
			.map(move |(name, series)| Figure {
				name: format!("{prefix}.{name}"),
				unit: "us",
				series: *series,
				goal: goal(name),
			})
			.collect::<Vec<_>>()
	};
	let mut figures = of_calls("call", &measured.calls);
	figures.extend(of_calls("import", &measured.imports));
	figures.extend(of_calls("weight", &measured.weights));

	let deepest = plan.depths.last().copied().unwrap_or_default();
	// Another depth is another figure, which must not be taken for this one.
	let prefix = match deepest {
		1_000_000 => "depth".to_string(),
		other => format!("depth_{other}"),
	};
	let rows = measured.depths.iter().filter(|row| row.depth == deepest);
	figures.extend(rows.map(|row| Figure {
		name: format!("{prefix}.{}", row.kind.name()),
		unit: "us",
		series: row.call,
		goal: Some(Goal::AtMost(DEPTH_GOAL)),
	}));
	figures.extend(engine.map(|rounds| {
		let pairs = rounds.into_iter().map(|operations| (operations, ENGINE_GOAL));
		Figure {
			name: "engine.ops".into(),
			unit: "1/s",
			series: Series::of(&pairs.collect::<Vec<_>>()),
			goal: Some(Goal::AtLeast(1.0)),
		}
	}));
	figures
}

/// The list for machines.
pub fn json(figures: &[Figure]) -> Result<String> {
	let list = figures
		.iter()
		.map(
			|Figure {
			     name, unit, series, ..
			 }| {
				let Series {
					value,
					baseline,
					ratio,
					spread,
				} = series;
				json!({
					"name": name,
					"value": rounded(*value),
					"unit": unit,
					"baseline": rounded(*baseline),
					"ratio": rounded(*ratio),
					"spread": rounded(*spread),
				})
			},
		)
		.collect::<Vec<_>>();
	Ok(serde_json::to_string_pretty(&list)? + "\n")
}

/// Three decimals; more are noise.
fn rounded(number: f64) -> f64 {
	(number * 1e3).round() / 1e3
}

/// The tables for people.
pub fn tables(plan: &Plan, measured: &Measured, figures: &[Figure]) -> String {
	let mut out = String::new();
	// Writing to a string cannot fail.
	let _ = writeln!(
		out,
		"\nMedians of {} rounds; {} more were thrown away since transfers changed by over {:.0} % meanwhile.\n",
		measured.quiet,
		measured.thrown_away,
		100.0 * DRIFT_MAX
	);
	let _ = writeln!(
		out,
		"{:<26} {:>12} {:>4} {:>12} {:>7} {:>9} {:>7}",
		"figure", "value", "", "baseline", "ratio", "goal", "spread"
	);
	for figure in figures {
		let Series {
			value,
			baseline,
			ratio,
			spread,
		} = figure.series;
		let (goal, missed) = match figure.goal {
			None => (String::new(), false),
			Some(goal) => {
				let missed = !goal.is_reached_by(ratio);
				let goal = match goal {
					Goal::AtMost(most) => format!("<= {most:.2}"),
					Goal::AtLeast(least) => format!(">= {least:.2}"),
				};
				(goal, missed)
			}
		};
		let _ = writeln!(
			out,
			"{:<26} {value:>12.1} {:>4} {baseline:>12.1} {ratio:>7.2} {goal:>9} {:>6.1}%{}",
			figure.name,
			figure.unit,
			100.0 * spread,
			if missed { "  missed" } else { "" }
		);
	}
	let _ = writeln!(
		out,
		"\nParts of each call: {:.1} us the way into the wasm and back, which checking a block goes only once; {:.1} us the signature.",
		measured.enter, measured.signature
	);
	let transfer = &measured.transfer;
	let _ = writeln!(
		out,
		"A transfer reads {} items and writes {}, beside what the block has in hand; proof of what it reads: {} bytes.",
		transfer.reads, transfer.writes, transfer.proof
	);
	let _ = writeln!(
		out,
		"\n{:<12} {:>10} {:>9} {:>7} {:>9} {:>14} {:>17} {:>8}",
		"call", "orders", "us", "ratio", "us at end", "reads/writes", "of the market", "proof B"
	);
	for row in &measured.depths {
		let _ = writeln!(out, "{}", depth_line(row));
		if plan.depths.last() == Some(&row.depth) {
			let _ = writeln!(out);
		}
	}
	out
}

fn depth_line(row: &Row) -> String {
	let touched = &row.touched;
	format!(
		"{:<12} {:>10} {:>9.1} {:>7.2} {:>9.1} {:>14} {:>17} {:>8}",
		row.kind.name(),
		thousands(row.depth),
		row.call.value,
		row.call.ratio,
		row.end,
		format!("{}/{}", touched.reads, touched.writes),
		format!("{}/{}", touched.market_reads, touched.market_writes),
		touched.proof
	)
}

/// A number with commas between the thousands.
pub fn thousands(number: u32) -> String {
	let digits = number.to_string();
	let mut out = String::new();
	for (at, digit) in digits.chars().enumerate() {
		if at > 0 && (digits.len() - at).is_multiple_of(3) {
			out.push(',');
		}
		out.push(digit);
	}
	out
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn thousands_are_apart() {
		let all = [(7, "7"), (999, "999"), (1_000, "1,000"), (1_000_000, "1,000,000")];
		for (number, text) in all {
			assert_eq!(thousands(number), text);
		}
	}

	#[test]
	fn an_entry_has_the_fields_that_were_agreed() {
		let figure = Figure {
			name: "call.cancel".into(),
			unit: "us",
			series: Series::of(&[(3.0, 2.0)]),
			goal: None,
		};
		let list: serde_json::Value = serde_json::from_str(&json(&[figure]).expect("finite")).expect("JSON");
		assert_eq!(
			list,
			json!([{
				"name": "call.cancel",
				"value": 3.0,
				"unit": "us",
				"baseline": 2.0,
				"ratio": 1.5,
				"spread": 0.0,
			}])
		);
	}

	#[test]
	fn a_goal_is_reached_at_its_bound() {
		assert!(Goal::AtMost(1.5).is_reached_by(1.5) && !Goal::AtMost(1.5).is_reached_by(1.51));
		assert!(Goal::AtLeast(1.0).is_reached_by(1.0) && !Goal::AtLeast(1.0).is_reached_by(0.99));
	}
}
