use crate::{mock::*, store::READS, *};
use frame_support::assert_ok;

/// Numbers of the data and of the activities of a lineage, and whether it is cut.
fn lineage(id: DataId, direction: Direction, depth: u32, max: u32) -> (Vec<u64>, Vec<u64>, bool) {
	let lineage = Provenance::lineage(id, direction, depth, max);
	(
		lineage.data.iter().map(|view| view.id.0).collect(),
		lineage.activities.iter().map(|view| view.id.0).collect(),
		lineage.is_cut,
	)
}

/// 0 and 1 become 2, and by the same activity 3 from 2; 3 becomes 4. Activities 0 to 3.
fn chain() {
	let (one, other) = (anchored(ALICE, 1), anchored(BOB, 2));
	let sources = [Source::Known(one), Source::Known(other)];
	let generated = [data(3, &sources), data(4, &[Source::New(0)])];
	recorded(ALICE, &[one, other], &generated);
	recorded(BOB, &[DataId(3)], &[data(5, &[Source::Known(DataId(3))])]);
}

#[test]
fn views_should_show_what_is_on_record() {
	execute(|| {
		chain();
		assert_eq!(
			Provenance::data(DataId(2)),
			Some(DataView {
				id: DataId(2),
				record: data_of(DataId(2))
			})
		);
		assert_eq!(
			Provenance::activity(ActivityId(2)),
			Some(ActivityView {
				id: ActivityId(2),
				record: activity_of(ActivityId(2))
			})
		);
		assert_eq!(
			Provenance::execution_entity(ALICE),
			Some(EntityView {
				account: ALICE,
				record: entity_of(&ALICE)
			})
		);
		assert_eq!(Provenance::counts(), (4, 5, 2));
		assert_eq!(Provenance::data(DataId(5)), None);
		assert_eq!(Provenance::activity(ActivityId(4)), None);
		assert_eq!(Provenance::execution_entity(CAROL), None);
		assert_eq!(Provenance::data_of_subject(happening(1).subject), None);
	});
}

#[test]
fn lists_should_go_on_where_they_are_asked_to() {
	execute(|| {
		chain();
		let data = |from, count| {
			let views = Provenance::all_data(DataId(from), count);
			views.iter().map(|view| view.id.0).collect::<Vec<_>>()
		};
		assert_eq!(data(0, 2), [0, 1]);
		assert_eq!(data(2, 100), [2, 3, 4]);
		assert_eq!(data(5, 1), [0_u64; 0]);
		assert_eq!(data(u64::MAX, u32::MAX), [0_u64; 0]);
		let activities = Provenance::all_activities(ActivityId(1), 2);
		assert_eq!(
			activities.iter().map(|view| view.id.0).collect::<Vec<_>>(),
			[1, 2]
		);
		let first = Provenance::execution_entities(None, 1);
		let rest = Provenance::execution_entities(Some(first[0].account.clone()), 100);
		let mut all: Vec<_> = first.iter().chain(&rest).map(|view| &view.account).collect();
		all.sort_unstable();
		assert_eq!(all, [&ALICE, &BOB]);
	});
}

#[test]
fn lists_should_be_bounded() {
	execute(|| {
		for n in 0..101 {
			anchored(ALICE, n);
		}
		assert_eq!(Provenance::all_data(DataId(0), 1_000).len(), 100);
		assert_eq!(Provenance::all_activities(ActivityId(0), 1_000).len(), 100);
		let page = Provenance::activities_by_kind(ActivityKind::Collect, None, 1_000);
		assert_eq!((page.activities.len(), page.next), (100, Some(ActivityId(1))));
		let page = Provenance::activities_by_kind(ActivityKind::Collect, page.next, 1_000);
		assert_eq!((page.activities.len(), page.next), (1, None));
	});
}

#[test]
fn data_of_a_digest_should_be_bounded() {
	new_test_ext().execute_with(|| {
		for n in 0..101 {
			Digests::<Test>::insert(digest(7), AccountId::new([n; 32]), DataId(7));
		}
		assert_eq!(Provenance::data_by_digest(digest(7)).len(), 100);
	});
}

