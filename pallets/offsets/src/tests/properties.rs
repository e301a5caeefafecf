//! In whatever order calls, halts, transfers and losses of roles come: no tonne is made or lost, no reference and no day is
//! issued twice, and the buffers are where they should be.
//!
//! The model is written from the pallet's description: lists of projects, reports and series on paper. It says beforehand of
//! each call whether it is accepted, and after each step the chain has to show what is on the paper.

use crate::mock::*;
use carbon_calendar::Day;
use carbon_primitives::{AssetId, ProjectKind, Role, Tonnes};
use carbon_traits::OffsetCredits;
use frame_support::traits::{fungibles::Mutate, tokens::Preservation::Expendable};
use proptest::{collection::vec, prelude::*, sample::select};
use sp_runtime::DispatchResult;
use std::collections::{BTreeMap, BTreeSet};

const OWNERS: [AccountId; 2] = [OWNER, OTHER_OWNER];
const HOLDERS: [AccountId; 3] = [OWNER, OTHER_OWNER, TRADER];
/// Day 0 of the periods of this test; the last ones that it draws are not over.
const FIRST_DAY: u32 = TODAY.0 - 36;

#[derive(Clone, Debug)]
enum Step {
	Apply(AccountId, u8, bool),
	Resubmit(AccountId, usize, u8),
	WithdrawProject(AccountId, usize),
	Decide(usize, Decision, bool),
	/// Owner, project, first day, days, tonnes, reference.
	Report(AccountId, usize, u32, u32, u64, u8),
	WithdrawReport(AccountId, usize),
	Verify(usize, bool),
	Refuse(usize),
	Issue(usize),
	Reverse(usize, u64),
	/// None where the regulator settles.
	Settle(Option<AccountId>, usize, usize, u64),
	Release(usize, u64),
	Cancel(AccountId, usize, u64),
	Retire(AccountId, usize, u64),
	Transfer(AccountId, AccountId, usize, u64),
	Hold(AccountId, usize, u64),
	Halt(usize, bool),
	/// Give the role to an owner, or take it.
	Role(AccountId, bool),
	SetShare(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let owner = || select(OWNERS.to_vec());
	let holder = || select(HOLDERS.to_vec());
	// See `aim`.
	let which = || 0..10_000_usize;
	let name = || 0..24_u8;
	let tonnes = || prop_oneof![9 => 1..30_u64, 1 => Just(0)];
	let register = any::<bool>().prop_map(|inside_ets| Decision::Register { inside_ets });
	let decision = prop_oneof![6 => register, 1 => Just(Decision::Refuse), 1 => Just(Decision::Suspend)];
	let settler = prop_oneof![2 => owner().prop_map(Some), 1 => Just(None)];
	prop_oneof![
		3 => (owner(), name(), any::<bool>()).prop_map(|(o, r, f)| Step::Apply(o, r, f)),
		1 => (owner(), which(), name()).prop_map(|(o, p, r)| Step::Resubmit(o, p, r)),
		1 => (owner(), which()).prop_map(|(o, p)| Step::WithdrawProject(o, p)),
		4 => (which(), decision, prop::bool::weighted(0.9)).prop_map(|(p, d, now)| Step::Decide(p, d, now)),
		8 => (owner(), which(), 0..36_u32, 0..6_u32, tonnes(), name())
			.prop_map(|(o, p, from, days, t, r)| Step::Report(o, p, from, days, t, r)),
		1 => (owner(), which()).prop_map(|(o, r)| Step::WithdrawReport(o, r)),
		6 => (which(), prop::bool::weighted(0.9)).prop_map(|(r, right)| Step::Verify(r, right)),
		1 => which().prop_map(Step::Refuse),
		6 => which().prop_map(Step::Issue),
		3 => (which(), tonnes()).prop_map(|(p, t)| Step::Reverse(p, t)),
		4 => (settler, which(), which(), tonnes()).prop_map(|(o, p, s, t)| Step::Settle(o, p, s, t)),
		2 => (which(), 0..6_u64).prop_map(|(p, t)| Step::Release(p, t)),
		2 => (holder(), which(), tonnes()).prop_map(|(o, s, t)| Step::Cancel(o, s, t)),
		2 => (holder(), which(), tonnes()).prop_map(|(o, s, t)| Step::Retire(o, s, t)),
		2 => (holder(), holder(), which(), tonnes()).prop_map(|(o, to, s, t)| Step::Transfer(o, to, s, t)),
		1 => (holder(), which(), tonnes()).prop_map(|(o, s, t)| Step::Hold(o, s, t)),
		1 => (which(), prop::bool::weighted(0.3)).prop_map(|(s, halt)| Step::Halt(s, halt)),
		1 => (owner(), prop::bool::weighted(0.8)).prop_map(|(o, has)| Step::Role(o, has)),
		1 => select(vec![0, 1, 2_000, 10_000]).prop_map(Step::SetShare),
	]
}

/// One of `fitting`, as `which` picks; now and then any number, which may fit or not.
fn pick(which: usize, all: usize, fitting: impl Iterator<Item = usize>) -> usize {
	let fitting: Vec<_> = fitting.collect();
	match which % 8 {
		0 => which / 8 % (all + 1),
		_ if fitting.is_empty() => which / 8 % (all + 1),
		_ => fitting[which / 8 % fitting.len()],
	}
}

/// Let most steps be about something that they may be about: blind ones would hardly ever get a series issued.
fn aim(step: Step, model: &Model) -> Step {
	use ProjectState::*;
	let project = |which, fits: &dyn Fn(usize, &Project) -> bool| {
		let fitting = |n: &usize| model.project(*n).is_some_and(|project| fits(*n, project));
		pick(
			which,
			model.projects.len(),
			(0..model.projects.len()).filter(fitting),
		)
	};
	let report = |which, states: &[&str]| {
		let state = |n: usize| model.reports[n].as_ref().map(|report| report.state);
		let fitting = |n: &usize| state(*n).is_some_and(|state| states.contains(&state));
		pick(
			which,
			model.reports.len(),
			(0..model.reports.len()).filter(fitting),
		)
	};
	// The owner of what was picked, unless `which` says that somebody else tries.
	let owner_of = |which: usize, picked, other| match which % 7 {
		0 => other,
		_ => model.project(picked).map_or(other, |project| project.owner),
	};
	let open = |_: usize, project: &Project| matches!(project.state, Submitted | Refused);
	match step {
		Step::Resubmit(who, which, name) => {
			let picked = project(which, &open);
			Step::Resubmit(owner_of(which, picked, who), picked, name)
		}
		Step::WithdrawProject(who, which) => {
			let picked = project(which, &open);
			Step::WithdrawProject(owner_of(which, picked, who), picked)
		}
		Step::Decide(which, decision, current) => {
			let fits = |_, project: &Project| decision.applied_to(project.state).is_some();
			Step::Decide(project(which, &fits), decision, current)
		}
		Step::Report(who, which, from, days, tonnes, name) => {
			let picked = project(which, &|_, project| project.state == Registered);
			Step::Report(owner_of(which, picked, who), picked, from, days, tonnes, name)
		}
		Step::WithdrawReport(who, which) => {
			let picked = report(which, &["submitted"]);
			let about = model.reports.get(picked).and_then(Option::as_ref);
			let about = about.map_or(usize::MAX, |report| report.project);
			Step::WithdrawReport(owner_of(which, about, who), picked)
		}
		Step::Verify(which, right) => Step::Verify(report(which, &["submitted"]), right),
		Step::Refuse(which) => Step::Refuse(report(which, &["submitted", "verified"])),
		Step::Issue(which) => Step::Issue(report(which, &["verified"])),
		Step::Reverse(which, tonnes) => Step::Reverse(project(which, &|n, _| model.issued_of(n) > 0), tonnes),
		Step::Settle(who, which, asset, tonnes) => {
			let picked = project(which, &|_, project| project.owed > 0);
			let owner = owner_of(which, picked, OWNER);
			let owed = model.project(picked).map_or(0, |project| project.owed);
			// In one of four cases more than is owed, most likely.
			let tonnes = if asset % 4 > 0 && owed > 0 {
				tonnes % owed + 1
			} else {
				tonnes
			};
			Step::Settle(who.map(|_| owner), picked, spendable(model, asset, owner), tonnes)
		}
		Step::Release(which, tonnes) => Step::Release(project(which, &|n, _| model.buffer_of(n) > 0), tonnes),
		other => aim_at_series(other, model),
	}
}

/// A series of which `who` has something to spend.
fn spendable(model: &Model, which: usize, who: AccountId) -> usize {
	let fitting = |n: &usize| model.series[*n].spendable(who) > 0;
	pick(which, model.series.len(), (0..model.series.len()).filter(fitting))
}

fn aim_at_series(step: Step, model: &Model) -> Step {
	let series = |which, who| spendable(model, which, who);
	match step {
		Step::Cancel(who, which, tonnes) => Step::Cancel(who, series(which, who), tonnes),
		Step::Retire(who, which, tonnes) => Step::Retire(who, series(which, who), tonnes),
		Step::Transfer(who, to, which, tonnes) => Step::Transfer(who, to, series(which, who), tonnes),
		Step::Hold(who, which, tonnes) => Step::Hold(who, series(which, who), tonnes),
		Step::Halt(which, halt) => Step::Halt(which % (model.series.len() + 1), halt),
		other => other,
	}
}

#[derive(Clone, Debug)]
struct Project {
	owner: AccountId,
	name: u8,
	forest: bool,
	state: ProjectState,
	revision: u32,
	reversed: u64,
	owed: u64,
}

#[derive(Clone, Debug)]
struct Report {
	project: usize,
	days: BTreeSet<u32>,
	tonnes: u64,
	name: u8,
	state: &'static str,
}

#[derive(Clone, Debug, Default)]
struct Paper {
	project: usize,
	issued: u64,
	buffered: u64,
	surrendered: u64,
	cancelled: u64,
	free: BTreeMap<AccountId, u64>,
	bound: BTreeMap<AccountId, u64>,
	halted: bool,
}

impl Paper {
	/// What `who` can spend: the ledger keeps one unit free for as long as something is on hold.
	fn spendable(&self, who: AccountId) -> u64 {
		let free = self.free.get(&who).copied().unwrap_or_default();
		let kept = u64::from(self.bound.get(&who).is_some_and(|bound| *bound > 0));
		free.saturating_sub(kept)
	}

