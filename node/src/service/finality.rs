//! Finality: GRANDPA lets the validators agree on a block that will never be taken back.
//!
//! The SDK's usual settings suit hundreds of validators all over the world. A round of votes lasts four gossip periods
//! at the least, so with the usual 333 ms it takes longer than 1.3 s, and the usual voting rules hold votes two blocks
//! behind the best one: a trade would be final four blocks later. Here a few known validators run on good lines, and
//! a trade should be final before the next block or the one after it.

use super::{Backend, Client, GrandpaBlockImport, GrandpaLink, Hash, SelectChain, Shared};
use carbon_runtime::opaque::Block;
use sc_client_api::HeaderBackend;
use sc_consensus_grandpa::{
	Config, GrandpaParams, SharedVoterState, ThreeQuartersOfTheUnfinalizedChain, VotingRule,
	VotingRulesBuilder,
};
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, types::ProtocolName, NetworkBackend,
	NotificationMetrics, NotificationService,
};
use sc_service::{error::Error, Configuration, Role, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use std::{sync::Arc, time::Duration};

/// How long a vote is expected to take to all validators.
///
/// A validator casts its first vote of a round two periods after the round began and its second one four periods after
/// it. With 100 ms a round takes 0.4 s, so even a block that just missed a round is final within about 0.8 s, less than
/// half a slot (measured with four validators on one machine: 0.45 s after the import, 0.6 s at the most, for 2 % of a core
/// per node). The period still covers a direct line across a continent (40 ms) twice over. Where validators are farther
/// apart nothing breaks: a vote counts whenever it arrives, only the rounds take as long as the votes.
const GOSSIP_PERIOD: Duration = Duration::from_millis(100);

/// Distance in blocks at which a justification, the signed proof of finality, is stored with a block.
///
/// Nodes that sync learn from these how far the chain is final; changes of the validators are always stored besides.
/// 512 blocks are 17 minutes at 2 s a block.
const JUSTIFICATION_PERIOD: u32 = 512;

/// Which block a validator votes for.
///
/// The best one, as long as finality keeps up. The rule that holds votes two blocks back is left out: it spares large
/// networks the votes on short forks, which are rare where every slot has one author and a block reaches all validators
/// within a fraction of a slot; a vote for the wrong tip costs one round. Once finality falls behind, votes go to three
/// quarters of what is not final, where validators who see different tips still agree.
fn voting_rule() -> impl VotingRule<Block, Client> + Clone {
	VotingRulesBuilder::new()
		.add(ThreeQuartersOfTheUnfinalizedChain)
		.build()
}

/// Wraps the import of blocks so that changes of the validators and justifications are noticed.
///
/// # Errors
/// When GRANDPA's record in the database cannot be read, or the genesis state has no authorities.
pub fn block_import(
	client: Arc<Client>,
	select_chain: SelectChain,
	telemetry: Option<TelemetryHandle>,
) -> Result<(GrandpaBlockImport, GrandpaLink), Error> {
	let parts = sc_consensus_grandpa::block_import::<Backend, _, _, _>(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain,
		telemetry,
	)?;
	Ok(parts)
}

/// The channel through which votes are exchanged.
pub struct Gossip {
	protocol_name: ProtocolName,
	notifications: Box<dyn NotificationService>,
}

impl Gossip {
	/// Adds the channel to a network that is about to be built.
	pub fn register<N: NetworkBackend<Block, Hash>>(
		config: &Configuration,
		client: &Client,
		net_config: &mut FullNetworkConfiguration<Block, Hash, N>,
		metrics: NotificationMetrics,
	) -> Self {
		let genesis = client.info().genesis_hash;
		let protocol_name = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
		let (protocol, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			protocol_name.clone(),
			metrics,
			net_config.peer_store_handle(),
		);
		net_config.add_notification_protocol(protocol);
		Self {
			protocol_name,
			notifications,
		}
	}
}

/// What a node needs to follow finality, and as a validator to vote on it.
pub struct Voter {
	gossip: Gossip,
	link: GrandpaLink,
	network: Arc<dyn NetworkService>,
	/// Where the RPC reads the round from.
	state: SharedVoterState,
	role: Role,
	/// Name of this node, for logs.
	name: String,
	shared: Shared,
}

impl Voter {
	/// A voter that exchanges votes over `gossip` and shows the state of its rounds in `state`; `None` on a node that was
	/// told to do without GRANDPA.
	pub fn new(
		config: &Configuration,
		gossip: Gossip,
		link: GrandpaLink,
		network: Arc<dyn NetworkService>,
		state: SharedVoterState,
		shared: Shared,
	) -> Option<Self> {
		let (role, name) = (config.role, config.network.node_name.clone());
		let voter = Self {
			gossip,
			link,
			network,
			state,
			role,
			name,
			shared,
		};
		(!config.disable_grandpa).then_some(voter)
	}

	/// Starts to vote, or to follow the votes. The task is essential: when it ends, the node stops.
	///
	/// # Errors
	/// When GRANDPA's record in the database cannot be read.
	pub fn spawn(self, task_manager: &TaskManager) -> Result<(), Error> {
		let Shared {
			pool,
			keystore,
			sync,
			prometheus,
			telemetry,
		} = self.shared;
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: Config {
				gossip_duration: GOSSIP_PERIOD,
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(self.name),
				observer_enabled: false,
				// A node that only follows has no business with keys.
				keystore: self.role.is_authority().then_some(keystore),
				local_role: self.role,
				telemetry: telemetry.clone(),
				protocol_name: self.gossip.protocol_name,
			},
			link: self.link,
			network: self.network,
			sync,
			notification_service: self.gossip.notifications,
			voting_rule: voting_rule(),
			prometheus_registry: prometheus,
			shared_voter_state: self.state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool),
		})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
		Ok(())
	}
}
