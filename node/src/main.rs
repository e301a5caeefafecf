//! The Carbon Chain node: Aura block authoring, GRANDPA finality, JSON-RPC.
//!
//! `command` reads the command line, `chain_spec` knows the built-in chains, `service` puts the parts of a running node
//! together, `check_block` executes a stored block again and `rpc` lists what the JSON-RPC server offers beyond the
//! SDK's standard methods.

// The command line's error type is the SDK's. There is one error per process: its size costs nothing.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod check_block;
mod cli;
mod command;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}
