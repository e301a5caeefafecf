#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod applications;
mod extension;
mod groups;
mod impl_ban_trading;
mod impl_ensure_participant;
mod impl_halt_accounts;
mod impl_inspect_group;
mod impls;
mod types;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

pub use extension::*;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::{
		ApplicationPage, ApplicationRecord, BlackList, GroupRecord, MembersOf, ParticipantRecordOf,
		QueueEnds, RefusalsOf, RoleGrants, RoleList, WeightInfo,
	};
	use alloc::vec::Vec;
	use carbon_primitives::{Digest, GroupId, Moment, Role, Service, ServiceSet};
	use carbon_traits::{InspectDelegation, OnTradingRight, RecordActivity};
	use frame_support::{
		pallet_prelude::*,
		traits::{Contains, Time},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The regulator: decides on applications, sets roles and lists, confirms groups, suspends, reinstates and
		/// expels.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The chain's time, in milliseconds since the Unix epoch. It decides whether a role or a halt has ended.
		type Time: Time<Moment = Moment>;

		/// Who is told when the right of an account to trade changes.
		type OnTradingRight: OnTradingRight<Self::AccountId>;

		/// Where admissions are recorded.
		type Provenance: RecordActivity<Self::AccountId>;

		/// Most applications that may be pending, so that strangers never fill the state.
		#[pallet::constant]
		type MaxApplications: Get<u32>;

		/// Most participants that belong to one group, so that whoever asks for its members gets a bounded answer.
		#[pallet::constant]
		type MaxGroupMembers: Get<u32>;

		/// How long an application waits for its preliminary check before it lapses, in milliseconds.
		type ApplicationLifetime: Get<Moment>;

		/// Most applications that one block takes in.
		type ApplicationsPerBlock: Get<u32>;

		/// Accounts whose own status keeps them from sending nothing: they need neither be admitted nor be insiders. Asked
		/// only where that would refuse them, and never a reason to act for others.
		type AlwaysAdmitted: Contains<Self::AccountId>;

		/// Calls that stay open to an expelled account: taking its own property back.
		type ExitCalls: Contains<<Self as frame_system::Config>::RuntimeCall>;

		/// Tells in whose name a call acts besides its signer's, and whether it lets others act in the signer's.
		type Delegation: InspectDelegation<Self::AccountId, <Self as frame_system::Config>::RuntimeCall>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The participants, by account. Written by the regulator's calls about a participant, by `declare_group` and when
	/// an account is halted or banned from trading; a record is never removed.
	// Blake2_128Concat: whoever asks for admission chooses the account, and may choose it to lengthen a trie path.
	#[pallet::storage]
	pub type Participants<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ParticipantRecordOf<T>, OptionQuery>;

	/// The pending applications, by account, and their number. Written by `apply` and `register`; removed by `admit`,
	/// by `refuse`, by `refuse_many` and, when they lapse, at the beginning of a block.
	// Blake2_128Concat: strangers choose the accounts, and may choose them to lengthen a trie path.
	#[pallet::storage]
	pub type Applications<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, ApplicationRecord, OptionQuery>;

	/// The applicants by entry number, oldest first. Written by `apply`; an entry leaves with its application, and that
	/// of a registered one when the lifetime has passed.
	// Twox64Concat: the pallet counts the numbers itself.
	#[pallet::storage]
	pub type ApplicationQueue<T: Config> = StorageMap<_, Twox64Concat, u64, T::AccountId, OptionQuery>;

	/// Between which numbers the entries of the queue lie. Written by `apply` and at the beginning of a block.
	#[pallet::storage]
	pub type ApplicationQueueEnds<T: Config> = StorageValue<_, QueueEnds, ValueQuery>;

	/// The block that took in the latest application, and how many it took in. Written by `apply`. A number of an
	/// earlier block counts for nothing, so that no block has to reset it.
	#[pallet::storage]
	pub type LatestApplications<T: Config> = StorageValue<_, (BlockNumberFor<T>, u32), ValueQuery>;

	/// The groups, by number, and how many there are, which is the next number. Written by `create_group` and
	/// `confirm_group`; a group is never removed.
	// Twox64Concat: the pallet counts the numbers itself.
	#[pallet::storage]
	pub type Groups<T: Config> = CountedStorageMap<_, Twox64Concat, GroupId, GroupRecord, OptionQuery>;

	/// The members of each group that has any, in the order of their accounts. Written by `confirm_group`.
	// Twox64Concat: the pallet counts the numbers itself.
	#[pallet::storage]
	pub type GroupMembers<T: Config> = StorageMap<_, Twox64Concat, GroupId, MembersOf<T>, ValueQuery>;

	/// The services that are open only to those whom the white list names. Written by `restrict_service`.
	#[pallet::storage]
	pub type RestrictedServices<T: Config> = StorageValue<_, ServiceSet, ValueQuery>;

	/// Participants to admit in the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Accounts and their roles, without expiry and without identity documents (the digest is zero).
		///
		/// The genesis build panics on a list that the call `admit` would refuse.
		pub participants: Vec<(T::AccountId, Vec<Role>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, roles) in &self.participants {
				Pallet::<T>::admit_at_genesis(account, roles);
			}
		}
	}

	/// What has happened to a participant.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The regulator admitted a participant.
		ParticipantAdmitted {
			/// The participant.
			account: T::AccountId,
			/// Its roles.
			roles: RoleGrants,
			/// Digest of the documents that prove its identity.
			identity: Digest,
		},
		/// The regulator replaced the roles of a participant.
		RolesChanged {
			/// The participant.
			account: T::AccountId,
			/// Its roles until now.
			old_value: RoleGrants,
			/// Its roles from now on.
			new_value: RoleGrants,
		},
		/// The regulator suspended a participant: it may not act until it is reinstated.
		ParticipantSuspended {
			/// The participant.
			account: T::AccountId,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// The regulator reinstated a suspended participant: it acts again in the roles that it has.
		ParticipantReinstated {
			/// The participant.
			account: T::AccountId,
		},
		/// The regulator expelled a participant: it may not act any more.
		ParticipantExpelled {
			/// The participant.
			account: T::AccountId,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// An account asked for admission.
		ApplicationFiled {
			/// The applicant.
			account: T::AccountId,
			/// Digest of the documents that prove its identity.
			identity: Digest,
			/// The roles that it asks for.
			roles: RoleList,
			/// The application's number in the queue.
			entry: u64,
		},
		/// An application passed the preliminary check and waits for admission.
		ApplicationRegistered {
			/// The applicant.
			account: T::AccountId,
		},
		/// The regulator refused an application. The account may apply again.
		ApplicationRefused {
			/// The applicant.
			account: T::AccountId,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// An application was not checked within its lifetime and is gone. The account may apply again.
		ApplicationLapsed {
			/// The applicant.
			account: T::AccountId,
		},
		/// The regulator changed what the black list says about a participant.
		BlackListChanged {
			/// The participant.
			account: T::AccountId,
			/// What the list said until now.
			old_value: BlackList,
			/// What it says from now on.
			new_value: BlackList,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// The regulator changed which restricted services are open to a participant.
		WhiteListChanged {
			/// The participant.
			account: T::AccountId,
			/// The services that were open until now.
			old_value: ServiceSet,
			/// The services that are open from now on.
			new_value: ServiceSet,
		},
		/// The regulator restricted a service to the white list, or opened it to all.
		ServiceRestrictionChanged {
			/// The service.
			service: Service,
			/// Whether it was restricted until now.
			old_value: bool,
			/// Whether it is restricted from now on.
			new_value: bool,
		},
		/// The regulator created a group of firms under common control. It has no members yet.
		GroupCreated {
			/// The group.
			group: GroupId,
			/// Digest of the documents that prove who belongs together.
			identity: Digest,
		},
		/// A participant declared which group it belongs to. Nothing follows from that but the regulator's attention.
		GroupDeclared {
			/// The participant.
			account: T::AccountId,
			/// The group that it had declared until now.
			old_value: Option<GroupId>,
			/// The group that it declares from now on.
			new_value: Option<GroupId>,
		},
		/// The regulator confirmed which group a participant belongs to.
		GroupConfirmed {
			/// The participant.
			account: T::AccountId,
			/// The group that it belonged to until now.
			old_value: Option<GroupId>,
			/// The group that it belongs to from now on.
			new_value: Option<GroupId>,
		},
		/// An emergency stop of an account was imposed, changed or lifted.
		AccountHaltChanged {
			/// The participant.
			account: T::AccountId,
			/// The end of the stop until now, in milliseconds since the Unix epoch.
			old_value: Option<Moment>,
			/// The end of the stop from now on.
			new_value: Option<Moment>,
		},
		/// A ban from trading was imposed, made longer or lifted.
		TradingBanChanged {
			/// The participant.
			account: T::AccountId,
			/// The end of the ban until now, in milliseconds since the Unix epoch.
			old_value: Option<Moment>,
			/// The end of the ban from now on.
			new_value: Option<Moment>,
		},
	}

	/// Why a call, or an act that asked this pallet, was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is no participant. Ask the regulator to admit it.
		NotAdmitted,
		/// The account is a participant already, perhaps a suspended one. It need not apply; the regulator can change
		/// its roles or reinstate it.
		AlreadyAdmitted,
		/// The participant is suspended and may not act. It may again once the regulator reinstates it.
		Suspended,
		/// The participant is suspended already. One suspension lasts until it is reinstated.
		AlreadySuspended,
		/// The participant is not suspended, so that there is nothing to reinstate.
		NotSuspended,
		/// The participant was never granted the role that this act needs. Ask the regulator for it.
		RoleMissing,
		/// The participant's grant of the role that this act needs has ended. Ask the regulator to renew it.
		RoleExpired,
		/// The list of roles is empty. Name at least one, or suspend the participant.
		RolesEmpty,
		/// The list names a role twice. Name each role once.
		RoleDuplicate,
		/// The list joins roles that exclude each other: only those that entitle to trade go together, and that of a node
		/// operator with any. Use two accounts.
		RolesConflict,
		/// A role would end now or has ended before it begins. Give a moment in the future, in milliseconds since
		/// the Unix epoch, or none.
		ExpiryPassed,
		/// The participant is expelled and may not act any more. It may apply anew.
		Expelled,
		/// The participant is expelled already. An expulsion is final.
		AlreadyExpelled,
		/// The black list closes everything to the participant. Ask the regulator for the reason.
		BlackListed,
		/// An emergency stop keeps the account from trading and from being paid out. Wait for its end.
		Halted,
		/// A sanction keeps the account from trading, in block trades and auctions as well. Wait for the end of the ban.
		TradingBanned,
		/// The black list closes this service to the participant. Ask the regulator for the reason.
		ServiceClosed,
		/// The service is open only to those whom the white list names. Ask the regulator to be named.
		ServiceRestricted,
		/// Trading cannot be restricted to a white list, since roles say who may trade. Grant or withdraw roles, or close
		/// trading to an account by the black list.
		ServiceUnrestrictable,
		/// The set has a bit that stands for no service. Use the bits of the services that exist.
		ServiceUnknown,
		/// The account has an application pending. Wait for the decision, or for the application to lapse.
		AlreadyApplied,
		/// As many applications are pending as there may be. Apply again when some are decided.
		ApplicationsFull,
		/// This block has taken in as many applications as it may. Apply again in a later block.
		ApplicationRate,
		/// The account has no application pending: it never applied, or the application was decided or lapsed.
		ApplicationNotFound,
		/// The application has passed the preliminary check already. Admit the applicant or refuse it.
		AlreadyRegistered,
		/// The application has not passed the preliminary check. Register it first.
		NotRegistered,
		/// The applicant named other documents than these. Admit it on those, or refuse the application.
		IdentityMismatch,
		/// The account is expelled and comes back only through an application. Let it apply.
		ReadmissionNeedsApplication,
		/// There is no group with this number. Ask the regulator to create it.
		GroupNotFound,
		/// Every number of a group is taken. No group can be created any more.
		GroupNumbersExhausted,
		/// The group has as many members as it may. End the membership of another participant first.
		GroupFull,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::drop_lapsed_applications(meter);
		}

		fn integrity_test() {
			assert!(
				T::MaxApplications::get() > 0,
				"somebody must be able to apply for admission"
			);
			assert!(
				T::MaxGroupMembers::get() > 1,
				"two participants must be able to belong together"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Admit an account as a participant with the given roles.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Each role may carry the moment at which it ends, in milliseconds since the Unix epoch; without one it
		/// lasts until the regulator changes it. The roles that entitle to trade (covered entity, resource holder,
		/// trader) go together; each other role (verifier, settlement bank, insider, representative) stands alone. That of
		/// a node operator goes with all of them. `identity` is the BLAKE2b-256 digest of the
		/// documents that the regulator has checked; the documents themselves never reach the chain.
		///
		/// An account that has applied is admitted on its application, which must be registered and name the same
		/// documents; the roles are the regulator's decision. One that has not is admitted on paper documents. An
		/// expelled account comes back only through an application; its lists, its group, a halt and a ban stay as they are.
		///
		/// The admission is recorded in the provenance graph, with the digest of the record that is stored.
		///
		/// ## Errors
		/// - [`Error::AlreadyAdmitted`]: the account is a participant already.
		/// - [`Error::ReadmissionNeedsApplication`]: the account is expelled and has not applied.
		/// - [`Error::NotRegistered`]: the account's application has not passed the preliminary check.
		/// - [`Error::IdentityMismatch`]: the account's application names other documents.
		/// - [`Error::RolesEmpty`], [`Error::RoleDuplicate`], [`Error::RolesConflict`]: the roles do not fit together.
		/// - [`Error::ExpiryPassed`]: a role would have ended already.
		///
		/// ## Events
		/// - [`Event::ParticipantAdmitted`].
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::admit()
				.saturating_add(T::OnTradingRight::weight())
				.saturating_add(T::Provenance::weight_of_record())
		)]
		pub fn admit(
			origin: OriginFor<T>,
			account: T::AccountId,
			roles: RoleGrants,
			identity: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_admit(account, roles, identity)
		}

		/// Replace the roles of a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The new list takes the place of the old one as a whole: a role that it does not name is withdrawn. The
		/// participant's status stays as it is, so that the roles of a suspended one can be put right before it is
		/// reinstated.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::Expelled`]: the participant is expelled.
		/// - [`Error::RolesEmpty`], [`Error::RoleDuplicate`], [`Error::RolesConflict`]: the roles do not fit together.
		/// - [`Error::ExpiryPassed`]: a role would have ended already.
		///
		/// ## Events
		/// - [`Event::RolesChanged`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_roles().saturating_add(T::OnTradingRight::weight()))]
		pub fn set_roles(origin: OriginFor<T>, account: T::AccountId, roles: RoleGrants) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_roles(account, roles)
		}

		/// Suspend a participant: it may not act in any role until it is reinstated.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What the participant owns stays its own. `reason` is the BLAKE2b-256 digest of the document that states
		/// why.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::AlreadySuspended`]: it is suspended already.
		/// - [`Error::Expelled`]: it is expelled.
		///
		/// ## Events
		/// - [`Event::ParticipantSuspended`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::suspend().saturating_add(T::OnTradingRight::weight()))]
		pub fn suspend(origin: OriginFor<T>, account: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_suspend(account, reason)
		}

		/// End the suspension of a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The participant acts again in the roles that it has; a role that ended meanwhile stays ended.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::NotSuspended`]: it is not suspended.
		/// - [`Error::Expelled`]: it is expelled, which is final.
		///
		/// ## Events
		/// - [`Event::ParticipantReinstated`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::reinstate().saturating_add(T::OnTradingRight::weight()))]
		pub fn reinstate(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_reinstate(account)
		}

		/// Apply for admission. It costs nothing.
		///
		/// ## Dispatch Origin
		/// Signed by an account that is no participant, or by an expelled one. The account need not exist before, nor
		/// own anything.
		///
		/// ## Details
		/// `identity` is the BLAKE2b-256 digest of the documents that prove the applicant's identity, which go to the
		/// regulator by another way; `roles` are the roles that the applicant asks for. The application lapses unless
		/// it passes the preliminary check within its lifetime. Sign it with a mortal era: an account that is refused
		/// may cease to exist and begins again from nonce zero, so that its old application could be sent again.
		///
		/// ## Errors
		/// - [`Error::AlreadyAdmitted`]: the account is a participant already.
		/// - [`Error::AlreadyApplied`]: it has an application pending.
		/// - [`Error::BlackListed`]: it is expelled, and the black list closes everything to it.
		/// - [`Error::ApplicationsFull`]: as many applications are pending as there may be.
		/// - [`Error::ApplicationRate`]: this block has taken in as many as it may.
		/// - [`Error::RolesEmpty`], [`Error::RoleDuplicate`], [`Error::RolesConflict`]: the roles do not fit together.
		///
		/// ## Events
		/// - [`Event::ApplicationFiled`].
		// Free, because an applicant owns nothing. What keeps it from being abused is that it is scarce.
		#[pallet::call_index(4)]
		#[pallet::weight((T::WeightInfo::apply(), DispatchClass::Normal, Pays::No))]
		pub fn apply(origin: OriginFor<T>, identity: Digest, roles: RoleList) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_apply(who, identity, roles)
		}

		/// Note that an application has passed the preliminary check.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The application no longer lapses; it waits until the regulator admits the applicant or refuses it.
		///
		/// ## Errors
		/// - [`Error::ApplicationNotFound`]: the account has no application pending.
		/// - [`Error::AlreadyRegistered`]: the application has passed the check already.
		///
		/// ## Events
		/// - [`Event::ApplicationRegistered`].
		#[pallet::call_index(5)]
		pub fn register(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_register(account)
		}

		/// Refuse an application, whether or not it has passed the preliminary check.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The account may apply again. `reason` is the BLAKE2b-256 digest of the document that states why.
		///
		/// ## Errors
		/// - [`Error::ApplicationNotFound`]: the account has no application pending.
		///
		/// ## Events
		/// - [`Event::ApplicationRefused`].
		#[pallet::call_index(6)]
		pub fn refuse(origin: OriginFor<T>, account: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_refuse(account, reason)
		}

		/// Expel a participant: it may not act in any role any more. It is final.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What the participant owns stays its own, and it may still take it out. Its record keeps the roles that it
		/// had, for whoever looks at its past. `reason` is the BLAKE2b-256 digest of the document that states why. The
		/// account may apply for admission again.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::AlreadyExpelled`]: it is expelled already.
		///
		/// ## Events
		/// - [`Event::ParticipantExpelled`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::expel().saturating_add(T::OnTradingRight::weight()))]
		pub fn expel(origin: OriginFor<T>, account: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_expel(account, reason)
		}

		/// Say what the black list closes to a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `bar` closes everything to the account but reading, exits as well; `closed` closes single services, one bit
		/// each. Both take the place of what the list said before, whatever the participant's status. `reason` is the
		/// BLAKE2b-256 digest of the document that states why.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::ServiceUnknown`]: a bit of `closed` stands for no service.
		///
		/// ## Events
		/// - [`Event::BlackListChanged`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_black_list().saturating_add(T::OnTradingRight::weight()))]
		pub fn set_black_list(
			origin: OriginFor<T>,
			account: T::AccountId,
			bar: bool,
			closed: ServiceSet,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_black_list(account, BlackList { barred: bar, closed }, reason)
		}

		/// Say which restricted services the white list opens to a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `open` has one bit for each service and takes the place of what the list said before. It matters only while a
		/// service is restricted, and never against the black list.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::ServiceUnknown`]: a bit of `open` stands for no service.
		/// - [`Error::ServiceUnrestrictable`]: `open` names trading, which no white list restricts.
		///
		/// ## Events
		/// - [`Event::WhiteListChanged`].
		#[pallet::call_index(9)]
		pub fn set_white_list(
			origin: OriginFor<T>,
			account: T::AccountId,
			open: ServiceSet,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_white_list(account, open)
		}

		/// Restrict a service to those whom the white list names, or open it to all participants.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// - [`Error::ServiceUnrestrictable`]: the service is trading, which no white list restricts.
		///
		/// ## Events
		/// - [`Event::ServiceRestrictionChanged`].
		#[pallet::call_index(10)]
		pub fn restrict_service(origin: OriginFor<T>, service: Service, restricted: bool) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_restrict_service(service, restricted)
		}

		/// Create a group of firms under common control.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The group gets the next number and has no members until the regulator confirms some.
		/// `identity` is the BLAKE2b-256 digest of the documents that prove who belongs together.
		///
		/// ## Errors
		/// - [`Error::GroupNumbersExhausted`]: every number is taken.
		///
		/// ## Events
		/// - [`Event::GroupCreated`].
		#[pallet::call_index(11)]
		pub fn create_group(origin: OriginFor<T>, identity: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_create_group(identity)
		}

		/// Declare which group the signer belongs to, or that it belongs to none.
		///
		/// ## Dispatch Origin
		/// Signed by an admitted participant. A halt does not keep it from declaring.
		///
		/// ## Details
		/// A declaration has no effect but to inform the regulator, who decides by `confirm_group`; a membership that was
		/// confirmed before goes on.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`], [`Error::Suspended`], [`Error::Expelled`], [`Error::BlackListed`]: the signer may not
		///   act.
		/// - [`Error::GroupNotFound`]: there is no such group.
		///
		/// ## Events
		/// - [`Event::GroupDeclared`].
		#[pallet::call_index(12)]
		pub fn declare_group(origin: OriginFor<T>, group: Option<GroupId>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_declare_group(who, group)
		}

		/// Say which group a participant belongs to, or that it belongs to none.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What the participant has declared does not matter: whoever keeps silent about its group must not stay outside
		/// of it.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::GroupNotFound`]: there is no such group.
		/// - [`Error::GroupFull`]: the group has as many members as it may.
		///
		/// ## Events
		/// - [`Event::GroupConfirmed`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::confirm_group().saturating_add(T::OnTradingRight::weight()))]
		pub fn confirm_group(
			origin: OriginFor<T>,
			account: T::AccountId,
			group: Option<GroupId>,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_confirm_group(account, group)
		}

		/// Refuse many applications at once, whether or not they have passed the preliminary check.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// For the case that somebody floods the queue. What is named but is no pending application is passed over, since
		/// it may have been decided or have lapsed meanwhile. `reason` is the BLAKE2b-256 digest of the document that
		/// states why, the same for all. The accounts may apply again.
		///
		/// The cost grows with the number of accounts, 100 at most.
		///
		/// ## Errors
		/// - [`Error::ApplicationNotFound`]: none of the accounts has an application pending.
		///
		/// ## Events
		/// - [`Event::ApplicationRefused`], one for each application.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::refuse_many(accounts.len() as u32))]
		pub fn refuse_many(origin: OriginFor<T>, accounts: RefusalsOf<T>, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_refuse_many(accounts, reason)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The record of a participant, if the account is one.
		pub fn participant(account: T::AccountId) -> Option<ParticipantRecordOf<T>> {
			Participants::<T>::get(account)
		}

		/// Whether the account may trade at this moment.
		pub fn may_trade(account: T::AccountId) -> bool {
			<Self as carbon_traits::EnsureParticipant<_>>::ensure_may_trade(&account).is_ok()
		}

		/// The pending application of an account, if there is one.
		pub fn application(account: T::AccountId) -> Option<ApplicationRecord> {
			Applications::<T>::get(account)
		}

		/// The record of a group, if it exists.
		pub fn group(id: GroupId) -> Option<GroupRecord> {
			Groups::<T>::get(id)
		}

		/// The pending applications in the order in which they came, from the entry number `from` on: what is left of
		/// the next `count` entries, 100 at most, and the number from which to go on.
		///
		/// A registered application leaves the queue when its lifetime has passed.
		pub fn applications(from: u64, count: u32) -> ApplicationPage<T::AccountId> {
			Self::applications_page(from, count)
		}
	}
}
