//! docs/EXAMPLE.md shows the figures that the journey comes to: each of its tables is made anew here, and has to stand there.

use super::{figures::*, steps::day};
use pallet_allocation::{Activity, UnitKind};
use pallet_allowance::{RuleSet, SurrenderStatus};

const DOCUMENT: &str = include_str!("../../../../docs/EXAMPLE.md");

/// The rows of a table stand in the document, one after the other.
fn shows(rows: impl IntoIterator<Item = Vec<String>>) {
	let rows: Vec<_> = rows
		.into_iter()
		.map(|cells| format!("| {} |\n", cells.join(" | ")))
		.collect();
	let table = rows.concat();
	assert!(DOCUMENT.contains(&table), "docs/EXAMPLE.md lacks\n{table}");
}

/// The sentence stands in the document, wherever its lines end.
fn says(sentence: &str) {
	let words: Vec<_> = DOCUMENT.split_whitespace().collect();
	assert!(
		words.join(" ").contains(sentence),
		"docs/EXAMPLE.md lacks\n{sentence}"
	);
}

/// With commas; a dash for zero.
fn number(value: u64) -> String {
	if value == 0 {
		"–".into()
	} else {
		grouped(value)
	}
}

fn grouped(value: u64) -> String {
	let digits = value.to_string();
	let mut parts = Vec::new();
	let mut rest = digits.as_str();
	while rest.len() > 3 {
		let (left, part) = rest.split_at(rest.len() - 3);
		parts.push(part);
		rest = left;
	}
	parts.push(rest);
	parts.reverse();
	parts.join(",")
}

/// A number of which so many digits stand behind the point.
fn with_point(value: u64, digits: u32) -> String {
	let whole = 10_u64.pow(digits);
	let width = digits as usize;
	format!("{}.{:0width$}", grouped(value / whole), value % whole)
}

/// Fen as CNY; a dash for zero.
fn cny(fen: u64) -> String {
	if fen == 0 {
		"–".into()
	} else {
		with_point(fen, 2)
	}
}

fn name(firm: Firm) -> String {
	format!("{firm:?}")
}

fn long((year, month, day): Date) -> String {
	const MONTHS: [&str; 12] = [
		"January",
		"February",
		"March",
		"April",
		"May",
		"June",
		"July",
		"August",
		"September",
		"October",
		"November",
		"December",
	];
	format!("{day} {} {year}", MONTHS[usize::from(month) - 1])
}

/// The formula with the data of an installation in it.
fn formula(activity: &Activity) -> String {
	match *activity {
		Activity::Power {
			unit,
			electricity_mwh,
			correction_ppm,
			heat_gj,
		} => {
			let (rate, heat_rate) = rates(unit);
			let mut text = format!("{} MWh × {}", grouped(electricity_mwh), rate_of(rate));
			if correction_ppm != 1_000_000 {
				text += &format!(" × {}", with_point(u64::from(correction_ppm) / 1_000, 3));
			}
			if heat_gj > 0 {
				text += &format!(" + {} GJ × {}", grouped(heat_gj), rate_of(heat_rate));
			}
			text
		}
		Activity::Output {
			emissions,
			deviation_ppm,
		} => {
			let percent = deviation_ppm / 10_000;
			let sign = if percent < 0 { "−" } else { "+" };
			let change = if percent.abs() < 20 {
				format!("0.15 × {} %", percent.abs())
			} else {
				"3 %".into()
			};
			format!("{} × (1 {sign} {change})", grouped(emissions.0))
		}
		Activity::Direct(_) => "given".into(),
	}
}

fn rates(unit: UnitKind) -> (u32, u32) {
	let table = BENCHMARKS;
	match unit {
		UnitKind::CoalLarge => (table.coal_large, table.heat_coal),
		UnitKind::CoalSmall => (table.coal_small, table.heat_coal),
		UnitKind::CoalUnconventional => (table.coal_unconventional, table.heat_coal),
		UnitKind::Gas => (table.gas, table.heat_gas),
	}
}

