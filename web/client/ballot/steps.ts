/** Work in small steps, so that a page can draw, answer and say how far it is between them. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Yields after every step, of some 5 to 50 ms; returns the result. */
export type Steps<T> = Generator<Progress, T, void>;

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** All steps, with `pause` between them: on a page, a promise that the browser keeps when it has drawn. */
export async function walk<T>(
  steps: Steps<T>,
  pause: () => Promise<void>,
  report: (progress: Progress) => void = () => undefined,
): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    report(step.value);
    await pause();
  }
}
