//! Every figure of the example, table by table as docs/EXAMPLE.md shows them. Tonnes, unless something else is said.

use carbon_primitives::{AssetId, Vintage, OFFSET_SERIES_FIRST};
use carbon_runtime::AccountId;
use pallet_allocation::{Activity, BenchmarkTable, InstallationKind, UnitKind};
use pallet_allowance::SurrenderStatus;

pub const Y2024: Vintage = Vintage(2024);
pub const Y2025: Vintage = Vintage(2025);
/// The only series of offset credits.
pub const SERIES: AssetId = OFFSET_SERIES_FIRST;

/// Year, month and day.
pub type Date = (u16, u8, u8);

/// Who takes part: six covered entities, and the owner of the forest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Firm {
	A,
	B,
	C,
	D,
	E,
	F,
	G,
}

pub use Firm::*;

/// The covered entities.
pub const ENTITIES: [Firm; 6] = [A, B, C, D, E, F];

impl Firm {
	pub fn account(self) -> AccountId {
		AccountId::new([0xa0 + self as u8; 32])
	}

	/// How the entitlement of its only installation is found.
	pub fn installation(self) -> InstallationKind {
		match self {
			A => InstallationKind::Power(UnitKind::CoalLarge),
			B => InstallationKind::Power(UnitKind::CoalSmall),
			C => InstallationKind::Power(UnitKind::Gas),
			D | E => InstallationKind::Output,
			F | G => InstallationKind::Direct,
		}
	}
}

/// Benchmarks of both years, in 1/10,000 t for each MWh or GJ.
pub const BENCHMARKS: BenchmarkTable = BenchmarkTable {
	coal_large: 7_910,
	coal_small: 8_049,
	coal_unconventional: 8_244,
	gas: 3_288,
	heat_coal: 1_033,
	heat_gas: 533,
};

const fn power(unit: UnitKind, electricity_mwh: u64, correction_ppm: u32, heat_gj: u64) -> Activity {
	Activity::Power {
		unit,
		electricity_mwh,
		correction_ppm,
		heat_gj,
	}
}

const fn output(emissions: u64, deviation_percent: i32) -> Activity {
	Activity::Output {
		emissions: carbon_primitives::Tonnes(emissions),
		deviation_ppm: deviation_percent * 10_000,
	}
}

const fn direct(tonnes: u64) -> Activity {
	Activity::Direct(carbon_primitives::Tonnes(tonnes))
}

/// The early part of an allocation.
pub struct PreAllocated {
	pub firm: Firm,
	/// Verified emissions of the year before.
	pub base: u64,
	/// 70 % of them, in tenths of a tonne.
	pub exact_tenths: u64,
	pub tonnes: u64,
}

const fn pre(firm: Firm, base: u64, exact_tenths: u64, tonnes: u64) -> PreAllocated {
	PreAllocated {
		firm,
		base,
		exact_tenths,
		tonnes,
	}
}

/// From the emissions of 2023, which the regulator states.
pub const PRE_ALLOCATED_2024: [PreAllocated; 6] = [
	pre(A, 800_001, 5_600_007, 560_000),
	pre(B, 141_001, 987_007, 98_700),
	pre(C, 105_555, 738_885, 73_888),
	pre(D, 390_003, 2_730_021, 273_002),
	pre(E, 300_000, 2_100_000, 210_000),
	pre(F, 260_000, 1_820_000, 182_000),
];
pub const PRE_ALLOCATED_2024_SUM: u64 = 1_397_590;

/// From the emissions of 2024, which the chain knows.
pub const PRE_ALLOCATED_2025: [PreAllocated; 6] = [
	pre(A, 805_987, 5_641_909, 564_190),
	pre(B, 140_019, 980_133, 98_013),
	pre(C, 110_000, 770_000, 77_000),
	pre(D, 400_000, 2_800_000, 280_000),
	pre(E, 200_000, 1_400_000, 140_000),
	pre(F, 240_000, 1_680_000, 168_000),
];
pub const PRE_ALLOCATED_2025_SUM: u64 = 1_327_203;