fn rate_of(rate: u32) -> String {
	with_point(rate.into(), 4)
}

#[test]
fn the_document_shows_the_pre_allocations() {
	for (lines, sum) in [
		(PRE_ALLOCATED_2024, PRE_ALLOCATED_2024_SUM),
		(PRE_ALLOCATED_2025, PRE_ALLOCATED_2025_SUM),
	] {
		let rows = lines.iter().map(|line| {
			vec![
				name(line.firm),
				grouped(line.base),
				with_point(line.exact_tenths, 1),
				grouped(line.tonnes),
			]
		});
		let last = ["sum".into(), String::new(), String::new(), grouped(sum)];
		shows(rows.chain([last.to_vec()]));
	}
}

#[test]
fn the_document_shows_the_entitlements() {
	for lines in [&ENTITLED_2024[..], &[ENTITLED_2024_UPHELD], &ENTITLED_2025] {
		shows(lines.iter().map(|line| {
			vec![
				name(line.firm),
				grouped(line.emissions),
				formula(&line.activity),
				grouped(line.by_formula),
				number(line.topped_up),
				grouped(line.entitlement),
				number(line.waived),
			]
		}));
	}
}

#[test]
fn the_document_shows_the_true_ups() {
	for lines in [&TRUED_UP_2024[..], &[TRUED_UP_2024_UPHELD], &TRUED_UP_2025] {
		shows(lines.iter().map(|line| {
			vec![
				name(line.firm),
				grouped(line.entitlement),
				grouped(line.before),
				number(line.more),
				number(line.owed),
			]
		}));
	}
	let [first, second] = RETURNED_2024.map(grouped);
	says(&format!("E returns {first} t and then {second} t"));
	let [spare, bought] = RETURNED_2025.map(grouped);
	says(&format!("{spare} t at once, and {bought} t"));
	let [held, surrendered, released] = [HELD, HELD_SURRENDERED, HELD_RELEASED].map(grouped);
	says(&format!("{held} − {surrendered} = {released} t"));
}

#[test]
fn the_document_shows_the_credits() {
	let [issued, buffer, received] = [SERIES_ISSUED, SERIES_BUFFER, SERIES_RECEIVED].map(grouped);
	says(&format!("{issued} − {buffer} = {received} t"));
	let exact = with_point(OFFSETS_EXACT_HUNDREDTHS, 2);
	says(&format!("= {exact}, rounded down {} t", grouped(OFFSETS_MOST)));
	let [by_b, by_g] = [OFFSETS_BY_B, OFFSETS_BY_G].map(grouped);
	says(&format!("B surrenders {by_b} t"));
	says(&format!("G surrenders {by_g} t"));
	shows([vec![
		issued,
		buffer,
		grouped(OFFSETS_MOST),
		grouped(OFFSETS_CANCELLED),
		grouped(SERIES_HELD),
	]]);
}

#[test]
fn the_document_shows_the_trades() {
	let (in_2026, in_2025): (Vec<_>, Vec<_>) = TRADES.iter().partition(|trade| trade.date.0 == 2026);
	for trades in [in_2025, in_2026] {
		shows(trades.into_iter().map(|trade| {
			vec![
				long(trade.date),
				trade.asset.to_string(),
				name(trade.seller),
				name(trade.buyer),
				grouped(trade.tonnes),
				cny(trade.price),
				cny(trade.value),
			]
		}));
	}
	let (in_2026, in_2025): (Vec<_>, Vec<_>) = DAYS_CLOSED.iter().partition(|closed| closed.date.0 == 2026);
	for days in [in_2025, in_2026] {
		shows(days.into_iter().map(|closed| {
			vec![
				long(closed.date),
				closed.asset.to_string(),
				grouped(closed.tonnes),
				cny(closed.value),
				cny(closed.close),
			]
		}));
	}
}

