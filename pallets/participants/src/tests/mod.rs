//! One file per call, one per family of questions, and the property that ties them together.

#![allow(clippy::unwrap_used)]

mod admit;
mod apply;
mod ban_trading;
mod confirm_group;
mod create_group;
mod declare_group;
mod ensure_participant;
mod expel;
mod extension;
mod genesis;
mod halt_account;
mod inspect_group;
mod lapse;
mod properties;
mod provenance;
mod refuse;
mod refuse_many;
mod register;
mod reinstate;
mod representation;
mod restrict_service;
mod set_black_list;
mod set_roles;
mod set_white_list;
mod suspend;
mod try_state;
mod view_functions;
mod weight;
