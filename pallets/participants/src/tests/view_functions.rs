use crate::mock::*;
use carbon_primitives::{GroupId, Role};
use frame_support::assert_ok;

#[test]
fn participant_should_return_the_record_when_the_account_is_one() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_eq!(
				Participants::participant(ALICE),
				crate::Participants::<Test>::get(ALICE)
			);
			assert_eq!(Participants::participant(BOB), None);
		});
}

#[test]
fn may_trade_should_say_no_when_the_participant_is_suspended_or_has_no_trading_role() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.build_and_execute(|| {
			assert!(Participants::may_trade(ALICE));
			assert!(!Participants::may_trade(BOB));
			assert!(!Participants::may_trade(CHARLIE));
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert!(!Participants::may_trade(ALICE));
		});
}

#[test]
fn application_and_group_should_return_the_records_when_they_exist() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		let group = create_group();
		assert_eq!(
			Participants::application(ALICE),
			crate::Applications::<Test>::get(ALICE)
		);
		assert_eq!(Participants::application(BOB), None);
		assert_eq!(Participants::group(group), crate::Groups::<Test>::get(group));
		assert_eq!(Participants::group(GroupId(9)), None);
	});
}

#[test]
fn applications_should_page_through_what_is_left_of_the_queue() {
	ExtBuilder::default().build_and_execute(|| {
		(100..106).for_each(apply);
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), 102, digest(2)));
		let page = |from, count| {
			let page = Participants::applications(from, count);
			let accounts: Vec<AccountId> = page.applications.iter().map(|(account, _)| *account).collect();
			(accounts, page.next)
		};
		assert_eq!(page(0, 3), (vec![100, 101], Some(3)));
		assert_eq!(page(3, 3), (vec![103, 104, 105], None));
		assert_eq!(page(0, u32::MAX), (vec![100, 101, 103, 104, 105], None));
		assert_eq!(page(0, 0), (vec![], Some(0)));
		assert_eq!(page(6, 3), (vec![], None));
		assert_eq!(page(u64::MAX, 3), (vec![], None));
		// What has lapsed is passed over at once.
		Now::set(GENESIS_TIME + 1_000);
		poll();
		assert_eq!(page(0, 3), (vec![104, 105], None));
	});
}

#[test]
fn applications_should_look_at_no_more_entries_than_one_page_has_when_more_are_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		PerBlock::set(u32::MAX);
		for _ in 0..120 {
			apply(ALICE);
			assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
		}
		let page = Participants::applications(0, u32::MAX);
		assert_eq!((page.applications.len(), page.next), (0, Some(100)));
	});
}
