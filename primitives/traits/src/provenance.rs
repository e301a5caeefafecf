//! What the chain's other pallets tell the provenance graph.

use carbon_primitives::{Digest, RecordKind, RecordSubject};
use sp_runtime::Weight;

/// Who has done something that is recorded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Doer<'a, AccountId> {
	/// An account: a participant or an officer.
	Account(&'a AccountId),
	/// The regulator, by whichever officer.
	Regulator,
	/// The chain's own software.
	Chain,
}

/// Something that is recorded by itself. It generates one item of data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Happening<'a, AccountId> {
	/// Of which kind, so that recording can be set by kind.
	pub kind: RecordKind,
	/// Who has done it.
	pub by: Doer<'a, AccountId>,
	/// To whom the data belong that it generates; none where they belong to whoever has done it.
	pub owner: Option<&'a AccountId>,
	/// The name of the data that it generates.
	pub subject: RecordSubject<AccountId>,
	/// Digest of these data: of the document where there is one, otherwise BLAKE2b-256 of what the chain has stored of it, encoded.
	pub digest: Digest,
	/// What it was made from. Names under which nothing is recorded are left out. At most [`USES_MAX`].
	pub uses: &'a [RecordSubject<AccountId>],
	/// Whether data of the same name are no longer valid from now on. Otherwise they stay valid beside these.
	pub supersedes: bool,
}

/// Most data that a happening names as those that it was made from.
pub const USES_MAX: u32 = 4;

/// Records what happens on the chain.
pub trait RecordActivity<AccountId> {
	/// Record `happening`, unless its kind is not recorded. It never fails: what cannot be recorded is told by an event.
	fn record(happening: Happening<AccountId>);

	/// Weight of [`Self::record`] at most.
	fn weight_of_record() -> Weight;
}

/// Nothing is recorded.
impl<AccountId> RecordActivity<AccountId> for () {
	fn record(_: Happening<AccountId>) {}

	fn weight_of_record() -> Weight {
		Weight::zero()
	}
}
