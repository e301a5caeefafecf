//! Kinds of offset projects.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an offset project does.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
pub enum ProjectKind {
	/// Carbon that trees take up and keep.
	#[codec(index = 0)]
	Forest,
	/// Power or heat from the sun.
	#[codec(index = 1)]
	Solar,
	/// Power from wind.
	#[codec(index = 2)]
	Wind,
	/// Power from water.
	#[codec(index = 3)]
	Hydro,
	/// Power or heat from biomass.
	#[codec(index = 4)]
	Biomass,
	/// Gas from waste or manure.
	#[codec(index = 5)]
	Biogas,
	/// Another kind, by the number that the regulator has published for it.
	#[codec(index = 6)]
	Other(u16),
}
