// The few things of Node.js that the tests use; the full declarations would be one more dependency.
declare module "node:test" {
  export function test(name: string, body: () => void | Promise<void>): void;
}

declare module "node:assert/strict" {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    throws(body: () => unknown, check: (error: unknown) => boolean, message?: string): void;
  }
  const assert: Assert;
  export default assert;
}

declare module "node:fs" {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function readdirSync(path: string): string[];
  export function writeFileSync(path: string, content: Uint8Array | string): void;
  export function mkdirSync(path: string, options: { recursive: true }): void;
}

declare module "node:vm" {
  export function createContext(globals: object): object;
  export function runInContext(code: string, context: object): unknown;
}

declare module "esbuild" {
  interface Output {
    readonly outputFiles: readonly { readonly text: string }[];
  }
  export function build(options: object): Promise<Output>;
}

// Two names of browsers in the declarations of the QR library; nothing here calls what they belong to.
interface DOMRectReadOnly {
  readonly x: number;
}
type ImageBitmapSource = object;

declare const process: { readonly argv: readonly string[]; cwd(): string };

declare const TextEncoder: unknown;
declare const TextDecoder: unknown;

declare module "*/old_browsers.mjs" {
  export const OLD_BROWSERS: object;
}

declare const console: { log(text: string): void };