	fn spend(&mut self, who: AccountId, tonnes: u64) -> bool {
		if self.halted || tonnes == 0 || self.spendable(who) < tonnes {
			return false;
		}
		*self.free.entry(who).or_default() -= tonnes;
		true
	}
}

#[derive(Default)]
struct Model {
	/// By number; none where it was withdrawn.
	projects: Vec<Option<Project>>,
	reports: Vec<Option<Report>>,
	series: Vec<Paper>,
	/// Owners that have lost their role.
	lost: BTreeSet<AccountId>,
	share: u64,
	/// For what credits were ever issued: neither a reference nor a day of a project may come twice.
	issued_names: BTreeSet<u8>,
	issued_days: BTreeSet<(usize, u32)>,
}

impl Model {
	fn new() -> Self {
		Self {
			share: 2_000,
			..Default::default()
		}
	}

	fn may(&self, who: AccountId) -> bool {
		OWNERS.contains(&who) && !self.lost.contains(&who)
	}

	fn project(&self, which: usize) -> Option<&Project> {
		self.projects.get(which).and_then(Option::as_ref)
	}

	fn is_used(&self, name: u8) -> bool {
		let by_project = self
			.projects
			.iter()
			.flatten()
			.any(|project| project.name == name && project.state != ProjectState::Refused);
		by_project
			|| self
				.reports
				.iter()
				.flatten()
				.any(|report| report.name == name && report.state != "refused")
	}

