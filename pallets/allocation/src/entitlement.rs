//! The formula, in integers. Plain arithmetic without storage; each result is rounded down once, at its end.

use crate::types::{Activity, BenchmarkTable, UnitKind};
use carbon_primitives::Tonnes;

/// One, in parts per million.
pub const PPM: u32 = 1_000_000;
/// Largest load correction, in parts per million: nothing that a formula in use gives comes near it.
pub const CORRECTION_MAX: u32 = 2 * PPM;
/// The whole, in basis points.
pub const BPS: u32 = 10_000;
/// Parts of a tonne in which benchmarks are given.
const RATE_PARTS: u128 = 10_000;
/// Where the change of a draft sector's entitlement ends, in ppm of X: from 20 % on it is 3 %, as at 20 %.
const DEVIATION_MAX: i32 = 200_000;

/// What one installation is entitled to, in tonnes. None where it does not fit.
///
/// The range: with each quantity at the largest number of 64 bits and rates of 32 bits the sum does not fit 128 bits, which
/// the checked operations find.
pub fn entitlement_of(activity: &Activity, table: &BenchmarkTable) -> Option<Tonnes> {
	match *activity {
		Activity::Power {
			unit,
			electricity_mwh,
			correction_ppm,
			heat_gj,
		} => {
			let (electricity, heat) = table.rates(unit);
			power(electricity_mwh, electricity, correction_ppm, heat_gj, heat)
		}
		Activity::Output {
			emissions,
			deviation_ppm,
		} => output(emissions, deviation_ppm),
		Activity::Direct(tonnes) => Some(tonnes),
	}
}

/// `Qe·Be·Ff + Qh·Bh`, rounded down.
fn power(qe: u64, be: u32, ff: u32, qh: u64, bh: u32) -> Option<Tonnes> {
	let electricity = u128::from(qe).checked_mul(be.into())?.checked_mul(ff.into())?;
	let heat = u128::from(qh).checked_mul(bh.into())?.checked_mul(PPM.into())?;
	// Down: the only division, after everything has been added up.
	let tonnes = electricity.checked_add(heat)? / (RATE_PARTS * u128::from(PPM));
	u64::try_from(tonnes).ok().map(Tonnes)
}

/// `E·(1 + α)` with α = 0.15·X, at most 3 % either way, rounded down.
fn output(emissions: Tonnes, deviation_ppm: i32) -> Option<Tonnes> {
	let deviation = deviation_ppm.clamp(-DEVIATION_MAX, DEVIATION_MAX);
	// In parts of 10^8: 0.15 times a part per million is 15 of them.
	let factor = u128::try_from(100_000_000_i64 + 15 * i64::from(deviation)).ok()?;
	// Down: a fraction of a tonne is not issued.
	let tonnes = u128::from(emissions.0).checked_mul(factor)? / 100_000_000;
	u64::try_from(tonnes).ok().map(Tonnes)
}

/// `bps` basis points of `tonnes`, rounded down: for the pre-allocation and for the gap cap. None where it does not fit.
pub fn share_of(tonnes: Tonnes, bps: u32) -> Option<Tonnes> {
	// Down: a fraction of a tonne is not issued. The product of 64 and 32 bits always fits 128.
	let share = u128::from(tonnes.0) * u128::from(bps) / u128::from(BPS);
	u64::try_from(share).ok().map(Tonnes)
}

/// One installation as the sum for its entity sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Unit {
	/// Whether it burns gas, and no gap counts against it.
	pub gas: bool,
	/// What it is entitled to.
	pub entitlement: Tonnes,
	/// Its own verified emissions, as far as they count: those of gas units and of plants of draft sectors.
	pub emissions: Tonnes,
}

/// What an entity is entitled to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Entitlement {
	/// All of it, with what the gap cap adds.
	pub total: Tonnes,
	/// What the gap cap adds.
	pub topped_up: Tonnes,
	/// The gap of its gas units, which nobody has to cover.
	pub waived: Tonnes,
}

