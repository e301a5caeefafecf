use crate::{mock::*, Call, Error, Event, RefusalsOf, REFUSALS_MAX};
use carbon_primitives::Role;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;

fn list(accounts: impl IntoIterator<Item = AccountId>) -> RefusalsOf<Test> {
	accounts.into_iter().collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn refuse_many_should_remove_all_applications_when_the_list_is_as_long_as_it_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		let flood = || 1_000..1_000 + u64::from(REFUSALS_MAX);
		flood().for_each(apply);
		assert_ok!(Participants::register(RuntimeOrigin::root(), 1_000));
		apply(ALICE);

		assert_ok!(Participants::refuse_many(
			RuntimeOrigin::root(),
			list(flood()),
			digest(2)
		));

		assert_eq!(crate::Applications::<Test>::count(), 1);
		assert!(crate::Applications::<Test>::contains_key(ALICE));
		for account in flood() {
			assert!(!exists(account));
			System::assert_has_event(
				Event::ApplicationRefused {
					account,
					reason: digest(2),
				}
				.into(),
			);
		}
	});
}

#[test]
fn refuse_many_should_pass_over_an_account_when_it_has_no_application_or_is_named_twice() {
	ExtBuilder::default()
		.with_participant(CHARLIE, &[Role::Trader])
		.build_and_execute(|| {
			apply(ALICE);
			System::reset_events();
			assert_ok!(Participants::refuse_many(
				RuntimeOrigin::root(),
				list([BOB, ALICE, CHARLIE, ALICE]),
				digest(2)
			));
			let refused = System::events()
				.into_iter()
				.filter(|record| {
					matches!(
						record.event,
						RuntimeEvent::Participants(Event::ApplicationRefused { .. })
					)
				})
				.count();
			assert_eq!(refused, 1);
			assert!(Participants::participant(CHARLIE).is_some());
		});
}

#[test]
fn refuse_many_should_weigh_more_when_it_names_more() {
	let weight = |count| {
		let call = Call::<Test>::refuse_many {
			accounts: list(0..count),
			reason: digest(2),
		};
		call.get_dispatch_info().call_weight
	};
	assert!(weight(100).ref_time() > weight(1).ref_time());
}

#[test]
fn refuse_many_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::refuse_many(RuntimeOrigin::signed(BOB), list([ALICE]), digest(2)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn refuse_many_should_fail_when_none_has_an_application() {
	ExtBuilder::default().build_and_execute(|| {
		for accounts in [list([]), list([ALICE, BOB])] {
			assert_noop!(
				Participants::refuse_many(RuntimeOrigin::root(), accounts, digest(2)),
				Error::<Test>::ApplicationNotFound
			);
		}
	});
}