	fn debt(&self, owner: AccountId) -> u64 {
		let own = |project: &&Project| project.owner == owner;
		self.projects
			.iter()
			.flatten()
			.filter(own)
			.map(|project| project.owed)
			.sum()
	}

	fn reports_of(&self, project: usize) -> impl Iterator<Item = &Report> {
		let live = move |report: &&Report| report.project == project && report.state != "refused";
		self.reports.iter().flatten().filter(live)
	}

	/// Do on paper what `step` asks for; whether it is accepted.
	fn apply(&mut self, step: &Step) -> bool {
		match *step {
			Step::Apply(owner, name, forest) => {
				let own = self
					.projects
					.iter()
					.flatten()
					.filter(|project| project.owner == owner);
				let fits = own.count() < PROJECTS_MAX as usize;
				let accepted = self.may(owner) && !self.is_used(name) && fits;
				if accepted {
					self.projects.push(Some(Project {
						owner,
						name,
						forest,
						state: ProjectState::Submitted,
						revision: 0,
						reversed: 0,
						owed: 0,
					}));
				}
				accepted
			}
			Step::Resubmit(owner, which, name) => {
				let Some(mut project) = self.open_to(owner, which) else {
					return false;
				};
				let keeps = project.state == ProjectState::Submitted && project.name == name;
				if !self.may(owner) || !keeps && self.is_used(name) {
					return false;
				}
				project.name = name;
				project.state = ProjectState::Submitted;
				project.revision += 1;
				self.projects[which] = Some(project);
				true
			}
			Step::WithdrawProject(owner, which) => {
				let open = self.open_to(owner, which).is_some();
				if open {
					self.projects[which] = None;
				}
				open
			}
			Step::Decide(which, decision, current) => self.decide(which, decision, current),
			_ => self.apply_to_reports(step),
		}
	}

