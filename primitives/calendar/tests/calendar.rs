//! The calendar against the calendar on the wall, and against a reference that looks at every minute.

use bounded_collections::BoundedVec;
use carbon_calendar::{
	Calendar, CalendarError, Day, Hours, Phase, Session, DAY_MINUTES, HOLIDAYS_MAX, MINUTE_MS,
};
use proptest::prelude::*;

/// 1 July 2026, a Wednesday.
const JULY: Day = Day(20_635);

/// The sessions of the Chinese national market, with an auction of ten minutes.
fn shanghai() -> Calendar {
	Calendar {
		utc_offset: 8 * 60,
		weekdays: 0b0001_1111,
		holidays: vec![JULY].try_into().expect("it fits"),
		workdays: BoundedVec::new(),
		hours: Hours::Sessions {
			sessions: vec![session(9 * 60 + 30, 11 * 60 + 30), session(13 * 60, 15 * 60)]
				.try_into()
				.expect("they fit"),
			auction: 10,
		},
	}
}

fn session(opens: u16, closes: u16) -> Session {
	Session { opens, closes }
}

/// The moment of a local time of Shanghai.
fn at(day: Day, hour: u64, minute: u64) -> u64 {
	((u64::from(day.0) * 24 + hour - 8) * 60 + minute) * MINUTE_MS
}

#[test]
fn a_working_day_has_an_auction_two_sessions_and_a_break() {
	let calendar = shanghai();
	assert_eq!(calendar.check(), Ok(()));
	let day = JULY.next();
	let phases = [
		(9, 19, Phase::Closed),
		(9, 20, Phase::CallAuction),
		(9, 29, Phase::CallAuction),
		(9, 30, Phase::Continuous),
		(11, 29, Phase::Continuous),
		(11, 30, Phase::Closed),
		(13, 0, Phase::Continuous),
		(14, 59, Phase::Continuous),
		(15, 0, Phase::Closed),
	];
	for (hour, minute, phase) in phases {
		assert_eq!(
			calendar.phase_at(at(day, hour, minute)),
			phase,
			"{hour}:{minute:02}"
		);
	}
	assert_eq!(calendar.close_of(day), Some(at(day, 15, 0)));
}

#[test]
fn nothing_is_traded_on_holidays_and_weekends() {
	let calendar = shanghai();
	let (saturday, monday) = (Day(JULY.0 + 3), Day(JULY.0 + 5));
	assert_eq!((JULY.weekday(), saturday.weekday(), monday.weekday()), (2, 5, 0));
	for day in [JULY, saturday, saturday.next()] {
		assert_eq!(calendar.phase_at(at(day, 10, 0)), Phase::Closed);
		assert_eq!(calendar.close_of(day), None);
	}
	// From Friday's close on, the next thing that happens is Monday's auction.
	let friday = Day(JULY.0 + 2);
	assert_eq!(calendar.next_change(at(friday, 15, 0)), at(monday, 9, 20));
}

#[test]
fn a_market_without_hours_never_closes_and_its_day_ends_at_local_midnight() {
	let calendar = Calendar {
		utc_offset: 8 * 60,
		..Default::default()
	};
	for hour in [8, 12, 23] {
		assert_eq!(calendar.phase_at(at(JULY, hour, 0)), Phase::Continuous);
		assert_eq!(calendar.next_change(at(JULY, hour, 0)), at(JULY, 24, 0));
	}
	assert_eq!(calendar.day_of(at(JULY, 24, 0)), JULY.next());
	assert_eq!(calendar.day_of(at(JULY, 24, 0) - 1), JULY);
	assert_eq!(calendar.close_of(JULY), Some(at(JULY, 24, 0)));
}

#[test]
fn working_days_leave_out_holidays_and_weekends() {
	let calendar = shanghai();
	let tuesday = Day(JULY.0 - 1);
	// Thursday, Friday, Monday.
	assert_eq!(calendar.working_day_after(tuesday, 3), Some(Day(JULY.0 + 5)));
	assert_eq!(calendar.working_day_after(tuesday, 0), Some(tuesday));
	assert_eq!(calendar.working_day_after(tuesday, 1_001), None);
}

#[test]
fn a_day_that_makes_up_for_a_holiday_counts_as_working_day_and_has_no_sessions() {
	let (friday, saturday, monday) = (Day(JULY.0 + 2), Day(JULY.0 + 3), Day(JULY.0 + 5));
	let calendar = Calendar {
		workdays: BoundedVec::truncate_from(vec![saturday]),
		..shanghai()
	};
	assert_eq!(calendar.check(), Ok(()));
	assert!(calendar.is_working_day(saturday));
	assert_eq!(calendar.working_day_after(friday, 1), Some(saturday));
	assert_eq!(calendar.working_day_after(friday, 2), Some(monday));

	assert!(!calendar.is_trading_day(saturday));
	assert_eq!(calendar.close_of(saturday), None);
	assert_eq!(calendar.phase_at(at(saturday, 10, 0)), Phase::Closed);
	assert_eq!(calendar.next_change(at(friday, 15, 0)), at(monday, 9, 20));
}

