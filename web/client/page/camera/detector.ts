// The browser's own reader of QR codes, where it has one that works: Android's spares the processor.

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
}

export type ReadVideo = (video: HTMLVideoElement) => Promise<string | null>;

/** Null where there is none. It may still fail at its first picture: a phone without Google's services has only the name. */
export async function own_detector(): Promise<ReadVideo | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (found === undefined) return null;
  try {
    if (!(await found.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new found({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}
