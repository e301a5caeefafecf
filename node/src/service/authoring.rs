//! Block authoring: Aura gives each slot to one validator in turn.

use super::{Client, GrandpaBlockImport, Pool, SelectChain};
use carbon_runtime::opaque::Block;
use sc_basic_authorship::ProposerFactory;
use sc_consensus::DefaultImportQueue;
use sc_consensus_aura::{
	CompatibilityMode, ImportQueueParams, InherentDataProvider as AuraInherent, SlotDuration, SlotProportion,
	StartAuraParams,
};
use sc_network_sync::SyncingService;
use sc_service::{error::Error, Configuration, TaskManager};
use sc_telemetry::TelemetryHandle;
use sp_consensus_aura::sr25519::AuthorityPair;
use sp_keystore::KeystorePtr;
use sp_timestamp::InherentDataProvider as TimestampInherent;
use std::sync::Arc;

/// Share of a slot in which its author may fill the block.
///
/// The other validators execute the block again before the next author can build on it, so building and executing
/// have to fit into one slot together with the way through the network: half a slot for the author leaves them as
/// long as the author took. With slots of 2 s that is 1 s. A larger share makes full blocks arrive after the next slot
/// has begun, and its author then forks the chain.
const PROPOSAL_SHARE: f32 = 0.5;

/// The queue in which blocks from the network, and from a file, are checked and imported.
///
/// # Errors
/// When a metric cannot be registered.
pub fn import_queue(
	config: &Configuration,
	task_manager: &TaskManager,
	client: Arc<Client>,
	block_import: GrandpaBlockImport,
	telemetry: Option<TelemetryHandle>,
) -> Result<DefaultImportQueue<Block>, Error> {
	let slot_client = client.clone();
	let queue = sc_consensus_aura::import_queue::<AuthorityPair, _, _, _, _, _>(ImportQueueParams {
		justification_import: Some(Box::new(block_import.clone())),
		block_import,
		client,
		// The slot's length is asked at the parent of each block, so that a chain which changed it still syncs.
		create_inherent_data_providers: move |parent, ()| {
			let slot_duration = sc_consensus_aura::standalone::slot_duration_at(&*slot_client, parent);
			async move { Ok(inherents(slot_duration?)) }
		},
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		check_for_equivocation: Default::default(),
		telemetry,
		compatibility_mode: CompatibilityMode::None,
	})?;
	Ok(queue)
}

/// The time and the slot that it falls into.
fn inherents(slot_duration: SlotDuration) -> (AuraInherent, TimestampInherent) {
	let timestamp = TimestampInherent::from_system_time();
	(
		AuraInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration),
		timestamp,
	)
}

/// What a validator needs to author blocks.
pub struct Author {
	/// Reads the chain.
	pub client: Arc<Client>,
	/// Where the transactions come from.
	pub pool: Arc<Pool>,
	/// Which chain to build on.
	pub select_chain: SelectChain,
	/// Where the blocks go.
	pub block_import: GrandpaBlockImport,
	/// Holds the Aura key.
	pub keystore: KeystorePtr,
	/// Says whether the node is still catching up; it authors nothing as long.
	pub sync: Arc<SyncingService<Block>>,
	/// Author even without peers.
	pub force_authoring: bool,
	/// For the time that blocks take.
	pub prometheus: Option<substrate_prometheus_endpoint::Registry>,
	/// For the operator's telemetry.
	pub telemetry: Option<TelemetryHandle>,
}

impl Author {
	/// Starts to author. The task is essential: when it ends, the node stops.
	///
	/// # Errors
	/// When the runtime does not say how long a slot is.
	pub fn spawn(self, task_manager: &TaskManager) -> Result<(), Error> {
		let slot_duration = sc_consensus_aura::slot_duration(&*self.client)?;
		let proposer_factory = ProposerFactory::new(
			task_manager.spawn_handle(),
			self.client.clone(),
			self.pool,
			self.prometheus.as_ref(),
			self.telemetry.clone(),
		);
		let aura =
			sc_consensus_aura::start_aura::<AuthorityPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
				slot_duration,
				client: self.client,
				select_chain: self.select_chain,
				block_import: self.block_import,
				proposer_factory,
				sync_oracle: self.sync.clone(),
				justification_sync_link: self.sync,
				create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
				force_authoring: self.force_authoring,
				// Blocks go on while finality is late: trading may wait for finality, deadlines do not.
				backoff_authoring_blocks: Option::<()>::None,
				keystore: self.keystore,
				block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SHARE),
				// After missed slots the author gets longer, without a bound: else a block whose mandatory work takes longer
				// than a slot could never be made and the chain would stand still.
				max_block_proposal_slot_portion: None,
				telemetry: self.telemetry,
				compatibility_mode: CompatibilityMode::None,
			})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), aura);
		Ok(())
	}
}
