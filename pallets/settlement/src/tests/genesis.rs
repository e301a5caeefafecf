use crate::{mock::*, Issuance, IssuanceRecord};

#[test]
fn genesis_should_note_the_tokens_in_existence_when_accounts_are_endowed() {
	ExtBuilder::default()
		.with_balance(ALICE, 70)
		.with_balance(STRANGER, 30)
		.build_and_execute(|| {
			assert_eq!(Issuance::<Test>::get(), IssuanceRecord::at_genesis(100));
		});
}
