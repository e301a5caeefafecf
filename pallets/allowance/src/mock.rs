//! A chain with nothing but the ledger and this pallet. Admission is a table in the test itself.

use crate as pallet_allowance;
use carbon_primitives::{AssetId, Digest, GroupId, Moment, Role, Service, Tonnes, TradingRight, Vintage};
use carbon_traits::{EnsureParticipant, InspectGroup, InspectHalts, ParticipantBenchmarkHelper, SumHoldings};
use core::cell::RefCell;
use frame_support::{
	derive_impl, parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU128, ConstU32, Hooks},
	weights::{Weight, WeightMeter},
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::{types::*, Error, Event};

pub type AccountId = u64;

pub const SELLER: AccountId = 1;
pub const VERIFIER: AccountId = 2;
pub const POWER_PLANT: AccountId = 10;
pub const STEEL_MILL: AccountId = 11;
pub const STRANGER: AccountId = 99;
pub const YEAR: Vintage = Vintage(2021);

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Allowance = pallet_allowance;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type AccountData = pallet_balances::AccountData<u128>;
	type Block = frame_system::mocking::MockBlock<Test>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type Balance = u128;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ReserveData = ();
}

parameter_types! {
	pub const AssetsOwner: AccountId = 1_000;
}

impl pallet_allowance::Config for Test {
	type Assets = Assets;
	type AssetsOwner = AssetsOwner;
	type BenchmarkHelper = Admissions;
	type Groups = Groups;
	type Halts = Halts;
	type Holdings = Ledger;
	type MaxBatch = ConstU32<100>;
	type Participants = Admissions;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type WeightInfo = ();
}

thread_local! {
	static ROLES: RefCell<BTreeMap<AccountId, Vec<Role>>> = const { RefCell::new(BTreeMap::new()) };
	static EXPELLED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
}

/// Who is admitted, in which roles.
pub struct Admissions;

impl Admissions {
	/// `who` is admitted in one more role, as no chain would do it.
	pub fn add_role(who: AccountId, role: Role) {
		Self::admit(&who, role);
	}

	pub fn expel(who: AccountId) {
		ROLES.with_borrow_mut(|roles| roles.remove(&who));
		EXPELLED.with_borrow_mut(|expelled| expelled.insert(who));
	}

	fn any(who: &AccountId, fits: impl Fn(&Role) -> bool) -> Result<(), DispatchError> {
		let found = ROLES.with_borrow(|roles| roles.get(who).is_some_and(|held| held.iter().any(fits)));
		found.then_some(()).ok_or(NOT_ADMITTED)
	}
}

/// What the participants' register of the mock answers to everybody without the role.
pub const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted in this role");
/// What it answers where somebody was never admitted.
pub const UNKNOWN: DispatchError = DispatchError::Other("never admitted");

impl EnsureParticipant<AccountId> for Admissions {
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError> {
		Self::any(who, |held| *held == role)
	}

	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError> {
		Self::any(who, |held| held.may_trade()).map(|()| TradingRight::Lasting)
	}

	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError> {
		Self::any(who, |_| true)
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("no list opens or closes the compliance cycle")
	}

	fn ensure_known(who: &AccountId) -> Result<(), DispatchError> {
		let expelled = EXPELLED.with_borrow(|expelled| expelled.contains(who));
		(expelled || Self::ensure_admitted(who).is_ok())
			.then_some(())
			.ok_or(UNKNOWN)
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nothing leaves the registry ledger but by a surrender or a cancellation")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("allowances know nothing of payments")
	}
}

parameter_types! {
	/// Who belongs to which corporate group.
	pub static GroupOf: BTreeMap<AccountId, GroupId> = BTreeMap::new();
	/// Assets that must not move.
	pub static HaltedAssets: Vec<AssetId> = Vec::new();
}

pub struct Groups;

impl InspectGroup<AccountId> for Groups {
	fn group_of(who: &AccountId) -> Option<GroupId> {
		GroupOf::get().get(who).copied()
	}

	fn are_related(one: &AccountId, other: &AccountId) -> bool {
		let group = Self::group_of(one);
		one == other || group.is_some() && group == Self::group_of(other)
	}

	fn members_of(_: GroupId) -> Vec<AccountId> {
		unreachable!("verifiers are compared with one entity")
	}
}

pub struct Halts;

impl Halts {
	/// From now on `vintage` does not move.
	pub fn halt(vintage: Vintage) {
		HaltedAssets::mutate(|halted| halted.push(vintage.into()));
	}
}

impl InspectHalts for Halts {
	fn is_asset_halted(asset: AssetId) -> bool {
		HaltedAssets::get().contains(&asset)
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		unreachable!("allowances know nothing of markets")
	}
}

