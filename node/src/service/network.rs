//! The node's connection to its peers, and the offchain workers, which may use it.

use super::{finality::Gossip, Backend, Client, GrandpaLink, Hash, Pool, Shared};
use carbon_runtime::opaque::Block;
use futures::FutureExt;
use sc_client_api::Backend as _;
use sc_consensus::DefaultImportQueue;
use sc_consensus_grandpa::warp_proof::NetworkProvider as WarpProofs;
use sc_network::{config::FullNetworkConfiguration, service::traits::NetworkService, NetworkBackend};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{error::Error, BuildNetworkParams, Configuration, TaskManager, WarpSyncConfig};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use std::sync::Arc;

/// What [`sc_service::build_network`] takes for this node.
type Params<'a, N> = BuildNetworkParams<'a, Block, N, Pool, DefaultImportQueue<Block>, Client>;

/// Describes the network to build, and registers the channel for GRANDPA's votes on it.
///
/// Warp sync is offered and used: a new node may check the finality proofs of the changes of validators instead of
/// executing all blocks.
pub fn params<'a, N: NetworkBackend<Block, Hash>>(
	config: &'a Configuration,
	task_manager: &TaskManager,
	client: &Arc<Client>,
	backend: &Arc<Backend>,
	pool: &Arc<Pool>,
	grandpa_link: &GrandpaLink,
	import_queue: DefaultImportQueue<Block>,
) -> (Params<'a, N>, Gossip) {
	let registry = config.prometheus_registry();
	let metrics = N::register_notification_metrics(registry);
	let mut net_config = FullNetworkConfiguration::<Block, Hash, N>::new(&config.network, registry.cloned());
	let gossip = Gossip::register(config, client, &mut net_config, metrics.clone());
	let authority_set = grandpa_link.shared_authority_set().clone();
	let warp_proofs = Arc::new(WarpProofs::new(backend.clone(), authority_set, Vec::new()));
	let params = BuildNetworkParams {
		config,
		net_config,
		client: client.clone(),
		transaction_pool: pool.clone(),
		spawn_handle: task_manager.spawn_handle(),
		spawn_essential_handle: task_manager.spawn_essential_handle(),
		import_queue,
		block_announce_validator_builder: None,
		warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_proofs)),
		block_relay: None,
		metrics,
		gap_sync_body_policy: None,
	};
	(params, gossip)
}

/// Runs the runtime's offchain workers after each block, unless they are turned off.
///
/// They cannot send HTTP requests: nothing on this chain has to reach out of the node, and what cannot reach out
/// cannot be made to.
///
/// # Errors
/// When the workers' threads cannot be set up.
pub fn spawn_offchain_workers(
	task_manager: &TaskManager,
	config: &Configuration,
	client: &Arc<Client>,
	backend: &Backend,
	network: &Arc<dyn NetworkService>,
	shared: &Shared,
) -> Result<(), Error> {
	if !config.offchain_worker.enabled {
		return Ok(());
	}
	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		keystore: Some(shared.keystore.clone()),
		offchain_db: backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(shared.pool.clone())),
		network_provider: Arc::new(network.clone()),
		is_validator: config.role.is_authority(),
		enable_http_requests: false,
		custom_extensions: |_| Vec::new(),
	})?;
	task_manager.spawn_handle().spawn(
		"offchain-workers-runner",
		"offchain-worker",
		workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
	);
	Ok(())
}