#[test]
fn a_make_up_day_that_is_a_working_day_anyway_keeps_its_sessions() {
	let thursday = JULY.next();
	let calendar = Calendar {
		workdays: BoundedVec::truncate_from(vec![thursday]),
		..shanghai()
	};
	assert_eq!(calendar.phase_at(at(thursday, 10, 0)), Phase::Continuous);
	assert_eq!(calendar.working_day_after(JULY, 1), Some(thursday));
}

#[test]
fn a_calendar_that_cannot_be_followed_is_refused() {
	let with = |change: fn(&mut Calendar)| {
		let mut calendar = shanghai();
		change(&mut calendar);
		calendar.check()
	};
	let with_sessions = |sessions: Vec<Session>, auction| {
		Calendar {
			hours: Hours::Sessions {
				sessions: BoundedVec::truncate_from(sessions),
				auction,
			},
			..shanghai()
		}
		.check()
	};
	use CalendarError::*;
	assert_eq!(with(|calendar| calendar.utc_offset = 841), Err(OffsetTooFar));
	assert_eq!(with(|calendar| calendar.utc_offset = i16::MIN), Err(OffsetTooFar));
	assert_eq!(with(|calendar| calendar.weekdays = 0), Err(WeekdaysUnfit));
	assert_eq!(with(|calendar| calendar.weekdays = 0x80), Err(WeekdaysUnfit));
	assert_eq!(
		with(|calendar| calendar.holidays = BoundedVec::truncate_from(vec![Day(2), Day(2)])),
		Err(HolidaysUnsorted)
	);
	assert_eq!(
		with(|calendar| calendar.workdays = BoundedVec::truncate_from(vec![Day(3), Day(2)])),
		Err(WorkdaysUnsorted)
	);
	assert_eq!(
		with(|calendar| calendar.workdays = BoundedVec::truncate_from(vec![JULY])),
		Err(WorkdayIsHoliday)
	);
	assert_eq!(with_sessions(vec![], 0), Err(SessionsUnfit));
	assert_eq!(with_sessions(vec![session(5, 5)], 0), Err(SessionsUnfit));
	assert_eq!(with_sessions(vec![session(5, 1_441)], 0), Err(SessionsUnfit));
	assert_eq!(
		with_sessions(vec![session(5, 9), session(8, 12)], 0),
		Err(SessionsUnfit)
	);
	assert_eq!(with_sessions(vec![session(5, 9)], 6), Err(AuctionTooLong));
	assert_eq!(with_sessions(vec![session(5, 9), session(9, 12)], 5), Ok(()));
}

#[test]
fn nothing_overflows_at_the_ends_of_time() {
	for offset in [-840, 840] {
		let calendar = Calendar {
			utc_offset: offset,
			..shanghai()
		};
		let hours = [calendar.hours.clone(), Hours::AroundTheClock];
		for hours in hours {
			let calendar = Calendar {
				hours,
				..calendar.clone()
			};
			for now in [0, 1, u64::MAX - 1, u64::MAX] {
				let _ = calendar.phase_at(now);
				let next = calendar.next_change(now);
				assert!(next > now || next == u64::MAX, "{now}: {next}");
			}
			assert_eq!(calendar.working_day_after(Day(u32::MAX), 1), None);
		}
	}
}

#[test]
fn the_first_day_has_hours_like_any_other() {
	let calendar = shanghai();
	// 1 January 1970 was a Thursday; its local midnight lies before the first moment.
	assert_eq!(calendar.start_of(Day(0)), 0);
	assert_eq!(calendar.close_of(Day(0)), Some(7 * 60 * MINUTE_MS));
	assert_eq!(calendar.phase_at(0), Phase::Closed);
	assert_eq!(calendar.phase_at(80 * MINUTE_MS), Phase::CallAuction);
	assert_eq!(calendar.phase_at(90 * MINUTE_MS), Phase::Continuous);
	assert_eq!(calendar.next_change(0), 80 * MINUTE_MS);
}

#[test]
fn sessions_that_touch_midnight_leave_no_gap() {
	let calendar = Calendar {
		holidays: BoundedVec::new(),
		hours: Hours::Sessions {
			sessions: vec![session(0, 60), session(23 * 60, DAY_MINUTES)]
				.try_into()
				.expect("they fit"),
			auction: 0,
		},
		..shanghai()
	};
	assert_eq!(calendar.check(), Ok(()));
	let midnight = at(JULY, 24, 0);
	for now in [midnight - 1, midnight, midnight + 1] {
		assert_eq!(calendar.phase_at(now), Phase::Continuous);
	}
	assert_eq!(calendar.close_of(JULY), Some(midnight));
	assert_eq!(calendar.next_change(midnight - 1), midnight);
	assert_eq!(calendar.next_change(midnight), midnight + 60 * MINUTE_MS);
	// From Friday to Saturday there is nothing that goes on.
	let friday = Day(JULY.0 + 2);
	assert_eq!(calendar.phase_at(at(friday, 24, 0)), Phase::Closed);
	assert_eq!(calendar.next_change(at(friday, 24, 0)), at(Day(JULY.0 + 5), 0, 0));
}

