//! Which calls need more than an admitted signer, and which ones nobody may make.

use crate::{AccountId, Runtime, RuntimeCall};
use alloc::vec::Vec;
use carbon_traits::{InspectDelegation, Principal, TooManyPrincipals};
use frame_support::traits::{Contains, Get};
use sp_runtime::traits::StaticLookup;

/// Whether `call`, or a call inside it, is one that `is_wanted` looks for.
///
/// The depth of the walk is bounded by what a transaction may nest when it is decoded.
fn any_call(call: &RuntimeCall, is_wanted: &impl Fn(&RuntimeCall) -> bool) -> bool {
	use pallet_utility::Call as Utility;
	let any = |calls: &[RuntimeCall]| calls.iter().any(|call| any_call(call, is_wanted));
	is_wanted(call)
		|| match call {
			RuntimeCall::Utility(
				Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
			) => any(calls),
			RuntimeCall::Utility(
				Utility::as_derivative { call, .. }
				| Utility::dispatch_as { call, .. }
				| Utility::dispatch_as_fallible { call, .. }
				| Utility::with_weight { call, .. },
			) => any_call(call, is_wanted),
			RuntimeCall::Utility(Utility::if_else { main, fallback }) => {
				any_call(main, is_wanted) || any_call(fallback, is_wanted)
			}
			RuntimeCall::Proxy(
				pallet_proxy::Call::proxy { call, .. } | pallet_proxy::Call::proxy_announced { call, .. },
			) => any_call(call, is_wanted),
			RuntimeCall::Multisig(
				pallet_multisig::Call::as_multi { call, .. }
				| pallet_multisig::Call::as_multi_threshold_1 { call, .. },
			) => any_call(call, is_wanted),
			RuntimeCall::Sudo(
				pallet_sudo::Call::sudo { call }
				| pallet_sudo::Call::sudo_unchecked_weight { call, .. }
				| pallet_sudo::Call::sudo_as { call, .. },
			) => any_call(&call.0, is_wanted),
			_ => false,
		}
}

/// Finds out in whose name a transaction acts.
pub struct Delegation;

/// What a walk through a transaction has found.
#[derive(Default)]
struct Walk {
	found: Vec<Principal<AccountId>>,
	/// How many multisigs it has come to: each costs sorting and hashing its signatories.
	multisigs: u32,
}

impl Walk {
	/// Add the principals of `call`, which is sent by `sender`, or in its name.
	fn go(&mut self, sender: &AccountId, call: &RuntimeCall) -> Result<(), TooManyPrincipals> {
		use pallet_multisig::Call as Multisig;
		use pallet_proxy::Call as Proxy;
		use pallet_utility::Call as Utility;
		match call {
			RuntimeCall::Utility(
				Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
			) => calls.iter().try_for_each(|call| self.go(sender, call)),
			RuntimeCall::Utility(Utility::if_else { main, fallback }) => {
				self.go(sender, main)?;
				self.go(sender, fallback)
			}
			RuntimeCall::Utility(Utility::with_weight { call, .. }) => self.go(sender, call),
			// The filter of calls closes the proxies' calls that are announced first.
			RuntimeCall::Proxy(Proxy::proxy { real, call, .. }) => {
				match <Runtime as frame_system::Config>::Lookup::lookup(real.clone()) {
					Ok(real) => self.in_the_name_of(real, call),
					// It names nobody, so that the call fails.
					Err(_) => Ok(()),
				}
			}
			RuntimeCall::Multisig(Multisig::as_multi {
				threshold,
				other_signatories,
				call,
				..
			}) => {
				let account = self.multisig(sender, other_signatories, *threshold)?;
				self.in_the_name_of(account, call)
			}
			RuntimeCall::Multisig(Multisig::as_multi_threshold_1 {
				other_signatories,
				call,
			}) => {
				let account = self.multisig(sender, other_signatories, 1)?;
				self.in_the_name_of(account, call)
			}
			// Only the hash of the call is known here, so that nothing speaks for an exit.
			RuntimeCall::Multisig(Multisig::approve_as_multi {
				threshold,
				other_signatories,
				..
			}) => {
				let account = self.multisig(sender, other_signatories, *threshold)?;
				self.add(account, false)
			}
			_ => Ok(()),
		}
	}

	/// Add `account`, and those in whose names it acts in turn by `call`.
	fn in_the_name_of(&mut self, account: AccountId, call: &RuntimeCall) -> Result<(), TooManyPrincipals> {
		self.add(account.clone(), ExitCalls::contains(call))?;
		self.go(&account, call)
	}

