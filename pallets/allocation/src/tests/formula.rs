use crate::{entitlement::*, mock::benchmarks, Activity, UnitKind};
use carbon_primitives::Tonnes;
use proptest::prelude::*;

fn power(unit: UnitKind, mwh: u64, correction_ppm: u32, gj: u64) -> Option<u64> {
	let activity = Activity::Power {
		unit,
		electricity_mwh: mwh,
		correction_ppm,
		heat_gj: gj,
	};
	entitlement_of(&activity, &benchmarks()).map(|tonnes| tonnes.0)
}

fn output(emissions: u64, deviation_ppm: i32) -> Option<u64> {
	let activity = Activity::Output {
		emissions: Tonnes(emissions),
		deviation_ppm,
	};
	entitlement_of(&activity, &benchmarks()).map(|tonnes| tonnes.0)
}

fn unit(gas: bool, entitlement: u64, emissions: u64) -> Unit {
	Unit {
		gas,
		entitlement: Tonnes(entitlement),
		emissions: Tonnes(emissions),
	}
}

#[test]
fn power_should_use_the_rates_of_its_kind() {
	assert_eq!(power(UnitKind::CoalLarge, 1_000_000, PPM, 0), Some(791_000));
	assert_eq!(power(UnitKind::CoalSmall, 1_000_000, PPM, 0), Some(804_900));
	assert_eq!(
		power(UnitKind::CoalUnconventional, 1_000_000, PPM, 0),
		Some(824_400)
	);
	assert_eq!(power(UnitKind::Gas, 1_000_000, PPM, 0), Some(328_800));
	assert_eq!(power(UnitKind::CoalSmall, 0, PPM, 1_000_000), Some(103_300));
	assert_eq!(power(UnitKind::Gas, 0, PPM, 1_000_000), Some(53_300));
}

#[test]
fn power_should_be_rounded_down_once_at_the_end() {
	assert_eq!(power(UnitKind::CoalLarge, 1_000_001, PPM, 500_000), Some(842_650));
	// 0.7910 and 0.2066 are no tonne each; with 0.0033 more the sum would still be none.
	assert_eq!(power(UnitKind::CoalLarge, 1, PPM, 2), Some(0));
	// 0.7910 + 0.3099 = 1.1009: rounded one by one it would be nothing.
	assert_eq!(power(UnitKind::CoalLarge, 1, PPM, 3), Some(1));
}

#[test]
fn power_should_apply_the_load_correction_to_electricity_alone() {
	// 791,000 × 1.015 = 802,865, and 103,300 for the heat.
	assert_eq!(
		power(UnitKind::CoalLarge, 1_000_000, 1_015_000, 1_000_000),
		Some(906_165)
	);
}

#[test]
fn power_should_be_none_when_it_does_not_fit() {
	assert_eq!(power(UnitKind::CoalLarge, u64::MAX, 2 * PPM, u64::MAX), None);
	let mut table = benchmarks();
	(table.coal_large, table.heat_coal) = (u32::MAX, u32::MAX);
	let activity = Activity::Power {
		unit: UnitKind::CoalLarge,
		electricity_mwh: u64::MAX,
		correction_ppm: u32::MAX,
		heat_gj: u64::MAX,
	};
	assert_eq!(entitlement_of(&activity, &table), None);
}

#[test]
fn output_should_follow_the_deviation_to_three_per_cent_at_most() {
	assert_eq!(output(1_000_000, 0), Some(1_000_000));
	// 0.15 × 10 % = 1.5 %.
	assert_eq!(output(1_000_000, 100_000), Some(1_015_000));
	assert_eq!(output(1_000_000, -100_000), Some(985_000));
	assert_eq!(output(1_000_000, 200_000), Some(1_030_000));
	assert_eq!(output(1_000_000, 900_000), Some(1_030_000));
	assert_eq!(output(1_000_000, -200_001), Some(970_000));
	assert_eq!(output(1_000_000, i32::MIN), Some(970_000));
	// 0.985 × 101 = 99.485.
	assert_eq!(output(101, -100_000), Some(99));
	assert_eq!(output(u64::MAX, 200_000), None);
}

