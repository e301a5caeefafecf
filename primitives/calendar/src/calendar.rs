//! Calendars.

use crate::{Day, DAY_MINUTES, DAY_MS, MINUTE_MS};
use bounded_collections::{BoundedVec, ConstU32};
use carbon_primitives::Moment;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most sessions of one day.
pub const SESSIONS_MAX: u32 = 4;
/// Most holidays that a calendar knows ahead.
pub const HOLIDAYS_MAX: u32 = 64;
/// Most make-up working days that a calendar knows ahead.
pub const WORKDAYS_MAX: u32 = 32;
/// Farthest that local time is from UTC, in minutes.
const OFFSET_MAX: u16 = 14 * 60;
/// Most days in a row without a working day: each holiday may take away the only working day of its week.
const REST_DAYS_MAX: u32 = 7 * (HOLIDAYS_MAX + 1);
/// Most working days that are counted from a day on.
const WORKING_DAYS_MAX: u32 = 1_000;
/// The bits of all days of the week.
const WEEK: u8 = 0b0111_1111;

/// A time of the day in which orders are matched as they come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Session {
	/// When it begins, in minutes after local midnight.
	pub opens: u16,
	/// When it ends, in minutes after local midnight; this minute is no part of it any more.
	pub closes: u16,
}

/// The hours in which a market trades.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Hours {
	/// Always; the trading day ends at local midnight.
	#[codec(index = 0)]
	AroundTheClock,
	/// In sessions on the working days of the week. The trading day ends with the last of them.
	#[codec(index = 1)]
	Sessions {
		/// One to four of them, in the order of time.
		sessions: BoundedVec<Session, ConstU32<SESSIONS_MAX>>,
		/// How long orders are collected for the opening auction before the first session, in minutes; zero for no auction.
		auction: u16,
	},
}

/// When a market trades, and which days are working days.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Calendar {
	/// How far local time is ahead of UTC, in minutes; at most 14 hours either way.
	pub utc_offset: i16,
	/// Working days of the week, a bit each: bit 0 is Monday, bit 6 is Sunday.
	pub weekdays: u8,
	/// Days that are no working days whatever day of the week they are, in the order of time.
	pub holidays: BoundedVec<Day, ConstU32<HOLIDAYS_MAX>>,
	/// Days that are working days whatever day of the week they are, in the order of time: those that make up for a holiday. They
	/// count in windows of time only. Markets with sessions stay closed on them, as the exchanges of China do, except where they
	/// are working days by the week as well.
	pub workdays: BoundedVec<Day, ConstU32<WORKDAYS_MAX>>,
	/// The hours.
	pub hours: Hours,
}

/// What a market does at a moment.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Phase {
	/// Nothing: it takes no orders.
	#[codec(index = 0)]
	Closed,
	/// It collects orders for the opening auction and matches none.
	#[codec(index = 1)]
	CallAuction,
	/// It matches orders as they come.
	#[codec(index = 2)]
	Continuous,
}

/// Why a calendar cannot be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CalendarError {
	/// Local time is more than 14 hours from UTC.
	OffsetTooFar,
	/// No day of the week is a working day, or a bit stands for none.
	WeekdaysUnfit,
	/// There is no session, one ends before it begins or after midnight, or two overlap or are out of order.
	SessionsUnfit,
	/// The auction would begin on the day before.
	AuctionTooLong,
	/// The holidays are out of order, or one is named twice.
	HolidaysUnsorted,
	/// The make-up working days are out of order, or one is named twice.
	WorkdaysUnsorted,
	/// A day is both a holiday and a make-up working day.
	WorkdayIsHoliday,
}

impl Default for Calendar {
	/// Around the clock in UTC, with working days from Monday to Friday.
	fn default() -> Self {
		Self {
			utc_offset: 0,
			weekdays: 0b0001_1111,
			holidays: BoundedVec::new(),
			workdays: BoundedVec::new(),
			hours: Hours::AroundTheClock,
		}
	}
}

impl Calendar {
	/// Check that the calendar can be followed.
	///
	/// # Errors
	///
	/// The first of [`CalendarError`] that is found.
	pub fn check(&self) -> Result<(), CalendarError> {
		if self.utc_offset.unsigned_abs() > OFFSET_MAX {
			return Err(CalendarError::OffsetTooFar);
		}
		if self.weekdays == 0 || self.weekdays & !WEEK != 0 {
			return Err(CalendarError::WeekdaysUnfit);
		}
		if !self.holidays.windows(2).all(|pair| pair[0] < pair[1]) {
			return Err(CalendarError::HolidaysUnsorted);
		}
		if !self.workdays.windows(2).all(|pair| pair[0] < pair[1]) {
			return Err(CalendarError::WorkdaysUnsorted);
		}
		if self.workdays.iter().any(|day| self.is_holiday(*day)) {
			return Err(CalendarError::WorkdayIsHoliday);
		}
		let Hours::Sessions { sessions, auction } = &self.hours else {
			return Ok(());
		};
		let fit = sessions
			.iter()
			.all(|session| session.opens < session.closes && session.closes <= DAY_MINUTES)
			&& sessions.windows(2).all(|pair| pair[0].closes <= pair[1].opens);
		match sessions.first() {
			Some(first) if fit => match first.opens.checked_sub(*auction) {
				Some(_) => Ok(()),
				None => Err(CalendarError::AuctionTooLong),
			},
			_ => Err(CalendarError::SessionsUnfit),
		}
	}

