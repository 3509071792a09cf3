// Keeps things as long as the page is open, and nowhere else: on a tablet the next person must find nothing.

/** As much of a browser's `Storage` as a device uses. */
export class MemoryShelf {
  readonly #kept = new Map<string, string>();

  get length(): number {
    return this.#kept.size;
  }

  key(index: number): string | null {
    return Array.from(this.#kept.keys())[index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }
}
