//! Runs what the command line asks for.

use crate::{
	chain_spec, check_block,
	cli::{Cli, Subcommand},
	service::{self, Client},
};
use carbon_runtime::opaque::Block;
use sc_cli::SubstrateCli;
use sc_network::{
	config::NetworkBackendType::{Libp2p, Litep2p},
	Litep2pNetworkBackend, NetworkWorker,
};
use sc_service::{Configuration, TaskManager};
use std::sync::Arc;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Carbon Chain Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"docs/OPERATORS.md in the source of this node, or the operator of your network".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Parses the command line of this process and carries it out; returns when the work is done or the node was asked to
/// stop.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		Some(subcommand) => run_subcommand(&cli, subcommand),
		None => cli.create_runner(&cli.run)?.run_node_until_exit(start),
	}
}

/// Starts the node on the network stack that the command line chose.
async fn start(config: Configuration) -> sc_cli::Result<TaskManager> {
	let task_manager = match config.network.network_backend {
		Litep2p => service::start::<Litep2pNetworkBackend>(config)?,
		Libp2p => service::start::<NetworkWorker<Block, service::Hash>>(config)?,
	};
	Ok(task_manager)
}

fn run_subcommand(cli: &Cli, subcommand: &Subcommand) -> sc_cli::Result<()> {
	match subcommand {
		Subcommand::Key(command) => command.run(cli),
		Subcommand::BuildSpec(command) => cli
			.create_runner(command)?
			.sync_run(|config| command.run(config.chain_spec, config.network)),
		Subcommand::ExportChainSpec(command) => command.run(cli.load_spec(&command.chain)?),
		Subcommand::PurgeChain(command) => cli
			.create_runner(command)?
			.sync_run(|config| command.run(config.database)),
		Subcommand::ChainInfo(command) => cli
			.create_runner(command)?
			.sync_run(|config| command.run::<Block>(&config)),
		Subcommand::CheckBlock(command) => cli.create_runner(command)?.async_run(|config| {
			let node = service::new_partial(&config)?;
			Ok((
				check_block::run(node.client, node.backend, command.input.parse()?),
				node.task_manager,
			))
		}),
		Subcommand::ExportBlocks(command) => cli.create_runner(command)?.async_run(|config| {
			let node = service::new_partial(&config)?;
			Ok((command.run(node.client, config.database), node.task_manager))
		}),
		Subcommand::ExportState(command) => cli.create_runner(command)?.async_run(|config| {
			let node = service::new_partial(&config)?;
			Ok((command.run(node.client, config.chain_spec), node.task_manager))
		}),
		Subcommand::ImportBlocks(command) => cli.create_runner(command)?.async_run(|config| {
			let node = service::new_partial(&config)?;
			Ok((command.run(node.client, node.import_queue), node.task_manager))
		}),
		Subcommand::Revert(command) => cli.create_runner(command)?.async_run(|config| {
			let node = service::new_partial(&config)?;
			// GRANDPA keeps its own record of pending authority changes, which has to go back with the blocks.
			let revert_grandpa = Box::new(|client: Arc<Client>, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks).map_err(Into::into)
			});
			Ok((
				command.run(node.client, node.backend, Some(revert_grandpa)),
				node.task_manager,
			))
		}),
	}
}
