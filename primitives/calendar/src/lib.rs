//! When a market trades: sessions, trading days and holidays, and working days for windows of time. A working day that makes up
//! for a holiday counts in windows; sessions do not take place on it.
//!
//! Plain arithmetic on moments, without a clock and without storage: whoever uses it gives the time. Local time is UTC plus an
//! offset that does not change with the season, as in China; a country with summer time changes its calendar twice a year.

#![cfg_attr(not(feature = "std"), no_std)]

mod calendar;
mod day;

pub use calendar::{
	Calendar, CalendarError, Hours, Phase, Session, HOLIDAYS_MAX, SESSIONS_MAX, WORKDAYS_MAX,
};
pub use day::{Day, DAY_MINUTES, DAY_MS, MINUTE_MS};