#[test]
fn share_should_be_rounded_down() {
	assert_eq!(share_of(Tonnes(1_001), 7_000), Some(Tonnes(700)));
	assert_eq!(share_of(Tonnes(9), 8_000), Some(Tonnes(7)));
	assert_eq!(share_of(Tonnes(u64::MAX), BPS), Some(Tonnes(u64::MAX)));
	assert_eq!(share_of(Tonnes(u64::MAX), BPS + 1), None);
}

#[test]
fn gap_cap_should_raise_an_entitlement_under_it() {
	let found = entitlement_of_entity(&[unit(false, 700, 0)], Tonnes(1_000), Some(8_000)).unwrap();
	assert_eq!((found.total, found.topped_up), (Tonnes(800), Tonnes(100)));
}

#[test]
fn gap_cap_should_leave_an_entitlement_at_it_alone() {
	let found = entitlement_of_entity(&[unit(false, 800, 0)], Tonnes(1_000), Some(8_000)).unwrap();
	assert_eq!((found.total, found.topped_up), (Tonnes(800), Tonnes(0)));
	let free = entitlement_of_entity(&[unit(false, 1, 0)], Tonnes(1_000), None).unwrap();
	assert_eq!(free.total, Tonnes(1));
}

#[test]
fn gas_should_stand_outside_the_gap_cap_and_have_its_gap_waived() {
	let units = [unit(false, 700, 0), unit(true, 100, 400), unit(true, 300, 200)];
	let found = entitlement_of_entity(&units, Tonnes(1_600), Some(8_000)).unwrap();
	// The cap is 80 % of the 1,000 t that coal emitted; the surplus of the second gas unit does not shrink the first's gap.
	assert_eq!(
		found,
		Entitlement {
			total: Tonnes(1_200),
			topped_up: Tonnes(100),
			waived: Tonnes(300),
		}
	);
}

#[test]
fn gas_should_not_emit_more_than_its_entity() {
	assert_eq!(
		entitlement_of_entity(&[unit(true, 1, 11)], Tonnes(10), None),
		Err(EntitlementError::EmissionsMismatch)
	);
}

#[test]
fn all_units_together_should_not_emit_more_than_their_entity() {
	let units = [unit(true, 1, 4), unit(false, 6, 6)];
	assert!(entitlement_of_entity(&units, Tonnes(10), None).is_ok());
	assert_eq!(
		entitlement_of_entity(&units, Tonnes(9), None),
		Err(EntitlementError::EmissionsMismatch)
	);
}

#[test]
fn sums_should_not_wrap() {
	let units = [unit(false, u64::MAX, 0), unit(false, 1, 0)];
	assert_eq!(
		entitlement_of_entity(&units, Tonnes(0), None),
		Err(EntitlementError::TooLarge)
	);
}

fn corrected(entitlement: u64, issued: u64, deducted: u64) -> (u64, u64, u64) {
	let found = correction(Tonnes(entitlement), Tonnes(issued), Tonnes(deducted)).unwrap();
	(found.more.0, found.owed.0, found.deferred.0)
}

#[test]
fn correction_should_be_a_top_up_or_a_return() {
	assert_eq!(corrected(100, 70, 0), (30, 0, 0));
	assert_eq!(corrected(70, 70, 0), (0, 0, 0));
	assert_eq!(corrected(60, 70, 0), (0, 10, 0));
}

#[test]
fn correction_should_count_what_was_deducted() {
	assert_eq!(corrected(100, 50, 20), (30, 0, 0));
	assert_eq!(corrected(60, 50, 20), (0, 10, 0));
	// Only 5 were issued: 5 are returned, and 5 deducted again later.
	assert_eq!(corrected(60, 5, 65), (0, 5, 5));
	assert_eq!(corrected(0, 0, 70), (0, 0, 70));
	assert_eq!(correction(Tonnes(0), Tonnes(u64::MAX), Tonnes(1)), None);
}

