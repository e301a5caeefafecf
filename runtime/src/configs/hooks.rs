//! Who learns of what pallets do, so that something follows from it elsewhere.
//!
//! What follows is weighed beside the calls that bring it about, by whoever does it. Where calls are measured nobody learns of anything:
//! otherwise the weight would be counted twice. (The benchmarks of the market leave out what learns of its trades by themselves, so that its
//! speed is measured with it.)

#[cfg(not(feature = "runtime-benchmarks"))]
mod learners {
	/// Writes the provenance graph.
	pub type Recording = crate::Provenance;
	/// Counts performance.
	pub type Counting = crate::Credit;
	/// Keeps copies of what orders are limited to.
	pub type LimitCopies = crate::Market;
	/// Learns of shortfalls.
	pub type Shortfalls = crate::configs::credit::Shortfalls;
	/// Learns of agreements that were kept or broken.
	pub type Agreements = crate::configs::credit::Agreements;
}

#[cfg(feature = "runtime-benchmarks")]
mod learners {
	/// Nothing is recorded.
	pub type Recording = ();
	/// Nothing is counted.
	pub type Counting = ();
	/// Nobody keeps copies.
	pub type LimitCopies = ();
	/// Nobody learns of shortfalls.
	pub type Shortfalls = ();
	/// Nobody learns of agreements.
	pub type Agreements = ();
}

pub(super) use learners::{Agreements, Counting, LimitCopies, Recording, Shortfalls};