	fn apply_to_reports(&mut self, step: &Step) -> bool {
		match *step {
			Step::Report(owner, which, from, days, tonnes, name) => {
				let days: BTreeSet<_> = (from..=from + days).collect();
				let registered = self.project(which).is_some_and(|project| {
					project.owner == owner && project.state == ProjectState::Registered
				});
				let is_over = days.iter().all(|day| FIRST_DAY + day < TODAY.0);
				let is_free = self
					.reports_of(which)
					.all(|report| report.days.is_disjoint(&days));
				let fits = self.reports_of(which).count() < REPORTS_MAX as usize;
				let free_name = !self.is_used(name);
				let accepted =
					self.may(owner) && registered && is_over && is_free && fits && free_name && tonnes > 0;
				if accepted {
					self.reports.push(Some(Report {
						project: which,
						days,
						tonnes,
						name,
						state: "submitted",
					}));
				}
				accepted
			}
			Step::WithdrawReport(owner, which) => {
				let Some(report) = self.reports.get(which).cloned().flatten() else {
					return false;
				};
				let own = self
					.project(report.project)
					.is_some_and(|project| project.owner == owner);
				let accepted = own && report.state == "submitted";
				if accepted {
					self.reports[which] = None;
				}
				accepted
			}
			Step::Verify(which, right) => right && self.advance(which, &["submitted"], "verified", true),
			Step::Refuse(which) => self.advance(which, &["submitted", "verified"], "refused", false),
			_ => self.apply_to_credits(step),
		}
	}

	fn apply_to_credits(&mut self, step: &Step) -> bool {
		match *step {
			Step::Issue(which) => self.issue(which),
			Step::Reverse(which, tonnes) => self.reverse(which, tonnes),
			Step::Settle(who, which, asset, tonnes) => {
				let Some(project) = self.project(which).cloned() else {
					return false;
				};
				let fits = tonnes <= project.owed && who.is_none_or(|who| who == project.owner);
				let Some(series) = self.series.get_mut(asset).filter(|_| fits) else {
					return false;
				};
				let accepted = series.spend(project.owner, tonnes);
				if accepted {
					series.cancelled += tonnes;
					if let Some(project) = &mut self.projects[which] {
						project.owed -= tonnes;
					}
				}
				accepted
			}
			Step::Release(which, tonnes) => {
				let Some(project) = self.project(which).cloned() else {
					return false;
				};
				if tonnes == 0 || !self.may(project.owner) || self.debt(project.owner) > 0 {
					return false;
				}
				let Some(parts) = self.parts(which, tonnes) else {
					return false;
				};
				for (asset, part) in parts {
					self.series[asset].buffered -= part;
					*self.series[asset].free.entry(project.owner).or_default() += part;
				}
				true
			}
			Step::Cancel(who, asset, tonnes) => {
				let admitted = who == TRADER || self.may(who);
				let series = self.series.get_mut(asset).filter(|_| admitted);
				series.is_some_and(|series| {
					let accepted = series.spend(who, tonnes);
					series.cancelled += if accepted { tonnes } else { 0 };
					accepted
				})
			}
			Step::Retire(who, asset, tonnes) => self.series.get_mut(asset).is_some_and(|series| {
				let accepted = series.spend(who, tonnes);
				series.surrendered += if accepted { tonnes } else { 0 };
				accepted
			}),
			_ => self.happen(step),
		}
	}