#[test]
fn lineage_should_go_back_to_what_data_were_made_from() {
	execute(|| {
		chain();
		let back = |id, depth| lineage(DataId(id), Direction::Backwards, depth, 100);
		assert_eq!(back(4, 32), (vec![4, 3, 0, 1, 2], vec![3, 2, 0, 1], false));
		assert_eq!(back(4, 1), (vec![4, 3], vec![3], true));
		assert_eq!(back(4, 0), (vec![4], vec![], true));
		assert_eq!(back(0, 32), (vec![0], vec![0], false));
		assert_eq!(back(9, 32), (vec![], vec![], false));
	});
}

#[test]
fn lineage_should_go_on_to_what_was_made_from_data() {
	execute(|| {
		chain();
		let on = |id, depth| lineage(DataId(id), Direction::Forwards, depth, 100);
		assert_eq!(on(0, 32), (vec![0, 2, 3, 4], vec![2, 3], false));
		assert_eq!(on(0, 1), (vec![0, 2, 3], vec![2], true));
		// By the activity that has generated it as well.
		assert_eq!(on(2, 32), (vec![2, 3, 4], vec![3], false));
		assert_eq!(on(4, 32), (vec![4], vec![], false));
		assert_eq!(on(4, 0), (vec![4], vec![], false));
	});
}

#[test]
fn lineage_should_be_bounded_in_size_and_depth() {
	execute(|| {
		chain();
		for direction in [Direction::Backwards, Direction::Forwards] {
			for max in 0..5 {
				let (data, activities, is_cut) = lineage(
					DataId(if direction == Direction::Backwards { 4 } else { 0 }),
					direction,
					32,
					max,
				);
				assert_eq!(data.len() + activities.len(), max as usize, "{direction:?} {max}");
				assert!(is_cut, "{direction:?} {max}");
			}
		}
		let mut last = DataId(4);
		for n in 10..60 {
			last = recorded(ALICE, &[last], &[data(n, &[Source::Known(last)])]);
		}
		let (data, _, is_cut) = lineage(last, Direction::Backwards, u32::MAX, u32::MAX);
		assert_eq!((data.len(), is_cut), (33, true));
	});
}

#[test]
fn activities_of_an_entity_should_be_found_by_their_time() {
	execute(|| {
		for n in 0..5 {
			Now::set(START + n * 10);
			let mut input = activity(ALICE, &[], &[data(n, &[])]);
			input.started_at = START + n * 10 - 5;
			assert_ok!(Provenance::record(signed(ALICE), input, None));
			anchored(BOB, n);
		}
		let of = |from, to, before: Option<u64>, count| {
			let page =
				Provenance::activities_of(ALICE, START + from, START + to, before.map(ActivityId), count);
			let ids: Vec<_> = page.activities.iter().map(|view| view.id.0).collect();
			(ids, page.next.map(|id| id.0))
		};
		assert_eq!(of(0, 100, None, 100), (vec![8, 6, 4, 2, 0], None));
		assert_eq!(of(0, 100, None, 2), (vec![8, 6], Some(6)));
		assert_eq!(of(0, 100, Some(6), 2), (vec![4, 2], Some(2)));
		// A part of the activity lies in the time.
		assert_eq!(of(12, 24, None, 100), (vec![4], None));
		assert_eq!(of(10, 24, None, 100), (vec![4, 2], None));
		assert_eq!(of(11, 14, None, 100), (vec![], None));
		// The number is of somebody else's activity, or of none.
		assert_eq!(of(0, 100, Some(7), 100), (vec![], None));
		assert_eq!(of(0, 100, Some(99), 100), (vec![], None));
		assert_eq!(of(0, 100, None, 0), (vec![], None));
	});
}

