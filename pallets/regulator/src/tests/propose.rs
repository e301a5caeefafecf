use crate::{mock::*, Error, Event, NextProposal, OpenProposals, Proposal, ProposalId, Proposals, Subject};
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, DispatchResult, GetDispatchInfo},
	weights::WeightMeter,
};
use sp_runtime::DispatchError;

fn try_propose(who: AccountId, call: RuntimeCall) -> DispatchResult {
	Regulator::propose(signed(who), basis(), reason(), Box::new(call))
}

#[test]
fn propose_should_keep_the_call_and_dispatch_nothing_when_an_officer_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(try_propose(OFFICER, two_officers(3)));

		let description: crate::Description = b"deeds.two_officers".to_vec().try_into().unwrap();
		assert_eq!(
			Proposals::<Test>::get(ProposalId(0)),
			Some(Proposal {
				proposer: OFFICER,
				basis: basis(),
				reason: reason(),
				call: two_officers(3).encode().try_into().unwrap(),
				call_hash: hash(&two_officers(3)),
				description: description.clone(),
				subject: Subject::Asset(3),
				proposed_at: GENESIS_TIME,
				expires_at: GENESIS_TIME + LIFETIME,
			})
		);
		assert_eq!(done(), []);
		assert_eq!(trail(), []);
		System::assert_last_event(
			Event::ActProposed {
				id: ProposalId(0),
				proposer: OFFICER,
				call_hash: hash(&two_officers(3)),
				description,
				basis: basis(),
				reason: reason(),
				expires_at: GENESIS_TIME + LIFETIME,
			}
			.into(),
		);
	});
}

#[test]
fn propose_should_accept_an_act_of_one_officer_when_two_pairs_of_eyes_are_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(try_propose(CLERK, clerk(1)));
	});
}

#[test]
fn propose_should_give_a_new_number_when_an_earlier_proposal_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		let first = propose(CLERK, clerk(1));
		assert_ok!(Regulator::reject(signed(CLERK), first, reason()));

		assert_ok!(try_propose(CLERK, clerk(1)));

		assert!(Proposals::<Test>::contains_key(ProposalId(1)));
		assert_eq!(NextProposal::<Test>::get(), ProposalId(2));
	});
}

#[test]
fn propose_should_keep_the_moment_of_expiry_when_the_lifetime_changes() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, clerk(1));
		TimeToApprove::set(1);
		assert_eq!(
			Proposals::<Test>::get(id).unwrap().expires_at,
			GENESIS_TIME + LIFETIME
		);
	});
}

#[test]
fn propose_should_be_operational_when_a_block_is_full() {
	let call = RuntimeCall::Regulator(crate::Call::propose {
		basis: basis(),
		reason: reason(),
		call: Box::new(clerk(1)),
	});
	assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);
}

#[test]
fn propose_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::propose(RuntimeOrigin::root(), basis(), reason(), Box::new(clerk(1))),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn propose_should_fail_when_the_signer_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(try_propose(INSIDER, clerk(1)), Error::<Test>::NotOfficer);
	});
}

#[test]
fn propose_should_fail_when_the_officer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		Expelled::set(vec![CLERK]);
		assert_noop!(try_propose(CLERK, clerk(1)), NO_INSIDER);
	});
}

#[test]
fn propose_should_fail_when_the_level_is_too_low() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(try_propose(CLERK, two_officers(1)), Error::<Test>::LevelTooLow);
	});
}

#[test]
fn propose_should_fail_when_the_call_is_no_act() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(try_propose(SUPERVISOR, closed(1)), Error::<Test>::NotAnAct);
	});
}

#[test]
fn propose_should_fail_when_the_basis_is_empty() {
	ExtBuilder::default().build_and_execute(|| {
		let none = crate::Basis::default();
		assert_noop!(
			Regulator::propose(signed(CLERK), none, reason(), Box::new(clerk(1))),
			Error::<Test>::BasisEmpty
		);
	});
}

#[test]
fn propose_should_fail_when_the_call_is_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(long(252).encoded_size(), 256);
		assert_ok!(try_propose(CLERK, long(252)));
		assert_noop!(try_propose(CLERK, long(253)), Error::<Test>::CallTooLong);
	});
}

#[test]
fn propose_should_fail_when_too_many_proposals_wait() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..2 {
			assert_ok!(try_propose(CLERK, clerk(n)));
			assert_ok!(try_propose(OFFICER, clerk(n)));
		}
		assert_noop!(try_propose(SUPERVISOR, clerk(4)), Error::<Test>::ProposalsFull);
	});
}

#[test]
fn propose_should_fail_when_too_many_of_the_officers_own_proposals_wait() {
	ExtBuilder::default().build_and_execute(|| {
		propose(CLERK, clerk(1));
		propose(CLERK, clerk(2));
		assert_noop!(try_propose(CLERK, clerk(3)), Error::<Test>::TooManyOwnProposals);
		assert_ok!(try_propose(OFFICER, clerk(3)));
	});
}

#[test]
fn propose_should_find_room_when_a_proposal_of_the_officer_has_ended_in_any_way() {
	ExtBuilder::default().build_and_execute(|| {
		let ends: [fn(ProposalId); 5] = [
			|id| approve(OFFICER, id),
			|id| {
				assert_ok!(Regulator::reject(signed(OFFICER), id, reason()));
			},
			|id| {
				assert_ok!(Regulator::reject(signed(CLERK), id, reason()));
			},
			|id| {
				wait(LIFETIME);
				assert_ok!(Regulator::expire(signed(OFFICER), id));
			},
			|_| {
				wait(LIFETIME);
				poll(&mut WeightMeter::new());
				poll(&mut WeightMeter::new());
			},
		];
		for end in ends {
			let (one, other) = (propose(CLERK, clerk(1)), propose(CLERK, clerk(2)));
			assert_eq!(OpenProposals::<Test>::get(CLERK), 2);
			end(one);
			if Proposals::<Test>::contains_key(other) {
				end(other);
			}
			assert!(!OpenProposals::<Test>::contains_key(CLERK));
		}
	});
}

#[test]
fn propose_should_weigh_more_when_the_call_is_longer() {
	let weight = |bytes| {
		let call = crate::Call::<Test>::propose {
			basis: basis(),
			reason: reason(),
			call: Box::new(long(bytes)),
		};
		call.get_dispatch_info().call_weight
	};
	assert_eq!(
		weight(200),
		<() as crate::WeightInfo>::propose(long(200).encoded_size() as u32)
	);
	assert!(weight(200) != weight(3));
}
