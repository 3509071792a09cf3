/** What can be wrong, one kind each; the kinds are the class names of ballots/errors.py. */
export type Kind =
  | "Malformed"
  | "TooLarge"
  | "BadElection"
  | "WrongElection"
  | "UnknownCredential"
  | "BadChoices"
  | "BadRandomness"
  | "BadPoint"
  | "BadScalar"
  | "BadProof"
  | "BadSignature"
  | "BadCredentials"
  | "BadTrustee"
  | "BadTally"
  | "BadArchive"
  | "BadChain";

/** The one error this library throws. `detail` says where, for whoever looks into it; it is not for the page. */
export class BallotError extends Error {
  readonly kind: Kind;
  readonly detail: string;

  constructor(kind: Kind, detail: string) {
    super(`${kind}: ${detail}`);
    this.name = "BallotError";
    this.kind = kind;
    this.detail = detail;
  }
}

/** Runs `work` and gives every error it throws the kind that the caller answers for. */
export function as_kind<T>(kind: Kind, detail: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw new BallotError(kind, detail);
  }
}