#[test]
fn activities_should_be_found_by_their_kind() {
	execute(|| {
		chain();
		let mut input = activity(ALICE, &[], &[data(9, &[])]);
		input.kind = ActivityKind::Other(7);
		assert_ok!(Provenance::record(signed(ALICE), input, None));
		let of = |kind, before: Option<u64>| {
			let page = Provenance::activities_by_kind(kind, before.map(ActivityId), 100);
			page.activities.iter().map(|view| view.id.0).collect::<Vec<_>>()
		};
		assert_eq!(of(ActivityKind::Collect, None), [1, 0]);
		assert_eq!(of(ActivityKind::Collect, Some(1)), [0]);
		assert_eq!(of(ActivityKind::Collect, Some(2)), [0_u64; 0]);
		assert_eq!(of(ActivityKind::Aggregate, None), [3, 2]);
		assert_eq!(of(ActivityKind::Other(7), None), [4]);
		assert_eq!(of(ActivityKind::Other(8), None), [0_u64; 0]);
		assert_eq!(of(ActivityKind::Score, None), [0_u64; 0]);
	});
}

#[test]
fn a_long_search_should_end_and_say_where_to_go_on() {
	execute(|| {
		Now::set(START + 1);
		anchored(ALICE, 0);
		Now::set(START + 10);
		for n in 1..=1_000 {
			anchored(ALICE, n);
		}
		let page = Provenance::activities_of(ALICE, START, START + 1, None, 10);
		assert_eq!((page.activities.len(), page.next), (0, Some(ActivityId(1))));
		let page = Provenance::activities_of(ALICE, START, START + 1, page.next, 10);
		assert_eq!((page.activities.len(), page.next), (1, None));
	});
}

#[test]
fn a_search_should_end_where_nothing_earlier_lies_in_the_time() {
	execute(|| {
		for n in 0..=1_000 {
			anchored(ALICE, n);
		}
		Now::set(START + 10);
		anchored(ALICE, 1_001);
		let page = Provenance::activities_of(ALICE, START + 5, START + 20, None, 10);
		assert_eq!((page.activities.len(), page.next), (1, None));
	});
}

#[test]
fn a_search_should_go_on_behind_what_was_recorded_later_than_it_ended() {
	execute(|| {
		Now::set(START + 10);
		anchored(ALICE, 1);
		Now::set(START + 20);
		let mut input = activity(ALICE, &[], &[data(2, &[])]);
		(input.started_at, input.ended_at) = (START, START);
		assert_ok!(Provenance::record(signed(ALICE), input, None));
		let page = Provenance::activities_of(ALICE, START + 5, START + 20, None, 10);
		assert_eq!(page.activities[0].id, ActivityId(0));
	});
}

#[test]
fn a_search_should_go_on_behind_trades_that_had_to_wait() {
	execute(|| {
		// The trades of one market are recorded after those of another one that are younger.
		Provenance::record_fold(&Fold {
			asset: 1,
			from_block: 1,
			to_block: 1,
			started_at: START - 1,
			ended_at: START,
			digest: digest(1),
			fills: 1,
			tonnes: 1,
		});
		Provenance::record_fold(&Fold {
			asset: 2,
			from_block: 1,
			to_block: 1,
			started_at: START - 2,
			ended_at: START - 2,
			digest: digest(1),
			fills: 1,
			tonnes: 1,
		});
		let page = Provenance::activities_of(SOFTWARE, START, START, None, 10);
		assert_eq!(page.activities[0].id, ActivityId(0));
	});
}

#[test]
fn a_lineage_without_room_should_look_at_nothing_more() {
	execute(|| {
		let first = anchored(ALICE, 0);
		let generated: Vec<_> = (1..=16).map(|n| data(n, &[Source::Known(first)])).collect();
		recorded(ALICE, &[first], &generated);
		for n in 1..=16 {
			recorded(ALICE, &[DataId(n)], &[data(100 + n, &[])]);
		}
		READS.with(|reads| reads.borrow_mut().clear());
		let (data, activities, is_cut) = lineage(first, Direction::Forwards, 32, 20);
		assert_eq!((data.len() + activities.len(), is_cut), (20, true));
		let looked_at = READS.with(|reads| {
			let reads = reads.borrow();
			reads.iter().filter(|(item, _)| *item == "UsedBy").count()
		});
		assert_eq!(looked_at, 3);
	});
}
