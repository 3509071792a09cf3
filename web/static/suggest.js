// A small sum for the form: it tells people's browsers from programs that send thousands. Without it the form
// works too. SHA-256 by FIPS 180-4; the browser's own needs https and a promise for every one of 65,536 tries.
(function () {
  "use strict";
  var form = document.querySelector("form[data-work-bits]");
  if (!form) return;
  var K = [], START = [];
  (function () {
    function fraction(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
      if (!prime) continue;
      if (START.length < 8) START.push(fraction(Math.pow(n, 1 / 2)));
      K.push(fraction(Math.pow(n, 1 / 3)));
    }
  })();

  function bytesOf(text) {
    var out = [];
    for (var i = 0; i < text.length; i += 1) out.push(text.charCodeAt(i) & 255);
    return out;
  }

  // The first word of the digest of ASCII text: enough to see whether it begins with zeros.
  function firstWord(text) {
    var bytes = bytesOf(text), bits = bytes.length * 8;
    bytes.push(128);
    while (bytes.length % 64 !== 56) bytes.push(0);
    bytes.push(0, 0, 0, 0, bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255);
    var h = START.slice(), w = new Array(64);
    for (var start = 0; start < bytes.length; start += 64) {
      for (var i = 0; i < 16; i += 1) {
        var at = start + i * 4;
        w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (i = 16; i < 64; i += 1) {
        var x = w[i - 15], y = w[i - 2];
        var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      var a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
      for (i = 0; i < 64; i += 1) {
        var t1 = k + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)));
        t1 = (t1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        var t2 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        t2 = (t2 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      h[0] = (h[0] + a) | 0; h[1] = (h[1] + b) | 0; h[2] = (h[2] + c) | 0; h[3] = (h[3] + d) | 0;
      h[4] = (h[4] + e) | 0; h[5] = (h[5] + f) | 0; h[6] = (h[6] + g) | 0; h[7] = (h[7] + k) | 0;
    }
    return h[0] >>> 0;
  }

  var slip = form.querySelector("input[name=slip]").value;
  var answer = form.querySelector("input[name=work]");
  var shift = 32 - Number(form.getAttribute("data-work-bits"));
  var nonce = 0;
  function work() {
    var until = nonce + 500;
    for (; nonce < until; nonce += 1) {
      if (firstWord(slip + ":" + nonce) >>> shift === 0) { answer.value = String(nonce); return; }
    }
    window.setTimeout(work, 0);
  }
  work();

  // Pressed twice, sent once; back on the page, the button works again.
  var button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", function () { window.setTimeout(function () { button.disabled = true; }, 0); });
  window.addEventListener("pageshow", function () { button.disabled = false; });
})();