	/// The day of local time that `now` belongs to.
	pub fn day_of(&self, now: Moment) -> Day {
		let local = now.saturating_add_signed(self.offset_ms());
		Day(u32::try_from(local / DAY_MS).unwrap_or(u32::MAX))
	}

	/// When `day` begins, or the first moment there is where it begins before that.
	pub fn start_of(&self, day: Day) -> Moment {
		self.moment(day, 0)
	}

	/// Whether `day` is a working day, by the week or to make up for a holiday.
	pub fn is_working_day(&self, day: Day) -> bool {
		self.is_session_day(day) || self.workdays.binary_search(&day).is_ok()
	}

	/// Whether sessions take place on `day`: by the week, and not on a day that makes up for a holiday.
	fn is_session_day(&self, day: Day) -> bool {
		self.weekdays & (1 << day.weekday()) != 0 && !self.is_holiday(day)
	}

	fn is_holiday(&self, day: Day) -> bool {
		self.holidays.binary_search(&day).is_ok()
	}

	/// Whether there is trading on `day`.
	pub fn is_trading_day(&self, day: Day) -> bool {
		match self.hours {
			Hours::AroundTheClock => true,
			Hours::Sessions { .. } => self.is_session_day(day),
		}
	}

	/// When the trading of `day` is over, if there is any.
	pub fn close_of(&self, day: Day) -> Option<Moment> {
		match &self.hours {
			Hours::AroundTheClock => Some(self.start_of(day.next())),
			Hours::Sessions { sessions, .. } => {
				let last = sessions.last().filter(|_| self.is_session_day(day))?;
				Some(self.moment(day, last.closes))
			}
		}
	}

	/// What a market does at `now`.
	pub fn phase_at(&self, now: Moment) -> Phase {
		let Hours::Sessions { sessions, auction } = &self.hours else {
			return Phase::Continuous;
		};
		let day = self.day_of(now);
		if !self.is_session_day(day) {
			return Phase::Closed;
		}
		let is_in = |from, to| self.moment(day, from) <= now && now < self.moment(day, to);
		if sessions
			.iter()
			.any(|session| is_in(session.opens, session.closes))
		{
			return Phase::Continuous;
		}
		match sessions.first() {
			Some(first) if is_in(first.opens.saturating_sub(*auction), first.opens) => Phase::CallAuction,
			_ => Phase::Closed,
		}
	}

	/// The first moment after `now` at which a phase ends or begins, or a trading day ends. `Moment::MAX` for a calendar that
	/// [`Self::check`] refuses.
	pub fn next_change(&self, now: Moment) -> Moment {
		let today = self.day_of(now);
		let Hours::Sessions { sessions, auction } = &self.hours else {
			let tomorrow = self.start_of(today.next());
			// The last day that has a number does not end.
			return if tomorrow > now { tomorrow } else { Moment::MAX };
		};
		let collects = sessions
			.first()
			.filter(|_| *auction > 0)
			.map(|first| first.opens.saturating_sub(*auction));
		Self::days_from(today)
			.filter(|day| self.is_session_day(*day))
			.flat_map(|day| {
				let ends = sessions
					.iter()
					.flat_map(|session| [session.opens, session.closes]);
				collects
					.into_iter()
					.chain(ends)
					.map(move |minute| self.moment(day, minute))
			})
			.find(|moment| *moment > now)
			.unwrap_or(Moment::MAX)
	}

	/// The working day that is `count` working days after `day`; `day` itself does not count. None where `count` is above a thousand,
	/// or where no such day has a number; a calendar that [`Self::check`] refuses may have no working days at all.
	pub fn working_day_after(&self, day: Day, count: u32) -> Option<Day> {
		if count > WORKING_DAYS_MAX {
			return None;
		}
		(0..count).try_fold(day, |day, _| {
			let next = Day(day.0.checked_add(1)?);
			Self::days_from(next).find(|day| self.is_working_day(*day))
		})
	}

	/// The days from `day` on, as many as bring at least one on which sessions take place, however many holidays come before it.
	fn days_from(day: Day) -> impl Iterator<Item = Day> {
		(day.0..=day.0.saturating_add(REST_DAYS_MAX)).map(Day)
	}

	/// The moment `minute` minutes after the beginning of `day`.
	fn moment(&self, day: Day, minute: u16) -> Moment {
		// Neither can overflow: a day has 32 bits and a minute 16. Where UTC lies behind local time, the first day begins before the
		// first moment.
		let local = Moment::from(day.0) * DAY_MS + Moment::from(minute) * MINUTE_MS;
		local.saturating_add_signed(-self.offset_ms())
	}

	/// How far local time is ahead of UTC, in milliseconds.
	const fn offset_ms(&self) -> i64 {
		self.utc_offset as i64 * MINUTE_MS as i64
	}
}
