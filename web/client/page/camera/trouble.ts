// Why there is no picture, in words for the person in front of the screen; every one says that typing works.

export type CameraTrouble = "not_secure" | "too_old" | "refused" | "none" | "busy";

export const TROUBLE_WORDS: Record<CameraTrouble, string> = {
  not_secure: "这个网址不是安全网址（https），浏览器不让用摄像头。请改用 https 网址打开，或者手工输入。",
  too_old: "这个浏览器不能使用摄像头。请换一个浏览器，或者手工输入。",
  refused: "没有得到摄像头的使用权限。请在浏览器里允许本网站使用摄像头，再点“打开摄像头”；也可以手工输入。",
  none: "没有找到摄像头。请手工输入。",
  busy: "摄像头打不开，可能正被别的程序使用。请关闭别的程序，再点“打开摄像头”；也可以手工输入。",
};

/** What is missing before anybody is asked for a permission, if anything is. */
export function missing(window_is_secure: boolean, devices: unknown): CameraTrouble | null {
  if (!window_is_secure) return "not_secure";
  return devices === undefined ? "too_old" : null;
}

/** What an error of `getUserMedia` means; its names are those of the standard. */
export function trouble_in(error: unknown): CameraTrouble {
  const { name } = Object(error) as { name?: unknown };
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}
