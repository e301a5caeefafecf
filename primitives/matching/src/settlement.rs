//! What the engine asks and tells whoever uses it.

use crate::{Cancelled, Fill, OrderId};

/// Knows whose orders may stay in the book, and takes back what the others held.
pub trait Rights<Owner> {
	/// What the answers can fail with.
	type Error;

	/// Whether the orders of `owner` may trade. Asked of an order that is about to.
	///
	/// # Errors
	/// The owner cannot be looked up; the operation ends.
	fn may_fill(&mut self, owner: &Owner) -> Result<bool, Self::Error>;

	/// `order` has left the book because its owner may not trade.
	///
	/// # Errors
	/// What it held cannot be given back; the operation ends.
	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<Owner>) -> Result<(), Self::Error>;
}

/// Settles trades.
pub trait Settlement<Owner>: Rights<Owner> {
	/// Settle a trade: both legs of it, or none.
	///
	/// # Errors
	/// The trade cannot be settled; the operation ends.
	fn on_fill(&mut self, fill: Fill<Owner>) -> Result<(), Self::Error>;
}

/// A function that settles fills stands for a market in which everybody may trade.
impl<Owner, E, F: FnMut(Fill<Owner>) -> Result<(), E>> Rights<Owner> for F {
	type Error = E;

	fn may_fill(&mut self, _: &Owner) -> Result<bool, E> {
		Ok(true)
	}

	fn on_withdrawn(&mut self, _: OrderId, _: Cancelled<Owner>) -> Result<(), E> {
		Ok(())
	}
}

impl<Owner, E, F: FnMut(Fill<Owner>) -> Result<(), E>> Settlement<Owner> for F {
	fn on_fill(&mut self, fill: Fill<Owner>) -> Result<(), E> {
		self(fill)
	}
}
