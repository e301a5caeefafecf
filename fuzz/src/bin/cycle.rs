//! Walks over the compliance cycle.

#![no_main]

carbon_fuzz::fuzz!(carbon_fuzz::cycle);
