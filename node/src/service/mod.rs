//! Puts the parts of a node together. [`new_partial`] makes what every command needs (database, executor, transaction
//! pool, import queue); [`start`] adds the network, the JSON-RPC server and the two halves of consensus.

mod authoring;
mod finality;
mod network;

use self::{authoring::Author, finality::Voter};
use crate::rpc;
use carbon_runtime::{opaque::Block, RuntimeApi};
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaPruningFilter, SharedVoterState};
use sc_executor::WasmExecutor;
use sc_network::NetworkBackend;
use sc_network_sync::SyncingService;
use sc_service::{error::Error, Configuration, PartialComponents, SpawnTasksParams, TaskManager};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sp_keystore::KeystorePtr;
use sp_runtime::traits::Block as BlockT;
use std::sync::Arc;
use substrate_prometheus_endpoint::Registry;

/// Telemetry messages that may wait for a slow server before new ones are dropped.
const TELEMETRY_BUFFER: usize = 16;

/// Hash of a block.
pub type Hash = <Block as BlockT>::Hash;
/// Runs the runtime's wasm, with the SDK's host functions and no others.
pub type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The database.
pub type Backend = sc_service::TFullBackend<Block>;
/// Everything that reads the chain and imports blocks.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// Transactions that wait for a block.
pub type Pool = TransactionPoolHandle<Block, Client>;
/// The rule that picks the chain to build on: the longest one.
pub type SelectChain = LongestChain<Backend, Block>;
/// Imports a block under the rules of GRANDPA.
pub type GrandpaBlockImport = sc_consensus_grandpa::GrandpaBlockImport<Backend, Block, Client, SelectChain>;
/// Connects block import to the GRANDPA voter.
pub type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, Client, SelectChain>;

/// What [`new_partial`] makes for consensus and for the operator's telemetry.
pub struct ConsensusParts {
	/// Where authored blocks go.
	pub block_import: GrandpaBlockImport,
	/// For the voter.
	pub grandpa_link: GrandpaLink,
	/// The connection to the telemetry servers, if any were named.
	pub telemetry: Option<Telemetry>,
}

/// What both halves of consensus work with.
#[derive(Clone)]
pub struct Shared {
	/// The transactions that wait for a block.
	pub pool: Arc<Pool>,
	/// The session keys.
	pub keystore: KeystorePtr,
	/// Says whether the node is still catching up, and fetches blocks that votes speak of.
	pub sync: Arc<SyncingService<Block>>,
	/// Where metrics are registered.
	pub prometheus: Option<Registry>,
	/// For the operator's telemetry.
	pub telemetry: Option<TelemetryHandle>,
}

/// A node without network and consensus: enough to read, check, import and revert blocks.
pub type PartialNode =
	PartialComponents<Client, Backend, SelectChain, DefaultImportQueue<Block>, Pool, ConsensusParts>;

/// Opens the database (creating it from the chain's genesis when it is empty) and makes everything that works on it.
///
/// # Errors
/// When the database cannot be opened, belongs to another chain, or the genesis state cannot be built.
pub fn new_partial(config: &Configuration) -> Result<PartialNode, Error> {
	let telemetry = new_telemetry(config)?;
	let executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, Executor>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			// A node that prunes old blocks still keeps those that prove a change of the validators: without them it
			// could not serve warp sync.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = LongestChain::new(backend.clone());
	let transaction_pool = new_pool(config, &task_manager, client.clone());
	let (block_import, grandpa_link) =
		finality::block_import(client.clone(), select_chain.clone(), handle(&telemetry))?;
	let import_queue = authoring::import_queue(
		config,
		&task_manager,
		client.clone(),
		block_import.clone(),
		handle(&telemetry),
	)?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: ConsensusParts {
			block_import,
			grandpa_link,
			telemetry,
		},
	})
}

/// Starts a node on the network stack `N`. The tasks run until the returned manager is dropped; when an essential one
/// ends (block authoring, finality, syncing), the whole node stops rather than run on without it.
///
/// # Errors
/// When a part cannot start, for instance because a port is in use.
pub fn start<N: NetworkBackend<Block, Hash>>(config: Configuration) -> Result<TaskManager, Error> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool: pool,
		other,
	} = new_partial(&config)?;
	let (block_import, grandpa_link) = (other.block_import, other.grandpa_link);
	let mut telemetry = other.telemetry;
	let keystore = keystore_container.keystore();
	let (params, gossip) = network::params::<N>(
		&config,
		&task_manager,
		&client,
		&backend,
		&pool,
		&grandpa_link,
		import_queue,
	);
	let (network, system_rpc_tx, tx_handler_controller, sync, _bitswap) = sc_service::build_network(params)?;
	let shared = Shared {
		pool: pool.clone(),
		keystore: keystore.clone(),
		sync: sync.clone(),
		prometheus: config.prometheus_registry().cloned(),
		telemetry: handle(&telemetry),
	};
	network::spawn_offchain_workers(&task_manager, &config, &client, &backend, &network, &shared)?;
	let voter_state = SharedVoterState::empty();
	let rpc = rpc_deps(&client, &backend, &pool, &grandpa_link, voter_state.clone());
	let author = Author::new(
		&config,
		client.clone(),
		select_chain,
		block_import,
		shared.clone(),
	);
	let voter = Voter::new(
		&config,
		gossip,
		grandpa_link,
		network.clone(),
		voter_state,
		shared,
	);

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client,
		backend,
		task_manager: &mut task_manager,
		keystore,
		transaction_pool: pool,
		rpc_builder: Box::new(move |executor| rpc::create(rpc.clone(), executor).map_err(Into::into)),
		network,
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync,
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	author.map_or(Ok(()), |author| author.spawn(&task_manager))?;
	voter.map_or(Ok(()), |voter| voter.spawn(&task_manager))?;
	Ok(task_manager)
}

/// What the JSON-RPC methods of this node read from.
fn rpc_deps(
	client: &Arc<Client>,
	backend: &Arc<Backend>,
	pool: &Arc<Pool>,
	grandpa_link: &GrandpaLink,
	voter_state: SharedVoterState,
) -> rpc::Deps {
	let authority_set = grandpa_link.shared_authority_set().clone();
	rpc::Deps {
		client: client.clone(),
		pool: pool.clone(),
		grandpa: rpc::GrandpaDeps {
			voter_state,
			justifications: grandpa_link.justification_stream(),
			proofs: FinalityProofProvider::new_for_service(backend.clone(), Some(authority_set.clone())),
			authority_set,
		},
	}
}

/// The connection to the telemetry servers that the command line or the chain specification names; `None` without any.
fn new_telemetry(config: &Configuration) -> Result<Option<(TelemetryWorker, Telemetry)>, Error> {
	let endpoints = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty());
	let Some(endpoints) = endpoints else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(TELEMETRY_BUFFER)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

fn handle(telemetry: &Option<Telemetry>) -> Option<TelemetryHandle> {
	telemetry.as_ref().map(Telemetry::handle)
}

/// The pool that the command line chose: by default the fork-aware one, which keeps a view for every tip of the chain.
fn new_pool(config: &Configuration, task_manager: &TaskManager, client: Arc<Client>) -> Arc<Pool> {
	let builder = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client,
		config.role.is_authority().into(),
	);
	Arc::new(
		builder
			.with_options(config.transaction_pool.clone())
			.with_prometheus(config.prometheus_registry())
			.build(),
	)
}
