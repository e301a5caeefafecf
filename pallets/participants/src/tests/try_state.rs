//! Each check notices the fault that it is there for.

use crate::{mock::*, ParticipantRecordOf, RoleGrants};
use carbon_primitives::Role;
use frame_support::{hypothetically, storage::unhashed};

fn spoil(change: impl FnOnce(&mut ParticipantRecordOf<Test>)) {
	crate::Participants::<Test>::mutate(ALICE, |record| change(record.as_mut().unwrap()));
}

fn assert_violated(number: &str) {
	match Participants::do_try_state() {
		Err(sp_runtime::DispatchError::Other(message)) => {
			assert!(message.starts_with(number), "{message}")
		}
		outcome => panic!("expected a violation of {number}, got {outcome:?}"),
	}
}

#[test]
fn try_state_should_name_the_invariant_when_a_record_is_spoiled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			hypothetically!({
				unhashed::put_raw(&crate::Participants::<Test>::hashed_key_for(ALICE), &[255]);
				assert_violated("participants 1");
			});
			hypothetically!({
				spoil(|record| record.roles = RoleGrants::default());
				assert_violated("participants 2");
			});
			hypothetically!({
				spoil(|record| record.roles = roles(&[Role::Trader, Role::Trader]));
				assert_violated("participants 3");
			});
			hypothetically!({
				spoil(|record| record.roles = roles(&[Role::Trader, Role::Verifier]));
				assert_violated("participants 4");
			});
			hypothetically!({
				spoil(|record| record.admitted_at = 2);
				assert_violated("participants 5");
			});
		});
}