	/// The account of a multisig of which `sender` is one signatory.
	fn multisig(
		&mut self,
		sender: &AccountId,
		others: &[AccountId],
		threshold: u16,
	) -> Result<AccountId, TooManyPrincipals> {
		self.multisigs += 1;
		let signatories_max =
			<<Runtime as pallet_multisig::Config>::MaxSignatories as Get<u32>>::get() as usize;
		if self.multisigs > Delegation::PRINCIPALS_MAX || others.len() >= signatories_max {
			return Err(TooManyPrincipals);
		}
		let mut signatories = others.to_vec();
		signatories.push(sender.clone());
		signatories.sort();
		Ok(pallet_multisig::Pallet::<Runtime>::multi_account_id(
			&signatories,
			threshold,
		))
	}

	fn add(&mut self, account: AccountId, is_exit: bool) -> Result<(), TooManyPrincipals> {
		if let Some(known) = self.found.iter_mut().find(|known| known.account == account) {
			known.is_exit &= is_exit;
			return Ok(());
		}
		if self.found.len() >= Delegation::PRINCIPALS_MAX as usize {
			return Err(TooManyPrincipals);
		}
		self.found.push(Principal { account, is_exit });
		Ok(())
	}
}

impl InspectDelegation<AccountId, RuntimeCall> for Delegation {
	const PRINCIPALS_MAX: u32 = 4;

	fn principals(
		signer: &AccountId,
		call: &RuntimeCall,
	) -> Result<Vec<Principal<AccountId>>, TooManyPrincipals> {
		let mut walk = Walk::default();
		walk.go(signer, call)?;
		Ok(walk.found)
	}

	fn delegates(call: &RuntimeCall) -> bool {
		any_call(call, &|call| {
			matches!(
				call,
				RuntimeCall::Proxy(
					pallet_proxy::Call::add_proxy { .. } | pallet_proxy::Call::create_pure { .. }
				)
			)
		})
	}
}

/// Calls that stay open to an expelled account: taking its own property and applications back, paying what it owes, and objecting to what
/// was decided about it.
pub struct ExitCalls;

impl Contains<RuntimeCall> for ExitCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Market(
				pallet_market::Call::cancel_order { .. }
					| pallet_market::Call::cancel_all { .. }
					| pallet_market::Call::withdraw { .. }
			) | RuntimeCall::BlockTrades(pallet_block_trades::Call::withdraw { .. })
				| RuntimeCall::Settlement(pallet_settlement::Call::withdraw_redemption { .. })
				| RuntimeCall::Penalties(
					pallet_penalties::Call::object { .. }
						| pallet_penalties::Call::pay { .. }
						| pallet_penalties::Call::pay_debt { .. }
				) | RuntimeCall::Allocation(
				pallet_allocation::Call::return_units { .. } | pallet_allocation::Call::object { .. }
			) | RuntimeCall::Offsets(
				pallet_offsets::Call::withdraw_project { .. }
					| pallet_offsets::Call::withdraw_reductions { .. }
					| pallet_offsets::Call::settle_reversal { .. }
			)
		)
	}
}

/// The break-glass key: it must work whatever the records say.
pub struct BreakGlass;

impl Contains<AccountId> for BreakGlass {
	fn contains(who: &AccountId) -> bool {
		pallet_sudo::Key::<Runtime>::get().as_ref() == Some(who)
	}
}

/// Calls that would go past the audit trail. Not even root may make them.
///
/// Those that write to the state without any rule could erase it: whoever has to repair the state does it by an upgrade,
/// which everybody sees. Those that dispatch in another one's name would hide whose act it was, and could give the
/// break-glass key a lasting hold on an officer's account; so would proxies and multisigs in an officer's name. What is
/// left is `sudo_as`, under the filter of calls.
pub struct PastTheTrail;

impl Contains<RuntimeCall> for PastTheTrail {
	fn contains(call: &RuntimeCall) -> bool {
		any_call(call, &|call| {
			matches!(
				call,
				RuntimeCall::System(
					frame_system::Call::set_storage { .. }
						| frame_system::Call::kill_storage { .. }
						| frame_system::Call::kill_prefix { .. }
				) | RuntimeCall::Utility(
					pallet_utility::Call::dispatch_as { .. }
						| pallet_utility::Call::dispatch_as_fallible { .. }
				) | RuntimeCall::Proxy(_)
					| RuntimeCall::Multisig(_)
			)
		})
	}
}
