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
  type Party,
  deal,
  is_own_certificate,
  is_signed_by,
  make_certificate,
  own_index,
  read_ceremony,
  receive,
  shared_secret,
  sign_text,
} from "./ceremony.ts";
export { type Answer, type Ballot, check_ballot, digest_hex, seal, tracker } from "./ballot.ts";
export {
  type Group,
  type TypedCredential,
  type TypingError,
  new_credential,
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
export { sha256_hex as hash_of } from "./encoding.ts";
export { BallotError, type Kind } from "./errors.ts";
export type { Random } from "./group.ts";
export { type JointKey, comparison_code, read_joint_key, trustee_keys } from "./joint_key.ts";
export { type Receipt, check_receipt, is_signed } from "./receipt.ts";
export {
  type Box,
  type CheckRun,
  type Part,
  type Recount,
  checker,
  read_box,
  recount,
  settle,
} from "./recount.ts";
export { type Progress, type Steps, finish, walk } from "./steps.ts";
export { decrypt_with, partial_decryption } from "./tally.ts";
export {
  type TypedSeed,
  format_seed,
  new_seed,
  own_public_key,
  public_key_of,
  parse_seed,
  sign_report,
  signing_key,
  trustee_public_key,
  trustee_secret,
} from "./trustees.ts";
