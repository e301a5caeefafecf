use crate::{mock::*, Error, Event};
use carbon_primitives::{Service, ServiceSet};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn restrict_service_should_change_that_service_alone_when_the_regulator_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let root = RuntimeOrigin::root;
		assert_ok!(Participants::restrict_service(root(), Service::Auction, true));
		assert_ok!(Participants::restrict_service(root(), Service::DataSharing, true));
		assert_ok!(Participants::restrict_service(root(), Service::Auction, false));

		assert_eq!(
			crate::RestrictedServices::<Test>::get(),
			ServiceSet::NONE.with(Service::DataSharing)
		);
		System::assert_last_event(
			Event::ServiceRestrictionChanged {
				service: Service::Auction,
				old_value: true,
				new_value: false,
			}
			.into(),
		);
	});
}

#[test]
fn restrict_service_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::restrict_service(RuntimeOrigin::signed(ALICE), Service::Auction, true),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn restrict_service_should_fail_when_the_service_is_trading() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::restrict_service(RuntimeOrigin::root(), Service::Trading, true),
			Error::<Test>::ServiceUnrestrictable
		);
	});
}