#[test]
fn the_document_tells_of_the_orders_and_of_what_was_refused() {
	let offer = |(tonnes, price)| format!("{} t at {}", grouped(tonnes), cny(price));
	says(&format!(
		"D offers {} and F {}",
		offer(OFFER_OF_D),
		offer(OFFER_OF_F)
	));
	says(&format!("both for {} or less", cny(LIMIT_OF_BUYERS)));
	for ((lowest, highest), close) in [(BUSY_BAND, 7_600), (LAST_BAND, 8_000)] {
		let (lowest, highest) = (cny(lowest), cny(highest));
		says(&format!("{lowest} to {highest} after {}", cny(close)));
	}
	let [of_d, of_f] = CARRY_OVER_REFUSED.map(grouped);
	says(&format!("carrying over {of_d} t (D), {of_f} t (F), 6,000 t (E)"));
	let beyond_cap = SUPPLY_2024.cap - SUPPLY_2024.issued + 1;
	says(&format!("issuing {} t of 2024", grouped(beyond_cap)));
	says(&format!(
		"{} t of offset credits for B",
		grouped(OFFSETS_MOST + 1)
	));
}

/// Each number of the text is one of a table, which the tests above compare, or a step on the way, which an equation proves or which they
/// name.
#[test]
fn the_document_names_no_number_that_is_not_compared() {
	const ON_THE_WAY: [&str; 33] = [
		"0.802865",
		"802,865.802865",
		"80,490",
		"51,650",
		"30,000",
		"2,000.2",
		"8,000",
		"7,000.95",
		"3,122",
		"7,200",
		"3,000",
		"1,001",
		"82.00",
		"68.40",
		"83.60",
		"72.00",
		"88.00",
		"9,001",
		"746,081.00",
		"82.89",
		"19,001.5",
		"72,441",
		"20,660",
		"104,000.8",
		"23,200",
		"26,001",
		"170,000",
		"15,000,000.00",
		"1,623,008",
		"45,156",
		"7,001",
		"3,201",
		"19,002",
	];
	let is_large = |token: &&str| token.contains([',', '.']) && parsed(token).is_some();
	let trimmed = |token: &'static str| token.trim_end_matches(PUNCTUATION);
	let (compared, _) = DOCUMENT.split_once("## 6.").expect("there is a last section");
	let known: Vec<_> = compared
		.lines()
		.filter(|line| line.starts_with('|'))
		.flat_map(str::split_whitespace)
		.chain(ON_THE_WAY)
		.collect();
	for line in DOCUMENT.lines() {
		for token in line.split_whitespace().map(trimmed).filter(is_large) {
			assert!(known.contains(&token), "{token} in\n{line}");
		}
	}
}

#[test]
fn the_document_shows_how_the_years_closed() {
	for lines in [&CLOSED_2024, &CLOSED_2025] {
		shows(lines.iter().map(|line| {
			let [older, newer] = line.allowances;
			vec![
				name(line.firm),
				line.emissions.map_or("not confirmed".into(), grouped),
				number(line.waived),
				number(line.obligation),
				number(older),
				number(newer),
				number(line.offsets),
				number(line.missing),
				status(line.status).into(),
				cny(line.fine),
			]
		}));
	}
}

fn status(status: SurrenderStatus) -> &'static str {
	match status {
		SurrenderStatus::A => "A",
		SurrenderStatus::B => "B",
		SurrenderStatus::C => "C",
		SurrenderStatus::Excluded => "excluded",
	}
}

