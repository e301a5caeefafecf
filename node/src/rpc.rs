//! JSON-RPC methods beyond the standard ones, which `sc-service` adds by itself (`author`, `chain`, `state`, `system`,
//! `chainHead`, `transaction`, `archive`, …).
//!
//! Questions about the chain are runtime APIs, because wallets offer those to users without being taught. What a
//! runtime API cannot do is to push: the chain's own subscriptions, under the prefix `carbon_`, belong into [`create`],
//! each merged from a module of its own.

use crate::service::{Backend, Client, Hash, Pool};
use carbon_primitives::BlockNumber;
use carbon_runtime::opaque::Block;
use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods need from the node.
#[derive(Clone)]
pub struct Deps {
	/// Reads blocks and calls the runtime.
	pub client: Arc<Client>,
	/// Knows the transactions that wait for a block.
	pub pool: Arc<Pool>,
	/// The view on finality.
	pub grandpa: GrandpaDeps,
}

/// What the GRANDPA methods need from the voter.
#[derive(Clone)]
pub struct GrandpaDeps {
	/// The round that the voter is in; stays empty on a node that runs without GRANDPA.
	pub voter_state: SharedVoterState,
	/// Who may vote.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// Each new justification.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proves to a client that a block is final.
	pub proofs: Arc<FinalityProofProvider<Backend, Block>>,
}

/// All methods of this node that `sc-service` does not add; `executor` runs their subscriptions.
///
/// # Errors
/// When two modules claim the same method name.
pub fn create(
	deps: Deps,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Deps {
		client,
		pool,
		grandpa,
	} = deps;
	let mut module = RpcModule::new(());
	module.merge(System::<_, _, Block>::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::<_, Block>::new(client).into_rpc())?;
	module.merge(
		Grandpa::new(
			executor,
			grandpa.authority_set,
			grandpa.voter_state,
			grandpa.justifications,
			grandpa.proofs,
		)
		.into_rpc(),
	)?;
	Ok(module)
}