#[test]
fn a_calendar_of_one_working_day_a_week_reaches_past_all_its_holidays() {
	let holidays: Vec<_> = (1..=HOLIDAYS_MAX).map(|week| Day(JULY.0 + 7 * week)).collect();
	let calendar = Calendar {
		weekdays: 1 << JULY.weekday(),
		holidays: BoundedVec::truncate_from(holidays),
		..shanghai()
	};
	let first = Day(JULY.0 + 7 * (HOLIDAYS_MAX + 1));
	assert_eq!(calendar.working_day_after(JULY, 1), Some(first));
	assert_eq!(calendar.next_change(at(JULY, 15, 0)), at(first, 9, 20));
	let last = Day(JULY.0 + 7 * (HOLIDAYS_MAX + 1_000));
	assert_eq!(calendar.working_day_after(JULY, 1_000), Some(last));
}

/// A calendar that can be followed, with up to three sessions.
fn calendars() -> impl Strategy<Value = Calendar> {
	let minutes = proptest::collection::btree_set(0..=DAY_MINUTES, 2..=6);
	(
		-840_i16..=840,
		1_u8..128,
		proptest::collection::btree_set(100_u32..140, 0..10),
		minutes,
		0_u16..200,
		any::<bool>(),
	)
		.prop_map(|(utc_offset, weekdays, holidays, minutes, auction, always)| {
			let minutes: Vec<u16> = minutes.into_iter().collect();
			let sessions: Vec<Session> = minutes
				.chunks_exact(2)
				.map(|ends| session(ends[0], ends[1]))
				.collect();
			let auction = auction.min(sessions[0].opens);
			let hours = Hours::Sessions {
				sessions: BoundedVec::truncate_from(sessions),
				auction,
			};
			Calendar {
				utc_offset,
				weekdays,
				holidays: BoundedVec::truncate_from(holidays.into_iter().map(Day).collect()),
				// No sessions take place on them: the reference knows nothing of them.
				workdays: BoundedVec::truncate_from((140..150).map(Day).collect()),
				hours: if always { Hours::AroundTheClock } else { hours },
			}
		})
}

/// What a market does in the minute that begins at `now`, said anew: by counting the minutes of local time.
fn phase_by_minutes(calendar: &Calendar, now: u64) -> Phase {
	let Hours::Sessions { sessions, auction } = &calendar.hours else {
		return Phase::Continuous;
	};
	let local = (now / MINUTE_MS) as i64 + i64::from(calendar.utc_offset);
	let (day, minute) = (local.div_euclid(1_440), local.rem_euclid(1_440));
	// Day 4 was a Monday.
	let weekday = (day - 4).rem_euclid(7);
	let works = calendar.weekdays >> weekday & 1 == 1
		&& !calendar
			.holidays
			.iter()
			.any(|holiday| i64::from(holiday.0) == day);
	let mut phase = Phase::Closed;
	for session in sessions.iter() {
		if (i64::from(session.opens)..i64::from(session.closes)).contains(&minute) {
			phase = Phase::Continuous;
		}
	}
	let opens = i64::from(sessions[0].opens);
	if (opens - i64::from(*auction)..opens).contains(&minute) {
		phase = Phase::CallAuction;
	}
	if works {
		phase
	} else {
		Phase::Closed
	}
}

/// Among the holidays of [`calendars`], or on the first days of all.
fn minutes() -> impl Strategy<Value = u64> {
	prop_oneof![840_u64..5_000, 150_000_u64..200_000]
}

proptest! {
	#[test]
	fn phases_are_those_that_counting_minutes_gives(calendar in calendars(), minute in minutes()) {
		prop_assert_eq!(calendar.check(), Ok(()));
		let now = minute * MINUTE_MS;
		prop_assert_eq!(calendar.phase_at(now), phase_by_minutes(&calendar, now));
	}

	#[test]
	fn nothing_changes_before_the_next_change(calendar in calendars(), minute in minutes()) {
		let now = minute * MINUTE_MS;
		let next = calendar.next_change(now);
		prop_assert!(next > now);
		let phase = calendar.phase_at(now);
		let day = calendar.day_of(now);
		let mut each = now;
		while each < next && each < now + 3 * 1_440 * MINUTE_MS {
			prop_assert_eq!(calendar.phase_at(each), phase);
			if calendar.hours == Hours::AroundTheClock {
				prop_assert_eq!(calendar.day_of(each), day);
			}
			each += MINUTE_MS;
		}
	}

	#[test]
	fn a_day_begins_where_the_one_before_it_ends(calendar in calendars(), day in 2_u32..100_000) {
		let start = calendar.start_of(Day(day));
		prop_assert_eq!(calendar.day_of(start), Day(day));
		prop_assert_eq!(calendar.day_of(start - 1), Day(day - 1));
	}
}