impl ParticipantBenchmarkHelper<AccountId> for Admissions {
	fn admit(who: &AccountId, role: Role) {
		ROLES.with_borrow_mut(|roles| roles.entry(*who).or_default().push(role));
	}
}

/// Sum over the accounts of the ledger.
pub struct Ledger;

impl SumHoldings for Ledger {
	fn free(asset: AssetId) -> u128 {
		pallet_assets::Account::<Test>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}

	fn on_hold(_: AssetId) -> u128 {
		0
	}
}

/// Builds the state that a test starts from.
#[derive(Default)]
pub struct ExtBuilder {
	open: Option<(Tonnes, ObligationRule)>,
	enrolled: Vec<AccountId>,
	allocations: Vec<(AccountId, Tonnes)>,
}

impl ExtBuilder {
	/// `YEAR` is open with this cap and the cumulative rule.
	#[must_use]
	pub fn with_period(mut self, cap: u64) -> Self {
		self.open = Some((Tonnes(cap), ObligationRule::Cumulative));
		self
	}

	/// These entities are enrolled in `YEAR`.
	#[must_use]
	pub fn with_enrolled(mut self, entities: &[AccountId]) -> Self {
		self.enrolled = entities.to_vec();
		self
	}

	/// This enrolled entity has received its allocation of `YEAR`.
	#[must_use]
	pub fn with_allocation(mut self, entity: AccountId, tonnes: u64) -> Self {
		self.allocations.push((entity, Tonnes(tonnes)));
		self
	}

	/// Run `test` and check every invariant afterwards.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Allowance::do_try_state().expect("the invariants hold after the test");
		});
	}

	/// The state alone, for the benchmarks' own test suite.
	pub fn build(self) -> sp_io::TestExternalities {
		GroupOf::set(BTreeMap::new());
		HaltedAssets::set(Vec::new());
		EXPELLED.with_borrow_mut(BTreeSet::clear);
		ROLES.with_borrow_mut(|roles| {
			*roles = BTreeMap::from([
				(SELLER, vec![Role::Trader]),
				(VERIFIER, vec![Role::Verifier]),
				(POWER_PLANT, vec![Role::CoveredEntity]),
				(STEEL_MILL, vec![Role::CoveredEntity]),
			]);
		});
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.expect("genesis is valid");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			if let Some((cap, obligation)) = self.open {
				Allowance::open_period(RuntimeOrigin::root(), YEAR, cap, obligation).expect("opens");
			}
			if !self.enrolled.is_empty() {
				enrol(YEAR, &self.enrolled);
			}
			for (entity, tonnes) in self.allocations {
				let list = vec![(entity, tonnes)].try_into().expect("fits");
				Allowance::allocate(RuntimeOrigin::root(), YEAR, list).expect("allocates");
			}
			System::reset_events();
		});
		ext
	}
}

/// Enrol `entities` in the period of `year`.
pub fn enrol(year: Vintage, entities: &[AccountId]) {
	let list = entities.to_vec().try_into().expect("fits");
	Allowance::enrol(RuntimeOrigin::root(), year, list).expect("enrols");
}

/// Take the report of an entity from its submission to the regulator's confirmation.
pub fn confirm(year: Vintage, entity: AccountId, tonnes: u64) {
	let tonnes = Tonnes(tonnes);
	Allowance::report_emissions(RuntimeOrigin::signed(entity), year, tonnes, digest(1)).expect("reports");
	Allowance::verify_report(RuntimeOrigin::signed(VERIFIER), year, entity, tonnes).expect("verifies");
	let list = vec![(entity, tonnes)].try_into().expect("fits");
	Allowance::confirm_reports(RuntimeOrigin::root(), year, list).expect("confirms");
}

/// Close the period of `year` and assess all of its entities at once.
pub fn close(year: Vintage) {
	Allowance::close_period(RuntimeOrigin::root(), year).expect("closes");
	poll(Weight::MAX);
}

/// One block's poll with `limit` of weight left.
pub fn poll(limit: Weight) {
	let mut meter = WeightMeter::with_limit(limit);
	Allowance::on_poll(System::block_number(), &mut meter);
}

/// The obligation of an entity that has one.
pub fn obligation(year: Vintage, entity: AccountId) -> ObligationRecord {
	crate::Obligations::<Test>::get(year, entity).expect("the entity is enrolled")
}

/// Supply of the vintage of `year`.
pub fn supply(year: Vintage) -> Supply {
	crate::Supplies::<Test>::get(AssetId::from(year)).expect("the vintage exists")
}

/// Free allowances of an account.
pub fn held(vintage: Vintage, who: AccountId) -> u128 {
	Assets::balance(vintage.into(), who)
}

/// A digest that tests can tell apart.
pub fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}
