// Sealing a ballot without freezing the page.

import { BallotError, read_election, seal, walk, type Progress } from "../ballot/index.ts";
import { marks, type Choices } from "./choosing.ts";
import { random } from "./fitness.ts";
import { NoThread } from "./own_thread.ts";
import type { Paper } from "./paper.ts";
import type { SealingScreen } from "./screens/sending.ts";
import { seal_in_thread, type Order } from "./sealing_thread.ts";

/** The sealed ballot as text, or null when this device cannot make one. */
export async function seal_ballot(
  paper: Paper,
  card: string,
  choices: Choices,
  screen: SealingScreen,
): Promise<string | null> {
  const order = { election: paper.election.text, card, marks: marks(choices, paper.choices.length) };
  const progress = ({ done, total }: Progress): void => screen.progress(done, total);
  try {
    return await seal_in_thread(order, progress);
  } catch (error) {
    if (!(error instanceof NoThread)) throw error;
    return seal_on_page(order, progress);
  }
}

/** In slices, between which the page draws and answers. */
async function seal_on_page(order: Order, progress: (step: Progress) => void): Promise<string | null> {
  try {
    const steps = seal(read_election(order.election), order.card, order.marks, random);
    return new TextDecoder().decode(await walk(steps, breath, progress));
  } catch (error) {
    if (error instanceof BallotError) return null;
    throw error;
  }
}

/** Lets the browser draw. Unlike frames and timers it also comes, and at once, while the page is hidden. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The first twelve digits of the election's fingerprint, in groups of four. */
export function paper_code(fingerprint: string): string {
  return digest_hex_of(fingerprint).slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ");
}

/** A 回执号 (Base64 of a hash) as the 64 hex digits by which the server looks it up. */
export function digest_hex_of(tracker: string): string {
  const bytes = atob(tracker);
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
