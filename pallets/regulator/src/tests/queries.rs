use crate::{
	mock::*, ActRecordOf, Halt, Level, Outcome, ProposalId, Proposals, RecordId, Requirement, Subject,
};
use carbon_primitives::HaltScope;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight};

type Entries = Vec<(RecordId, ActRecordOf<Test>)>;

fn numbers(entries: Entries) -> Vec<u64> {
	entries.into_iter().map(|(id, _)| id.0).collect()
}

/// Five records: clerk, officer, clerk, two officers, rejected; about assets 1, 2, 1, 1 and 2; at the moments 0, 0, 5, 5
/// and 20 after genesis.
fn five_records() {
	act(CLERK, clerk(1));
	act(OFFICER, clerk(2));
	wait(5);
	act(CLERK, clerk(1));
	let id = propose(OFFICER, two_officers(1));
	approve(OFFICER_2, id);
	wait(15);
	let id = propose(OFFICER_2, two_officers(2));
	assert_ok!(Regulator::reject(signed(OFFICER), id, reason()));
}

#[test]
fn officers_should_be_listed_with_their_levels() {
	ExtBuilder::default().build_and_execute(|| {
		let mut officers = Regulator::officers();
		officers.sort();
		assert_eq!(officers[0], (CLERK, Level::Clerk));
		assert_eq!(officers.len(), 5);
		assert_eq!(Regulator::level(SUPERVISOR), Some(Level::Supervisor));
		assert_eq!(Regulator::level(INSIDER), None);
	});
}

#[test]
fn a_requirement_should_be_what_the_table_of_acts_says() {
	ExtBuilder::default().build_and_execute(|| {
		let requirement = Regulator::requirement(two_officers(1));
		assert_eq!(requirement, Some(Requirement::two(Level::Officer)));
		assert_eq!(Regulator::requirement(closed(1)), None);
	});
}

#[test]
fn a_proposal_should_show_its_call_and_what_approving_it_takes() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));

		let view = Regulator::proposal(id).unwrap();

		assert_eq!((view.id, view.proposer), (id, OFFICER));
		assert_eq!(view.call, Some(two_officers(1)));
		assert_eq!(view.call_hash, hash(&two_officers(1)));
		assert_eq!(view.call_weight, two_officers(1).get_dispatch_info().call_weight);
		assert_eq!(view.requirement, Some(Requirement::two(Level::Officer)));
		assert_eq!(view.expires_at, GENESIS_TIME + LIFETIME);
		assert_eq!(Regulator::proposal(ProposalId(1)), None);
	});
}

#[test]
fn a_proposal_should_show_no_call_when_an_upgrade_made_it_unreadable() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		frame_support::hypothetically!({
			Proposals::<Test>::mutate(id, |proposal| {
				proposal.as_mut().unwrap().call = vec![255].try_into().unwrap();
			});
			let view = Regulator::proposal(id).unwrap();
			assert_eq!((view.call, view.requirement), (None, None));
			assert_eq!(view.call_weight, Weight::zero());
		});
	});
}

#[test]
fn proposals_should_be_listed_from_a_number_on_when_some_are_gone() {
	ExtBuilder::default().build_and_execute(|| {
		for (n, who) in (0..).zip([CLERK, CLERK, OFFICER, OFFICER]) {
			propose(who, clerk(n));
		}
		assert_ok!(Regulator::reject(signed(CLERK), ProposalId(1), reason()));
		let list = |from, count| -> Vec<u64> {
			Regulator::proposals(ProposalId(from), count)
				.into_iter()
				.map(|view| view.id.0)
				.collect()
		};
		assert_eq!(list(0, 10), [0, 2, 3]);
		assert_eq!(list(1, 1), [2]);
		assert!(list(4, 10).is_empty());
	});
}

#[test]
fn halts_should_be_listed_in_the_order_of_their_scopes() {
	ExtBuilder::default().build_and_execute(|| {
		let until = GENESIS_TIME + 1;
		for scope in [HaltScope::Asset(ASSET), HaltScope::AllTrading] {
			assert_ok!(Regulator::halt(RuntimeOrigin::root(), scope, until));
		}
		let scopes: Vec<_> = Regulator::halts()
			.into_iter()
			.map(|Halt { scope, .. }| scope)
			.collect();
		assert_eq!(scopes, [HaltScope::AllTrading, HaltScope::Asset(ASSET)]);
	});
}