#[test]
fn the_document_shows_the_fines() {
	let missing = CLOSED_2024[E as usize].missing;
	let fine = CLOSED_2024[E as usize].fine;
	assert_eq!(FINE_MULTIPLIER * missing * MONTH_PRICE, fine);
	says(&format!(
		"CNY {} / {} t = CNY {}",
		cny(MONTH_VALUE),
		grouped(MONTH_TONNES),
		cny(MONTH_PRICE)
	));
	let derived = |missing, price, fine| {
		format!(
			"{FINE_MULTIPLIER} × {} t × CNY {} = CNY {}",
			grouped(missing),
			cny(price),
			cny(fine)
		)
	};
	says(&derived(missing, MONTH_PRICE, fine));
	assert_eq!(
		FINE_MULTIPLIER * DETERMINED_MISSING * FALLBACK_PRICE,
		DETERMINED_FINE
	);
	says(&derived(DETERMINED_MISSING, FALLBACK_PRICE, DETERMINED_FINE));
	let surrendered: u64 = CLOSED_2025[E as usize].allowances.iter().sum();
	says(&format!(
		"{} − {} = {} t",
		grouped(DETERMINED_2025),
		grouped(surrendered),
		grouped(DETERMINED_MISSING)
	));
}

#[test]
fn the_document_shows_what_was_carried_over() {
	shows(CARRIED.iter().map(|line| {
		vec![
			name(line.firm),
			number(line.net_sold),
			grouped(line.most),
			grouped(line.held),
			number(line.carried),
		]
	}));
}

#[test]
fn the_document_shows_what_is_left() {
	let ends = [&SUPPLY_2024, &SUPPLY_2025];
	let row = |name: &str, of: &dyn Fn(&SupplyAtEnd) -> u64| {
		let [first, second] = ends.map(|end| number(of(end)));
		vec![name.into(), first, second]
	};
	shows([
		row("cap", &|end| end.cap),
		row("issued and not taken back", &|end| end.issued),
		row("carried in", &|end| end.carried_in),
		row("**what there was**", &|end| end.issued + end.carried_in),
		row("surrendered for 2024", &|end| end.surrendered[0]),
		row("surrendered for 2025", &|end| end.surrendered[1]),
		row("cancelled", &|end| end.cancelled),
		row("carried out", &|end| end.carried_out),
		row("held by A", &|end| end.held[0]),
		row("held by B", &|end| end.held[1]),
		row("held by C", &|end| end.held[2]),
		row("held by D", &|end| end.held[3]),
		row("held by E", &|end| end.held[4]),
		row("held by F", &|end| end.held[5]),
		row("**sum of these**", &|end| {
			end.surrendered.iter().sum::<u64>() + end.cancelled + end.carried_out + end.held_sum
		}),
		row("never issued", &|end| end.cap - end.issued),
	]);
	let rows = MONEY.map(|(firm, paid, received, left)| {
		vec![
			name(firm),
			cny(MONEY_AT_FIRST),
			cny(paid),
			cny(received),
			cny(left),
		]
	});
	let sum = vec![
		"sum".into(),
		cny(7 * MONEY_AT_FIRST),
		cny(MONEY_MOVED),
		cny(MONEY_MOVED),
		cny(7 * MONEY_AT_FIRST),
	];
	shows(rows.into_iter().chain([sum]));
}

/// The windows and the month of the document are those of the calendar.
#[test]
fn the_days_of_the_document_are_days_of_the_week_that_it_names() {
	for (date, weekday) in [
		((2025, 7, 1), 1),
		((2025, 7, 10), 3),
		((2025, 7, 24), 3),
		((2025, 12, 31), 2),
		((2026, 1, 5), 0),
	] {
		assert_eq!(day(date).weekday(), weekday, "{date:?}");
	}
	assert_eq!(day((2026, 1, 1)).0 - day((2025, 12, 2)).0, 30);
	assert_eq!(day((1970, 1, 1)).0, 0);
}

