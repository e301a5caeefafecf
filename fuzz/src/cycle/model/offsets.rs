//! Projects, reports, series, buffers and what is owed after a reversal.

use super::{are_related, ensure, ensure_moves, has_role, is_admitted, Model};
use crate::cycle::runtime::{AccountId, Chain, Tables, BUFFER};
use carbon_calendar::Day;
use carbon_primitives::{AssetId, ProjectKind, Role, OFFSET_SERIES_FIRST};
use carbon_traits::InspectBufferShare;
use frame_support::traits::Get;
use pallet_offsets::{
	CancellationCause, Decision, Event, ProjectId, ProjectState, Reductions, RegistryRef, ReportId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Offset credits.
#[derive(Clone, Default)]
pub struct OffsetsBook {
	projects: BTreeMap<ProjectId, Project>,
	reports: BTreeMap<ReportId, Report>,
	pub series: BTreeMap<AssetId, Series>,
}

#[derive(Clone)]
struct Project {
	owner: AccountId,
	kind: ProjectKind,
	reference: RegistryRef,
	revision: u32,
	state: ProjectState,
	inside_ets: bool,
	reversed: u64,
	owed: u64,
	/// What was cancelled from the buffer for a reversal that is being told.
	drawn: u64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
	Submitted,
	Verified,
	Issued,
	Refused,
}

#[derive(Clone)]
struct Report {
	project: ProjectId,
	reductions: Reductions,
	stage: Stage,
}

/// A series of credits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Series {
	project: ProjectId,
	pub kind: ProjectKind,
	pub inside_ets: bool,
	issued: u64,
	buffered: u64,
	surrendered: u64,
	cancelled: u64,
}

impl OffsetsBook {
	fn project(&mut self, project: ProjectId) -> Result<&mut Project, String> {
		self.projects
			.get_mut(&project)
			.ok_or("something happens to a project that there is not".into())
	}

	fn report(&mut self, report: ReportId) -> Result<&mut Report, String> {
		self.reports
			.get_mut(&report)
			.ok_or("something happens to a report that there is not".into())
	}

	fn series(&mut self, asset: AssetId) -> Result<&mut Series, String> {
		self.series
			.get_mut(&asset)
			.ok_or("something happens to a series that there is not".into())
	}

	/// Check that a project is registered and not suspended.
	fn ensure_registered(&mut self, project: ProjectId) -> Result<(), String> {
		let state = self.project(project)?.state;
		ensure(
			state == ProjectState::Registered,
			"something happens to a project that is not registered",
		)
	}

	/// Whether a project or a report has this reference.
	fn is_used(&self, reference: &RegistryRef) -> bool {
		let projects = self.projects.values();
		let mut projects = projects.filter(|project| project.state != ProjectState::Refused);
		let mut reports = self
			.reports
			.values()
			.filter(|report| report.stage != Stage::Refused);
		projects.any(|project| project.reference == *reference)
			|| reports.any(|report| report.reductions.registry_ref == *reference)
	}

	/// What the buffer of a project has.
	fn buffered(&self, project: ProjectId) -> u64 {
		let series = self.series.values();
		let of_project = series.filter(|series| series.project == project);
		of_project.map(|series| series.buffered).sum()
	}

	/// What an owner owes for all of its projects.
	fn debt(&self, owner: AccountId) -> u64 {
		let projects = self.projects.values();
		let own = projects.filter(|project| project.owner == owner);
		own.map(|project| project.owed).sum()
	}

	/// Take tonnes out of the buffer, which has to be the oldest that there are.
	fn unbuffer(&mut self, asset: AssetId, tonnes: u64) -> Result<ProjectId, String> {
		let series = self.series(asset)?;
		let project = series.project;
		let left = series.buffered.checked_sub(tonnes);
		series.buffered = left.ok_or("more leaves a buffer than is in it")?;
		let mut older = self
			.series
			.range(..asset)
			.filter(|(_, older)| older.project == project);
		ensure(
			older.all(|(_, older)| older.buffered == 0),
			"a newer series left the buffer first",
		)?;
		Ok(project)
	}
}

