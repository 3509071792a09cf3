// Passkeys: takes the options from the form, asks the browser, puts its answer into the form and sends it.
// Without this script, or in a browser without passkeys, the form stays hidden and a one-time code does.
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const error = form.querySelector("[data-refused]");

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (one) => ({ ...one, id: bytes(one.id) });

  const asked = () => {
    const options = JSON.parse(form.dataset.passkey);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.excludeCredentials) options.excludeCredentials = options.excludeCredentials.map(known);
    if (options.allowCredentials) options.allowCredentials = options.allowCredentials.map(known);
    return { publicKey: options };
  };

  const written = (made) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  };

  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    error.hidden = true;
    try {
      const options = asked();
      const made = options.publicKey.user
        ? await navigator.credentials.create(options)
        : await navigator.credentials.get(options);
      form.elements.answer.value = written(made);
      form.submit();
    } catch {
      error.hidden = false;
    }
  });
  form.hidden = false;
})();
