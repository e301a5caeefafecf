//! Who may send transactions, and how newcomers' nonces are counted.

use crate::{
	mock::*, refusal, Call, CheckAdmission, CheckSenderNonce, RoleList, WeightInfo, APPLY_LONGEVITY,
	APPLY_SLOTS, PARTICIPANT_PRIORITY,
};
use carbon_primitives::{Role, ServiceSet};
use codec::{Decode, Encode};
use frame_support::{
	assert_noop, assert_ok, assert_storage_noop, dispatch::GetDispatchInfo, storage::unhashed,
	weights::Weight,
};
use frame_system::CheckNonce;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension, TxBaseImplication},
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
};
use std::collections::BTreeSet;

pub type Validity = Result<ValidTransaction, TransactionValidityError>;

/// Stands for a call in the name of another account, which was never admitted.
fn for_another() -> RuntimeCall {
	for_others(&[(BOB, false)])
}

fn application_for(roles: RoleList) -> RuntimeCall {
	Call::apply {
		identity: digest(1),
		roles,
	}
	.into()
}

fn application() -> RuntimeCall {
	application_for(wanted(&[Role::Trader]))
}

/// What the pool, or a block, says of a transaction.
pub fn validate(who: AccountId, call: &RuntimeCall, source: TransactionSource) -> Validity {
	let info = call.get_dispatch_info();
	CheckAdmission::<Test>::new()
		.validate_only(RuntimeOrigin::signed(who), call, &info, 0, source, 0)
		.map(|(validity, ..)| validity)
}

pub fn pool(who: AccountId, call: &RuntimeCall) -> Validity {
	validate(who, call, TransactionSource::External)
}

pub fn refused(code: u8) -> Validity {
	Err(InvalidTransaction::Custom(code).into())
}

/// What is said of whatever passes and is no application.
pub fn passed() -> Validity {
	Ok(ValidTransaction {
		priority: PARTICIPANT_PRIORITY,
		..Default::default()
	})
}

pub fn passes(who: AccountId, call: &RuntimeCall) -> bool {
	pool(who, call) == passed()
}

pub fn bar(who: AccountId) {
	assert_ok!(Participants::set_black_list(
		RuntimeOrigin::root(),
		who,
		true,
		ServiceSet::NONE,
		digest(2)
	));
}

pub fn expel(who: AccountId) {
	assert_ok!(Participants::expel(RuntimeOrigin::root(), who, digest(2)));
}

#[test]
fn check_admission_should_carry_no_bytes_and_bear_a_name_that_wallets_know() {
	assert!(CheckAdmission::<Test>::new().encode().is_empty());
	assert_eq!(
		<CheckAdmission<Test> as TransactionExtension<RuntimeCall>>::IDENTIFIER,
		"RestrictFunctionality"
	);
}

#[test]
fn check_admission_should_pass_when_the_signer_is_admitted_or_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert!(passes(ALICE, &remark(b"")));
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert!(passes(ALICE, &remark(b"")));
		});
}

#[test]
fn check_admission_should_pass_when_nobody_signed() {
	ExtBuilder::default().build_and_execute(|| {
		let call = remark(b"");
		let outcome = CheckAdmission::<Test>::new().validate(
			RuntimeOrigin::none(),
			&call,
			&call.get_dispatch_info(),
			0,
			(),
			&TxBaseImplication(&call),
			TransactionSource::External,
		);
		assert_eq!(
			outcome.map(|(validity, ..)| validity),
			Ok(ValidTransaction::default())
		);
	});
}

#[test]
fn check_admission_should_refuse_when_the_signer_is_a_stranger_or_an_applicant() {
	ExtBuilder::default().build_and_execute(|| {
		for call in [remark(b""), remark(EXIT), for_another()] {
			assert_eq!(pool(ALICE, &call), refused(refusal::NOT_ADMITTED));
		}
		apply(ALICE);
		assert_eq!(pool(ALICE, &remark(EXIT)), refused(refusal::NOT_ADMITTED));
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_eq!(pool(ALICE, &remark(EXIT)), refused(refusal::NOT_ADMITTED));
	});
}

#[test]
fn check_admission_should_leave_exits_and_an_application_open_when_the_signer_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			expel(ALICE);
			assert_eq!(pool(ALICE, &remark(b"")), refused(refusal::EXPELLED));
			assert_eq!(pool(ALICE, &for_another()), refused(refusal::EXPELLED));
			assert!(passes(ALICE, &remark(EXIT)));
			assert_ok!(pool(ALICE, &application()));
		});
}

