//! One file per call, and one for the closing that runs over blocks.

mod allocate;
mod cancel;
mod close_period;
mod confirm_reports;
mod cycle;
mod enrol;
mod exclude;
mod issue_for_sale;
mod open_period;
mod report_emissions;
mod surrender;
mod try_state;
mod verify_report;
