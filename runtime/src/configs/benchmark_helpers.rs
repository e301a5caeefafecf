//! What the pallets' benchmarks ask of the rest of the runtime.

use super::compliance::WorkingDays;
use crate::{
	AccountId, Allowance, Balances, Market, Offsets, Participants, Runtime, RuntimeCall, RuntimeOrigin,
	SessionKeys, System,
};
use alloc::{vec, vec::Vec};
use carbon_calendar::Day;
use carbon_primitives::{
	AssetId, Digest, Funds, Moment, Price, ProjectKind, Role, Tonnes, Vintage, OFFSET_SERIES_FIRST,
};
use carbon_traits::{ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use codec::Encode;
use frame_support::traits::{fungible::Mutate, Get};
use pallet_allocation::AllocationBenchmarkHelper;
use pallet_allowance::{AllowanceBenchmarkHelper, RuleSet, Timeline};
use pallet_block_trades::BlockTradesBenchmarkHelper;
use pallet_market::{Calendar, FeeRates, MarketParams};
use pallet_nodes::KeyringBenchmarkHelper;
use pallet_offsets::{Decision, OffsetsBenchmarkHelper, ProjectDetails, ProjectId, Reductions, ReportId};
use pallet_penalties::PenaltiesBenchmarkHelper;
use pallet_provenance::ProvenanceBenchmarkHelper;
use pallet_regulator::RegulatorBenchmarkHelper;

/// Hands each wish of a benchmark to the pallet that can fulfil it.
pub struct BenchmarkHelper;

impl ParticipantBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId, role: Role) {
		// Not the call of the same name.
		<Participants as ParticipantBenchmarkHelper<_>>::admit(who, role);
	}

	fn form_group(members: &[AccountId]) {
		<Participants as ParticipantBenchmarkHelper<_>>::form_group(members);
	}
}

impl RegistryBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn endow(who: &AccountId, asset: AssetId, tonnes: u64) {
		Allowance::endow(who, asset, tonnes);
	}
}

impl BlockTradesBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn open_market(asset: AssetId) {
		if pallet_market::Markets::<Runtime>::contains_key(asset) {
			return;
		}
		// The asset has to exist.
		Allowance::endow(&Market::account_id(), asset, 1);
		let params = MarketParams {
			tick: Price(1),
			lot: Tonnes(1),
			order_min: Tonnes(1),
			order_max: Tonnes(100_000),
			orders_max: 1_000,
			price_min: Price(1_000),
			price_max: Price(17_000),
			band_bps: Some(1_000),
			resale_next_day: true,
			// The question for what the buyer and its group hold is a part of the cost.
			holding_max: Some(Tonnes(u64::MAX)),
			fees: FeeRates::default(),
		};
		let origin = RuntimeOrigin::root();
		Market::create_market(origin, asset, params, Price(9_000), Calendar::default())
			.expect("there is no market yet; qed");
	}

	fn admit(who: &AccountId) {
		<Participants as ParticipantBenchmarkHelper<_>>::admit(who, Role::Trader);
	}

	fn fund(who: &AccountId, funds: Funds) {
		match funds {
			// One fen has to stay on the registry account.
			Funds::Cash { amount } => {
				Balances::mint_into(who, amount.saturating_add(1)).expect("no balance is as large; qed");
			}
			Funds::Allowances { asset, tonnes } => Allowance::endow(who, asset, tonnes.0),
		}
		if !funds.is_zero() {
			Market::deposit(RuntimeOrigin::signed(who.clone()), funds).expect("it was endowed; qed");
		}
	}

	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl AllowanceBenchmarkHelper<AccountId> for BenchmarkHelper {
	/// `who` is a resource holder from here on, and the day is one on which the reductions are over.
	fn endow_credits(who: &AccountId, tonnes: u64) -> AssetId {
		const TODAY: u32 = 20_000;
		let verifier: AccountId = frame_benchmarking::account("verifier", 1, 0);
		let (project, report) = (ProjectId(0), ReportId(0));
		let (tonnes, digest) = (Tonnes(tonnes), Digest::zero());
		let signed = RuntimeOrigin::signed;
		let root = RuntimeOrigin::root;
		<Self as OffsetsBenchmarkHelper<_>>::set_today(Day(TODAY));
		<Self as OffsetsBenchmarkHelper<_>>::admit(who, Role::ResourceHolder);
		<Self as OffsetsBenchmarkHelper<_>>::admit(&verifier, Role::Verifier);
		let details = ProjectDetails {
			kind: ProjectKind::Wind,
			methodology: b"M".to_vec().try_into().expect("short; qed"),
			registry_ref: b"PROJECT".to_vec().try_into().expect("short; qed"),
			documents: vec![digest].try_into().expect("one fits; qed"),
			inside_ets: false,
		};
		Offsets::register_project(signed(who.clone()), details).expect("there is no other project; qed");
		Offsets::decide_project(
			root(),
			project,
			0,
			Decision::Register { inside_ets: false },
			digest,
		)
		.expect("it was handed in; qed");
		let reductions = Reductions {
			from: Day(TODAY - 2),
			to: Day(TODAY - 1),
			tonnes,
			digest,
			registry_ref: b"REPORT".to_vec().try_into().expect("short; qed"),
		};
		Offsets::report_reductions(signed(who.clone()), project, reductions).expect("it is registered; qed");
		Offsets::verify_reductions(signed(verifier), report, tonnes, digest)
			.expect("so much was reported; qed");
		Offsets::issue_series(root(), report).expect("it is verified; qed");
		OFFSET_SERIES_FIRST
	}
}

