//! What wallets see of a recorded call.

use crate::{mock::*, Recorded};
use scale_info::{meta_type, Registry, TypeInfo};

#[test]
fn a_recorded_call_should_be_the_runtime_call_in_metadata() {
	assert_eq!(Recorded::<Test>::type_info(), RuntimeCall::type_info());
	let mut registry = Registry::new();
	let one = registry.register_type(&meta_type::<RuntimeCall>());
	let other = registry.register_type(&meta_type::<Recorded<Test>>());
	assert_eq!(one, other);
}

#[test]
fn a_boxed_recorded_call_should_have_the_path_of_the_runtime_call_in_metadata() {
	// A box goes by the type inside and not by its identity, so that the sudo pallet's argument is an entry of its own. Its
	// path is what wallets go by.
	let boxed = <Box<Recorded<Test>> as TypeInfo>::type_info();
	assert_eq!(boxed.path.segments.last(), Some(&"RuntimeCall"));
	assert_eq!(boxed, RuntimeCall::type_info());
}
