//! The steps of a walk, and how bytes become steps.

use super::runtime::{Who, ACCOUNTS, ADMITTED_FIRST};
use carbon_primitives::{AssetId, Moment, RecordKind, Vintage};
use pallet_provenance::{ActivityKind, Direction, EntityKind, NAMED_KINDS};

/// How many bytes become one step, whatever it is.
pub const STEP_BYTES: usize = 32;

/// When a walk begins, in milliseconds since the Unix epoch.
pub const BEGINNING: Moment = 1_700_000_000_000;

/// What is done. Data and activities that a step is about are picked among those that there are by then.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
	/// Somebody hands a description in.
	Register {
		caller: Who,
		entity: Who,
		kind: EntityKind,
		text: Text,
		attributes: bool,
		principal: Principal,
		proof: Sign,
	},
	/// Somebody lets so many entities act for it, each by way of the one before.
	Line { caller: Who, count: u8 },
	/// Somebody ends that an entity acts for another one, without its signature.
	End { caller: Who, entity: Who },
	/// Somebody records an activity.
	Record(Work),
	/// Somebody anchors a document.
	Anchor {
		caller: Who,
		digest: Option<u8>,
		text: Text,
		protected: bool,
	},
	/// Somebody revises data; without a name their owner.
	Revise {
		caller: Option<Who>,
		data: Pick,
		digest: Option<u8>,
	},
	/// Somebody declares data void; without a name their owner.
	Invalidate { caller: Option<Who>, data: Pick },
	/// Something happens that the chain records by itself.
	Happen {
		kind: RecordKind,
		by: By,
		owner: Option<Who>,
		name: Name,
		digest: Option<u8>,
		uses: Vec<(RecordKind, Name)>,
		supersedes: bool,
	},
	/// Orders of a market trade.
	Trade { asset: AssetId, fills: u32, tonnes: u8 },
	/// Somebody is admitted, or no more.
	Admit { who: Who },
	/// A kind of happenings is recorded, or no more.
	Switch { kind: RecordKind },
	/// Somebody asks where data come from, or what became of them.
	Ask {
		data: Pick,
		direction: Direction,
		depth: u8,
	},
	/// Time passes, and a block begins. Without a number the hook has all the weight there is; else as much as it takes for that many
	/// markets.
	Block { wait: Moment, markets: Option<u8> },
}

/// An activity that somebody hands in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Work {
	pub caller: Who,
	/// Who has done it; without a name the caller.
	pub entity: Option<Who>,
	pub proof: Sign,
	pub kind: ActivityKind,
	/// How long ago it ended, in milliseconds; below zero it has not ended yet.
	pub ended: i64,
	/// How long it took; below zero it ended before it began.
	pub took: i64,
	pub used: Used,
	pub trigger: Trigger,
	pub oddity: Oddity,
	pub items: Vec<Item>,
}

/// An item of data that an activity generates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
	/// One that was there before, by its place among all of them; else a new one.
	pub digest: Option<u8>,
	/// Whether the first of the sources on record is its primary source; below zero another one is.
	pub primary: Primary,
	/// Which device has measured it.
	pub device: Option<Who>,
	pub sources: Vec<Base>,
}

/// What an item names as its primary source.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Primary {
	/// Nothing.
	None,
	/// The first of its sources that is on record.
	First,
	/// Whichever data.
	Any,
}

/// What data derive from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Base {
	/// One of those that their activity uses, modulo how many there are.
	Used(u8),
	/// Any data.
	Known(Pick),
	/// An item of the same activity that stands before it, modulo how many there are.
	Before(u8),
	/// An item of the same activity by its place, or a place that does not exist.
	Place(u8),
}

/// The data that an activity uses.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Used {
	/// Each of them by itself.
	Picks(Vec<Pick>),
	/// The newest ones, so many.
	Newest(u8),
}

/// Data or an activity.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pick {
	/// So many before the newest.
	Back(u8),
	/// By its number, modulo how many there are.
	At(u8),
	/// One whose number was not given out, so many after the newest.
	Ahead(u8),
}

/// What sets an activity off.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trigger {
	/// Nothing.
	None,
	/// An activity.
	Activity(Pick),
	/// Data.
	Data(Pick),
}

/// Something about an activity that is unusual.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Oddity {
	/// Nothing.
	None,
	/// What is named twice stays so.
	Repeats,
	/// Its rule is this text.
	Rule(Text),
	/// It takes place somewhere, in a country that there is or in none.
	Country(bool),
	/// The media type of its first item is this text.
	Media(Text),
}

/// A text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Text {
	/// Nothing.
	Empty,
	/// Plain.
	Plain,
	/// Outside of ASCII.
	Foreign,
	/// With a line break.
	Broken,
	/// No UTF-8.
	Bytes,
}

