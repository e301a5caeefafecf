use crate::{acts, mock::*, ActClass, ClassifyAct, Level};
use frame_support::traits::{CallMetadata, GetCallMetadata};

#[test]
fn levels_should_be_ordered_as_their_names_say() {
	assert!(Level::Clerk < Level::Officer && Level::Officer < Level::Supervisor);
	assert!(Level::ALL.is_sorted());
}

#[test]
fn without_a_table_officers_should_do_nothing() {
	let class: Option<ActClass<AccountId>> = <() as ClassifyAct<_, _>>::classify(&clerk(1));
	assert_eq!(class, None);
}

struct Named(&'static str, &'static str);

impl GetCallMetadata for Named {
	fn get_module_names() -> &'static [&'static str] {
		&[]
	}
	fn get_call_names(_: &str) -> &'static [&'static str] {
		&[]
	}
	fn get_call_metadata(&self) -> CallMetadata {
		CallMetadata {
			pallet_name: self.0,
			function_name: self.1,
		}
	}
}

#[test]
fn a_description_should_name_the_call_as_wallets_do() {
	let description = acts::describe(&Named("SafeMode", "force_enter"));
	assert_eq!(description.into_inner(), b"safeMode.force_enter");
}

#[test]
fn a_description_should_be_cut_off_when_it_is_too_long() {
	let description = acts::describe(&Named(
		"APalletWhoseNameIsMuchLongerThanAnybodyWouldMakeIt",
		"and_a_call",
	));
	assert_eq!(description.len(), 61);
	let longer = acts::describe(&Named(
		"APalletWhoseNameIsMuchLongerThanAnybodyWouldMakeIt",
		"and_a_call_with_a_long_name_too",
	));
	assert_eq!(longer.len(), 64);
	assert!(longer.starts_with(&description));
}