/// What an entity is entitled to.
pub struct Entitled {
	pub firm: Firm,
	/// Verified emissions.
	pub emissions: u64,
	/// Data of its installation.
	pub activity: Activity,
	/// By the formula, rounded down.
	pub by_formula: u64,
	/// What the gap cap adds.
	pub topped_up: u64,
	/// What need not be covered, as the gap of a gas unit.
	pub waived: u64,
	pub entitlement: u64,
}

/// `amounts`: by the formula, what the gap cap adds, what is waived, and the entitlement.
const fn entitled(firm: Firm, emissions: u64, activity: Activity, amounts: [u64; 4]) -> Entitled {
	let [by_formula, topped_up, waived, entitlement] = amounts;
	Entitled {
		firm,
		emissions,
		activity,
		by_formula,
		topped_up,
		waived,
		entitlement,
	}
}

pub const ENTITLED_2024: [Entitled; 6] = [
	entitled(
		A,
		805_987,
		power(UnitKind::CoalLarge, 1_000_001, 1_015_000, 0),
		[802_865, 0, 0, 802_865],
	),
	entitled(
		B,
		140_019,
		power(UnitKind::CoalSmall, 100_000, 1_000_000, 500_000),
		[132_140, 0, 0, 132_140],
	),
	entitled(
		C,
		110_000,
		power(UnitKind::Gas, 300_000, 1_000_000, 0),
		[98_640, 0, 11_360, 98_640],
	),
	entitled(D, 400_000, output(400_000, 10), [406_000, 0, 0, 406_000]),
	entitled(E, 200_000, output(200_000, -35), [194_000, 0, 0, 194_000]),
	entitled(F, 240_000, direct(270_000), [270_000, 0, 0, 270_000]),
];

/// What D is entitled to once its objection is upheld.
pub const ENTITLED_2024_UPHELD: Entitled =
	entitled(D, 400_000, output(400_000, 12), [407_200, 0, 0, 407_200]);

pub const ENTITLED_2025: [Entitled; 6] = [
	entitled(
		A,
		770_000,
		power(UnitKind::CoalLarge, 980_000, 1_000_000, 0),
		[775_180, 0, 0, 775_180],
	),
	entitled(
		B,
		130_001,
		power(UnitKind::CoalSmall, 90_000, 1_000_000, 200_000),
		[93_101, 10_899, 0, 104_000],
	),
	entitled(
		C,
		100_000,
		power(UnitKind::Gas, 310_000, 1_000_000, 0),
		[101_928, 0, 0, 101_928],
	),
	entitled(D, 260_000, output(260_000, -10), [256_100, 0, 0, 256_100]),
	entitled(E, 140_000, output(140_000, -35), [135_800, 0, 0, 135_800]),
	entitled(F, 245_000, direct(250_000), [250_000, 0, 0, 250_000]),
];

/// A correction to the entitlement.
pub struct TruedUp {
	pub firm: Firm,
	pub entitlement: u64,
	/// Issued before.
	pub before: u64,
	/// Issued now.
	pub more: u64,
	/// To be returned.
	pub owed: u64,
}

const fn trued_up(firm: Firm, entitlement: u64, before: u64, more: u64, owed: u64) -> TruedUp {
	TruedUp {
		firm,
		entitlement,
		before,
		more,
		owed,
	}
}

pub const TRUED_UP_2024: [TruedUp; 6] = [
	trued_up(A, 802_865, 560_000, 242_865, 0),
	trued_up(B, 132_140, 98_700, 33_440, 0),
	trued_up(C, 98_640, 73_888, 24_752, 0),
	trued_up(D, 406_000, 273_002, 132_998, 0),
	trued_up(E, 194_000, 210_000, 0, 16_000),
	trued_up(F, 270_000, 182_000, 88_000, 0),
];
/// The true-up of D that follows its objection.
pub const TRUED_UP_2024_UPHELD: TruedUp = trued_up(D, 407_200, 406_000, 1_200, 0);
/// How E returns its 16,000 t.
pub const RETURNED_2024: [u64; 2] = [10_000, 6_000];

