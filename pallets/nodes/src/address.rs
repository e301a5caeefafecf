//! The form of a node's address. Plain text work: the runtime needs no network library for it.

use crate::{PeerId, PEER_ID_BYTES};

/// The characters of base58, each at the place of its value. The ones that look alike (0 and O, I and l) are missing.
const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// What the bytes of a peer id begin with: a hash that is no hash but the thing itself (0x00) of 36 bytes, which are the
/// protobuf of a public key of the kind ed25519 (0x08 0x01) with 32 bytes (0x12 0x20).
const PEER_ID_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

/// Bytes of a peer id before they are written as text.
const PEER_ID_RAW_BYTES: usize = PEER_ID_PREFIX.len() + 32;

/// What an address may begin with: the protocols that name a host.
const HOSTS: [&[u8]; 5] = [b"dns", b"dns4", b"dns6", b"ip4", b"ip6"];

/// The peer id at the end of `address`, if the address has the form `/<host protocol>/<host>/…/p2p/<peer id>`.
///
/// Between the host and the peer id at least a transport and its value must stand; which ones, the network decides. A part may
/// consist of letters, digits, `.`, `-`, `_` and `:`, and none may be empty.
pub(crate) fn peer_id_of(address: &[u8]) -> Option<PeerId> {
	let mut parts = address.split(|byte| *byte == b'/');
	// The address begins with a slash, so that nothing stands before the first one.
	let nothing = parts.next()?;
	let host_protocol = parts.next()?;
	if !nothing.is_empty() || !HOSTS.contains(&host_protocol) {
		return None;
	}

	let mut before_last: &[u8] = b"";
	let mut last: &[u8] = b"";
	let mut count: u32 = 0;
	for part in parts {
		// One node, one peer id: a second `p2p` before the last would reach it through another node.
		if part.is_empty() || !part.iter().all(is_allowed) || before_last == b"p2p" {
			return None;
		}
		before_last = last;
		last = part;
		count = count.saturating_add(1);
	}
	// The host, a transport and its value, `p2p` and the peer id.
	if count < 5 || before_last != b"p2p" || !is_peer_id(last) {
		return None;
	}
	last.to_vec().try_into().ok()
}

fn is_allowed(byte: &u8) -> bool {
	byte.is_ascii_alphanumeric() || b".-_:".contains(byte)
}

/// Whether `text` is the peer id of a node with an ed25519 key, which all nodes of this chain have.
///
/// The text is decoded as a whole, so that no two texts stand for one peer.
fn is_peer_id(text: &[u8]) -> bool {
	if text.len() != PEER_ID_BYTES as usize {
		return false;
	}
	let mut raw = [0u8; PEER_ID_RAW_BYTES];
	for character in text {
		let Some(value) = BASE58.iter().position(|candidate| candidate == character) else {
			return false;
		};
		// raw = raw * 58 + value; both fit 16 bits with room to spare: 255 * 58 + 255 < 65,536.
		let mut carry = value as u16;
		for byte in raw.iter_mut().rev() {
			carry += u16::from(*byte) * 58;
			*byte = carry as u8;
			carry >>= 8;
		}
		if carry != 0 {
			return false;
		}
	}
	// A number that begins like this has 51 digits, so that the first of the 52 characters is the one `1` that stands for
	// the leading zero byte.
	raw.starts_with(&PEER_ID_PREFIX)
}

#[cfg(test)]
mod tests {
	use super::*;

	const PEER: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

	fn peer_id(address: &str) -> Option<String> {
		peer_id_of(address.as_bytes()).map(|peer| String::from_utf8(peer.into_inner()).unwrap())
	}

	#[test]
	fn an_address_names_its_peer() {
		for before in [
			"/ip4/10.0.0.1/tcp/30333",
			"/ip6/2001:db8::1/tcp/30333",
			"/dns/node-1.example.org/tcp/30333",
			"/dns4/node/tcp/30333/ws",
			"/dns6/node/tcp/443/wss",
			"/dns/node/udp/30333/quic-v1",
		] {
			assert_eq!(
				peer_id(&format!("{before}/p2p/{PEER}")).as_deref(),
				Some(PEER),
				"{before}"
			);
		}
	}

	#[test]
	fn what_is_no_address_names_nobody() {
		for text in [
			String::new(),
			"/".into(),
			PEER.into(),
			format!("/p2p/{PEER}"),
			format!("/ip4/10.0.0.1/p2p/{PEER}"),
			format!("/ip4/10.0.0.1/tcp/p2p/{PEER}"),
			format!("ip4/10.0.0.1/tcp/30333/p2p/{PEER}"),
			format!("/unix/10.0.0.1/tcp/30333/p2p/{PEER}"),
			format!("//ip4/10.0.0.1/tcp/30333/p2p/{PEER}"),
			format!("/ip4//tcp/30333/p2p/{PEER}"),
			format!("/ip4/10.0.0.1/tcp/30333/p2p/{PEER}/"),
			format!("/ip4/10.0.0.1/tcp/30333/p2p/{PEER} "),
			format!("/ip4/10.0.0.1 /tcp/30333/p2p/{PEER}"),
			format!("/ip4/10.0.0.1/tcp/30333/{PEER}"),
			format!("/ip4/10.0.0.1/tcp/30333/ipfs/{PEER}"),
			format!("/ip4/10.0.0.1/tcp/30333/p2p/{PEER}/p2p-circuit/p2p/{PEER}"),
			format!("/dns/nöde/tcp/30333/p2p/{PEER}"),
			"/ip4/10.0.0.1/tcp/30333/p2p".into(),
			"/ip4/10.0.0.1/tcp/30333".into(),
		] {
			assert_eq!(peer_id(&text), None, "{text}");
		}
	}

	#[test]
	fn peers_that_nodes_have_are_recognised() {
		for peer in [
			PEER,
			"12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD",
			"12D3KooWSCufgHzV4fCwRijfH2k3abrpAJxTKxEvN1FDuRXA2U9x",
		] {
			assert!(is_peer_id(peer.as_bytes()), "{peer}");
		}
	}

	#[test]
	fn what_only_looks_like_a_peer_is_not_recognised() {
		for peer in [
			"",
			// One character short, and one too many.
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDE",
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEpp",
			// Characters that base58 leaves out.
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDE0",
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEO",
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEI",
			"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEl",
			// A hash of another kind of key.
			"QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
			// The right length, the wrong bytes at the beginning; a number that does not fit; nothing but zeros.
			"12D3KooXEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
			"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
			"1111111111111111111111111111111111111111111111111111",
		] {
			assert!(!is_peer_id(peer.as_bytes()), "{peer}");
		}
	}
}