#[test]
fn check_admission_should_refuse_everything_when_the_signer_is_barred() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			bar(ALICE);
			assert_eq!(pool(ALICE, &remark(EXIT)), refused(refusal::BLACK_LISTED));
			expel(ALICE);
			for call in [remark(b""), remark(EXIT), application()] {
				assert_eq!(pool(ALICE, &call), refused(refusal::BLACK_LISTED));
			}
		});
}

#[test]
fn check_admission_should_refuse_what_passes_a_full_block_when_the_signer_is_no_insider() {
	for role in Role::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[role])
			.build_and_execute(|| {
				let expected = match role {
					Role::Insider => passed(),
					_ => refused(refusal::NOT_AN_INSIDER),
				};
				assert_eq!(pool(ALICE, &act()), expected);
			});
	}
}

#[test]
fn check_admission_should_leave_an_act_of_the_regulator_to_the_pallets_when_the_role_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Insider, end),
			digest(1)
		));
		Now::set(end);
		assert!(passes(ALICE, &act()));
	});
}

#[test]
fn check_admission_should_pass_whatever_the_signers_status_when_it_is_always_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(passes(KEY, &remark(b"")));
		assert!(passes(KEY, &act()));
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			KEY,
			roles(&[Role::Trader]),
			digest(1)
		));
		assert!(passes(KEY, &act()));
		bar(KEY);
		assert!(passes(KEY, &remark(b"")));
		expel(KEY);
		assert!(passes(KEY, &remark(b"")));
	});
}

#[test]
fn an_application_should_be_refused_when_it_would_fail_and_the_signer_is_always_admitted() {
	ExtBuilder::default()
		.with_participant(KEY, &[Role::Insider])
		.build_and_execute(|| {
			assert_eq!(pool(KEY, &application()), refused(refusal::ALREADY_ADMITTED));
		});
}

#[test]
fn check_admission_should_read_the_record_and_nothing_else_when_the_call_is_no_application() {
	// What an execution reads is seen in the trie nodes that a proof of it needs.
	let mut ext = ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Insider])
		.build();
	ext.execute_with(|| bar(BOB));
	ext.commit_all().unwrap();
	for (who, is_valid) in [(ALICE, true), (BOB, false), (CHARLIE, false)] {
		let key = crate::Participants::<Test>::hashed_key_for(who);
		let (_, proof_of_the_record) = ext.execute_and_prove(|| unhashed::get_raw(&key));
		let (outcome, proof) = ext.execute_and_prove(|| pool(who, &remark(b"")));
		assert_eq!(outcome.is_ok(), is_valid);
		assert_eq!(proof, proof_of_the_record);
	}
}

#[test]
fn an_application_should_take_one_of_a_few_places_in_the_pool_for_a_short_time() {
	ExtBuilder::default().build_and_execute(|| {
		let mut places = BTreeSet::new();
		for who in 1_000..1_400 {
			let validity = pool(who, &application()).unwrap();
			assert_eq!(
				(validity.priority, validity.longevity, validity.propagate),
				(0, APPLY_LONGEVITY, true)
			);
			assert_eq!((validity.provides.len(), validity.requires.len()), (1, 0));
			assert_eq!(pool(who, &application()).unwrap().provides, validity.provides);
			places.extend(validity.provides);
		}
		assert_eq!(places.len(), usize::from(APPLY_SLOTS));
	});
}

#[test]
fn an_application_should_come_after_whatever_is_paid_for() {
	// What the SDK's payment says of a transaction without a tip: how many like it a block has room for.
	const ROOM_FOR_THE_SMALLEST: u64 = 5 * 1_024 * 1_024 / 100;
	ExtBuilder::default()
		.with_participant(BOB, &[Role::Trader])
		.build_and_execute(|| {
			let application = pool(ALICE, &application()).unwrap().priority;
			let paid = pool(BOB, &remark(b"")).unwrap().priority;
			assert!(application + ROOM_FOR_THE_SMALLEST < paid);
		});
}

#[test]
fn an_application_should_be_refused_when_its_call_would_fail() {
	ExtBuilder::default()
		.with_participant(BOB, &[Role::Trader])
		.build_and_execute(|| {
			assert_eq!(pool(BOB, &application()), refused(refusal::ALREADY_ADMITTED));
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), BOB, digest(2)));
			assert_eq!(pool(BOB, &application()), refused(refusal::ALREADY_ADMITTED));
			for list in [
				wanted(&[]),
				wanted(&[Role::Trader, Role::Trader]),
				wanted(&[Role::Trader, Role::Insider]),
			] {
				assert_eq!(pool(ALICE, &application_for(list)), refused(refusal::ROLES_UNFIT));
			}
			apply(ALICE);
			assert_eq!(pool(ALICE, &application()), refused(refusal::ALREADY_APPLIED));
			set_count("CounterForApplications", MaxApplications::get());
			assert_eq!(pool(CHARLIE, &application()), refused(refusal::APPLICATIONS_FULL));
			set_count("CounterForApplications", 1);
		});
}

