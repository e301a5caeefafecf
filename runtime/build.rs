//! Builds the wasm of the runtime beside the native crate.

fn main() {
	#[cfg(feature = "std")]
	build_wasm();
}

#[cfg(feature = "std")]
fn build_wasm() {
	let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults()
		// The builder writes a profile of its own and leaves the workspace's behind: arithmetic that would wrap must
		// stop the call on the chain as it does in the tests.
		.append_to_rust_flags("-C overflow-checks=on");
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("CNYT", 2);
	builder.build();
}