#[test]
fn the_document_shows_the_default_rules() {
	let table = BENCHMARKS;
	let electricity = [
		table.coal_large,
		table.coal_small,
		table.coal_unconventional,
		table.gas,
	];
	let [large, small, unconventional, gas] = electricity.map(rate_of);
	says(&format!(
		"{large} coal above 300 MW, {small} coal up to 300 MW, {unconventional} unconventional coal, {gas} gas"
	));
	let [coal, gas] = [table.heat_coal, table.heat_gas].map(rate_of);
	says(&format!("{coal} coal, {gas} gas |"));
	let rules = RuleSet::default();
	let percent = |bps| bps / 100;
	says(&format!(
		"{} % of the emissions",
		percent(rules.pre_allocation_bps)
	));
	let least = rules.gap_cap_bps.expect("there is a gap cap");
	says(&format!("an entitlement under {} %", percent(least)));
	says(&format!(
		"at most {} % of the obligation",
		percent(rules.offset_cap_bps)
	));
	says(&format!("{FINE_MULTIPLIER} × (of 5 to 10) missing tonnes"));
	says(&format!("CNY {} a tonne", cny(FALLBACK_PRICE)));
	says(&format!(
		"T = {} + 1.5 × net sales",
		grouped(rules.carry_over.expect("there is one").base.0)
	));
	says(&format!("with a cap of {} t", grouped(SUPPLY_2024.cap)));
	says(&format!("The cap is {} t", grouped(SUPPLY_2025.cap)));
	says(&format!("Each firm brings CNY {}", cny(MONEY_AT_FIRST)));
}

/// What may follow a number in a sentence.
const PUNCTUATION: [char; 5] = ['.', ',', ';', ':', ')'];
/// How many equations the document has.
const EQUATIONS: usize = 45;
/// Millionths, in which the arithmetic of the document is exact.
const MILLIONTHS: i128 = 1_000_000;

/// A number as the document writes it, in millionths.
fn parsed(token: &str) -> Option<i128> {
	let token = token.trim_end_matches(PUNCTUATION).replace(',', "");
	let (whole, part) = token.split_once('.').unwrap_or((&token, ""));
	let digits = format!("{whole}{part:0<6}");
	let is_number = !whole.is_empty() && part.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
	is_number.then(|| digits.parse().expect("digits"))
}

/// Numbers with `+ − × /` between them, in millionths. A quotient that is not exact is rounded to two digits behind
/// the point, half of one up.
fn evaluated(tokens: &[&str]) -> i128 {
	let mut sum = 0;
	let mut term = parsed(tokens[0]).expect("a number comes first");
	for pair in tokens[1..].chunks(2) {
		let value = parsed(pair[1]).expect("a number comes after each sign");
		match pair[0] {
			"×" => term = term * value / MILLIONTHS,
			"/" if term * MILLIONTHS % value == 0 => term = term * MILLIONTHS / value,
			"/" => term = (term * 100 + value / 2) / value * (MILLIONTHS / 100),
			sign => {
				sum += term;
				term = if sign == "+" { value } else { -value };
			}
		}
	}
	sum + term
}

#[test]
fn the_arithmetic_of_the_document_is_right() {
	// Units and words stand between the numbers; a part of something is a product.
	let text = DOCUMENT
		.replace(" % of ", " / 100 × ")
		.replace(" t ", " ")
		.replace("CNY ", "");
	let tokens: Vec<_> = text.split_whitespace().collect();
	let mut found = 0;
	for (place, _) in tokens.iter().enumerate().filter(|(_, token)| **token == "=") {
		let Some(right) = tokens.get(place + 1).and_then(|token| parsed(token)) else {
			continue;
		};
		let is_sign = |token: &str| ["+", "−", "×", "/"].contains(&token);
		let mut first = place;
		while first >= 2 && parsed(tokens[first - 1]).is_some() && is_sign(tokens[first - 2]) {
			first -= 2;
		}
		// Something has to be reckoned: a name that is given a number is none.
		if first == place || first == 0 || parsed(tokens[first - 1]).is_none() {
			continue;
		}
		let left = &tokens[first - 1..place];
		assert_eq!(
			evaluated(left),
			right,
			"{} = {}",
			left.join(" "),
			tokens[place + 1]
		);
		found += 1;
	}
	assert_eq!(found, EQUATIONS);
}
