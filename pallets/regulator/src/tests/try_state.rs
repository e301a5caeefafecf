//! Each check notices the fault that it is there for.

use crate::{
	mock::*, ActKind, ActRecordOf, Halt, Halts, LastOfOfficer, LastOfSubject, Level, NextProposal,
	NextRecord, OfficerLevels, OldestProposal, OpenProposals, Outcome, ProposalId, ProposalOf, Proposals,
	RecordId, Records, Subject,
};
use carbon_primitives::HaltScope;
use frame_support::{hypothetically, storage::unhashed};

fn assert_violated(number: &str) {
	match Regulator::do_try_state() {
		Err(sp_runtime::DispatchError::Other(message)) => {
			assert!(message.starts_with(number), "{message}")
		}
		outcome => panic!("expected a violation of {number}, got {outcome:?}"),
	}
}

fn spoil_proposal(change: impl FnOnce(&mut ProposalOf<Test>)) {
	Proposals::<Test>::mutate(ProposalId(1), |proposal| change(proposal.as_mut().unwrap()));
}

fn spoil_record(id: u64, change: impl FnOnce(&mut ActRecordOf<Test>)) {
	Records::<Test>::mutate(RecordId(id), |record| change(record.as_mut().unwrap()));
}

/// Records 0 (clerk), 1 (clerk) and 2 (officer, approved by the other one), all about asset 1; proposal 1.
fn some_state() {
	act(CLERK, clerk(1));
	wait(5);
	act(CLERK, clerk(1));
	let id = propose(OFFICER, two_officers(1));
	approve(OFFICER_2, id);
	propose(OFFICER, two_officers(2));
}

