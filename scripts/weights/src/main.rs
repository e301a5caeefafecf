//! Runs the benchmarks inside a runtime's wasm and writes what they measured, as `frame-omni-bencher` does.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;

/// Measure what the calls of a runtime cost.
#[derive(Parser)]
#[command(version)]
struct Cli {
	#[command(flatten)]
	pallet: PalletCmd,
}

/// Prints warnings, and how far the command is.
struct Progress;

impl log::Log for Progress {
	fn enabled(&self, metadata: &log::Metadata) -> bool {
		metadata.level() <= log::Level::Warn || metadata.target() == "frame::benchmark::pallet"
	}

	fn log(&self, record: &log::Record) {
		if self.enabled(record.metadata()) {
			eprintln!("{}", record.args());
		}
	}

	fn flush(&self) {}
}

fn main() -> sc_cli::Result<()> {
	log::set_logger(&Progress).expect("nobody else logs; qed");
	log::set_max_level(log::LevelFilter::Info);
	Cli::parse().pallet.run_with_spec::<BlakeTwo256, ()>(None)
}
