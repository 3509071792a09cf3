// From a picture to the text of the QR code on it; and whether a text that is seen again is news.

import decodeQR from "qr/decode.js";

/** What of `ImageData` the decoder needs: four bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

// What may be spent on a second look at a blurred picture: the page must go on answering.
const SECOND_LOOK_MS = 25;

/** The text of the QR code on the picture, or null. Takes a few milliseconds for 640 × 640. */
export function text_on(picture: Picture): string | null {
  try {
    return decodeQR(picture, { timeLimit: SECOND_LOOK_MS });
  } catch {
    return null;
  }
}

const AWAY_MS = 3_000;

/** A code held still is read ten times a second and means one scan; taken away and shown again it means another. */
export class Sightings {
  #text = "";
  #seen = -AWAY_MS;

  /** Whether what is seen at `now` (milliseconds) is a new scan. */
  is_new(text: string, now: number): boolean {
    const fresh = text !== this.#text || now - this.#seen >= AWAY_MS;
    this.#text = text;
    this.#seen = now;
    return fresh;
  }
}
