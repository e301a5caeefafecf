//! The `check-block` command: executes a stored block again.
//!
//! The SDK has a function of that name, but it hands the block to the import queue, which answers that it knows the
//! block already and executes nothing. For an audit that is worse than no answer, so this one executes.

use crate::service::{Backend, Client};
use carbon_runtime::opaque::Block;
use sc_cli::Error;
use sc_client_api::{Backend as _, BlockBackend};
use sp_api::{Core, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_runtime::{
	generic::BlockId,
	traits::{Block as _, Header as _},
};
use std::sync::Arc;

/// Executes the block on the state of its parent. The runtime compares the resulting state root, the root of the
/// extrinsics and the digest with the header's; the author's signature is not part of that. Prints what was checked.
///
/// # Errors
/// When the block is not in the database, is the genesis block, or its body or its parent's state has been pruned; and
/// when the block does not check out.
pub async fn run(client: Arc<Client>, backend: Arc<Backend>, id: BlockId<Block>) -> Result<(), Error> {
	let block = stored_block(&client, id)?;
	let (number, extrinsics) = (*block.header().number(), block.extrinsics().len());
	if number == 0 {
		return Err("the genesis block has no parent to execute it on"
			.to_string()
			.into());
	}
	let parent = *block.header().parent_hash();
	if !backend.have_state_at(parent, number - 1) {
		return Err(format!("the state before block {number} has been pruned from this database").into());
	}

	client
		.runtime_api()
		.execute_block(parent, without_seal(block).into())
		.map_err(|error| Error::Application(format!("block {number} does not check out: {error}").into()))?;
	println!(
		"Block {number} checks out: executed again with its {extrinsics} extrinsics, it gives what its header \
		 promises."
	);
	Ok(())
}

/// The block with the number or hash `id`.
fn stored_block(client: &Client, id: BlockId<Block>) -> Result<Block, Error> {
	let name = match &id {
		BlockId::Number(number) => format!("block {number}"),
		BlockId::Hash(hash) => format!("block {hash:?}"),
	};
	let unknown = || Error::from(format!("there is no {name} in this database"));
	let hash = client.block_hash_from_id(&id)?.ok_or_else(unknown)?;
	let header = client.header(hash)?.ok_or_else(unknown)?;
	let body = client
		.block_body(hash)?
		.ok_or_else(|| Error::from(format!("the body of {name} has been pruned from this database")))?;
	Ok(Block::new(header, body))
}

/// The block as its author executed it, before signing it.
fn without_seal(block: Block) -> Block {
	let (mut header, extrinsics) = block.deconstruct();
	header.digest_mut().logs.retain(|item| item.as_seal().is_none());
	Block::new(header, extrinsics)
}
