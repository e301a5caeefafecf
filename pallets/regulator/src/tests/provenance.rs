//! What the provenance graph is told of acts.

use crate::{mock::*, Error, Outcome, ProposalId};
use frame_support::{assert_err_ignore_postinfo, assert_ok};

#[test]
fn act_should_tell_the_graph_once_when_it_is_dispatched() {
	ExtBuilder::default().build_and_execute(|| {
		act(CLERK, clerk(1));
		assert_eq!(Told::get(), [(CLERK, 0, hash(&clerk(1)))]);
	});
}

#[test]
fn act_should_tell_the_graph_when_the_call_fails() {
	ExtBuilder::default().build_and_execute(|| {
		act(CLERK, failing(1));
		assert!(matches!(trail()[0].outcome, Outcome::Failed(_)));
		assert_eq!(Told::get(), [(CLERK, 0, hash(&failing(1)))]);
	});
}

#[test]
fn act_should_tell_the_graph_nothing_when_it_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_err_ignore_postinfo!(
			Regulator::act(signed(CLERK), basis(), reason(), Box::new(supervisor(1))),
			Error::<Test>::LevelTooLow
		);
		assert_eq!(Told::get(), []);
	});
}

#[test]
fn approve_should_tell_the_graph_of_the_proposer_when_it_dispatches() {
	ExtBuilder::default().build_and_execute(|| {
		// The record of the act is the second one, so that its number is not that of the proposal.
		act(CLERK, clerk(1));
		let id = propose(OFFICER, two_officers(1));
		assert_eq!(Told::get().len(), 1);
		approve(OFFICER_2, id);
		assert_eq!(Told::get()[1..], [(OFFICER, 1, hash(&two_officers(1)))]);
	});
}

#[test]
fn approve_should_tell_the_graph_nothing_when_it_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_err_ignore_postinfo!(
			Regulator::approve(
				signed(OFFICER),
				id,
				hash(&two_officers(1)),
				frame_support::weights::Weight::MAX
			),
			Error::<Test>::SameOfficer
		);
		assert_eq!(Told::get(), []);
	});
}

#[test]
fn reject_should_tell_the_graph_nothing_although_it_leaves_a_record() {
	ExtBuilder::default().build_and_execute(|| {
		propose(OFFICER, two_officers(1));
		assert_ok!(Regulator::reject(signed(OFFICER_2), ProposalId(0), digest(2)));
		assert_eq!(trail().len(), 1);
		assert_eq!(Told::get(), []);
	});
}

#[test]
fn expire_should_tell_the_graph_nothing_although_it_leaves_a_record() {
	ExtBuilder::default().build_and_execute(|| {
		propose(OFFICER, two_officers(1));
		wait(LIFETIME);
		assert_ok!(Regulator::expire(signed(CLERK), ProposalId(0)));
		assert_eq!(trail().len(), 1);
		assert_eq!(Told::get(), []);
	});
}

#[test]
fn the_break_glass_key_should_tell_the_graph_of_each_use() {
	ExtBuilder::default().build_and_execute(|| {
		for (n, call) in [closed(1), failing(1)].into_iter().enumerate() {
			assert_ok!(Sudo::sudo(
				signed(KEY_HOLDER),
				Box::new(crate::Recorded(call.clone()))
			));
			assert_eq!(Told::get()[n..], [(KEY_HOLDER, n as u64, hash(&call))]);
		}
	});
}

#[test]
fn the_break_glass_key_should_tell_the_graph_nothing_when_nobody_holds_it() {
	ExtBuilder::default().build_and_execute(|| {
		pallet_sudo::Key::<Test>::kill();
		let origin = frame_system::RawOrigin::Root.into();
		use frame_support::traits::UnfilteredDispatchable;
		assert_err_ignore_postinfo!(
			crate::Recorded::<Test>(clerk(1)).dispatch_bypass_filter(origin),
			Error::<Test>::BreakGlassKeyMissing
		);
		assert_eq!(Told::get(), []);
	});
}
