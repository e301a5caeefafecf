//! Measures how long the market's calls take inside the runtime's wasm, as ratios to a transfer of tokens.
//!
//! What is measured and how to read it: `README.md` of this tool, section "Measured speed".

mod book;
mod calls;
mod chain;
mod engine;
mod measure;
mod report;

use clap::Parser;
use std::path::PathBuf;

/// What goes wrong ends the tool with a sentence.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Measure how long the market's calls take inside the runtime's wasm.
#[derive(Parser)]
#[command(version)]
struct Cli {
	/// Fewer rounds, and no book with more than 100,000 orders.
	#[arg(long)]
	quick: bool,

	/// Keep at hand what blocks have read, as the cache of a node does that has seen all of it before. Without this, each item that a
	/// block has not touched yet is found by its way through the trie.
	#[arg(long)]
	cached: bool,

	/// Write the figures to this file as well, as a JSON list.
	#[arg(long, value_name = "FILE")]
	json: Option<PathBuf>,

	/// The built example `throughput` of the matching engine. Without it the engine alone is not measured.
	#[arg(long, value_name = "FILE")]
	engine: Option<PathBuf>,
}

fn main() -> Result<()> {
	let cli = Cli::parse();
	let plan = measure::Plan::new(cli.quick);
	let wasm = chain::Wasm::of_runtime(cli.cached)?;
	let market = book::Market::open(&wasm)?;

	let mut books = Vec::new();
	for depth in plan.depths {
		eprintln!("book of {} orders", report::thousands(*depth));
		books.push(book::Book::fill(&wasm, &market, *depth)?);
	}
	let measured = measure::run(&plan, &books)?;
	let engine = cli
		.engine
		.map(|example| engine::run(&example, plan.rounds))
		.transpose()?;

	let figures = report::figures(&plan, &measured, engine);
	println!("{}", report::tables(&plan, &measured, &figures));
	if let Some(file) = cli.json {
		std::fs::write(&file, report::json(&figures)?)
			.map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
	}
	if measured.quiet < plan.rounds {
		return Err(format!(
			"only {} of {} rounds were quiet: let the machine do nothing else, and measure again",
			measured.quiet, plan.rounds
		)
		.into());
	}
	Ok(())
}
