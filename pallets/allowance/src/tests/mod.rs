//! One file per call; `gates` holds what all calls have in common, `cycle` random sequences of them.

mod allocate;
mod cancel;
mod close_period;
mod confirm_reports;
mod cycle;
mod enrol;
mod exclude;
mod force_transfer;
mod gates;
mod issue_for_sale;
mod open_period;
mod report_emissions;
mod surrender;
mod try_state;
mod verify_report;