pub const TRUED_UP_2025: [TruedUp; 6] = [
	trued_up(A, 775_180, 564_190, 210_990, 0),
	trued_up(B, 104_000, 98_013, 5_987, 0),
	trued_up(C, 101_928, 77_000, 24_928, 0),
	trued_up(D, 256_100, 280_000, 0, 23_900),
	trued_up(E, 135_800, 140_000, 0, 4_200),
	trued_up(F, 250_000, 168_000, 82_000, 0),
];
/// How D returns its 23,900 t: what it has to spare, then what it buys. E returns nothing of its 4,200 t.
pub const RETURNED_2025: [u64; 2] = [23_200, 700];

/// What the regulator held for F, surrendered for it, and released.
pub const HELD: u64 = 270_000;
pub const HELD_SURRENDERED: u64 = 240_000;
pub const HELD_RELEASED: u64 = 30_000;

/// The forest's series: verified reductions, what is kept back, and what G receives.
pub const SERIES_ISSUED: u64 = 10_001;
pub const SERIES_BUFFER: u64 = 2_001;
pub const SERIES_RECEIVED: u64 = 8_000;
/// 5 % of the obligation of B in hundredths of a tonne, what of it counts, and who surrenders it.
pub const OFFSETS_EXACT_HUNDREDTHS: u64 = 700_095;
pub const OFFSETS_MOST: u64 = 7_000;
pub const OFFSETS_BY_B: u64 = 6_000;
pub const OFFSETS_BY_G: u64 = 1_000;
/// What G cancels in 2026.
pub const OFFSETS_CANCELLED: u64 = 500;
/// What G holds in the end.
pub const SERIES_HELD: u64 = 500;

/// A fill in the order book.
pub struct Trade {
	pub date: Date,
	pub asset: AssetId,
	pub seller: Firm,
	pub buyer: Firm,
	pub tonnes: u64,
	/// In fen per tonne.
	pub price: u64,
	/// In fen.
	pub value: u64,
}

const fn trade(
	date: Date,
	asset: AssetId,
	(seller, buyer): (Firm, Firm),
	tonnes: u64,
	price: u64,
	value: u64,
) -> Trade {
	Trade {
		date,
		asset,
		seller,
		buyer,
		tonnes,
		price,
		value,
	}
}

const CREDIT_DAY: Date = (2025, 10, 20);
pub const EARLY_DAY: Date = (2025, 11, 28);
pub const BUSY_DAY: Date = (2025, 12, 10);
pub const LAST_DAY: Date = (2025, 12, 31);
pub const TRADING_DAY_2026: Date = (2026, 11, 9);

/// What D and F offer on the busy day, and at which price, in fen; and the highest price at which A and B buy.
pub const OFFER_OF_D: (u64, u64) = (3_000, 8_000);
pub const OFFER_OF_F: (u64, u64) = (1_001, 8_100);
pub const LIMIT_OF_BUYERS: u64 = 8_200;
/// Lowest and highest price of the busy day and of the last one, in fen.
pub const BUSY_BAND: (u64, u64) = (6_840, 8_360);
pub const LAST_BAND: (u64, u64) = (7_200, 8_800);

/// What A, B and E lack in 2024, and what D has to spare.
pub const LACKING_2024: [u64; 3] = [3_122, 879, 6_000];
pub const SPARE_2024: u64 = 7_200;
/// What B lacks in 2025.
pub const LACKING_2025: u64 = 26_001;

