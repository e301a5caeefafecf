//! Which calls need more than an admitted signer, and which ones nobody may make.

use crate::{AccountId, Runtime, RuntimeCall};
use frame_support::traits::Contains;

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

/// Calls that somebody makes in the name of another account, which appointed it as its proxy.
pub struct ActsForAnother;

impl Contains<RuntimeCall> for ActsForAnother {
	fn contains(call: &RuntimeCall) -> bool {
		any_call(call, &|call| {
			matches!(
				call,
				RuntimeCall::Proxy(
					pallet_proxy::Call::proxy { .. } | pallet_proxy::Call::proxy_announced { .. }
				)
			)
		})
	}
}

/// Calls that stay open to an expelled account: taking its own property back.
pub struct ExitCalls;

impl Contains<RuntimeCall> for ExitCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Market(
				pallet_market::Call::cancel_order { .. } | pallet_market::Call::withdraw { .. }
			) | RuntimeCall::Settlement(pallet_settlement::Call::withdraw_redemption { .. })
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
/// break-glass key a lasting hold on an officer's account; `sudo_as` does the same under the filter of calls.
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
				)
			)
		})
	}
}
