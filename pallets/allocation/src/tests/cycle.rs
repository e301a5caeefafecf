//! In whatever order calls come: the pallet does what its reference model does, to the tonne, and refuses what that refuses.

use super::model::{Dispute, Line, Model, Stage, Step};
use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::assert_ok;
use proptest::{collection::vec, option, prelude::*, sample::select};
use sp_runtime::DispatchResult;

/// Owners of the installations at the start.
const OWNERS: [AccountId; 3] = [PLANT, MILL, PLANT];

fn step() -> impl Strategy<Value = Step> {
	let who = || select(vec![PLANT, MILL]);
	let which = || 0..OWNERS.len() as u32;
	let tonnes = || 0..1_500_u64;
	let few = || 0..200_u64;
	prop_oneof![
		6 => (which(), tonnes()).prop_map(|(n, t)| Step::Enter(n, t)),
		6 => (who(), option::of(tonnes())).prop_map(|(w, t)| Step::PreAllocate(w, t)),
		18 => who().prop_map(Step::TrueUp),
		9 => (who(), few()).prop_map(|(w, t)| Step::Return(w, t)),
		3 => who().prop_map(Step::Hold),
		3 => who().prop_map(Step::EndHold),
		4 => (who(), any::<bool>()).prop_map(|(w, b)| Step::Credit(w, b)),
		3 => (who(), few()).prop_map(|(w, t)| Step::Surrender(w, t)),
		3 => (who(), few()).prop_map(|(w, t)| Step::Release(w, t)),
		9 => who().prop_map(Step::Object),
		9 => (who(), any::<bool>()).prop_map(|(w, u)| Step::Decide(w, u)),
		1 => (which(), any::<bool>()).prop_map(|(n, y)| Step::Close(n, y)),
		3 => (which(), who()).prop_map(|(n, w)| Step::Move(n, w)),
		3 => (who(), tonnes()).prop_map(|(w, t)| Step::Spend(w, t)),
		6 => (who(), option::weighted(0.8, tonnes())).prop_map(|(w, t)| Step::Correct(w, t)),
		3 => (who(), tonnes()).prop_map(|(w, t)| Step::FallShort(w, t)),
		1 => (who(), tonnes()).prop_map(|(w, t)| Step::Direct(w, t)),
		3 => prop::bool::weighted(0.8).prop_map(Step::Accept),
	]
}

/// The same on the chain. What happens around the pallet is never refused, but for what the model says.
fn run(step: &Step) -> DispatchResult {
	let root = RuntimeOrigin::root;
	let signed = RuntimeOrigin::signed;
	match *step {
		Step::Enter(n, tonnes) => transact(|| enter(n, Activity::Direct(Tonnes(tonnes)), 0)),
		Step::PreAllocate(who, base) => pre_allocate(who, base),
		Step::TrueUp(who) => true_up(who),
		Step::Return(who, tonnes) => transact(|| Allocation::return_units(signed(who), YEAR, Tonnes(tonnes))),
		Step::Hold(who) => transact(|| Allocation::hold_units(root(), who, digest(1))),
		Step::EndHold(who) => transact(|| Allocation::end_hold(root(), who)),
		Step::Credit(who, bad) => {
			let_credit_hold(who, bad);
			Ok(())
		}
		Step::Surrender(who, tonnes) => {
			transact(|| Allocation::surrender_held(root(), YEAR, who, YEAR, Tonnes(tonnes)))
		}
		Step::Release(who, tonnes) => {
			transact(|| Allocation::release_units(root(), who, YEAR, Tonnes(tonnes)))
		}
		Step::Object(who) => transact(|| Allocation::object(signed(who), YEAR, digest(1))),
		Step::Decide(who, upheld) => {
			let decision = if upheld {
				Decision::Upheld
			} else {
				Decision::Rejected
			};
			transact(|| Allocation::decide_objection(root(), YEAR, who, decision, digest(1)))
		}
		Step::Close(n, this_year) => {
			let last_year = if this_year { YEAR } else { LAST_YEAR };
			transact(|| Allocation::close_installation(root(), InstallationId(n), last_year))
		}
		Step::Move(n, to) => transact(|| Allocation::move_installation(root(), InstallationId(n), to)),
		Step::Spend(who, tonnes) => {
			spend(who, tonnes.min(held_by(YEAR, who)));
			Ok(())
		}
		Step::Correct(who, emissions) => {
			correct(who, emissions);
			Ok(())
		}
		Step::FallShort(who, tonnes) => {
			fall_short(who, tonnes);
			Ok(())
		}
		Step::Direct(who, tonnes) => {
			allocate_directly(who, tonnes);
			Ok(())
		}
		Step::Accept(open) => {
			accept(YEAR, open);
			Ok(())
		}
	}
}