impl AllocationBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(entity: &AccountId) {
		<Self as ParticipantBenchmarkHelper<_>>::admit(entity, Role::CoveredEntity);
	}

	fn enrol(year: Vintage, entity: &AccountId) {
		let root = RuntimeOrigin::root;
		if !pallet_allowance::Periods::<Runtime>::contains_key(year) {
			let timeline = Timeline {
				opens: 0,
				reports_due: Moment::MAX,
				verification_due: Moment::MAX,
				surrender_due: Moment::MAX,
				objection_days: 7,
				decision_days: 10,
			};
			Allowance::open_period(root(), year, Tonnes(u64::MAX), RuleSet::default(), timeline)
				.expect("there is no other period; qed");
		}
		let entities = vec![entity.clone()].try_into().expect("one fits; qed");
		Allowance::enrol(root(), year, entities).expect("it is a covered entity and not enrolled; qed");
	}

	fn confirm(year: Vintage, entity: &AccountId, tonnes: Tonnes) {
		let verifier: AccountId = frame_benchmarking::account("verifier", 0, 0);
		<Self as ParticipantBenchmarkHelper<_>>::admit(&verifier, Role::Verifier);
		let signed = RuntimeOrigin::signed;
		Allowance::report_emissions(signed(entity.clone()), year, tonnes, Digest::zero())
			.expect("it is enrolled and has not reported; qed");
		Allowance::verify_report(signed(verifier), year, entity.clone(), tonnes)
			.expect("it has reported so much; qed");
		let reports = vec![(entity.clone(), tonnes)].try_into().expect("one fits; qed");
		Allowance::confirm_reports(RuntimeOrigin::root(), year, reports).expect("it is verified; qed");
	}

	fn fall_short(entity: &AccountId, tonnes: Tonnes) {
		pallet_allowance::Deductions::<Runtime>::insert(entity, tonnes);
	}
}

impl OffsetsBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId, role: Role) {
		<Self as ParticipantBenchmarkHelper<_>>::admit(who, role);
	}

	fn form_group(members: &[AccountId]) {
		<Self as ParticipantBenchmarkHelper<_>>::form_group(members);
	}

	fn set_today(day: Day) {
		pallet_timestamp::Now::<Runtime>::put(WorkingDays::get().start_of(day));
	}
}

impl PenaltiesBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId) {
		<Self as ParticipantBenchmarkHelper<_>>::admit(who, Role::Trader);
	}

	fn set_day(day: Day) {
		pallet_timestamp::Now::<Runtime>::put(WorkingDays::get().start_of(day));
	}
}

impl ProvenanceBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId) {
		<Self as ParticipantBenchmarkHelper<_>>::admit(who, Role::Trader);
	}

	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl KeyringBenchmarkHelper<AccountId, SessionKeys> for BenchmarkHelper {
	fn keys(who: &AccountId) -> (SessionKeys, Vec<u8>) {
		// Keys are registered by accounts that exist.
		System::inc_providers(who);
		let generated = SessionKeys::generate(&who.encode(), None);
		(generated.keys, generated.proof.encode())
	}

	fn put_in_force(validators: Vec<AccountId>) {
		pallet_session::Validators::<Runtime>::put(validators);
	}
}

impl RegulatorBenchmarkHelper<AccountId, RuntimeCall> for BenchmarkHelper {
	fn admit_insider(who: &AccountId) {
		<Self as ParticipantBenchmarkHelper<_>>::admit(who, Role::Insider);
	}

	/// A remark, which the table of acts lists for the benchmarks alone: what a call costs by itself is counted by itself.
	fn act(bytes: u32) -> RuntimeCall {
		// The pallet, the call and the length of the remark come on top of it.
		let remark = vec![0; bytes.saturating_sub(6) as usize];
		frame_system::Call::remark { remark }.into()
	}

	fn hand_break_glass_key(who: &AccountId) {
		pallet_sudo::Key::<Runtime>::put(who);
	}
}
