// The camera as a reader of QR codes: it shows what it sees, reads up to eight pictures a second, and is switched off
// whenever nobody looks at the page.

import { element, fill } from "../dom.ts";
import { own_detector, type ReadVideo } from "./detector.ts";
import { Sightings, text_on } from "./reading.ts";
import { missing, trouble_in, TROUBLE_WORDS } from "./trouble.ts";

export type Facing = "environment" | "user";

const PAUSE_MS = 120;
const SIDE = 640;

/** A running camera. */
export interface Scanner {
  /** Switches the camera off and removes its picture. */
  stop: () => void;
  /** The camera on the other side of the device. */
  turn: () => void;
}

/**
 * Shows the camera's picture in `place` and gives each code that is held to it to `on_text`, once.
 *
 * `on_trouble` gets a whole sentence when there is no picture: no camera, no permission, no secure page.
 */
export function scan(
  place: HTMLElement,
  on_text: (text: string) => void,
  on_trouble: (sentence: string) => void,
  facing: Facing = "environment",
): Scanner {
  return new Camera(place, on_text, on_trouble, facing);
}

class Camera implements Scanner {
  readonly #place: HTMLElement;
  readonly #on_text: (text: string) => void;
  readonly #on_trouble: (sentence: string) => void;
  readonly #sightings = new Sightings();
  readonly #canvas = element("canvas", { width: String(SIDE), height: String(SIDE) });
  readonly #video = element("video", { playsinline: true, muted: true, "aria-label": "摄像头的画面" });
  readonly #seen = (): void => (document.hidden ? this.#off() : void this.#on());
  #facing: Facing;
  #stream: MediaStream | null = null;
  #read: ReadVideo | null = null;
  #stopped = false;
  /** Counts the times it was switched on, so that a late answer of the browser's finds out that it is late. */
  #turn_on = 0;

  constructor(
    place: HTMLElement,
    on_text: (text: string) => void,
    on_trouble: (sentence: string) => void,
    facing: Facing,
  ) {
    this.#place = place;
    this.#on_text = on_text;
    this.#on_trouble = on_trouble;
    this.#facing = facing;
    // Safari and WebViews look at the property, not at the attribute, of what a script has made.
    this.#video.muted = true;
    document.addEventListener("visibilitychange", this.#seen);
    if (!document.hidden) void this.#on();
  }

  stop(): void {
    this.#stopped = true;
    document.removeEventListener("visibilitychange", this.#seen);
    this.#off();
    fill(this.#place);
  }

  turn(): void {
    this.#facing = this.#facing === "user" ? "environment" : "user";
    this.#off();
    void this.#on();
  }

  #off(): void {
    this.#turn_on += 1;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
  }

  async #on(): Promise<void> {
    if (this.#stopped || this.#stream !== null) return;
    const lacking = missing(window.isSecureContext, navigator.mediaDevices as MediaDevices | undefined);
    if (lacking !== null) return this.#on_trouble(TROUBLE_WORDS[lacking]);
    this.#turn_on += 1;
    const turn = this.#turn_on;
    try {
      this.#read = await own_detector();
      const stream = await navigator.mediaDevices.getUserMedia(wanted(this.#facing));
      if (turn === this.#turn_on) await this.#show(stream, turn);
      else for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      if (turn === this.#turn_on) this.#on_trouble(TROUBLE_WORDS[trouble_in(error)]);
    }
  }

  async #show(stream: MediaStream, turn: number): Promise<void> {
    this.#stream = stream;
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.#lost(turn));
    this.#video.srcObject = stream;
    this.#video.classList.toggle("mirrored", this.#facing === "user");
    fill(this.#place, this.#video);
    await this.#video.play();
    void this.#look(turn);
  }

  /** Unplugged, or taken away by the system. */
  #lost(turn: number): void {
    if (turn !== this.#turn_on) return;
    this.#off();
    this.#on_trouble(TROUBLE_WORDS.busy);
  }

  async #look(turn: number): Promise<void> {
    if (turn !== this.#turn_on) return;
    const began = performance.now();
    const text = await this.#text();
    if (turn !== this.#turn_on) return;
    if (text !== null && text !== "" && this.#sightings.is_new(text, performance.now())) this.#on_text(text);
    // On a slow tablet two thirds of the time are left for the page.
    window.setTimeout(() => void this.#look(turn), Math.max(PAUSE_MS, 2 * (performance.now() - began)));
  }

  async #text(): Promise<string | null> {
    if (this.#video.videoWidth === 0) return null;
    try {
      if (this.#read !== null) return await this.#read(this.#video);
    } catch {
      this.#read = null;
    }
    return text_on(this.#picture());
  }

  /** The middle of the picture as a square: what the page shows of it too. */
  #picture(): ImageData {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const side = Math.min(width, height);
    const brush = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (brush === null) throw new Error("no 2d canvas");
    brush.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    return brush.getImageData(0, 0, SIDE, SIDE);
  }
}

function wanted(facing: Facing): MediaStreamConstraints {
  return { audio: false, video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } } };
}
