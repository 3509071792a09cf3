// What the hall's screen shows, kept for a reload while the line is dead (static/hall_worker.js).
// Where the browser offers no such thing, as over plain HTTP, nothing is kept.

const EVERY_MS = 10_000;
const SCOPE = "/hall/";

export class KeptScreen {
  #kept = 0;

  private constructor() {}

  /** Sets the worker of this address to work, if there can be one. */
  static begin(worker: string): KeptScreen | null {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return null;
    void navigator.serviceWorker.register(worker, { scope: SCOPE }).catch(() => undefined);
    return new KeptScreen();
  }

  /** Called whenever the screen is known to be current. */
  heard(): void {
    if (Date.now() - this.#kept < EVERY_MS) return;
    this.#kept = Date.now();
    void this.#keep().catch(() => undefined);
  }

  async #keep(): Promise<void> {
    const answer = await fetch(location.href, { credentials: "omit" });
    if (!answer.ok) return;
    const headers = new Headers({ "kept-at": String(Date.now()) });
    headers.set("content-security-policy", answer.headers.get("content-security-policy") ?? "default-src 'none'");
    const cache = await caches.open("hall");
    for (const other of await cache.keys()) if (other.url !== location.href) await cache.delete(other);
    await cache.put(location.href, new Response(await answer.text(), { headers }));
  }
}
