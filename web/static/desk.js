// Renews a desk's page while somebody waits at it, so that the next step appears by itself. It stops for good as
// soon as anything on the page is being filled in: what is typed must never move or vanish.
(function () {
  "use strict";
  var INTERVAL_MS = 4000;
  var touched = false;

  function main_of(root) {
    return root.getElementById("main");
  }

  function show(text) {
    var fresh = main_of(new DOMParser().parseFromString(text, "text/html"));
    var shown = main_of(document);
    if (!touched && fresh !== null && fresh.innerHTML !== shown.dataset.as_sent) {
      shown.innerHTML = fresh.innerHTML;
      shown.dataset.as_sent = fresh.innerHTML;
    }
  }

  function busy() {
    return touched || document.hidden || document.querySelector("#main details[open]") !== null;
  }

  function renew() {
    setTimeout(renew, INTERVAL_MS);
    if (busy()) return;
    fetch(location.href, { cache: "no-store", credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.text().then(show) : undefined;
      })
      .catch(function () {});
  }

  main_of(document).dataset.as_sent = main_of(document).innerHTML;
  ["input", "focusin"].forEach(function (kind) {
    main_of(document).addEventListener(kind, function (event) {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) touched = true;
    });
  });
  setTimeout(renew, INTERVAL_MS);
})();
