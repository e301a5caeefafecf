//! One file per call; `gates` holds what calls have in common, `items` what they touch, `retire` what other pallets do, `queries`
//! what clients ask, `properties` random sequences of calls.

#![allow(clippy::unwrap_used)]

mod cancel;
mod decide_project;
mod gates;
mod issue_series;
mod items;
mod properties;
mod queries;
mod refuse_reductions;
mod register_project;
mod release_buffer;
mod report_reductions;
mod resubmit_project;
mod retire;
mod reverse;
mod settle_reversal;
mod try_state;
mod verify_reductions;
mod withdraw_project;
mod withdraw_reductions;