impl Model {
	pub(super) fn note_offsets(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::ProjectSubmitted { .. } => self.note_application(event),
			Event::ProjectWithdrawn { .. } | Event::ProjectDecided { .. } => self.note_project(event),
			Event::ReductionsReported { .. }
			| Event::ReductionsWithdrawn { .. }
			| Event::ReductionsVerified { .. }
			| Event::ReductionsRefused { .. } => self.note_reductions(event),
			Event::SeriesIssued { .. } => self.note_series(event),
			Event::Cancelled { .. } => self.note_cancellation(event),
			_ => self.note_credits(event),
		}
	}

	fn note_application(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let book = &mut self.offsets;
		if let Event::ProjectSubmitted {
			project,
			owner,
			revision,
			details,
		} = event
		{
			let before = book.projects.remove(project);
			let fits = before.as_ref().is_none_or(|before| {
				let open = matches!(before.state, ProjectState::Submitted | ProjectState::Refused);
				open && before.owner == *owner
			});
			ensure(
				fits && has_role(*owner, Role::ResourceHolder),
				"a project was handed in that could not be",
			)?;
			let expected = before.map_or(0, |before| before.revision + 1);
			ensure(*revision == expected, "a project has another revision")?;
			ensure(
				!book.is_used(&details.registry_ref),
				"a reference belongs to two projects or reports",
			)?;
			let handed_in = Project {
				owner: *owner,
				kind: details.kind,
				reference: details.registry_ref.clone(),
				revision: *revision,
				state: ProjectState::Submitted,
				inside_ets: details.inside_ets,
				reversed: 0,
				owed: 0,
				drawn: 0,
			};
			book.projects.insert(*project, handed_in);
		}
		Ok(())
	}

	fn note_project(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let book = &mut self.offsets;
		match event {
			Event::ProjectWithdrawn { project } => {
				let gone = book.projects.remove(project);
				let fits = gone.is_some_and(|gone| {
					matches!(gone.state, ProjectState::Submitted | ProjectState::Refused)
				});
				ensure(fits, "a project was withdrawn that was registered")?;
			}
			Event::ProjectDecided {
				project,
				revision,
				decision,
				..
			} => {
				let found = book.project(*project)?;
				ensure(
					found.revision == *revision,
					"a decision is about another revision",
				)?;
				found.state = match (decision, found.state) {
					(
						Decision::Register { inside_ets },
						ProjectState::Submitted | ProjectState::Suspended,
					) => {
						found.inside_ets = *inside_ets;
						ProjectState::Registered
					}
					(Decision::Refuse, ProjectState::Submitted) => ProjectState::Refused,
					(Decision::Suspend, ProjectState::Registered) => ProjectState::Suspended,
					_ => return Err("a decision fits no state".into()),
				};
			}
			_ => {}
		}
		Ok(())
	}

	fn note_reductions(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let book = &mut self.offsets;
		match event {
			Event::ReductionsReported {
				report,
				project,
				reductions,
			} => {
				book.ensure_registered(*project)?;
				let owner = book.project(*project)?.owner;
				let today: Day = Tables::get();
				let fits = has_role(owner, Role::ResourceHolder)
					&& !reductions.tonnes.is_zero()
					&& reductions.from <= reductions.to
					&& reductions.to < today;
				ensure(fits, "reductions were reported that could not be")?;
				let reports = book.reports.values();
				let mut others =
					reports.filter(|other| other.project == *project && other.stage != Stage::Refused);
				let shared = others.any(|other| {
					other.reductions.from <= reductions.to && reductions.from <= other.reductions.to
				});
				ensure(!shared, "two reports share a day")?;
				ensure(
					!book.is_used(&reductions.registry_ref),
					"a reference belongs to two projects or reports",
				)?;
				let reported = Report {
					project: *project,
					reductions: reductions.clone(),
					stage: Stage::Submitted,
				};
				book.reports.insert(*report, reported);
			}
			Event::ReductionsWithdrawn { report } => {
				let gone = book.reports.remove(report);
				let fits = gone.is_some_and(|gone| gone.stage == Stage::Submitted);
				ensure(fits, "a report was withdrawn that could not be")?;
			}
			Event::ReductionsVerified {
				report,
				verifier,
				tonnes,
			} => {
				let found = book.report(*report)?;
				let fits = found.stage == Stage::Submitted && found.reductions.tonnes == *tonnes;
				ensure(fits, "a report was verified that could not be")?;
				found.stage = Stage::Verified;
				let project = found.project;
				book.ensure_registered(project)?;
				let owner = book.project(project)?.owner;
				let fits = has_role(*verifier, Role::Verifier) && !are_related(*verifier, owner);
				ensure(fits, "a verifier that may not, or is not independent")?;
			}
			Event::ReductionsRefused { report, .. } => {
				let found = book.report(*report)?;
				let open = matches!(found.stage, Stage::Submitted | Stage::Verified);
				ensure(open, "a report was refused that could not be")?;
				found.stage = Stage::Refused;
			}
			_ => {}
		}
		Ok(())
	}

	fn note_series(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let Event::SeriesIssued {
			asset,
			project,
			report,
			owner,
			inside_ets,
			tonnes,
			buffered,
			..
		} = event
		else {
			return Ok(());
		};
		let book = &mut self.offsets;
		book.ensure_registered(*project)?;
		ensure(book.debt(*owner) == 0, "credits were issued to somebody who owes")?;
		ensure(
			has_role(*owner, Role::ResourceHolder),
			"credits for somebody unfit",
		)?;
		let next = OFFSET_SERIES_FIRST + book.series.len() as AssetId;
		ensure(*asset == next, "a series has another number")?;
		let found = book.report(*report)?;
		let fits =
			found.stage == Stage::Verified && found.project == *project && found.reductions.tonnes == *tonnes;
		ensure(fits, "a series was issued for nothing")?;
		found.stage = Stage::Issued;
		let found = book.project(*project)?;
		ensure(found.inside_ets == *inside_ets, "a series lies elsewhere")?;
		let kind = found.kind;
		let part = u128::from(tonnes.0) * u128::from(Tables::buffer_bps(kind));
		ensure(
			u128::from(buffered.0) == part.div_ceil(10_000),
			"the buffer got another part",
		)?;
		let series = Series {
			project: *project,
			kind,
			inside_ets: *inside_ets,
			issued: tonnes.0,
			buffered: buffered.0,
			surrendered: 0,
			cancelled: 0,
		};
		book.series.insert(*asset, series);
		self.add(*asset, *owner, *tonnes);
		self.hand(*asset, *owner, BUFFER, *buffered);
		Ok(())
	}

	fn note_cancellation(&mut self, event: &Event<Chain>) -> Result<(), String> {
		if let Event::Cancelled {
			asset,
			holder,
			tonnes,
			cause,
			..
		} = event
		{
			ensure_moves(*asset)?;
			let book = &mut self.offsets;
			match cause {
				CancellationCause::Voluntary { .. } => {
					ensure(is_admitted(*holder), "somebody cancels who may not")?;
				}
				CancellationCause::Reversal { project, .. } => {
					ensure(*holder == BUFFER, "a reversal took from a holder")?;
					ensure(
						book.unbuffer(*asset, tonnes.0)? == *project,
						"a reversal took from another one",
					)?;
					book.project(*project)?.drawn += tonnes.0;
				}
				CancellationCause::Settlement { project } => {
					let owner = book.project(*project)?.owner;
					ensure(*holder == owner, "somebody else paid for a reversal")?;
				}
			}
			book.series(*asset)?.cancelled += tonnes.0;
			self.take(*asset, *holder, *tonnes);
		}
		Ok(())
	}

	fn note_credits(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::Surrendered {
				asset,
				holder,
				tonnes,
			} => {
				ensure_moves(*asset)?;
				self.offsets.series(*asset)?.surrendered += tonnes.0;
				self.take(*asset, *holder, *tonnes);
			}
			Event::ReductionsReversed {
				project,
				tonnes,
				from_buffer,
				owed,
				..
			} => {
				let left = self.offsets.buffered(*project);
				let series = self.offsets.series.values();
				let issued = series.filter(|series| series.project == *project);
				let issued: u64 = issued.map(|series| series.issued).sum();
				let found = self.offsets.project(*project)?;
				let drawn = core::mem::take(&mut found.drawn);
				let fits = drawn == from_buffer.0 && drawn + owed.0 == tonnes.0;
				ensure(
					fits && (left == 0 || owed.is_zero()),
					"a reversal took another part from the buffer",
				)?;
				found.reversed += tonnes.0;
				found.owed += owed.0;
				ensure(found.reversed <= issued, "more was reversed than was issued")?;
			}
			Event::ReversalSettled {
				project,
				tonnes,
				owed,
				..
			} => {
				let found = self.offsets.project(*project)?;
				let left = found.owed.checked_sub(tonnes.0);
				ensure(left == Some(owed.0), "more was paid than is owed")?;
				found.owed = owed.0;
			}
			Event::BufferReleased {
				project,
				asset,
				owner,
				tonnes,
			} => {
				ensure_moves(*asset)?;
				let fits = is_admitted(*owner) && self.offsets.debt(*owner) == 0;
				ensure(fits, "a buffer was released to somebody unfit")?;
				let of = self.offsets.unbuffer(*asset, tonnes.0)?;
				ensure(of == *project, "another buffer was released")?;
				self.hand(*asset, BUFFER, *owner, *tonnes);
			}
			_ => {}
		}
		Ok(())
	}

	pub(super) fn compare_offsets(&self) -> Result<(), String> {
		let book = &self.offsets;
		for (asset, series) in &book.series {
			let found = pallet_offsets::Series::<Chain>::get(asset);
			let found = found.map(|found| Series {
				project: found.project,
				kind: found.kind,
				inside_ets: found.inside_ets,
				issued: found.issued.0,
				buffered: found.buffered.0,
				surrendered: found.surrendered.0,
				cancelled: found.cancelled.0,
			});
			if found.as_ref() != Some(series) {
				return Err(format!(
					"the series {asset} is {found:?}, and should be {series:?}"
				));
			}
		}
		for (id, project) in &book.projects {
			let found = pallet_offsets::Projects::<Chain>::get(id).ok_or("a project is gone")?;
			let totals = pallet_offsets::Totals::<Chain>::get(id);
			let same = found.state == project.state
				&& found.owner == project.owner
				&& found.revision == project.revision
				&& totals.reversed.0 == project.reversed
				&& totals.owed.0 == project.owed
				&& totals.buffered.0 == book.buffered(*id);
			ensure(same, "a project is another one")?;
			let debt = pallet_offsets::ReversalDebts::<Chain>::get(project.owner);
			ensure(
				debt.unwrap_or_default().0 == book.debt(project.owner),
				"an owner owes another number",
			)?;
		}
		let counts = [
			pallet_offsets::Series::<Chain>::iter_keys().count(),
			pallet_offsets::Projects::<Chain>::iter_keys().count(),
			pallet_offsets::Reports::<Chain>::iter_keys().count(),
		];
		ensure(
			counts == [book.series.len(), book.projects.len(), book.reports.len()],
			"a project, a report or a series came from nowhere",
		)?;
		self.compare_surrendered_credits()
	}

	/// What was surrendered of each series is the sum of the records of the other pallet.
	fn compare_surrendered_credits(&self) -> Result<(), String> {
		let mut sums = BTreeMap::<AssetId, u64>::new();
		let mut obligations = BTreeSet::new();
		for record in pallet_allowance::Surrenders::<Chain>::iter_values() {
			if record.asset >= OFFSET_SERIES_FIRST {
				*sums.entry(record.asset).or_default() += record.tonnes.0;
				obligations.insert((record.year, record.entity));
			}
		}
		for (asset, series) in &self.offsets.series {
			let sum = sums.remove(asset).unwrap_or_default();
			ensure(
				sum == series.surrendered,
				"surrender records and series contradict each other",
			)?;
		}
		ensure(sums.is_empty(), "a surrender names a series that there is not")?;
		for (year, period) in &self.years {
			for (who, entity) in &period.entities {
				let has = obligations.contains(&(*year, *who));
				ensure(
					has == (entity.offsets > 0),
					"credits count without a surrender, or do not count",
				)?;
			}
		}
		Ok(())
	}
}