#[test]
fn gap_cap_should_not_apply_without_a_unit_that_burns_something_else_than_gas() {
	let gas_alone = entitlement_of_entity(&[unit(true, 100, 400)], Tonnes(1_000), Some(8_000)).unwrap();
	assert_eq!((gas_alone.total, gas_alone.topped_up), (Tonnes(100), Tonnes(0)));
	let none = entitlement_of_entity(&[], Tonnes(1_000), Some(8_000)).unwrap();
	assert_eq!(none, Entitlement::default());
}

// Cases with the numbers of China's rules, each derived by hand.

#[test]
fn a_large_coal_unit_should_get_what_a_calculation_by_hand_gives() {
	// 3,200,000 × 0.7910 = 2,531,200; 1,500,000 × 0.1033 = 154,950. No fraction at all.
	assert_eq!(
		power(UnitKind::CoalLarge, 3_200_000, PPM, 1_500_000),
		Some(2_686_150)
	);
}

#[test]
fn an_exact_half_should_be_rounded_down() {
	// 500 × 0.7910 = 395.5.
	assert_eq!(power(UnitKind::CoalLarge, 500, PPM, 0), Some(395));
	// 500 × 0.7910 + 5,000 × 0.1033 = 395.5 + 516.5: two halves are a whole.
	assert_eq!(power(UnitKind::CoalLarge, 500, PPM, 5_000), Some(912));
	// 5 × 70 % = 3.5, and half of 1,001 = 500.5.
	assert_eq!(share_of(Tonnes(5), 7_000), Some(Tonnes(3)));
	assert_eq!(share_of(Tonnes(1_001), 5_000), Some(Tonnes(500)));
	// 100 × 1.015 = 101.5, and 100 × 0.985 = 98.5.
	assert_eq!(output(100, 100_000), Some(101));
	assert_eq!(output(100, -100_000), Some(98));
}

#[test]
fn a_low_load_should_raise_the_electricity_alone() {
	// 10,000 × 0.8049 × 1.0125 = 8,149.6125; 333 × 0.1033 = 34.3989; in all 8,184.0114.
	assert_eq!(power(UnitKind::CoalSmall, 10_000, 1_012_500, 333), Some(8_184));
	// 123,457 × 0.8244 × 1.123456 = 114,343.05…
	assert_eq!(
		power(UnitKind::CoalUnconventional, 123_457, 1_123_456, 0),
		Some(114_343)
	);
}

#[test]
fn an_entitlement_just_under_a_whole_tonne_should_be_rounded_down() {
	// 9,999 × 0.3288 = 3,287.6712 and 6 × 0.0533 = 0.3198: in all 3,287.991. One more GJ is 3,288.0443.
	assert_eq!(power(UnitKind::Gas, 9_999, PPM, 6), Some(3_287));
	assert_eq!(power(UnitKind::Gas, 9_999, PPM, 7), Some(3_288));
}

#[test]
fn a_draft_sector_should_reach_three_per_cent_at_twenty() {
	// α = 0.15 × 0.199999 = 0.02999985.
	assert_eq!(output(1_000_000, 199_999), Some(1_029_999));
	assert_eq!(output(1_000_000, -199_999), Some(970_000));
	// 0.15 × 0.20 = 0.03: both formulas give the same where one takes over from the other.
	assert_eq!(output(1_000_000, 200_000), Some(1_030_000));
	assert_eq!(output(1_000_000, 200_001), Some(1_030_000));
	// 333,333 × 1.0015 = 333,832.9995.
	assert_eq!(output(333_333, 10_000), Some(333_832));
}

