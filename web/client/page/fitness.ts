// Whether this browser can do what a vote needs; without it the page says so and points to paper.

export function can_vote(): boolean {
  return can_seal() && keeps_things();
}

/** Enough for a tablet, which keeps nothing. */
export function can_seal(): boolean {
  return typeof BigInt === "function" && has_randomness();
}

function has_randomness(): boolean {
  try {
    return crypto.getRandomValues(new Uint8Array(8)).length === 8;
  } catch {
    return false;
  }
}

/** Private windows of some browsers have a store that takes nothing. */
function keeps_things(): boolean {
  try {
    localStorage.setItem("piaojue/trial", "1");
    localStorage.removeItem("piaojue/trial");
    return true;
  } catch {
    return false;
  }
}

export function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