#[test]
fn an_application_should_wait_in_the_pool_when_the_block_has_taken_in_as_many_as_it_may() {
	ExtBuilder::default().build_and_execute(|| {
		PerBlock::set(1);
		apply(BOB);
		assert_ok!(pool(ALICE, &application()));
		assert_eq!(
			validate(ALICE, &application(), TransactionSource::InBlock),
			Err(InvalidTransaction::ExhaustsResources.into())
		);
		System::set_block_number(2);
		assert_ok!(validate(ALICE, &application(), TransactionSource::InBlock));
	});
}

/// What the check of admission weighs when it is done: what it gives back is taken off.
fn weight_of(origin: RuntimeOrigin, call: &RuntimeCall) -> Weight {
	let extension = CheckAdmission::<Test>::new();
	let info = call.get_dispatch_info();
	let whole = <CheckAdmission<Test> as TransactionExtension<_>>::weight(&extension, call);
	let (pre, _) = extension.validate_and_prepare(origin, call, &info, 0, 0).unwrap();
	let unspent = <CheckAdmission<Test> as TransactionExtension<RuntimeCall>>::post_dispatch_details(
		pre,
		&info,
		&Default::default(),
		0,
		&Ok(()),
	);
	whole - unspent.unwrap()
}

#[test]
fn check_admission_should_weigh_as_much_as_it_has_read() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Representative])
		.build_and_execute(|| {
			let alice = || RuntimeOrigin::signed(ALICE);
			let all = for_others(&[(10, false), (11, false), (12, false), (13, false)]);
			for (origin, call, weight) in [
				(alice(), remark(b""), <()>::check_admission(0)),
				(alice(), for_another(), <()>::check_admission(1)),
				(alice(), all, <()>::check_admission(4)),
				(
					RuntimeOrigin::signed(CHARLIE),
					application(),
					<()>::check_admission_of_applicant(),
				),
			] {
				assert_eq!(weight_of(origin, &call), weight);
			}
		});
}

/// Validate and prepare a transaction with `nonce`, as a block does.
fn prepare(who: AccountId, nonce: u32, call: &RuntimeCall) -> Result<(), TransactionValidityError> {
	CheckSenderNonce::<Test>::from(nonce)
		.validate_and_prepare(RuntimeOrigin::signed(who), call, &call.get_dispatch_info(), 0, 0)
		.map(|_| ())
}

fn nonce_in_pool(who: AccountId, nonce: u32, call: &RuntimeCall) -> Validity {
	let info = call.get_dispatch_info();
	CheckSenderNonce::<Test>::from(nonce)
		.validate_only(
			RuntimeOrigin::signed(who),
			call,
			&info,
			0,
			TransactionSource::External,
			0,
		)
		.map(|(validity, ..)| validity)
}

#[test]
fn check_sender_nonce_should_look_like_the_one_of_the_sdk() {
	for nonce in [0, 63, 64, u32::MAX] {
		let bytes = CheckNonce::<Test>::from(nonce).encode();
		assert_eq!(CheckSenderNonce::<Test>::from(nonce).encode(), bytes);
		assert_eq!(
			CheckSenderNonce::<Test>::decode(&mut &bytes[..]),
			Ok(CheckSenderNonce::from(nonce))
		);
	}
	assert_eq!(
		CheckSenderNonce::<Test>::type_info(),
		CheckNonce::<Test>::type_info()
	);
	assert_eq!(
		<CheckSenderNonce<Test> as TransactionExtension<RuntimeCall>>::IDENTIFIER,
		"CheckNonce"
	);
	assert_eq!(
		format!("{:?}", CheckSenderNonce::<Test>::from(7)),
		"CheckNonce(7)"
	);
	let call = application();
	assert_eq!(
		<CheckSenderNonce<Test> as TransactionExtension<_>>::weight(&CheckSenderNonce::from(0), &call),
		<CheckNonce<Test> as TransactionExtension<_>>::weight(&CheckNonce::from(0), &call)
	);
}

#[test]
fn check_sender_nonce_should_count_the_nonce_of_a_newcomer_when_it_applies() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(assert_eq!(
			nonce_in_pool(ALICE, 0, &application()).unwrap().provides,
			vec![(ALICE, 0u32).encode()]
		));
		assert_ok!(prepare(ALICE, 0, &application()));
		assert_eq!(System::account_nonce(ALICE), 1);
		frame_system::Account::<Test>::remove(ALICE);
	});
}