/// A record as the model tells it.
fn line_of(record: AllocationRecord) -> Line {
	Line {
		stage: match record.state {
			AllocationState::Provisional => Stage::Early,
			AllocationState::Settled { .. } => Stage::Settled,
			AllocationState::Reopened => Stage::Reopened,
		},
		dispute: match record.objection {
			Objection::None => Dispute::None,
			Objection::Pending { .. } => Dispute::Pending,
			Objection::Rejected => Dispute::Rejected,
		},
		basis: record.emissions.0,
		due: record.entitlement.or(record.pre_allocated).unwrap().0,
		got: record.issued.0 - record.returned.0,
		cut: record.deducted.0,
		owed: record.owed.0,
	}
}

/// Everything that both know is the same.
fn compare(model: &Model) {
	for (who, entity) in &model.entities {
		let line = Allocations::<Test>::get(YEAR, who).map(line_of);
		assert_eq!(line, entity.line, "allocation of {who}");
		assert_eq!(held_by(YEAR, *who), entity.wallet, "wallet of {who}");
		assert_eq!(Allocation::held(YEAR, *who).0, entity.held, "held for {who}");
		assert_eq!(deduction_of(*who), entity.debt, "to be deducted from {who}");
		assert_eq!(Allocation::is_risky(*who), entity.risky, "risk of {who}");
		let keeping = Allocation::keeping(*who);
		assert_eq!(
			(keeping.by_order, keeping.by_credit),
			(entity.risky, entity.bad_credit)
		);
		let mut listed = Allocation::installations_of(*who);
		listed.sort();
		let owned = (0..).zip(&model.installations).filter(|(_, n)| n.owner == *who);
		assert_eq!(
			listed,
			owned.map(|(n, _)| InstallationId(n)).collect::<Vec<_>>(),
			"installations of {who}"
		);
	}
	for (n, installation) in (0..).zip(&model.installations) {
		let data = Allocation::activity(YEAR, InstallationId(n)).map(|record| record.activity);
		assert_eq!(
			data,
			installation.data.map(|t| Activity::Direct(Tonnes(t))),
			"data of {n}"
		);
	}
	let entities = model.entities.values();
	let held: u64 = entities.clone().map(|entity| entity.held).sum();
	assert_eq!(held_by(YEAR, CUSTODY), held, "custody");
	let supply: u64 = entities
		.map(|entity| entity.line.as_ref().map_or(0, |line| line.got) + entity.direct.unwrap_or_default())
		.sum();
	assert_eq!(issued(YEAR), supply, "supply");
}

fn start() -> (sp_io::TestExternalities, Model) {
	let ext = OWNERS
		.into_iter()
		.fold(ExtBuilder::default(), |chain, owner| {
			chain.with_installation(owner, InstallationKind::Direct)
		})
		.with_emissions(LAST_YEAR, PLANT, 1_000)
		.with_emissions(YEAR, PLANT, 1_200)
		.with_emissions(YEAR, MILL, 900)
		.with_benchmarks()
		.build();
	let mut model = Model::new(&OWNERS);
	model.entities.get_mut(&PLANT).unwrap().last_emissions = Some(1_000);
	model.entities.get_mut(&PLANT).unwrap().emissions = Some(1_200);
	model.entities.get_mut(&MILL).unwrap().emissions = Some(900);
	(ext, model)
}

proptest! {
	#[test]
	fn every_sequence_of_calls_should_do_what_the_model_does(
		debts in [0..1_500_u64, 0..1_500_u64], steps in vec(step(), 1..80),
	) {
		let (mut ext, mut model) = start();
		ext.execute_with(|| {
			// So that sequences are not spent on entering data first, and that much is deducted.
			for (who, debt) in [PLANT, MILL].into_iter().zip(debts) {
				let short = Step::FallShort(who, debt);
				assert_ok!(run(&short));
				model.apply(&short).unwrap();
			}
			for n in 0..OWNERS.len() as u32 {
				let data = Step::Enter(n, 500);
				assert_ok!(run(&data));
				model.apply(&data).unwrap();
			}
			for step in steps {
				let expected = model.apply(&step).is_some();
				// Around the pallet nothing is refused: what the model refuses does not happen.
				if expected || !matches!(step, Step::Direct(..)) {
					let done = run(&step);
					assert_eq!(done.is_ok(), expected, "{step:?}: {done:?}");
				}
				compare(&model);
				Allocation::do_try_state().unwrap_or_else(|error| panic!("after {step:?}: {error:?}"));
			}
		});
	}
}
