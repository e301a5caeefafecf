//! What the trail weighs, as the README states it.

use crate::{ActKind, ActRecord, Description, Outcome, RecordId, Subject};
use carbon_primitives::{AccountId, BlockNumber, Digest};
use codec::{Encode, MaxEncodedLen};

type Record = ActRecord<AccountId, BlockNumber>;

/// Key of an entry of `Records`: two prefixes of 16 bytes, 8 bytes of hash, 8 of number.
const KEY: usize = 16 + 16 + 8 + 8;

fn account(byte: u8) -> AccountId {
	AccountId::new([byte; 32])
}

fn typical(second: Option<AccountId>) -> Record {
	ActRecord {
		kind: ActKind::OneOfficer,
		by: account(1),
		previous_of_approver: second.as_ref().map(|_| RecordId(10)),
		second,
		call_hash: Digest::repeat_byte(1),
		description: Description::truncate_from(b"participants.suspend".to_vec()),
		basis: crate::Basis::truncate_from(b"Interim Measures Art. 22".to_vec()),
		reason: Digest::repeat_byte(2),
		subject: Subject::Account(account(3)),
		proposed_at: 1_700_000_000_000,
		block: 1_000_000,
		at: 1_700_000_000_000,
		outcome: Outcome::Succeeded,
		previous_of_subject: Some(RecordId(10)),
		previous_of_proposer: Some(RecordId(10)),
	}
}

#[test]
fn a_record_should_weigh_what_the_readme_says() {
	assert_eq!(Record::max_encoded_len() + KEY, 424);
	assert_eq!(typical(None).encoded_size() + KEY, 265);
	assert_eq!(typical(Some(account(2))).encoded_size() + KEY, 305);
}