#[test]
fn the_gap_cap_should_be_rounded_down_and_leave_gas_alone() {
	// 80 % of 1,004 is 803.2; the unit has 803, which is no tonne under it.
	let at_it = entitlement_of_entity(&[unit(false, 803, 0)], Tonnes(1_004), Some(8_000)).unwrap();
	assert_eq!((at_it.total, at_it.topped_up), (Tonnes(803), Tonnes(0)));
	let under_it = entitlement_of_entity(&[unit(false, 802, 0)], Tonnes(1_004), Some(8_000)).unwrap();
	assert_eq!((under_it.total, under_it.topped_up), (Tonnes(803), Tonnes(1)));
	// A gas unit of 1,000,000 MWh and 500,000 GJ: 328,800 + 26,650 = 355,450, against 400,000 emitted: 44,550 are waived.
	let gas = power(UnitKind::Gas, 1_000_000, PPM, 500_000).unwrap();
	let found = entitlement_of_entity(&[unit(true, gas, 400_000)], Tonnes(400_000), Some(8_000)).unwrap();
	assert_eq!((found.total, found.waived), (Tonnes(355_450), Tonnes(44_550)));
}

proptest! {
	/// The integer result is the largest one that is not above the exact value.
	#[test]
	fn power_should_be_the_floor_of_the_exact_value(
		qe in 0..1_u64 << 40, qh in 0..1_u64 << 40, be in 1..20_000_u32, bh in 1..20_000_u32, ff in PPM..=CORRECTION_MAX,
	) {
		let mut table = benchmarks();
		(table.coal_large, table.heat_coal) = (be, bh);
		let activity = Activity::Power {
			unit: UnitKind::CoalLarge,
			electricity_mwh: qe,
			correction_ppm: ff,
			heat_gj: qh,
		};
		let tonnes = u128::from(entitlement_of(&activity, &table).unwrap().0);
		let exact = u128::from(qe) * u128::from(be) * u128::from(ff) + u128::from(qh) * u128::from(bh) * 1_000_000;
		prop_assert!(tonnes * 10_000_000_000 <= exact);
		prop_assert!(exact < (tonnes + 1) * 10_000_000_000);
	}

	/// A plant that is better by more never gets less, and the change is never above 3 %.
	#[test]
	fn output_should_rise_with_the_deviation(e in 0..1_u64 << 50, x in any::<i32>(), y in any::<i32>()) {
		let (low, high) = (output(e, x.min(y)).unwrap(), output(e, x.max(y)).unwrap());
		prop_assert!(low <= high);
		prop_assert!(u128::from(high) * 100 <= u128::from(e) * 103);
		prop_assert!((u128::from(low) + 1) * 100 > u128::from(e) * 97);
	}

	/// No entity without gas has a gap of more than a fifth of its emissions, but for the rounding of one tonne.
	#[test]
	fn gap_should_be_capped(a in 0..1_u64 << 50, b in 0..1_u64 << 50, verified in 0..1_u64 << 50) {
		let found = entitlement_of_entity(&[unit(false, a, 0), unit(false, b, 0)], Tonnes(verified), Some(8_000)).unwrap();
		prop_assert_eq!(found.total.0, a + b + found.topped_up.0);
		prop_assert!(u128::from(found.total.0 + 1) * 10 > u128::from(verified) * 8);
		prop_assert!(found.topped_up.0 == 0 || found.total.0 * 10 <= verified * 8);
	}

	/// After the correction, what is issued and deducted is the entitlement and what is owed, and nothing is owed that was not issued.
	#[test]
	fn correction_should_balance(entitlement in any::<u64>(), issued in 0..1_u64 << 62, deducted in 0..1_u64 << 62) {
		let (more, owed, deferred) = corrected(entitlement, issued, deducted);
		let after = u128::from(issued) + u128::from(more) + u128::from(deducted) - u128::from(deferred);
		prop_assert_eq!(after, u128::from(entitlement) + u128::from(owed));
		prop_assert!(owed <= issued && deferred <= deducted);
		prop_assert!(more == 0 || owed == 0 && deferred == 0);
		prop_assert!(deferred == 0 || owed == issued);
	}
}