	/// What is not the pallet's: the ledger moves, others halt, and so on.
	fn happen(&mut self, step: &Step) -> bool {
		match *step {
			Step::Transfer(from, to, asset, tonnes) => {
				let Some(series) = self.series.get_mut(asset) else {
					return false;
				};
				let accepted = from != to && tonnes > 0 && series.spendable(from) >= tonnes;
				if accepted {
					*series.free.entry(from).or_default() -= tonnes;
					*series.free.entry(to).or_default() += tonnes;
				}
				accepted
			}
			Step::Hold(who, asset, tonnes) => {
				let Some(series) = self.series.get_mut(asset) else {
					return false;
				};
				let free = series.free.entry(who).or_default();
				let accepted = tonnes > 0 && *free > tonnes;
				if accepted {
					*free -= tonnes;
					*series.bound.entry(who).or_default() += tonnes;
				}
				accepted
			}
			Step::Halt(asset, halt) => self.series.get_mut(asset).is_some_and(|series| {
				series.halted = halt;
				true
			}),
			Step::Role(owner, has) => {
				if has {
					self.lost.remove(&owner);
				} else {
					self.lost.insert(owner);
				}
				true
			}
			Step::SetShare(bps) => {
				self.share = bps.into();
				true
			}
			_ => unreachable!("the pallet's calls are applied elsewhere"),
		}
	}

	/// A project of `owner` that was never registered.
	fn open_to(&self, owner: AccountId, which: usize) -> Option<Project> {
		self.project(which)
			.filter(|project| {
				let open = [ProjectState::Submitted, ProjectState::Refused].contains(&project.state);
				project.owner == owner && open
			})
			.cloned()
	}

	fn decide(&mut self, which: usize, decision: Decision, current: bool) -> bool {
		use ProjectState::*;
		let Some(project) = self.projects.get_mut(which).and_then(Option::as_mut) else {
			return false;
		};
		let next = match (decision, project.state) {
			(Decision::Register { .. }, Submitted | Suspended) => Registered,
			(Decision::Refuse, Submitted) => Refused,
			(Decision::Suspend, Registered) => Suspended,
			_ => return false,
		};
		if current {
			project.state = next;
		}
		current
	}

	fn advance(&mut self, which: usize, from: &[&str], to: &'static str, registered: bool) -> bool {
		let Some(report) = self.reports.get(which).cloned().flatten() else {
			return false;
		};
		let state = self.project(report.project).map(|project| project.state);
		if !from.contains(&report.state) || registered && state != Some(ProjectState::Registered) {
			return false;
		}
		self.reports[which] = Some(Report { state: to, ..report });
		true
	}

	fn issue(&mut self, which: usize) -> bool {
		let Some(report) = self.reports.get(which).cloned().flatten() else {
			return false;
		};
		let Some(project) = self.project(report.project).cloned() else {
			return false;
		};
		let series = self
			.series
			.iter()
			.filter(|series| series.project == report.project);
		let fits = series.count() < SERIES_MAX as usize;
		if !fits || !self.may(project.owner) || self.debt(project.owner) > 0 {
			return false;
		}
		if !self.advance(which, &["verified"], "issued", true) {
			return false;
		}
		let share = if project.forest { self.share } else { 0 };
		let buffered = (report.tonnes * share).div_ceil(10_000);
		self.series.push(Paper {
			project: report.project,
			issued: report.tonnes,
			buffered,
			free: [(project.owner, report.tonnes - buffered)].into(),
			..Default::default()
		});
		assert!(
			self.issued_names.insert(report.name),
			"a reference was issued twice"
		);
		for day in report.days {
			assert!(
				self.issued_days.insert((report.project, day)),
				"a day was issued twice"
			);
		}
		true
	}

	/// What was issued for a project.
	fn issued_of(&self, project: usize) -> u64 {
		let own = |series: &&Paper| series.project == project;
		self.series.iter().filter(own).map(|series| series.issued).sum()
	}

	/// What a project has in its buffer.
	fn buffer_of(&self, project: usize) -> u64 {
		let own = |series: &&Paper| series.project == project;
		self.series.iter().filter(own).map(|series| series.buffered).sum()
	}

	fn reverse(&mut self, which: usize, tonnes: u64) -> bool {
		let issued = self.issued_of(which);
		let buffered = self.buffer_of(which);
		let Some(project) = self.project(which).cloned() else {
			return false;
		};
		if tonnes == 0 || project.reversed + tonnes > issued {
			return false;
		}
		let covered = tonnes.min(buffered);
		let Some(parts) = self.parts(which, covered) else {
			return false;
		};
		for (asset, part) in parts {
			self.series[asset].buffered -= part;
			self.series[asset].cancelled += part;
		}
		self.projects[which] = Some(Project {
			reversed: project.reversed + tonnes,
			owed: project.owed + tonnes - covered,
			..project
		});
		true
	}

