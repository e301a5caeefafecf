//! What the command line accepts. The flags themselves come from the SDK, so that its tools and guides apply.

use sc_cli::RunCmd;

/// The whole command line: without a subcommand the node runs.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[clap(flatten)]
	pub run: RunCmd,
}

/// The operator's tools.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)] // One value per process: boxing it would only get in clap's way.
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Print a chain specification, with the node's own address as boot node unless told otherwise.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Print a chain specification or write it to a file.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Execute one stored block again and compare the result.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state of a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file and execute them.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Delete the chain's database; keys stay.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Take back the newest blocks that are not final yet.
	Revert(sc_cli::RevertCmd),

	/// Print the best and the finalised block of the database.
	ChainInfo(sc_cli::ChainInfoCmd),
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, Parser};

	#[test]
	fn the_command_line_should_be_free_of_contradictions() {
		Cli::command().debug_assert();
	}

	#[test]
	fn build_spec_should_accept_the_flags_of_network_tools() {
		let cli = Cli::parse_from([
			"carbon-node",
			"build-spec",
			"--chain",
			"local",
			"--disable-default-bootnode",
			"--raw",
		]);
		assert!(
			matches!(cli.subcommand, Some(Subcommand::BuildSpec(c)) if c.raw && c.disable_default_bootnode)
		);
	}
}
