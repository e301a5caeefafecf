//! Runtime APIs: what nodes and clients may ask. The queries of the trading system stand at the end; polkadot.js offers
//! them under Developer → Runtime calls.

use crate::{
	configs::SLOT_DURATION, genesis, invariants, AccountId, Allocation, Allowance, Balance, Block,
	BlockNumber, BlockTrades, Credit, Executive, Grandpa, InherentDataExt, Market, Nodes, Nonce, Offsets,
	Participants, Penalties, Provenance, Regulator, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys,
	System, TransactionPayment, VERSION,
};
use alloc::vec::Vec;
use carbon_audit_api::InvariantReport;
use carbon_primitives::{
	AssetId, CreditLevel, Digest, Funds, GroupId, Moment, RecordSubject, Tonnes, Vintage,
};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	weights::Weight,
};
use pallet_allocation::{
	ActivityRecord, AllocationRecord, BenchmarkRecord, InstallationId, InstallationRecord, Keeping,
};
use pallet_block_trades::{TradeId, TradeView};
use pallet_credit::{LevelRules, RuleVersion, ScoreView, VersionRecord, YearCounters};
use pallet_nodes::{NodeAddress, NodeKind, NodeRecord};
use pallet_offsets::{ProjectId, ProjectView, ReferenceUse, ReportId, ReportView, SeriesRecord, SeriesView};
use pallet_penalties::{Disclosure, PenaltyId, PenaltyView};
use pallet_provenance::{
	ActivityId, ActivityKind, ActivityPage, ActivityView, DataId, DataView, Direction, EntityView, Lineage,
};
use pallet_regulator::{ActRecord, Halt, Level, ProposalId, ProposalView, RecordId, Requirement, Subject};
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::OpaqueMetadata;
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(SLOT_DURATION)
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, sp_core::crypto::KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			_proof: sp_consensus_grandpa::EquivocationProof<<Block as BlockT>::Hash, NumberFor<Block>>,
			_owner: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			None
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			_authority: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			// Equivocations are seen in the logs and answered by the regulator: there is no stake to slash.
			None
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, length)
		}

		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, RuntimeCall>
		for Runtime
	{
		fn query_call_info(
			call: RuntimeCall,
			length: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, length)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			length: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis::preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis::preset_names()
		}
	}

	impl pallet_participants_runtime_api::ParticipantsApi<Block, AccountId, BlockNumber> for Runtime {
		fn participant(account: AccountId) -> Option<pallet_participants::ParticipantRecord<BlockNumber>> {
			Participants::participant(account)
		}

		fn may_trade(account: AccountId) -> bool {
			Participants::may_trade(account)
		}

		fn application(account: AccountId) -> Option<pallet_participants::ApplicationRecord> {
			Participants::application(account)
		}

		fn group(id: GroupId) -> Option<pallet_participants::GroupRecord> {
			Participants::group(id)
		}

		fn applications(from: u64, count: u32) -> pallet_participants::ApplicationPage<AccountId> {
			Participants::applications(from, count)
		}
	}

	impl pallet_regulator_runtime_api::RegulatorApi<Block, AccountId, BlockNumber, RuntimeCall> for Runtime {
		fn officers() -> Vec<(AccountId, Level)> {
			Regulator::officers()
		}

		fn level(account: AccountId) -> Option<Level> {
			Regulator::level(account)
		}

		fn requirement(call: RuntimeCall) -> Option<Requirement> {
			Regulator::requirement(call)
		}

		fn proposal(id: ProposalId) -> Option<ProposalView<AccountId, RuntimeCall>> {
			Regulator::proposal(id)
		}

		fn proposals(from: ProposalId, count: u32) -> Vec<ProposalView<AccountId, RuntimeCall>> {
			Regulator::proposals(from, count)
		}

		fn halts() -> Vec<Halt<AccountId>> {
			Regulator::halts()
		}

		fn record(id: RecordId) -> Option<ActRecord<AccountId, BlockNumber>> {
			Regulator::record(id)
		}

		fn records(before: Option<RecordId>, count: u32) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)> {
			Regulator::records(before, count)
		}

		fn records_of_subject(
			subject: Subject<AccountId>,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)> {
			Regulator::records_of_subject(subject, before, count)
		}

		fn records_of_officer(
			account: AccountId,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)> {
			Regulator::records_of_officer(account, before, count)
		}

		fn records_between(
			from: Moment,
			to: Moment,
			after: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)> {
			Regulator::records_between(from, to, after, count)
		}
	}

	impl pallet_nodes_runtime_api::NodesApi<Block, AccountId, BlockNumber> for Runtime {
		fn node(account: AccountId) -> Option<NodeRecord<BlockNumber>> {
			Nodes::node(account)
		}

		fn nodes(from: Option<AccountId>, count: u32) -> Vec<(AccountId, NodeRecord<BlockNumber>)> {
			Nodes::nodes(from, count)
		}

		fn peers() -> Vec<(AccountId, NodeKind, NodeAddress)> {
			Nodes::peers()
		}

		fn validators() -> Vec<AccountId> {
			Nodes::validators()
		}

		fn next_session_at() -> BlockNumber {
			Nodes::next_session_at()
		}
	}

	impl pallet_allowance_runtime_api::AllowanceApi<Block, AccountId, BlockNumber> for Runtime {
		fn period(year: Vintage) -> Option<pallet_allowance::PeriodRecord> {
			Allowance::period(year)
		}

		fn obligation(
			year: Vintage,
			entity: AccountId,
		) -> Option<pallet_allowance::ObligationRecord<AccountId>> {
			Allowance::obligation(year, entity)
		}

		fn totals(entity: AccountId) -> pallet_allowance::ComplianceTotals {
			Allowance::totals(entity)
		}

		fn supply(asset: AssetId) -> Option<pallet_allowance::Supply> {
			Allowance::supply(asset)
		}

		fn carry_over_room(year: Vintage, entity: AccountId) -> Tonnes {
			Allowance::carry_over_room(year, entity)
		}

		fn deduction(entity: AccountId) -> Tonnes {
			Allowance::deduction(entity)
		}

		fn cancellation(
			id: pallet_allowance::CancellationId,
		) -> Option<pallet_allowance::CancellationRecord<AccountId, BlockNumber>> {
			Allowance::cancellation_record(id)
		}

		fn surrender(
			id: pallet_allowance::SurrenderId,
		) -> Option<pallet_allowance::SurrenderRecord<AccountId, BlockNumber>> {
			Allowance::surrender_record(id)
		}
	}

	impl pallet_allocation_runtime_api::AllocationApi<Block, AccountId> for Runtime {
		fn installation(id: InstallationId) -> Option<InstallationRecord<AccountId>> {
			Allocation::installation(id)
		}

		fn installations_of(entity: AccountId) -> Vec<InstallationId> {
			Allocation::installations_of(entity)
		}

		fn activity(year: Vintage, installation: InstallationId) -> Option<ActivityRecord> {
			Allocation::activity(year, installation)
		}

		fn benchmarks(year: Vintage) -> Option<BenchmarkRecord> {
			Allocation::benchmarks(year)
		}

		fn allocation(year: Vintage, entity: AccountId) -> Option<AllocationRecord> {
			Allocation::allocation(year, entity)
		}

		fn held(vintage: Vintage, entity: AccountId) -> Tonnes {
			Allocation::held(vintage, entity)
		}

		fn is_risky(entity: AccountId) -> bool {
			Allocation::is_risky(entity)
		}

		fn keeping(entity: AccountId) -> Keeping {
			Allocation::keeping(entity)
		}
	}

	impl pallet_offsets_runtime_api::OffsetsApi<Block, AccountId, BlockNumber> for Runtime {
		fn project(id: ProjectId) -> Option<ProjectView<AccountId>> {
			Offsets::project(id)
		}

		fn projects_of(owner: AccountId) -> Vec<ProjectView<AccountId>> {
			Offsets::projects_of(owner)
		}

		fn reductions(id: ReportId) -> Option<ReportView<AccountId>> {
			Offsets::reductions(id)
		}

		fn reductions_of(project: ProjectId) -> Vec<ReportView<AccountId>> {
			Offsets::reductions_of(project)
		}

		fn series(asset: AssetId) -> Option<SeriesRecord> {
			Offsets::series(asset)
		}

		fn series_of(project: ProjectId) -> Vec<SeriesView> {
			Offsets::series_of(project)
		}

		fn reference_use(reference: Vec<u8>) -> Option<ReferenceUse> {
			Offsets::reference_use(reference)
		}

		fn offset_cancellation(
			id: pallet_offsets::CancellationId,
		) -> Option<pallet_offsets::CancellationRecord<AccountId, BlockNumber>> {
			Offsets::offset_cancellation(id)
		}

		fn reversal_debt(owner: AccountId) -> Tonnes {
			Offsets::reversal_debt(owner)
		}
	}

	impl pallet_market_runtime_api::MarketApi<Block, AccountId> for Runtime {
		fn markets() -> Vec<(AssetId, pallet_market::MarketParams)> {
			Market::markets()
		}

		fn depth(asset: AssetId, levels: u32) -> pallet_market::Depth {
			Market::depth(asset, levels)
		}

		fn best_prices(asset: AssetId) -> pallet_market::BestPrices {
			Market::best_prices(asset)
		}

		fn order(
			asset: AssetId,
			order: pallet_market::OrderId,
		) -> Option<pallet_market::OrderView<AccountId>> {
			Market::order(asset, order)
		}

		fn orders_of(
			asset: AssetId,
			who: AccountId,
			from: Option<pallet_market::OrderId>,
			count: u32,
		) -> Vec<(pallet_market::OrderId, pallet_market::OrderView<AccountId>)> {
			Market::orders_of(asset, who, from, count)
		}

		fn market_halted_until(asset: AssetId) -> Option<Moment> {
			Market::market_halted_until(asset)
		}

		fn market_status(asset: AssetId) -> Option<pallet_market::MarketStatus> {
			Market::market_status(asset)
		}

		fn calendar(asset: AssetId) -> Option<pallet_market::Calendar> {
			Market::calendar(asset)
		}

		fn bars(asset: AssetId, from: pallet_market::Day, count: u32) -> Vec<pallet_market::DayView> {
			Market::bars(asset, from, count)
		}

		fn last_trades(asset: AssetId) -> Vec<pallet_market::Trade> {
			Market::last_trades(asset)
		}

		fn day_totals(asset: AssetId, who: AccountId) -> pallet_market::DayTotals {
			Market::day_totals(asset, who)
		}

		fn trading_account(who: AccountId) -> pallet_market::TradingAccountView {
			Market::trading_account(who)
		}
	}

	impl pallet_block_trades_runtime_api::BlockTradesApi<Block, AccountId> for Runtime {
		fn block_rules(asset: AssetId) -> pallet_block_trades::BlockRules {
			BlockTrades::block_rules(asset)
		}

		fn block_trade(id: TradeId) -> Option<TradeView<AccountId>> {
			BlockTrades::block_trade(id)
		}

		fn block_trades(from: TradeId, count: u32) -> Vec<TradeView<AccountId>> {
			BlockTrades::block_trades(from, count)
		}

		fn block_trades_of(who: AccountId) -> Vec<TradeView<AccountId>> {
			BlockTrades::block_trades_of(who)
		}

		fn pledged_of(who: AccountId) -> Vec<Funds> {
			BlockTrades::pledged_of(who)
		}
	}

	impl pallet_credit_runtime_api::CreditApi<Block, AccountId> for Runtime {
		fn score(who: AccountId) -> ScoreView {
			Credit::score_view(&who)
		}

		fn counters(who: AccountId) -> Vec<YearCounters> {
			Credit::counters_of(&who)
		}

		fn score_rules(version: RuleVersion) -> Option<VersionRecord> {
			Credit::score_rules(version)
		}

		fn current_version() -> RuleVersion {
			Credit::current_version()
		}

		fn levels() -> LevelRules {
			Credit::levels()
		}

		fn accounts(from: Option<AccountId>, count: u32) -> Vec<(AccountId, u16, CreditLevel)> {
			Credit::accounts_after(from.as_ref(), count)
		}
	}

	impl pallet_penalties_runtime_api::PenaltiesApi<Block, AccountId> for Runtime {
		fn penalty(id: PenaltyId) -> Option<PenaltyView<AccountId>> {
			Penalties::penalty(id)
		}

		fn penalties_of(
			who: AccountId,
			before: Option<PenaltyId>,
			count: u32,
		) -> Vec<PenaltyView<AccountId>> {
			Penalties::penalties_of(who, before, count)
		}

		fn penalties(from: PenaltyId, count: u32) -> Vec<PenaltyView<AccountId>> {
			Penalties::penalties(from, count)
		}

		fn disclosures(from: u64, count: u32) -> Vec<Disclosure<AccountId>> {
			Penalties::disclosures(from, count)
		}

		fn debt_of(who: AccountId) -> Balance {
			Penalties::debt_of(who)
		}
	}

	impl pallet_provenance_runtime_api::ProvenanceApi<Block, AccountId> for Runtime {
		fn data(id: DataId) -> Option<DataView<AccountId>> {
			Provenance::data(id)
		}

		fn activity(id: ActivityId) -> Option<ActivityView<AccountId>> {
			Provenance::activity(id)
		}

		fn execution_entity(account: AccountId) -> Option<EntityView<AccountId>> {
			Provenance::execution_entity(account)
		}

		fn all_data(from: DataId, count: u32) -> Vec<DataView<AccountId>> {
			Provenance::all_data(from, count)
		}

		fn all_activities(from: ActivityId, count: u32) -> Vec<ActivityView<AccountId>> {
			Provenance::all_activities(from, count)
		}

		fn execution_entities(from: Option<AccountId>, count: u32) -> Vec<EntityView<AccountId>> {
			Provenance::execution_entities(from, count)
		}

		fn data_by_digest(digest: Digest) -> Vec<DataId> {
			Provenance::data_by_digest(digest)
		}

		fn data_of_subject(subject: RecordSubject<AccountId>) -> Option<DataId> {
			Provenance::data_of_subject(subject)
		}

		fn lineage(data: DataId, direction: Direction, depth: u32, max: u32) -> Lineage<AccountId> {
			Provenance::lineage(data, direction, depth, max)
		}

		fn activities_of(
			account: AccountId,
			from: Moment,
			to: Moment,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<AccountId> {
			Provenance::activities_of(account, from, to, before, count)
		}

		fn activities_by_kind(
			kind: ActivityKind,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<AccountId> {
			Provenance::activities_by_kind(kind, before, count)
		}

		fn counts() -> (u64, u64, u32) {
			Provenance::counts()
		}
	}

	impl carbon_audit_api::AuditApi<Block> for Runtime {
		fn check_invariants() -> Vec<InvariantReport> {
			invariants::check()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::dispatch(config)
		}
	}
}