/// In whose name an entity is to act.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Principal {
	/// Its own.
	None,
	/// Whoever it acts for by now.
	Kept,
	/// Whoever hands it in.
	Caller,
	/// Somebody.
	Of(Who),
}

/// How a statement is signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sign {
	/// Not at all.
	None,
	/// By the entity, leaving out so many numbers.
	Good(u8),
	/// With a number that was used, so many before the last one.
	Old(u8),
	/// By somebody else.
	By(Who),
	/// For another caller.
	For(Who),
	/// For another chain.
	Elsewhere,
	/// With another number than the one that is named.
	OtherNumber,
}

/// Who has done what happens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum By {
	/// An account.
	Account(Who),
	/// The regulator.
	Regulator,
	/// The chain.
	Chain,
}

/// What tells data of one kind of happenings from others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Name {
	pub who: Who,
	pub year: Vintage,
	pub number: u8,
}

/// The steps that `bytes` are, a record of [`STEP_BYTES`] each; the last record may be shorter.
pub fn steps(bytes: &[u8]) -> Vec<Step> {
	let records = bytes.chunks(STEP_BYTES);
	records.map(|record| Bytes(record).step()).collect()
}

/// What is left of a record. Where it has run out, it goes on with zeros.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
	fn byte(&mut self) -> u8 {
		let Some((first, rest)) = self.0.split_first() else {
			return 0;
		};
		self.0 = rest;
		*first
	}

	/// A number below `end`.
	fn below(&mut self, end: u8) -> u8 {
		self.byte() % end.max(1)
	}

	fn one_of<T: Clone>(&mut self, choice: &[T]) -> T {
		let at = usize::from(self.byte()) % choice.len();
		choice[at].clone()
	}

	/// `Some` in one of `times` cases.
	fn rarely<T>(&mut self, times: u8, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
		(self.below(times) == times - 1).then(|| make(self))
	}

	fn step(&mut self) -> Step {
		match self.byte() {
			0..=79 => Step::Record(self.work()),
			80..=123 => self.registration(),
			124 | 125 => Step::Line {
				caller: self.who(),
				count: 1 + self.below(ACCOUNTS),
			},
			126..=131 => Step::End {
				caller: self.who(),
				entity: self.who(),
			},
			132..=147 => Step::Anchor {
				caller: self.who(),
				digest: self.rarely(6, Self::byte),
				text: self.text(),
				protected: self.below(2) == 1,
			},
			148..=163 => Step::Revise {
				caller: self.rarely(3, Self::who),
				data: self.pick(),
				digest: self.rarely(8, Self::byte),
			},
			164..=175 => Step::Invalidate {
				caller: self.rarely(3, Self::who),
				data: self.pick(),
			},
			176..=199 => self.happening(),
			200..=215 => Step::Trade {
				asset: 2_021 + AssetId::from(self.below(5)),
				fills: self.one_of(&[1, 2, 20, u32::MAX]),
				tonnes: self.byte(),
			},
			216..=219 => Step::Admit { who: self.who() },
			220..=223 => Step::Switch { kind: self.kind() },
			224..=231 => Step::Ask {
				data: self.pick(),
				direction: self.one_of(&[Direction::Backwards, Direction::Forwards]),
				depth: self.one_of(&[32, 0, 1, 2, 3, 255]),
			},
			_ => Step::Block {
				wait: self.one_of(&[0, 1, 2_000, 2_000, 2_000, 60_000]),
				markets: self.rarely(2, |bytes| bytes.below(3)),
			},
		}
	}

	fn registration(&mut self) -> Step {
		Step::Register {
			caller: self.who(),
			entity: self.below(ACCOUNTS),
			kind: match self.byte() {
				0..=99 => EntityKind::Device,
				100..=139 => EntityKind::Person,
				140..=169 => EntityKind::Organisation,
				170..=199 => EntityKind::Software,
				200..=219 => EntityKind::Authority,
				other => EntityKind::Other(other.into()),
			},
			text: self.text(),
			attributes: self.below(4) == 0,
			principal: match self.byte() {
				0..=59 => Principal::Kept,
				60..=89 => Principal::None,
				90..=189 => Principal::Caller,
				_ => Principal::Of(self.below(ACCOUNTS)),
			},
			proof: self.sign(),
		}
	}

	fn work(&mut self) -> Work {
		Work {
			caller: self.who(),
			entity: self.rarely(3, |bytes| bytes.below(ACCOUNTS)),
			proof: match self.byte() {
				0..=159 => Sign::Good(0),
				160..=199 => Sign::None,
				_ => self.sign(),
			},
			kind: match self.byte() {
				byte @ 0..=249 => ActivityKind::NAMED[usize::from(byte) % NAMED_KINDS],
				byte => ActivityKind::Other((byte % 3).into()),
			},
			ended: self.one_of(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2_000, 2_000, 5_000, 100_000, -1]),
			took: self.one_of(&[0, 0, 0, 0, 1, 2_000, 5_000, 100_000, -1]),
			trigger: match self.byte() {
				0..=29 => Trigger::Activity(self.pick()),
				30 | 31 => Trigger::Activity(Pick::Ahead(self.below(3))),
				32..=61 => Trigger::Data(self.pick()),
				62 | 63 => Trigger::Data(Pick::Ahead(self.below(3))),
				_ => Trigger::None,
			},
			oddity: match self.byte() {
				0..=11 => Oddity::Repeats,
				12..=15 => Oddity::Rule(self.text()),
				16..=22 => Oddity::Country(true),
				23..=25 => Oddity::Country(false),
				26..=31 => Oddity::Media(self.text()),
				_ => Oddity::None,
			},
			used: match self.below(16) {
				15 => {
					let most = self.one_of(&[4, 4, 4, 16]);
					Used::Newest(1 + self.below(most))
				}
				count @ 0..=8 => self.picks(count / 3),
				count => self.picks(count % 5),
			},
			items: {
				let count = self.one_of(&[1, 1, 1, 2, 2, 3, 4, 0]);
				let count = self.rarely(128, |_| 16).unwrap_or(count);
				(0..count).map(|_| self.item()).collect()
			},
		}
	}

	fn picks(&mut self, count: u8) -> Used {
		Used::Picks((0..count).map(|_| self.pick()).collect())
	}

	fn item(&mut self) -> Item {
		let byte = self.byte();
		let count = byte % 4;
		let mut item = Item {
			digest: None,
			primary: Primary::None,
			device: None,
			sources: Vec::new(),
		};
		match byte / 4 {
			63 => item.digest = Some(self.byte()),
			62 => item.device = Some(self.below(ACCOUNTS)),
			59..=61 => item.device = Some(ADMITTED_FIRST),
			57 | 58 => item.primary = Primary::First,
			56 => item.primary = Primary::Any,
			_ => {}
		}
		item.sources = (0..count).map(|_| self.base()).collect();
		item
	}

	fn base(&mut self) -> Base {
		match self.byte() {
			byte @ 0..=119 => Base::Used(byte),
			byte @ 120..=199 => Base::Before(byte),
			byte @ 200..=247 => Base::Place(byte % 4),
			248 => Base::Place(16),
			_ => Base::Known(self.pick()),
		}
	}

	fn happening(&mut self) -> Step {
		let kind = self.kind();
		let uses = self.below(5);
		Step::Happen {
			kind,
			by: match self.byte() {
				0..=127 => By::Account(self.below(ACCOUNTS)),
				128..=199 => By::Regulator,
				_ => By::Chain,
			},
			owner: self.rarely(2, |bytes| bytes.below(ACCOUNTS)),
			name: self.name(),
			digest: self.rarely(8, Self::byte),
			supersedes: self.below(2) == 1,
			uses: (0..uses).map(|_| (self.kind(), self.name())).collect(),
		}
	}

	/// A kind of happenings that other pallets tell of one by one.
	fn kind(&mut self) -> RecordKind {
		match self.one_of(&RecordKind::ALL) {
			RecordKind::Matching => RecordKind::Report,
			kind => kind,
		}
	}

	/// One of few, so that names come again.
	fn name(&mut self) -> Name {
		let byte = self.byte();
		Name {
			who: byte % 3,
			year: Vintage(2_024 + u16::from(byte / 128)),
			number: byte % 8,
		}
	}

	fn pick(&mut self) -> Pick {
		match self.byte() {
			byte @ 0..=199 => Pick::Back(byte % 8),
			byte @ 200..=251 => Pick::At(byte),
			byte => Pick::Ahead(byte % 3),
		}
	}

	fn text(&mut self) -> Text {
		match self.byte() {
			0..=159 => Text::Plain,
			160..=223 => Text::Empty,
			224..=247 => Text::Foreign,
			248..=251 => Text::Broken,
			_ => Text::Bytes,
		}
	}

	/// Most are admitted.
	fn who(&mut self) -> Who {
		match self.byte() {
			byte @ 0..=223 => byte % ADMITTED_FIRST,
			byte => byte % ACCOUNTS,
		}
	}

	fn sign(&mut self) -> Sign {
		match self.byte() {
			0..=159 => Sign::Good(0),
			160..=169 => Sign::Good(self.byte()),
			170..=199 => Sign::None,
			200..=211 => Sign::Old(self.below(2)),
			212..=223 => Sign::By(self.below(ACCOUNTS)),
			224..=235 => Sign::For(self.below(ACCOUNTS)),
			236..=245 => Sign::Elsewhere,
			_ => Sign::OtherNumber,
		}
	}
}
