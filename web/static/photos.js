// Photos are made small on the sender's own telephone: the network of a village carries a tenth of the bytes, and the
// place and time a camera writes into its pictures never leave it. The server makes every photo anew all the same.
// Without this script, and where a browser cannot do it faithfully, photos go as they are.
(function () {
  "use strict";
  const SIDE = 1600;
  const SMALL_ENOUGH = 300 * 1024;
  const QUALITY = 0.82;
  const PATIENCE_MS = 15000;

  /** A fresh sheet, white where a picture lets through. */
  function sheet(width, height) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width));
    canvas.height = Math.max(1, Math.round(height));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    return { canvas, pen };
  }

  /** Whether pictures come out upright and as drawn: old browsers ignore EXIF, some give noise so that nobody is
   * recognised by his screen, and iOS 14.0 cannot give an input other files. */
  function faithful() {
    try {
      new DataTransfer();
      const { pen } = sheet(1, 1);
      pen.fillStyle = "#204060";
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
      return red === 32 && green === 64 && blue === 96 && CSS.supports("image-orientation", "from-image");
    } catch {
      return false;
    }
  }

  function within_patience(begin) {
    return new Promise((resolve, reject) => {
      setTimeout(reject, PATIENCE_MS);
      begin(resolve, reject);
    });
  }

  function address_of(file) {
    return within_patience((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = reject;
      reader.readAsDataURL(file);
    });
  }

  function loaded(address) {
    return within_patience((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = reject;
      image.src = address;
    });
  }

  async function redrawn(file) {
    const image = await loaded(await address_of(file));
    const scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const { canvas, pen } = sheet(image.naturalWidth * scale, image.naturalHeight * scale);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return within_patience((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  }

  async function smaller(file) {
    if (file.size <= SMALL_ENOUGH) return file;
    try {
      const body = await redrawn(file);
      return body.size < file.size ? new File([body], file.name, { type: "image/jpeg" }) : file;
    } catch {
      return file;
    }
  }

  function megabytes(files) {
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  }

  const input = document.querySelector("input[type=file][name=photos]");
  if (!input || !faithful()) return;
  const said = document.createElement("span");
  said.className = "hint";
  said.setAttribute("role", "status");
  input.after(said);
  const buttons = input.form.querySelectorAll("button");

  function wait(waiting, words) {
    said.textContent = words;
    for (const button of buttons) button.disabled = waiting;
  }

  function put(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
  }

  let choice = 0;
  input.addEventListener("change", async () => {
    const mine = ++choice;
    const chosen = Array.from(input.files);
    wait(true, "正在缩小照片，请稍等……");
    const made = [];
    for (const file of chosen) made.push(await smaller(file));
    if (mine !== choice) return;
    const changed = made.some((file, place) => file !== chosen[place]);
    if (changed) put(made);
    wait(false, changed ? `照片已经在您的手机或电脑上缩小：共 ${megabytes(made)}（原来 ${megabytes(chosen)}）。` : "");
  });
})();
