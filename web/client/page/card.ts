// The card that comes in the address, after the #: taken out at once, so that no copied link or history holds it.

import { parse_typed_credential, type TypedCredential } from "../ballot/index.ts";

/** What stood after the #, or null if nothing did. The address bar no longer shows it. */
export function take_fragment(): string | null {
  const fragment = location.hash.slice(1);
  if (location.href.includes("#")) history.replaceState(null, "", location.pathname + location.search);
  return fragment === "" ? null : fragment;
}

/** A card as scanned, typed, or pasted with the whole address around it. */
export function read_card(typed: string): TypedCredential {
  return parse_typed_credential(typed.slice(typed.lastIndexOf("#") + 1));
}
