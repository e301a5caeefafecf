//! In whose name a transaction acts is found wherever that hides, and nobody gets past a record through another's.

use crate::env::*;
use carbon_primitives::Role;
use carbon_runtime::{
	configs::{ProxyType, CNY},
	AccountId, Multisig, Runtime, RuntimeCall,
};
use frame_support::{assert_ok, weights::Weight};
use pallet_market::Funds;
use pallet_participants::{refusal, Call as Participants, RoleGrant};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The representative who signs.
const SIGNER: Key = Key::One;

fn signer() -> AccountId {
	SIGNER.to_account_id()
}

/// Who else signs for the multisigs.
fn other() -> AccountId {
	Key::Ferdie.to_account_id()
}

fn grants(role: Role) -> frame_support::BoundedVec<RoleGrant, frame_support::traits::ConstU32<8>> {
	one(RoleGrant {
		role,
		expires_at: None,
	})
}

fn admit(account: AccountId, role: Role) {
	assert_ok!(regulator(Participants::<Runtime>::admit {
		account: account.clone(),
		roles: grants(role).into_inner().try_into().expect("one fits"),
		identity: digest(1),
	}));
	// For fees.
	assert_ok!(signed(
		bank(),
		pallet_settlement::Call::<Runtime>::mint {
			receipt: carbon_primitives::Digest::from(<[u8; 32]>::from(account.clone())),
			to: account,
			amount: 100 * CNY,
		}
	));
}

fn bar(account: AccountId) {
	assert_ok!(regulator(Participants::<Runtime>::set_black_list {
		account,
		bar: true,
		closed: Default::default(),
		reason: digest(2),
	}));
}

fn expel(account: AccountId) {
	assert_ok!(regulator(Participants::<Runtime>::expel {
		account,
		reason: digest(3),
	}));
}

fn remark() -> RuntimeCall {
	frame_system::Call::<Runtime>::remark { remark: vec![] }.into()
}

fn exit() -> RuntimeCall {
	let funds = Funds::Cash { amount: 1 };
	pallet_market::Call::<Runtime>::withdraw { funds }.into()
}

fn proxy(real: AccountId, call: RuntimeCall) -> RuntimeCall {
	pallet_proxy::Call::<Runtime>::proxy {
		real: real.into(),
		force_proxy_type: None,
		call: Box::new(call),
	}
	.into()
}

fn multisig_of(one: AccountId) -> AccountId {
	let mut signatories = [one, other()];
	signatories.sort();
	Multisig::multi_account_id(&signatories, 1)
}

fn of_one(call: RuntimeCall) -> RuntimeCall {
	pallet_multisig::Call::<Runtime>::as_multi_threshold_1 {
		other_signatories: vec![other()],
		call: Box::new(call),
	}
	.into()
}

fn of_many(call: RuntimeCall) -> RuntimeCall {
	pallet_multisig::Call::<Runtime>::as_multi {
		threshold: 1,
		other_signatories: vec![other()],
		maybe_timepoint: None,
		call: Box::new(call),
		max_weight: Weight::zero(),
	}
	.into()
}

fn approval() -> RuntimeCall {
	pallet_multisig::Call::<Runtime>::approve_as_multi {
		threshold: 1,
		other_signatories: vec![other()],
		maybe_timepoint: None,
		call_hash: [0; 32],
		max_weight: Weight::zero(),
	}
	.into()
}

fn batches(call: RuntimeCall) -> Vec<RuntimeCall> {
	use pallet_utility::Call as Utility;
	let calls = || vec![remark(), call.clone()];
	let boxed = || Box::new(call.clone());
	vec![
		Utility::<Runtime>::batch { calls: calls() }.into(),
		Utility::<Runtime>::batch_all { calls: calls() }.into(),
		Utility::<Runtime>::force_batch { calls: calls() }.into(),
		Utility::<Runtime>::if_else {
			main: boxed(),
			fallback: Box::new(remark()),
		}
		.into(),
		Utility::<Runtime>::if_else {
			main: Box::new(remark()),
			fallback: boxed(),
		}
		.into(),
		Utility::<Runtime>::with_weight {
			call: boxed(),
			weight: Weight::zero(),
		}
		.into(),
	]
}

/// Every way in which the signer acts in the name of somebody, and who that is in the end.
fn ways(call: &RuntimeCall) -> Vec<(AccountId, RuntimeCall)> {
	let call = || call.clone();
	let multisig = multisig_of(signer());
	let mut ways = vec![
		(dave(), proxy(dave(), call())),
		(dave(), proxy(eve(), proxy(dave(), call()))),
		(multisig.clone(), of_one(call())),
		(multisig.clone(), of_many(call())),
		(multisig_of(dave()), proxy(dave(), of_one(call()))),
		(multisig_of(dave()), proxy(dave(), of_many(call()))),
		(multisig_of(multisig.clone()), of_one(of_one(call()))),
		(multisig_of(multisig), of_many(of_many(call()))),
	];
	for (who, way) in ways.clone() {
		ways.extend(batches(way).into_iter().map(|batch| (who.clone(), batch)));
	}
	ways.extend(
		batches(call())
			.into_iter()
			.map(|batch| (dave(), proxy(dave(), batch))),
	);
	ways
}

