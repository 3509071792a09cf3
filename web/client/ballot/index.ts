/**
 * The protocol a second time, for the browser: what a deputy's and a scrutineer's device compute themselves.
 *
 * Pure: bytes and text in, bytes and text out; randomness is passed in; no page, no network, no clock.
 */
export {
  type Archive,
  type ArchiveEvent,
  type EncryptedTally,
  type StoredBallot,
  read_archive,
} from "./archive.ts";
export {
  type Ceremony,
  deal,
  make_certificate,
  own_index,
  read_ceremony,
  receive,
  shared_secret,
} from "./ceremony.ts";
export { type Answer, type Ballot, check_ballot, digest_hex, seal, tracker } from "./ballot.ts";
export {
  type Group,
  type TypedCredential,
  type TypingError,
  parse_typed_credential,
  public_credential,
} from "./credentials.ts";
export {
  type AnyElection,
  type Election,
  type Question,
  read_any_election,
  read_election,
  size_of,
} from "./election.ts";
export { BallotError, type Kind } from "./errors.ts";
export type { Random } from "./group.ts";
export { type Receipt, check_receipt, is_signed } from "./receipt.ts";
export { type Recount, recount } from "./recount.ts";
export { type Progress, type Steps, finish, walk } from "./steps.ts";
export { decrypt_with, partial_decryption } from "./tally.ts";
export {
  type TypedSeed,
  format_seed,
  new_seed,
  own_public_key,
  parse_seed,
  sign_report,
  signing_key,
  trustee_keys,
  trustee_public_key,
  trustee_secret,
} from "./trustees.ts";