/// All fills of both years, in their order.
pub const TRADES: [Trade; 11] = [
	trade(CREDIT_DAY, SERIES, (G, B), 6_000, 7_500, 45_000_000),
	trade(EARLY_DAY, 2024, (D, A), 1_000, 7_600, 7_600_000),
	trade(BUSY_DAY, 2024, (D, A), 2_122, 8_000, 16_976_000),
	trade(BUSY_DAY, 2024, (D, B), 878, 8_000, 7_024_000),
	trade(BUSY_DAY, 2024, (F, B), 1, 8_100, 8_100),
	trade(LAST_DAY, 2024, (F, E), 1_000, 8_100, 8_100_000),
	trade(LAST_DAY, 2024, (F, E), 5_000, 8_500, 42_500_000),
	trade(TRADING_DAY_2026, 2025, (C, D), 700, 8_500, 5_950_000),
	trade(TRADING_DAY_2026, 2025, (E, B), 6_000, 8_600, 51_600_000),
	trade(TRADING_DAY_2026, 2025, (A, B), 5_001, 8_600, 43_008_600),
	trade(TRADING_DAY_2026, 2025, (F, B), 15_000, 8_700, 130_500_000),
];

/// A day of a market: what was traded, for how much, and its closing price, in fen.
pub struct DayClosed {
	pub date: Date,
	pub asset: AssetId,
	pub tonnes: u64,
	pub value: u64,
	pub close: u64,
}

const fn day_closed(date: Date, asset: AssetId, tonnes: u64, value: u64, close: u64) -> DayClosed {
	DayClosed {
		date,
		asset,
		tonnes,
		value,
		close,
	}
}

pub const DAYS_CLOSED: [DayClosed; 5] = [
	day_closed(CREDIT_DAY, SERIES, 6_000, 45_000_000, 7_500),
	day_closed(EARLY_DAY, 2024, 1_000, 7_600_000, 7_600),
	day_closed(BUSY_DAY, 2024, 3_001, 24_008_100, 8_000),
	day_closed(LAST_DAY, 2024, 6_000, 50_600_000, 8_433),
	day_closed(TRADING_DAY_2026, 2025, 26_701, 231_058_600, 8_654),
];

/// What was traded from 1 to 31 December 2025, and the average price, in fen.
pub const MONTH_TONNES: u64 = 9_001;
pub const MONTH_VALUE: u64 = 74_608_100;
pub const MONTH_PRICE: u64 = 8_289;
/// What a tonne counts where nothing was traded in the month, in fen: a default of the rules.
pub const FALLBACK_PRICE: u64 = 10_000;
/// How many times the price a missing tonne costs: a default of the rules.
pub const FINE_MULTIPLIER: u64 = 5;

/// How an entity stands when a year has closed.
pub struct Closed {
	pub firm: Firm,
	/// Verified emissions; none where none were confirmed.
	pub emissions: Option<u64>,
	pub waived: u64,
	/// What has to be covered.
	pub obligation: u64,
	/// Surrendered allowances, by vintage: 2024, 2025.
	pub allowances: [u64; 2],
	/// Surrendered offset credits.
	pub offsets: u64,
	pub missing: u64,
	pub status: SurrenderStatus,
	/// In fen.
	pub fine: u64,
}

const fn covered(firm: Firm, emissions: u64, waived: u64, allowances: [u64; 2], offsets: u64) -> Closed {
	Closed {
		firm,
		emissions: Some(emissions),
		waived,
		obligation: emissions - waived,
		allowances,
		offsets,
		missing: 0,
		status: SurrenderStatus::A,
		fine: 0,
	}
}

pub const CLOSED_2024: [Closed; 6] = [
	covered(A, 805_987, 0, [805_987, 0], 0),
	covered(B, 140_019, 0, [133_019, 0], 7_000),
	covered(C, 110_000, 11_360, [98_640, 0], 0),
	covered(D, 400_000, 0, [400_000, 0], 0),
	Closed {
		missing: 6_000,
		status: SurrenderStatus::B,
		fine: 248_670_000,
		..covered(E, 200_000, 0, [194_000, 0], 0)
	},
	covered(F, 240_000, 0, [240_000, 0], 0),
];