fn refused(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

/// What the pool says of `call`, paid for or not.
fn said(call: RuntimeCall) -> Result<(), TransactionValidityError> {
	in_pool(SIGNER, call).map(|_| ())
}

#[test]
fn a_black_listed_account_is_found_wherever_the_transaction_hides_it() {
	for (n, (who, way)) in ways(&exit()).into_iter().enumerate() {
		journey(|| {
			admit(signer(), Role::Representative);
			if who != dave() {
				admit(who.clone(), Role::Trader);
			}
			assert_eq!(said(way.clone()), Ok(()), "way {n}");
			bar(who.clone());
			assert_eq!(said(way), Err(refused(refusal::BLACK_LISTED)), "way {n}");
		});
	}
	journey(|| {
		admit(signer(), Role::Representative);
		let account = multisig_of(signer());
		admit(account.clone(), Role::Trader);
		assert_ok!(said(approval()));
		bar(account);
		assert_eq!(said(approval()), Err(refused(refusal::BLACK_LISTED)));
	});
}

#[test]
fn for_an_expelled_account_nothing_is_done_but_taking_its_property_out() {
	for (n, (who, way)) in ways(&remark()).into_iter().enumerate() {
		journey(|| {
			admit(signer(), Role::Representative);
			if who != dave() {
				admit(who.clone(), Role::Trader);
			}
			expel(who);
			assert_eq!(said(way), Err(refused(refusal::EXPELLED)), "way {n}");
		});
	}
	journey(|| {
		admit(signer(), Role::Representative);
		expel(dave());
		assert_ok!(said(proxy(dave(), exit())));
		for batch in batches(exit()) {
			assert_eq!(said(proxy(dave(), batch)), Err(refused(refusal::EXPELLED)));
		}
	});
}

#[test]
fn nobody_but_a_representative_acts_for_others_in_any_way() {
	for (n, (_, way)) in ways(&remark()).into_iter().enumerate() {
		journey(|| {
			admit(signer(), Role::Trader);
			assert_eq!(said(way), Err(refused(refusal::MAY_NOT_REPRESENT)), "way {n}");
		});
	}
}

#[test]
fn a_transaction_acts_in_at_most_four_names() {
	journey(|| {
		admit(signer(), Role::Representative);
		let names = |count: u8| -> RuntimeCall {
			let calls = (0..count)
				.map(|n| proxy(AccountId::new([n; 32]), remark()))
				.collect();
			pallet_utility::Call::<Runtime>::batch { calls }.into()
		};
		assert_ok!(said(names(4)));
		assert_eq!(said(names(5)), Err(refused(refusal::TOO_MANY_PRINCIPALS)));
		// The same one counts once as a proxy's principal; each multisig costs hashing its signatories.
		let many = |call: &dyn Fn() -> RuntimeCall| -> RuntimeCall {
			let calls = (0..5).map(|_| call()).collect();
			pallet_utility::Call::<Runtime>::batch { calls }.into()
		};
		assert_ok!(said(many(&|| proxy(dave(), remark()))));
		assert_eq!(
			said(many(&|| of_one(remark()))),
			Err(refused(refusal::TOO_MANY_PRINCIPALS))
		);
	});
}

#[test]
fn nobody_is_appointed_by_an_account_that_has_to_act_in_person() {
	let appoint = || -> RuntimeCall {
		pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: eve().into(),
			proxy_type: ProxyType::Any,
			delay: 0,
		}
		.into()
	};
	for (n, (who, way)) in ways(&appoint()).into_iter().enumerate() {
		journey(|| {
			admit(signer(), Role::Representative);
			if who == dave() {
				assert_ok!(regulator(Participants::<Runtime>::set_roles {
					account: who,
					roles: grants(Role::Verifier).into_inner().try_into().expect("one fits"),
				}));
			} else {
				admit(who, Role::SettlementBank);
			}
			assert_eq!(said(way), Err(refused(refusal::MAY_NOT_DELEGATE)), "way {n}");
		});
	}
}

#[test]
fn nobody_but_the_regulator_uses_what_blocks_keep_for_it() {
	let heavy = || -> RuntimeCall {
		frame_system::Call::<Runtime>::kill_prefix {
			prefix: vec![],
			subkeys: 10_000,
		}
		.into()
	};
	let nested: Vec<RuntimeCall> = vec![
		heavy(),
		pallet_utility::Call::<Runtime>::batch { calls: vec![heavy()] }.into(),
		proxy(dave(), heavy()),
		pallet_sudo::Call::<Runtime>::sudo {
			call: Box::new(heavy().into()),
		}
		.into(),
		frame_system::Call::<Runtime>::set_code { code: vec![] }.into(),
		pallet_regulator::Call::<Runtime>::act {
			basis: basis(),
			reason: digest(1),
			call: Box::new(remark()),
		}
		.into(),
	];
	for (n, call) in nested.into_iter().enumerate() {
		journey(|| {
			admit(signer(), Role::Representative);
			assert_eq!(
				said(call.clone()),
				Err(refused(refusal::NOT_AN_INSIDER)),
				"call {n}"
			);
		});
	}
}