#[test]
fn check_sender_nonce_should_refuse_a_newcomer_when_the_nonce_is_another_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(prepare(ALICE, 1, &application()), InvalidTransaction::Future);
		hypothetical_nonce(3);
		assert_noop!(prepare(ALICE, 2, &application()), InvalidTransaction::Stale);
		assert_noop!(prepare(ALICE, 4, &application()), InvalidTransaction::Future);
		assert_ok!(prepare(ALICE, 3, &application()));
	});
}

/// Give Alice a nonce although nothing keeps her account.
fn hypothetical_nonce(nonce: u32) {
	frame_system::Account::<Test>::mutate(ALICE, |account| account.nonce = nonce);
}

#[test]
fn check_sender_nonce_should_refuse_a_newcomer_when_it_sends_anything_else() {
	ExtBuilder::default().build_and_execute(|| {
		for call in [remark(b""), for_another()] {
			assert_noop!(prepare(ALICE, 0, &call), InvalidTransaction::Payment);
		}
	});
}

#[test]
fn check_sender_nonce_should_refuse_an_application_that_waits_for_another_transaction() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			expel(ALICE);
			let nonce = System::account_nonce(ALICE);
			for later in [nonce + 1, nonce + 2, u32::MAX] {
				assert_eq!(
					nonce_in_pool(ALICE, later, &application()),
					Err(InvalidTransaction::Future.into())
				);
			}
			assert_ok!(nonce_in_pool(ALICE, nonce, &application()));
		});
}

#[test]
fn check_sender_nonce_should_do_as_the_sdk_when_the_account_exists() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			expel(ALICE);
			for call in [remark(b""), application()] {
				let nonce = System::account_nonce(ALICE);
				assert_ok!(prepare(ALICE, nonce, &call));
				assert_eq!(System::account_nonce(ALICE), nonce + 1);
				assert_noop!(prepare(ALICE, nonce, &call), InvalidTransaction::Stale);
				assert_noop!(prepare(ALICE, nonce + 2, &call), InvalidTransaction::Future);
			}
			// In the pool, what is paid for may wait for the one before.
			let nonce = System::account_nonce(ALICE);
			assert_eq!(
				nonce_in_pool(ALICE, nonce + 1, &remark(b"")).unwrap().requires,
				vec![(ALICE, nonce).encode()]
			);
		});
}

#[test]
fn check_sender_nonce_should_give_its_weight_back_as_the_sdk_does_when_nobody_signed() {
	ExtBuilder::default().build_and_execute(|| {
		let call = remark(b"");
		let mut info = call.get_dispatch_info();
		let extension = CheckSenderNonce::<Test>::from(0);
		info.extension_weight = Weight::from_parts(1, 1);
		let (pre, _) = extension
			.validate_and_prepare(RuntimeOrigin::root(), &call, &info, 0, 0)
			.unwrap();
		let refund = <CheckSenderNonce<Test> as TransactionExtension<RuntimeCall>>::post_dispatch_details(
			pre,
			&info,
			&Default::default(),
			0,
			&Ok(()),
		);
		assert_eq!(
			refund,
			Ok(<CheckNonce<Test> as TransactionExtension<RuntimeCall>>::weight(
				&CheckNonce::from(0),
				&call
			))
		);
	});
}

/// Send a transaction through both extensions, as a block does.
fn send(who: AccountId, nonce: u32, call: RuntimeCall) -> Result<(), TransactionValidityError> {
	let info = call.get_dispatch_info();
	let outcome = (
		CheckAdmission::<Test>::new(),
		CheckSenderNonce::<Test>::from(nonce),
	)
		.dispatch_transaction(RuntimeOrigin::signed(who), call, &info, 0, 0)?;
	// Whatever is let through holds.
	assert_ok!(outcome);
	Ok(())
}

#[test]
fn a_newcomer_should_keep_its_nonce_when_it_is_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(send(ALICE, 0, application()));
		assert_eq!(System::account_nonce(ALICE), 1);
		assert_noop!(
			send(ALICE, 1, application()),
			InvalidTransaction::Custom(refusal::ALREADY_APPLIED)
		);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			roles(&[Role::Trader]),
			digest(1)
		));
		assert_ok!(send(ALICE, 1, remark(b"")));
		assert_noop!(send(ALICE, 1, remark(b"")), InvalidTransaction::Stale);
	});
}

#[test]
fn a_newcomer_should_begin_again_when_it_was_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(send(ALICE, 0, application()));
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
		assert!(!exists(ALICE));
		assert_ok!(send(ALICE, 0, application()));
		assert_eq!(System::account_nonce(ALICE), 1);
	});
}
