//! Days.

use carbon_primitives::Moment;
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Milliseconds in a minute.
pub const MINUTE_MS: Moment = 60_000;
/// Minutes in a day.
pub const DAY_MINUTES: u16 = 24 * 60;
/// Milliseconds in a day.
pub const DAY_MS: Moment = DAY_MINUTES as Moment * MINUTE_MS;

/// A day of local time, counted from 1 January 1970, which is day 0.
#[derive(
	Clone,
	CompactAs,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct Day(pub u32);

impl Day {
	/// Day of the week: 0 is Monday, 6 is Sunday.
	pub const fn weekday(self) -> u8 {
		// 1 January 1970 was a Thursday.
		((self.0 as u64 + 3) % 7) as u8
	}

	/// The day after this one.
	pub const fn next(self) -> Self {
		Self(self.0.saturating_add(1))
	}
}