#[test]
fn try_state_should_name_the_invariant_when_an_entry_cannot_be_read() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		let keys = [
			OfficerLevels::<Test>::hashed_key_for(CLERK),
			Proposals::<Test>::hashed_key_for(ProposalId(1)),
			OpenProposals::<Test>::hashed_key_for(OFFICER),
			Records::<Test>::hashed_key_for(RecordId(1)),
			LastOfSubject::<Test>::hashed_key_for(Subject::Asset(1)),
			LastOfOfficer::<Test>::hashed_key_for(CLERK),
		];
		for key in keys {
			hypothetically!({
				unhashed::put_raw(&key, &[255]);
				assert_violated("regulator 1");
			});
		}
		hypothetically!({
			unhashed::kill(&OfficerLevels::<Test>::hashed_key_for(CLERK));
			assert_violated("regulator 1");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_officers_are_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			for account in 10..20 {
				OfficerLevels::<Test>::insert(account, Level::Clerk);
			}
			assert_violated("regulator 2");
		});
		hypothetically!({
			Supervisors::put(3);
			assert_violated("regulator 2");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_proposal_is_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		hypothetically!({
			let proposal = Proposals::<Test>::get(ProposalId(1)).unwrap();
			Proposals::<Test>::insert(ProposalId(9), proposal);
			assert_violated("regulator 3");
		});
		hypothetically!({
			let proposal = Proposals::<Test>::get(ProposalId(1)).unwrap();
			NextProposal::<Test>::put(ProposalId(100));
			for number in 10..20 {
				Proposals::<Test>::insert(ProposalId(number), &proposal);
			}
			assert_violated("regulator 3");
		});
		hypothetically!({
			spoil_proposal(|proposal| proposal.call_hash = digest(7));
			assert_violated("regulator 3");
		});
		hypothetically!({
			spoil_proposal(|proposal| proposal.expires_at = 1);
			assert_violated("regulator 3");
		});
		hypothetically!({
			OldestProposal::<Test>::put(ProposalId(2));
			assert_violated("regulator 3: a proposal is older");
		});
		hypothetically!({
			OldestProposal::<Test>::put(ProposalId(3));
			assert_violated("regulator 3: the oldest");
		});
		for wrong in [0, 2] {
			hypothetically!({
				OpenProposals::<Test>::insert(OFFICER, wrong);
				assert_violated("regulator 3: the proposals of an officer");
			});
		}
		hypothetically!({
			OpenProposals::<Test>::insert(CLERK, 0);
			assert_violated("regulator 3: the proposals of an officer");
		});
		hypothetically!({
			let proposal = Proposals::<Test>::get(ProposalId(1)).unwrap();
			NextProposal::<Test>::put(ProposalId(100));
			for number in 10..12 {
				Proposals::<Test>::insert(ProposalId(number), &proposal);
			}
			OpenProposals::<Test>::insert(OFFICER, 3);
			assert_violated("regulator 3: an officer has more");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_halts_are_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		let halts = |scopes: [HaltScope<AccountId>; 2]| {
			let halts = scopes.map(|scope| Halt { scope, until: 1 });
			Halts::<Test>::put(crate::HaltsOf::<Test>::truncate_from(halts.to_vec()));
		};
		hypothetically!({
			halts([HaltScope::Asset(1), HaltScope::AllTrading]);
			assert_violated("regulator 4");
		});
		hypothetically!({
			halts([HaltScope::Asset(1), HaltScope::Asset(1)]);
			assert_violated("regulator 4");
		});
		for scope in [HaltScope::Asset as fn(u32) -> _, |n| HaltScope::Account(n.into())] {
			hypothetically!({
				let halts = (0..7).map(|n| Halt {
					scope: scope(n),
					until: 1,
				});
				Halts::<Test>::put(crate::HaltsOf::<Test>::truncate_from(halts.collect()));
				assert_violated("regulator 4: there are more halts of a kind");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_numbers_of_the_trail_are_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		hypothetically!({
			NextRecord::<Test>::put(RecordId(4));
			assert_violated("regulator 5");
		});
		hypothetically!({
			Records::<Test>::remove(RecordId(2));
			assert_violated("regulator 5");
		});
		hypothetically!({
			let record = Records::<Test>::take(RecordId(1)).unwrap();
			Records::<Test>::insert(RecordId(9), record);
			assert_violated("regulator 5");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_trail_is_out_of_order() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		for spoil in [
			(|record: &mut ActRecordOf<Test>| record.at = GENESIS_TIME - 1) as fn(&mut _),
			|record| record.block = 0,
			|record| record.proposed_at = record.at + 1,
			|record| record.at += 1_000,
			|record| record.block += 10,
		] {
			hypothetically!({
				spoil_record(2, spoil);
				assert_violated("regulator 6");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_record_names_the_wrong_officers() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		for spoil in [
			(|record: &mut ActRecordOf<Test>| record.second = None) as fn(&mut _),
			|record| record.second = Some(record.by),
			|record| record.kind = ActKind::OneOfficer,
			|record| record.kind = ActKind::BreakGlass,
			|record| record.outcome = Outcome::Expired,
			|record| {
				record.kind = ActKind::OneOfficer;
				record.second = None;
				record.outcome = Outcome::Expired;
			},
		] {
			hypothetically!({
				spoil_record(2, spoil);
				assert_violated("regulator 7");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_link_by_subject_is_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		for wrong in [None, Some(RecordId(0)), Some(RecordId(2))] {
			hypothetically!({
				spoil_record(2, |record| record.previous_of_subject = wrong);
				assert_violated("regulator 8");
			});
		}
		hypothetically!({
			LastOfSubject::<Test>::insert(Subject::Asset(1), RecordId(1));
			assert_violated("regulator 8");
		});
		hypothetically!({
			LastOfSubject::<Test>::insert(Subject::Asset(9), RecordId(1));
			assert_violated("regulator 8");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_link_by_officer_is_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		some_state();
		hypothetically!({
			spoil_record(1, |record| record.previous_of_proposer = None);
			assert_violated("regulator 9");
		});
		hypothetically!({
			spoil_record(2, |record| record.previous_of_approver = Some(RecordId(1)));
			assert_violated("regulator 9");
		});
		hypothetically!({
			LastOfOfficer::<Test>::insert(CLERK, RecordId(0));
			assert_violated("regulator 9");
		});
		hypothetically!({
			LastOfOfficer::<Test>::insert(SUPERVISOR, RecordId(0));
			assert_violated("regulator 9");
		});
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_break_glass_key_is_in_use_between_extrinsics() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			crate::BreakGlassInUse::<Test>::put(KEY_HOLDER);
			assert_violated("regulator 10");
		});
	});
}
