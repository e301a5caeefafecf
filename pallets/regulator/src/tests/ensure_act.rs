use crate::{mock::*, Act, EnsureAct, Level, Origin};
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
		assert!(EnsureAct::<Test>::ensure_origin(other).is_err());
	}
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn ensure_act_should_accept_what_it_offers_to_benchmarks() {
	let offered = EnsureAct::<Test>::try_successful_origin().unwrap();
	assert!(EnsureAct::<Test>::ensure_origin(offered).is_ok());
}
