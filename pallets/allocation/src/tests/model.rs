//! What the pallet promises, once more and as simply as possible: one year, two entities, numbers. It shares no code with the pallet.

use crate::mock::{AccountId, MILL, PLANT};
use std::collections::BTreeMap;

/// One call, or something that happens around the pallet.
#[derive(Clone, Debug)]
pub enum Step {
	Enter(u32, u64),
	PreAllocate(AccountId, Option<u64>),
	TrueUp(AccountId),
	Return(AccountId, u64),
	Hold(AccountId),
	EndHold(AccountId),
	/// The credit falls so low that units are held, or rises.
	Credit(AccountId, bool),
	Surrender(AccountId, u64),
	Release(AccountId, u64),
	Object(AccountId),
	Decide(AccountId, bool),
	/// Closed after the year, or after the year before.
	Close(u32, bool),
	Move(u32, AccountId),
	/// Units are sold.
	Spend(AccountId, u64),
	/// The confirmed emissions are others now, or are confirmed no more.
	Correct(AccountId, Option<u64>),
	/// More is to be deducted.
	FallShort(AccountId, u64),
	/// Allocated past the pallet.
	Direct(AccountId, u64),
	/// The period accepts allocation, or no more.
	Accept(bool),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
	Early,
	Settled,
	Reopened,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dispute {
	None,
	Pending,
	Rejected,
}

/// An allocation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
	pub stage: Stage,
	pub dispute: Dispute,
	/// Emissions that the last true-up was based on.
	pub basis: u64,
	/// What is due: the early part, then the entitlement.
	pub due: u64,
	/// What was issued and not returned.
	pub got: u64,
	/// What was deducted.
	pub cut: u64,
	pub owed: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Entity {
	pub wallet: u64,
	pub held: u64,
	pub risky: bool,
	pub bad_credit: bool,
	/// What is to be deducted still.
	pub debt: u64,
	pub last_emissions: Option<u64>,
	pub emissions: Option<u64>,
	pub surrendered: u64,
	pub line: Option<Line>,
	/// Received past the pallet.
	pub direct: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
pub struct Installation {
	pub owner: AccountId,
	pub data: Option<u64>,
	/// Closed after the year, or after the year before.
	pub closed: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Model {
	pub open: bool,
	pub entities: BTreeMap<AccountId, Entity>,
	pub installations: Vec<Installation>,
}

impl Model {
	pub fn new(owners: &[AccountId]) -> Self {
		Self {
			open: true,
			entities: [PLANT, MILL].map(|who| (who, Entity::default())).into(),
			installations: owners
				.iter()
				.map(|owner| Installation {
					owner: *owner,
					data: None,
					closed: None,
				})
				.collect(),
		}
	}

	fn of(&mut self, who: AccountId) -> &mut Entity {
		self.entities.get_mut(&who).unwrap()
	}

	/// Do what `step` does; none where it is refused, and then nothing has changed.
	pub fn apply(&mut self, step: &Step) -> Option<()> {
		match *step {
			Step::Enter(n, tonnes) => self.enter(n, tonnes),
			Step::PreAllocate(who, base) => self.pre_allocate(who, base),
			Step::TrueUp(who) => self.true_up(who),
			Step::Return(who, tonnes) => self.give_back(who, tonnes),
			Step::Hold(who) => flag(&mut self.of(who).risky, true),
			Step::EndHold(who) => flag(&mut self.of(who).risky, false),
			Step::Credit(who, bad) => {
				self.of(who).bad_credit = bad;
				Some(())
			}
			Step::Surrender(who, tonnes) => {
				let entity = self.of(who);
				entity.held = less(entity.held, tonnes)?;
				entity.surrendered += tonnes;
				Some(())
			}
			Step::Release(who, tonnes) => self.of(who).release(tonnes),
			Step::Object(who) => {
				let line = self.of(who).line.as_mut()?;
				(line.stage == Stage::Settled && line.dispute == Dispute::None).then_some(())?;
				line.dispute = Dispute::Pending;
				Some(())
			}
			Step::Decide(who, upheld) => self.decide(who, upheld),
			Step::Close(n, this_year) => {
				let Installation { owner, closed, .. } = self.installations[n as usize];
				(closed.is_none() && (this_year || !self.has_true_up(owner))).then_some(())?;
				self.installations[n as usize].closed = Some(this_year);
				Some(())
			}
			Step::Move(n, to) => {
				let Installation { owner, closed, .. } = self.installations[n as usize];
				let settled = self.has_true_up(owner) || self.has_true_up(to);
				(closed.is_none() && owner != to && !(self.open && settled)).then_some(())?;
				self.installations[n as usize].owner = to;
				Some(())
			}
			Step::Spend(who, tonnes) => {
				let wallet = &mut self.of(who).wallet;
				*wallet -= tonnes.min(*wallet);
				Some(())
			}
			Step::Correct(who, emissions) => {
				self.of(who).emissions = emissions;
				Some(())
			}
			Step::FallShort(who, tonnes) => {
				self.of(who).debt += tonnes;
				Some(())
			}
			Step::Direct(who, tonnes) => {
				let entity = self.of(who);
				(entity.line.is_none() && entity.direct.is_none()).then_some(())?;
				entity.direct = Some(tonnes);
				entity.wallet += tonnes;
				Some(())
			}
			Step::Accept(open) => {
				self.open = open;
				Some(())
			}
		}
	}

	fn has_true_up(&self, who: AccountId) -> bool {
		self.entities[&who]
			.line
			.as_ref()
			.is_some_and(|line| line.stage != Stage::Early)
	}

	fn enter(&mut self, n: u32, tonnes: u64) -> Option<()> {
		let Installation { owner, closed, .. } = self.installations[n as usize];
		(self.open && closed != Some(false)).then_some(())?;
		let entity = self.of(owner);
		if let Some(line) = entity.line.as_mut().filter(|line| line.stage == Stage::Settled) {
			let differ = entity.emissions.is_some_and(|now| now != line.basis);
			(differ && line.dispute != Dispute::Pending).then_some(())?;
			line.stage = Stage::Reopened;
			line.dispute = Dispute::None;
		}
		self.installations[n as usize].data = Some(tonnes);
		Some(())
	}

	fn pre_allocate(&mut self, who: AccountId, stated: Option<u64>) -> Option<()> {
		let open = self.open;
		let entity = self.of(who);
		(open && entity.line.is_none() && entity.direct.is_none()).then_some(())?;
		let base = match (entity.last_emissions, stated) {
			(Some(base), None) | (None, Some(base)) => base,
			_ => return None,
		};
		entity.line = Some(Line {
			stage: Stage::Early,
			dispute: Dispute::None,
			basis: 0,
			due: base * 7 / 10,
			got: 0,
			cut: 0,
			owed: 0,
		});
		entity.level();
		Some(())
	}

	fn true_up(&mut self, who: AccountId) -> Option<()> {
		let counted: Vec<_> = self
			.installations
			.iter()
			.filter(|each| each.owner == who && each.closed != Some(false))
			.map(|each| each.data)
			.collect();
		let open = self.open;
		let entity = self.of(who);
		let emissions = entity.emissions?;
		(open && entity.direct.is_none()).then_some(())?;
		if let Some(line) = &entity.line {
			let again = line.basis != emissions && line.dispute != Dispute::Pending;
			(line.stage != Stage::Settled || again).then_some(())?;
		}
		let sum: u64 = counted.iter().copied().sum::<Option<u64>>()?;
		let least = if counted.is_empty() { 0 } else { emissions * 8 / 10 };
		let (got, cut) = entity.line.as_ref().map_or((0, 0), |line| (line.got, line.cut));
		entity.line = Some(Line {
			stage: Stage::Settled,
			dispute: Dispute::None,
			basis: emissions,
			due: sum.max(least),
			got,
			cut,
			owed: 0,
		});
		entity.level();
		Some(())
	}

	fn give_back(&mut self, who: AccountId, tonnes: u64) -> Option<()> {
		let entity = self.of(who);
		let line = entity.line.as_mut()?;
		(line.owed >= tonnes).then_some(())?;
		entity.wallet = less(entity.wallet, tonnes)?;
		line.owed -= tonnes;
		line.got -= tonnes;
		Some(())
	}

	fn decide(&mut self, who: AccountId, upheld: bool) -> Option<()> {
		let open = self.open;
		let line = self.of(who).line.as_mut()?;
		(line.dispute == Dispute::Pending && (open || !upheld)).then_some(())?;
		if upheld {
			(line.stage, line.dispute) = (Stage::Reopened, Dispute::None);
		} else {
			line.dispute = Dispute::Rejected;
		}
		Some(())
	}
}

impl Entity {
	fn release(&mut self, tonnes: u64) -> Option<()> {
		let covered = self.emissions.is_some_and(|owed| self.surrendered >= owed);
		(covered || !(self.risky || self.bad_credit)).then_some(())?;
		self.held = less(self.held, tonnes)?;
		self.wallet += tonnes;
		Some(())
	}

	/// Give or take tonne by tonne, until what the entity has is what is due to it.
	fn level(&mut self) {
		let line = self.line.as_mut().unwrap();
		while line.got + line.cut < line.due {
			if self.debt > 0 {
				self.debt -= 1;
				line.cut += 1;
			} else {
				*(if self.risky || self.bad_credit {
					&mut self.held
				} else {
					&mut self.wallet
				}) += 1;
				line.got += 1;
			}
		}
		while line.got + line.cut > line.due + line.owed {
			if line.owed < line.got {
				line.owed += 1;
			} else {
				line.cut -= 1;
				self.debt += 1;
			}
		}
		while line.owed > 0 && self.held > 0 {
			self.held -= 1;
			line.got -= 1;
			line.owed -= 1;
		}
	}
}

/// Turn a flag over, if it is not so already.
fn flag(flag: &mut bool, to: bool) -> Option<()> {
	let turned = *flag != to;
	*flag = to;
	turned.then_some(())
}

/// Some tonnes less, if there are so many; none for no tonnes.
fn less(from: u64, tonnes: u64) -> Option<u64> {
	from.checked_sub(tonnes).filter(|_| tonnes > 0)
}
