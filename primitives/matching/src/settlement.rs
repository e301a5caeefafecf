//! What the engine asks and tells whoever uses it.

use crate::{Cancelled, Fill, OrderId, Reduced, Resting};

/// What becomes of a resting order that is met.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
	/// It may trade.
	Trade,
	/// It leaves the book: its owner may not trade any more, it has expired, or the owner wants all its orders out. Whoever says so
	/// knows which.
	Leave,
	/// It has the owner of the incoming order, or one that belongs to it. [`SelfTrade`](crate::SelfTrade) says what happens.
	Own,
}

/// Knows which orders may stay in the book, and takes back what the others held.
pub trait Rights<Owner> {
	/// What the answers can fail with.
	type Error;

	/// What becomes of `order`. Asked of each order that is met.
	///
	/// Where nothing comes in (in a sweep and in a call auction) only [`Verdict::Leave`] counts; the others leave the order where it is.
	///
	/// # Errors
	/// The owner cannot be looked up; the operation ends.
	fn verdict(&mut self, order: &Resting<Owner>) -> Result<Verdict, Self::Error>;

	/// `order` has left the book, as the verdict said.
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

	/// `order` has left the book so that its owner does not trade with itself.
	///
	/// # Errors
	/// What it held cannot be given back; the operation ends.
	fn on_own_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<Owner>) -> Result<(), Self::Error>;

	/// `order` and the incoming one have each lost the same quantity, so that their owner does not trade with itself.
	///
	/// # Errors
	/// What that quantity held cannot be given back; the operation ends.
	fn on_decremented(&mut self, order: OrderId, reduced: Reduced<Owner>) -> Result<(), Self::Error>;
}

/// Settles the matches of a call auction.
pub trait Clearing<Owner>: Rights<Owner> {
	/// Whether the owners of two orders belong together, so that these must not trade with each other. Not asked where the owner is
	/// the same.
	///
	/// # Errors
	/// An owner cannot be looked up; the operation ends.
	fn are_one(&mut self, buy: &Resting<Owner>, sell: &Resting<Owner>) -> Result<bool, Self::Error>;

	/// Settle a trade between two resting orders at the auction's price, which both fills name.
	///
	/// # Errors
	/// The trade cannot be settled; the operation ends.
	fn on_match(&mut self, buy: Fill<Owner>, sell: Fill<Owner>) -> Result<(), Self::Error>;

	/// A buy and a sell order have each lost the same quantity, so that their owner does not trade with itself.
	///
	/// # Errors
	/// What that quantity held cannot be given back; the operation ends.
	fn on_own_pair(
		&mut self,
		buy: (OrderId, Reduced<Owner>),
		sell: (OrderId, Reduced<Owner>),
	) -> Result<(), Self::Error>;
}

/// A function that settles fills stands for a market in which every order may trade. Of whatever else happens it takes no note.
impl<Owner, E, F: FnMut(Fill<Owner>) -> Result<(), E>> Rights<Owner> for F {
	type Error = E;

	fn verdict(&mut self, _: &Resting<Owner>) -> Result<Verdict, E> {
		Ok(Verdict::Trade)
	}

	fn on_withdrawn(&mut self, _: OrderId, _: Cancelled<Owner>) -> Result<(), E> {
		Ok(())
	}
}

impl<Owner, E, F: FnMut(Fill<Owner>) -> Result<(), E>> Settlement<Owner> for F {
	fn on_fill(&mut self, fill: Fill<Owner>) -> Result<(), E> {
		self(fill)
	}

	fn on_own_withdrawn(&mut self, _: OrderId, _: Cancelled<Owner>) -> Result<(), E> {
		Ok(())
	}

	fn on_decremented(&mut self, _: OrderId, _: Reduced<Owner>) -> Result<(), E> {
		Ok(())
	}
}