/// Why an entity's entitlement cannot be found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EntitlementError {
	/// A sum does not fit 64 bits.
	TooLarge,
	/// The units emitted more than the entity as a whole.
	EmissionsMismatch,
}

/// Add up the installations of an entity with `verified` emissions under a gap cap of `gap_cap_bps`.
pub fn entitlement_of_entity(
	units: &[Unit],
	verified: Tonnes,
	gap_cap_bps: Option<u32>,
) -> Result<Entitlement, EntitlementError> {
	let add = |sum: Tonnes, more: Tonnes| sum.checked_add(more).ok_or(EntitlementError::TooLarge);
	let (mut gas, mut others) = (Tonnes::ZERO, Tonnes::ZERO);
	let (mut emitted, mut emitted_by_gas, mut waived) = (Tonnes::ZERO, Tonnes::ZERO, Tonnes::ZERO);
	// The cap is for the gap of units that burn no gas: without one there is no such gap.
	let cap = gap_cap_bps.filter(|_| units.iter().any(|unit| !unit.gas));
	for unit in units {
		emitted = add(emitted, unit.emissions)?;
		if unit.gas {
			gas = add(gas, unit.entitlement)?;
			emitted_by_gas = add(emitted_by_gas, unit.emissions)?;
			waived = add(waived, unit.emissions.shortfall(unit.entitlement))?;
		} else {
			others = add(others, unit.entitlement)?;
		}
	}
	if emitted > verified {
		return Err(EntitlementError::EmissionsMismatch);
	}
	// What burns gas is a part of all units, and those emitted no more than was verified.
	let rest = verified.shortfall(emitted_by_gas);
	let least = match cap {
		Some(bps) => share_of(rest, bps).ok_or(EntitlementError::TooLarge)?,
		None => Tonnes::ZERO,
	};
	let topped_up = least.shortfall(others);
	Ok(Entitlement {
		total: add(add(gas, others)?, topped_up)?,
		topped_up,
		waived,
	})
}

/// What a true-up does. Nothing is issued where something was issued too much.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Correction {
	/// So much is still to be issued.
	pub more: Tonnes,
	/// So much was issued too much, and has to be returned.
	pub owed: Tonnes,
	/// So much was deducted too much: from what was not due, so that it has to be deducted again from what is.
	pub deferred: Tonnes,
}

/// The difference between an entitlement and what was allocated for it: `issued`, less what was returned, and `deducted`. None where
/// the sum does not fit.
///
/// What has to be returned was issued: nobody returns what it never had.
pub fn correction(entitlement: Tonnes, issued: Tonnes, deducted: Tonnes) -> Option<Correction> {
	let surplus = issued.checked_add(deducted)?.shortfall(entitlement);
	let owed = surplus.min(issued);
	Some(Correction {
		more: entitlement.shortfall(issued.checked_add(deducted)?),
		owed,
		deferred: surplus.shortfall(owed),
	})
}

impl BenchmarkTable {
	/// Rates of electricity and heat for a kind of unit.
	pub fn rates(&self, unit: UnitKind) -> (u32, u32) {
		match unit {
			UnitKind::CoalLarge => (self.coal_large, self.heat_coal),
			UnitKind::CoalSmall => (self.coal_small, self.heat_coal),
			UnitKind::CoalUnconventional => (self.coal_unconventional, self.heat_coal),
			UnitKind::Gas => (self.gas, self.heat_gas),
		}
	}

	/// Whether no rate is zero.
	pub fn is_complete(&self) -> bool {
		let electricity = [
			self.coal_large,
			self.coal_small,
			self.coal_unconventional,
			self.gas,
		];
		electricity
			.iter()
			.chain(&[self.heat_coal, self.heat_gas])
			.all(|rate| *rate > 0)
	}
}
