//! `propose`: the regulator proposes a penalty.

use crate::{
	mock::*, Error, Event, PenaltyId, PenaltySanction, Source, Status, BANS_MAX, BAN_DAYS_MAX, FINE_MAX,
};
use crate::{AgendaCursor, Bans, NextPenalty, OfAccount};
use carbon_calendar::Day;
use carbon_primitives::Vintage;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

fn attempt(
	origin: RuntimeOrigin,
	account: AccountId,
	year: Vintage,
	text: &[u8],
	sanction: PenaltySanction,
) -> DispatchResult {
	Penalties::propose(origin, account, year, basis(text), sanction, EVIDENCE, true)
}

#[test]
fn propose_should_store_the_penalty_and_tell_until_when_one_may_object() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(attempt(root(), PLANT, YEAR, b"article 27", fine(FINE)));

		let id = PenaltyId(0);
		let record = record(id);
		assert_eq!(
			(record.account, record.year, record.sanction),
			(PLANT, YEAR, fine(FINE))
		);
		assert_eq!(
			(record.status, record.source, record.publish),
			(Status::Proposed, Source::Act, true)
		);
		assert_eq!((record.proposed_on, record.object_until), (TODAY, LAST));
		assert_eq!(
			(&record.basis[..], record.evidence),
			(&b"article 27"[..], EVIDENCE)
		);
		let proposed = Event::Proposed {
			id,
			account: PLANT,
			year: YEAR,
			basis: basis(b"article 27"),
			sanction: fine(FINE),
			source: Source::Act,
			evidence: EVIDENCE,
			publish: true,
			object_until: LAST,
		};
		assert_eq!(told(), [proposed]);
	});
}

#[test]
fn propose_should_put_the_penalty_on_the_agenda_of_the_day_after_the_window() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(AgendaCursor::<Test>::get(), None);

		let id = propose(PLANT, PenaltySanction::Warning);

		assert_eq!(AgendaCursor::<Test>::get(), Some(TODAY));
		assert_eq!(entries(), [(OVER, id)]);
	});
}

#[test]
fn propose_should_link_the_penalties_of_an_account() {
	ExtBuilder.build_and_execute(|| {
		let first = propose(PLANT, PenaltySanction::Warning);
		let other = propose(MILL, PenaltySanction::Warning);
		let second = propose(PLANT, PenaltySanction::Warning);

		assert_eq!(OfAccount::<Test>::get(PLANT), Some(second));
		assert_eq!(record(second).previous, Some(first));
		assert_eq!((record(first).previous, record(other).previous), (None, None));
	});
}

#[test]
fn propose_should_change_nothing_but_the_records_before_the_penalty_is_final() {
	ExtBuilder.build_and_execute(|| {
		for sanction in [fine(FINE), cut(5), ban(5), PenaltySanction::Warning] {
			propose(PLANT, sanction);
		}
		assert_eq!(free(PLANT), FUNDS - MINIMUM);
		assert_eq!((BanCalls::get(), CutTonnes::get(PLANT)), (None, None));
		assert_eq!((Counted::iter().count(), Recorded::get()), (0, None));
	});
}

#[test]
fn propose_should_give_a_window_without_end_where_the_parameter_is_too_large() {
	ExtBuilder.build_and_execute(|| {
		ObjectionWindow::set(100_000);
		let id = propose(PLANT, PenaltySanction::Warning);
		assert_eq!(record(id).object_until, Day(u32::MAX));
		block_on(Day(30_000));
		assert_eq!(status(id), Status::Proposed);
		assert_ok!(Penalties::object(signed(PLANT), id, OBJECTION));
	});
}

#[test]
fn propose_should_accept_earlier_years_and_year_zero_before_the_first_period() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(attempt(root(), PLANT, Vintage(2019), b"a", fine(1)));
		LatestYear::set(None);
		assert_ok!(attempt(root(), PLANT, Vintage(0), b"a", fine(1)));
	});
}

#[test]
fn propose_should_be_for_the_regulator_only() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			attempt(signed(PLANT), MILL, YEAR, b"a", fine(1)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn propose_should_fail_for_an_account_that_was_never_admitted() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(attempt(root(), STRANGER, YEAR, b"a", fine(1)), NOT_KNOWN);
	});
}

#[test]
fn propose_should_fail_without_a_basis_that_is_text() {
	ExtBuilder.build_and_execute(|| {
		for text in [&b""[..], &[0xff, 0xfe][..]] {
			assert_noop!(
				attempt(root(), PLANT, YEAR, text, fine(1)),
				Error::<Test>::InvalidBasis
			);
		}
	});
}

#[test]
fn propose_should_fail_for_a_year_without_a_period() {
	ExtBuilder.build_and_execute(|| {
		let next = Vintage(YEAR.0 + 1);
		assert_noop!(
			attempt(root(), PLANT, next, b"a", fine(1)),
			Error::<Test>::YearNotOpened
		);
		LatestYear::set(None);
		assert_noop!(
			attempt(root(), PLANT, Vintage(1), b"a", fine(1)),
			Error::<Test>::YearNotOpened
		);
	});
}

#[test]
fn propose_should_fail_for_a_sanction_that_cannot_be() {
	ExtBuilder.build_and_execute(|| {
		let cases = [
			(fine(0), Error::<Test>::SanctionEmpty),
			(fine(FINE_MAX + 1), Error::<Test>::FineTooLarge),
			(ban(BAN_DAYS_MAX + 1), Error::<Test>::BanTooLong),
		];
		for (sanction, error) in cases {
			assert_noop!(attempt(root(), PLANT, YEAR, b"a", sanction), error);
		}
	});
}

#[test]
fn propose_should_fail_where_the_account_has_as_many_bans_as_it_may() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..BANS_MAX {
			propose(PLANT, ban(1));
		}
		assert_noop!(
			attempt(root(), PLANT, YEAR, b"a", ban(1)),
			Error::<Test>::TooManyBans
		);
		propose(MILL, ban(1));
	});
}

#[test]
fn propose_should_forget_bans_that_have_ended() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..BANS_MAX {
			propose(PLANT, ban(1));
		}
		for _ in 0..2 {
			block_on(OVER);
		}
		assert_noop!(
			attempt(root(), PLANT, YEAR, b"a", ban(1)),
			Error::<Test>::TooManyBans
		);

		block_on(OVER.next());
		let id = propose(PLANT, ban(1));

		let listed: Vec<_> = Bans::<Test>::get(PLANT).iter().map(|ban| ban.id).collect();
		assert_eq!(listed, [id]);
	});
}

#[test]
fn propose_should_fail_where_all_numbers_are_used_up() {
	ExtBuilder.build().execute_with(|| {
		NextPenalty::<Test>::put(PenaltyId(u64::MAX));
		for sanction in [ban(1), fine(1)] {
			assert_noop!(
				attempt(root(), PLANT, YEAR, b"a", sanction),
				Error::<Test>::NumbersUsedUp
			);
		}
	});
}