pub const CLOSED_2025: [Closed; 6] = [
	covered(A, 770_000, 0, [0, 770_000], 0),
	covered(B, 130_001, 0, [0, 130_001], 0),
	covered(C, 100_000, 0, [0, 100_000], 0),
	covered(D, 260_000, 0, [0, 260_000], 0),
	Closed {
		emissions: None,
		obligation: 0,
		status: SurrenderStatus::C,
		..covered(E, 140_000, 0, [6_000, 134_000], 0)
	},
	covered(F, 245_000, 0, [4_998, 240_002], 0),
];

/// The emissions of E in 2025 that the regulator determines afterwards, what is missing of them, and the fine in fen.
pub const DETERMINED_2025: u64 = 170_000;
pub const DETERMINED_MISSING: u64 = 30_000;
pub const DETERMINED_FINE: u64 = 1_500_000_000;

/// What an entity carries over from 2024 to 2025.
pub struct Carried {
	pub firm: Firm,
	/// Sold more than bought, of vintage 2024.
	pub net_sold: u64,
	/// Most that the formula allows.
	pub most: u64,
	/// What it holds of vintage 2024.
	pub held: u64,
	pub carried: u64,
}

const fn carried(firm: Firm, net_sold: u64, most: u64, held: u64, carried: u64) -> Carried {
	Carried {
		firm,
		net_sold,
		most,
		held,
		carried,
	}
}

/// One tonne more than D and F may carry over.
pub const CARRY_OVER_REFUSED: [u64; 2] = [3_201, 19_002];

/// D is bound by what it holds, F by the formula, and E, which did not comply, carries over nothing.
pub const CARRIED: [Carried; 3] = [
	carried(D, 4_000, 16_000, 3_200, 3_200),
	carried(E, 0, 10_000, 6_000, 0),
	carried(F, 6_001, 19_001, 23_999, 19_001),
];

/// What has become of a vintage in the end.
pub struct SupplyAtEnd {
	pub year: Vintage,
	pub cap: u64,
	/// Issued and not taken back.
	pub issued: u64,
	pub carried_in: u64,
	/// Surrendered for 2024 and for 2025.
	pub surrendered: [u64; 2],
	pub cancelled: u64,
	pub carried_out: u64,
	/// Held, by firm: A to F.
	pub held: [u64; 6],
	pub held_sum: u64,
}

pub const SUPPLY_2024: SupplyAtEnd = SupplyAtEnd {
	year: Y2024,
	cap: 1_950_000,
	issued: 1_904_845,
	carried_in: 0,
	surrendered: [1_871_646, 10_998],
	cancelled: 0,
	carried_out: 22_201,
	held: [0; 6],
	held_sum: 0,
};

pub const SUPPLY_2025: SupplyAtEnd = SupplyAtEnd {
	year: Y2025,
	cap: 1_700_000,
	issued: 1_627_208,
	carried_in: 22_201,
	surrendered: [0, 1_634_003],
	cancelled: 100,
	carried_out: 0,
	held: [179, 0, 1_128, 0, 0, 13_999],
	held_sum: 15_306,
};

/// What is left of each firm's money on the trading ledger, in fen; each of them put the same amount there.
pub const MONEY_AT_FIRST: u64 = 300_000_000;
/// Paid and received by trades, in fen, and what is left.
pub const MONEY: [(Firm, u64, u64, u64); 7] = [
	(A, 24_576_000, 43_008_600, 318_432_600),
	(B, 277_140_700, 0, 22_859_300),
	(C, 0, 5_950_000, 305_950_000),
	(D, 5_950_000, 31_600_000, 325_650_000),
	(E, 50_600_000, 51_600_000, 301_000_000),
	(F, 0, 181_108_100, 481_108_100),
	(G, 0, 45_000_000, 345_000_000),
];
/// All that was paid, and all that was received.
pub const MONEY_MOVED: u64 = 358_266_700;
