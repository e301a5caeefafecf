//! Block authoring: Aura gives each slot to one validator in turn.

use super::{Client, GrandpaBlockImport, SelectChain, Shared};
use carbon_runtime::opaque::Block;
use sc_basic_authorship::ProposerFactory;
use sc_consensus::DefaultImportQueue;
use sc_consensus_aura::{
	CompatibilityMode, ImportQueueParams, InherentDataProvider as AuraInherent, SlotDuration, SlotProportion,
	StartAuraParams,
};
use sc_service::{error::Error, Configuration, TaskManager};
use sc_telemetry::TelemetryHandle;
use sp_consensus_aura::sr25519::AuthorityPair;
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
	client: Arc<Client>,
	select_chain: SelectChain,
	block_import: GrandpaBlockImport,
	/// Author even without peers.
	force: bool,
	shared: Shared,
}

impl Author {
	/// An author that builds on the chain that `select_chain` picks and hands its blocks to `block_import`; `None` on a
	/// node that is no validator.
	pub fn new(
		config: &Configuration,
		client: Arc<Client>,
		select_chain: SelectChain,
		block_import: GrandpaBlockImport,
		shared: Shared,
	) -> Option<Self> {
		let force = config.force_authoring;
		let author = Self {
			client,
			select_chain,
			block_import,
			force,
			shared,
		};
		config.role.is_authority().then_some(author)
	}

	/// Starts to author. The task is essential: when it ends, the node stops.
	///
	/// # Errors
	/// When the runtime does not say how long a slot is.
	pub fn spawn(self, task_manager: &TaskManager) -> Result<(), Error> {
		let Shared {
			pool,
			keystore,
			sync,
			prometheus,
			telemetry,
		} = self.shared;
		let slot_duration = sc_consensus_aura::slot_duration(&*self.client)?;
		let proposer_factory = ProposerFactory::new(
			task_manager.spawn_handle(),
			self.client.clone(),
			pool,
			prometheus.as_ref(),
			telemetry.clone(),
		);
		let aura =
			sc_consensus_aura::start_aura::<AuthorityPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
				slot_duration,
				client: self.client,
				select_chain: self.select_chain,
				block_import: self.block_import,
				proposer_factory,
				sync_oracle: sync.clone(),
				justification_sync_link: sync,
				create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
				force_authoring: self.force,
				// Blocks go on while finality is late: trading may wait for finality, deadlines do not.
				backoff_authoring_blocks: Option::<()>::None,
				keystore,
				block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SHARE),
				// After missed slots the author gets longer, without a bound: else a block whose mandatory work takes longer
				// than a slot could never be made and the chain would stand still.
				max_block_proposal_slot_portion: None,
				telemetry,
				compatibility_mode: CompatibilityMode::None,
			})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), aura);
		Ok(())
	}
}
