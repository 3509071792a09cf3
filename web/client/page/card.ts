// The card that comes in the address, after the #: taken out at once, so that no copied link or history holds it.

/** What stood after the #, or null if nothing did. The address bar no longer shows it. */
export function take_fragment(): string | null {
  const fragment = location.hash.slice(1);
  if (location.href.includes("#")) history.replaceState(null, "", location.pathname + location.search);
  return fragment === "" ? null : fragment;
}
