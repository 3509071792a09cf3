/** What esbuild needs to know for the oldest browsers we promise: Chromium 78 (old WeChat) and iOS 14. */
export const OLD_BROWSERS = {
  bundle: true,
  charset: "utf8",
  format: "iife",
  inject: ["polyfill.ts"],
  legalComments: "eof",
  logLevel: "warning",
  minify: true,
  // Safari before 14.1 may get `[a, ...rest] = …` wrong, so esbuild refuses all destructuring for iOS 14 and
  // cannot rewrite any. We write none with a rest element in an array; a test looks for it in the bundle.
  supported: { destructuring: true },
  target: ["es2020", "ios14", "chrome78"],
};
