use crate::{mock::*, Act, EnsureAct, EnsureTwoOfficers, Level, Origin};
use frame_support::traits::EnsureOrigin;

fn origin(second: Option<AccountId>) -> RuntimeOrigin {
	Origin::<Test>::Act {
		by: CLERK,
		second,
		level: Level::Clerk,
	}
	.into()
}

#[test]
fn ensure_act_should_name_the_officers_when_the_origin_is_an_act() {
	for second in [None, Some(OFFICER)] {
		let act = EnsureAct::<Test>::ensure_origin(origin(second)).unwrap();
		assert_eq!(
			act,
			Act {
				by: CLERK,
				second,
				level: Level::Clerk,
			}
		);
	}
}

#[test]
fn ensure_act_should_fail_when_the_origin_is_another_one() {
	for other in [RuntimeOrigin::root(), RuntimeOrigin::none(), signed(CLERK)] {
		assert!(EnsureAct::<Test>::ensure_origin(other.clone()).is_err());
		assert!(EnsureTwoOfficers::<Test>::ensure_origin(other).is_err());
	}
}

#[test]
fn ensure_two_officers_should_fail_when_only_one_has_acted() {
	assert!(EnsureTwoOfficers::<Test>::ensure_origin(origin(Some(OFFICER))).is_ok());
	let refused = EnsureTwoOfficers::<Test>::try_origin(origin(None)).unwrap_err();
	assert_eq!(refused.caller, origin(None).caller);
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn ensure_act_and_ensure_two_officers_should_accept_what_they_offer_to_benchmarks() {
	let offered = EnsureAct::<Test>::try_successful_origin().unwrap();
	assert!(EnsureAct::<Test>::ensure_origin(offered).is_ok());
	let offered = EnsureTwoOfficers::<Test>::try_successful_origin().unwrap();
	assert!(EnsureTwoOfficers::<Test>::ensure_origin(offered).is_ok());
}
