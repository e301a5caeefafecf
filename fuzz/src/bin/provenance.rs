//! Walks over the provenance graph.

#![no_main]

carbon_fuzz::fuzz!(carbon_fuzz::provenance);