	/// From which series of a project's buffer so many tonnes come; none where there are too few or one of them is halted.
	fn parts(&self, project: usize, tonnes: u64) -> Option<Vec<(usize, u64)>> {
		let (mut left, mut parts) = (tonnes, Vec::new());
		for (asset, series) in self
			.series
			.iter()
			.enumerate()
			.filter(|(_, series)| series.project == project)
		{
			let part = left.min(series.buffered);
			if part > 0 {
				parts.push((asset, part));
				left -= part;
			}
		}
		let moves = parts.iter().all(|(asset, _)| !self.series[*asset].halted);
		(left == 0 && moves).then_some(parts)
	}

	/// Compare the chain with the paper.
	fn check(&self) -> Result<(), TestCaseError> {
		for (n, expected) in self.projects.iter().enumerate() {
			let id = ProjectId(n as u32);
			let record = Projects::<Test>::get(id);
			let (record, expected) = match (record, expected) {
				(None, None) => continue,
				(Some(record), Some(expected)) => (record, expected),
				(record, expected) => {
					return Err(TestCaseError::fail(format!("{record:?} but {expected:?}")));
				}
			};
			prop_assert_eq!(
				(record.owner, record.state, record.revision),
				(expected.owner, expected.state, expected.revision)
			);
			let totals = Totals::<Test>::get(id);
			prop_assert_eq!(
				(totals.reversed.0, totals.owed.0),
				(expected.reversed, expected.owed)
			);
		}
		for name in 0..24 {
			let used = Offsets::reference_use(text_of(name).into_bytes()).is_some();
			prop_assert_eq!(used, self.is_used(name), "reference {}", name);
		}
		for (n, expected) in self.series.iter().enumerate() {
			let (asset, record) = (SERIES + n as AssetId, series_of(SERIES + n as AssetId));
			prop_assert_eq!(
				(record.project.0 as usize, record.issued.0, record.buffered.0),
				(expected.project, expected.issued, expected.buffered)
			);
			prop_assert_eq!(
				(record.surrendered.0, record.cancelled.0),
				(expected.surrendered, expected.cancelled)
			);
			prop_assert_eq!(held(asset, BUFFER), u128::from(expected.buffered));
			for who in HOLDERS {
				let free = expected.free.get(&who).copied().unwrap_or_default();
				prop_assert_eq!(held(asset, who), u128::from(free), "{} of {}", who, asset);
			}
			// On paper as well, nothing is made or lost.
			let there: u64 = expected.free.values().chain(expected.bound.values()).sum();
			let gone = expected.surrendered + expected.cancelled;
			prop_assert_eq!(there + expected.buffered + gone, expected.issued);
		}
		prop_assert_eq!(NextSeries::<Test>::get() - SERIES, self.series.len() as AssetId);
		for owner in OWNERS {
			prop_assert_eq!(Offsets::reversal_debt(owner).0, self.debt(owner));
		}
		Ok(())
	}
}

fn text_of(name: u8) -> String {
	format!("X-{name}")
}

fn application(name: u8, forest: bool) -> ProjectDetails {
	let kind = if forest {
		ProjectKind::Forest
	} else {
		ProjectKind::Hydro
	};
	ProjectDetails {
		registry_ref: reference(&text_of(name)),
		..details(kind, 0)
	}
}

/// A forest and a dam are registered.
fn opening() -> [Step; 4] {
	let register = |which: usize| Step::Decide(8 * which, Decision::Register { inside_ets: false }, true);
	[
		Step::Apply(OWNER, 0, true),
		Step::Apply(OTHER_OWNER, 1, false),
		register(0),
		register(1),
	]
}

/// Apply a step to the chain. `model` only tells what is known to whoever makes the call.
fn apply(step: &Step, model: &Model) -> DispatchResult {
	let signed = RuntimeOrigin::signed;
	let root = RuntimeOrigin::root;
	let project = |which: usize| ProjectId(which as u32);
	let report = |which: usize| ReportId(which as u32);
	let asset = |which: usize| SERIES + which as AssetId;
	let unit = |result: frame_support::dispatch::DispatchResultWithPostInfo| {
		result.map(|_| ()).map_err(|refusal| refusal.error)
	};
	match *step {
		Step::Apply(owner, name, forest) => {
			Offsets::register_project(signed(owner), application(name, forest))
		}
		Step::Resubmit(owner, which, name) => {
			let forest = model.project(which).is_some_and(|project| project.forest);
			Offsets::resubmit_project(signed(owner), project(which), application(name, forest))
		}
		Step::WithdrawProject(owner, which) => Offsets::withdraw_project(signed(owner), project(which)),
		Step::Decide(which, decision, current) => {
			let revision = model.project(which).map_or(0, |project| project.revision);
			let revision = if current { revision } else { revision + 1 };
			Offsets::decide_project(root(), project(which), revision, decision, digest(2))
		}
		Step::Report(owner, which, from, days, tonnes, name) => {
			let reductions = Reductions {
				from: Day(FIRST_DAY + from),
				to: Day(FIRST_DAY + from + days),
				registry_ref: reference(&text_of(name)),
				..month(0, tonnes)
			};
			Offsets::report_reductions(signed(owner), project(which), reductions)
		}
		Step::WithdrawReport(owner, which) => Offsets::withdraw_reductions(signed(owner), report(which)),
		Step::Verify(which, right) => {
			let known = model.reports.get(which).and_then(Option::as_ref);
			let tonnes = known.map_or(1, |report| report.tonnes) + u64::from(!right);
			Offsets::verify_reductions(signed(VERIFIER), report(which), Tonnes(tonnes), digest(7))
		}
		Step::Refuse(which) => Offsets::refuse_reductions(root(), report(which), digest(2)),
		Step::Issue(which) => Offsets::issue_series(root(), report(which)),
		Step::Reverse(which, tonnes) => unit(Offsets::reverse(
			root(),
			project(which),
			Tonnes(tonnes),
			digest(2),
		)),
		Step::Settle(who, which, series, tonnes) => {
			let origin = who.map_or_else(root, signed);
			Offsets::settle_reversal(origin, project(which), asset(series), Tonnes(tonnes))
		}
		Step::Release(which, tonnes) => unit(Offsets::release_buffer(root(), project(which), Tonnes(tonnes))),
		Step::Cancel(who, series, tonnes) => Offsets::cancel(
			signed(who),
			asset(series),
			Tonnes(tonnes),
			Default::default(),
			digest(3),
		),
		Step::Retire(who, series, tonnes) => {
			<Offsets as OffsetCredits<_>>::retire(&who, asset(series), Tonnes(tonnes))
		}
		_ => unreachable!("the pallet's calls only"),
	}
}

/// What happens outside of the pallet, after the paper has accepted it.
fn happen(step: &Step) {
	let asset = |which: usize| SERIES + which as AssetId;
	match *step {
		Step::Transfer(from, to, series, tonnes) => {
			<Assets as Mutate<_>>::transfer(asset(series), &from, &to, tonnes.into(), Expendable).unwrap();
		}
		Step::Hold(who, series, tonnes) => Ledger::hold(who, asset(series), tonnes).unwrap(),
		Step::Halt(series, true) => Halts::halt(asset(series)),
		Step::Halt(series, false) => Halts::lift(asset(series)),
		Step::Role(owner, true) => Admissions::admit(&owner, Role::ResourceHolder),
		Step::Role(owner, false) => Admissions::expel(owner),
		Step::SetShare(bps) => ForestBps::set(bps),
		_ => {}
	}
}

const fn is_outside(step: &Step) -> bool {
	matches!(
		step,
		Step::Transfer(..) | Step::Hold(..) | Step::Halt(..) | Step::Role(..) | Step::SetShare(..)
	)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn the_chain_does_what_the_paper_says(steps in vec(step(), 60..260)) {
		ExtBuilder::default().build().execute_with(|| {
			let mut model = Model::new();
			for step in opening().into_iter().chain(steps) {
				let step = aim(step, &model);
				if is_outside(&step) {
					if model.apply(&step) {
						happen(&step);
					}
				} else {
					let result = transact(|| apply(&step, &model));
					let expected = model.apply(&step);
					prop_assert_eq!(result.is_ok(), expected, "{:?}: {:?}", step, result);
				}
				model.check()?;
				let state = Offsets::do_try_state();
				prop_assert!(state.is_ok(), "after {:?}: {:?}", step, state);
			}
			Ok(())
		})?;
	}
}