#[test]
fn records_should_be_listed_newest_first_and_page_by_page() {
	ExtBuilder::default().build_and_execute(|| {
		five_records();
		let list = |before: Option<u64>, count| numbers(Regulator::records(before.map(RecordId), count));
		assert_eq!(list(None, 100), [4, 3, 2, 1, 0]);
		assert_eq!(list(None, 2), [4, 3]);
		assert_eq!(list(Some(3), 2), [2, 1]);
		assert_eq!(list(Some(1), 2), [0]);
		assert!(list(Some(0), 2).is_empty());
		assert_eq!(list(Some(u64::MAX), 1), [4]);
		assert_eq!(Regulator::record(RecordId(4)).unwrap().second, Some(OFFICER));
		assert_eq!(Regulator::record(RecordId(5)), None);
	});
}

#[test]
fn records_of_a_subject_should_be_listed_newest_first_and_page_by_page() {
	ExtBuilder::default().build_and_execute(|| {
		five_records();
		let list = |asset, before: Option<u64>, count| {
			numbers(Regulator::records_of_subject(
				Subject::Asset(asset),
				before.map(RecordId),
				count,
			))
		};
		assert_eq!(list(1, None, 100), [3, 2, 0]);
		assert_eq!(list(1, None, 1), [3]);
		assert_eq!(list(1, Some(3), 1), [2]);
		assert_eq!(list(1, Some(2), 5), [0]);
		assert!(list(1, Some(0), 5).is_empty());
		assert_eq!(list(2, None, 100), [4, 1]);
		assert!(list(3, None, 100).is_empty());
		// Not about this subject.
		assert!(list(1, Some(4), 5).is_empty());
	});
}

#[test]
fn records_of_an_officer_should_be_listed_whichever_part_it_took() {
	ExtBuilder::default().build_and_execute(|| {
		five_records();
		let list = |officer, before: Option<u64>, count| {
			numbers(Regulator::records_of_officer(
				officer,
				before.map(RecordId),
				count,
			))
		};
		assert_eq!(list(OFFICER, None, 100), [4, 3, 1]);
		assert_eq!(list(OFFICER, Some(4), 1), [3]);
		assert_eq!(list(OFFICER_2, None, 100), [4, 3]);
		assert_eq!(list(CLERK, None, 100), [2, 0]);
		assert_eq!(list(CLERK, Some(2), 100), [0]);
		assert!(list(SUPERVISOR, None, 100).is_empty());
		// Does not name this officer.
		assert!(list(CLERK, Some(4), 100).is_empty());
	});
}

#[test]
fn records_between_two_moments_should_be_listed_oldest_first_and_page_by_page() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Regulator::records_between(0, u64::MAX, None, 100), []);
		five_records();
		let list = |from, to, after: Option<u64>, count| {
			numbers(Regulator::records_between(
				GENESIS_TIME + from,
				GENESIS_TIME + to,
				after.map(RecordId),
				count,
			))
		};
		assert_eq!(list(0, 100, None, 100), [0, 1, 2, 3, 4]);
		assert_eq!(list(0, 5, None, 100), [0, 1]);
		assert_eq!(list(1, 20, None, 100), [2, 3]);
		assert_eq!(list(5, 21, None, 2), [2, 3]);
		assert_eq!(list(5, 21, Some(3), 2), [4]);
		assert!(list(5, 21, Some(4), 2).is_empty());
		assert!(list(5, 21, Some(u64::MAX), 2).is_empty());
		// A number before the first moment moves nothing.
		assert_eq!(list(5, 21, Some(0), 1), [2]);
		assert!(list(21, 100, None, 100).is_empty());
		assert!(list(20, 0, None, 100).is_empty());
	});
}

#[test]
fn a_list_should_end_after_a_hundred_entries_when_more_are_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..101 {
			act(CLERK, clerk(1));
		}
		assert_eq!(Regulator::records(None, u32::MAX).len(), 100);
		assert_eq!(Regulator::records_of_officer(CLERK, None, u32::MAX).len(), 100);
		let of_subject = Regulator::records_of_subject(Subject::Asset(1), None, u32::MAX);
		assert_eq!(of_subject.len(), 100);
		assert_eq!(Regulator::records_between(0, u64::MAX, None, u32::MAX).len(), 100);
	});
}

#[test]
fn a_record_should_show_why_an_act_failed_when_it_is_read_back() {
	ExtBuilder::default().build_and_execute(|| {
		act(CLERK, failing(1));
		let record = Regulator::record(RecordId(0)).unwrap();
		assert_eq!(record.outcome, Outcome::Failed(DeedsError::Failed.into()));
	});
}
