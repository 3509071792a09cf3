// Chromium 78 (old WeChat) and iOS 14 lack Object.hasOwn, which @noble/curves and @noble/hashes call unguarded.
if (!("hasOwn" in Object)) {
  const value = (object: object, key: PropertyKey): boolean =>
    Object.prototype.hasOwnProperty.call(object, key);
  Object.defineProperty(Object, "hasOwn", { value, configurable: true, writable: true });
}

export {};
