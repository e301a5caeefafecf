//! One file per call, what is recorded by itself, the trades of the order book, the questions, the invariants, and the property of
//! the engine.

#![allow(clippy::unwrap_used)]

mod anchor;
mod folds;
mod graph;
mod invalidate;
mod queries;
mod record;
mod records;
mod register_entity;
mod revise;
mod try_state;
