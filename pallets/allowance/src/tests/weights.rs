//! What credit and the provenance graph cost is part of each weight that tells them something, once for each entity of a list.

use crate::{mock::*, Call, WeightInfo};
use carbon_primitives::Tonnes;
use carbon_traits::CutAllocation;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

fn weight(call: Call<Test>) -> Weight {
	RuntimeCall::from(call).get_dispatch_info().call_weight
}

fn two() -> crate::TonnesByAccountOf<Test> {
	vec![(POWER_PLANT, Tonnes(1)), (STEEL_MILL, Tonnes(1))]
		.try_into()
		.expect("fits")
}

#[test]
fn lists_should_weigh_a_record_and_the_terms_of_credit_for_each_entity() {
	let each = RECORD_WEIGHT + TERMS_WEIGHT;
	let (year, allocations, reports) = (YEAR, two(), two());
	assert_eq!(
		weight(Call::allocate { year, allocations }),
		<() as WeightInfo>::allocate(2) + each * 2
	);
	assert_eq!(
		weight(Call::confirm_reports { year, reports }),
		<() as WeightInfo>::confirm_reports(2) + each * 2
	);
}

#[test]
fn calls_of_participants_should_weigh_one_record() {
	let (year, entity, tonnes, report) = (YEAR, POWER_PLANT, Tonnes(1), digest(1));
	assert_eq!(
		weight(Call::report_emissions { year, tonnes, report }),
		<() as WeightInfo>::report_emissions() + RECORD_WEIGHT
	);
	assert_eq!(
		weight(Call::verify_report { year, entity, tonnes }),
		<() as WeightInfo>::verify_report() + RECORD_WEIGHT
	);
	let asset = YEAR.into();
	assert_eq!(
		weight(Call::surrender {
			year,
			entity,
			asset,
			tonnes
		}),
		<() as WeightInfo>::surrender().max(<() as WeightInfo>::surrender_offsets()) + RECORD_WEIGHT
	);
	assert_eq!(
		weight(Call::cancel {
			vintage: YEAR,
			tonnes,
			beneficiary: Default::default(),
			reason: report,
		}),
		<() as WeightInfo>::cancel() + RECORD_WEIGHT
	);
}

#[test]
fn a_cut_should_weigh_what_it_changes() {
	assert_eq!(Allowance::weight_of_cut(), <() as WeightInfo>::cut_allocation());
}
