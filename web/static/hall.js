// Renews the screen of a hall or a station without a flash; where scripts do not run, the page reloads itself instead.
(function () {
  "use strict";
  var INTERVAL_MS = Number(document.documentElement.getAttribute("data-renew-ms")) || 2500;
  var misses = 0;

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").body;
    misses = 0;
    if (fresh.className !== document.body.className || fresh.innerHTML !== document.body.innerHTML) {
      document.body.className = fresh.className;
      document.body.innerHTML = fresh.innerHTML;
    }
  }

  // Old figures must not look like new ones: after three misses the screen says so.
  function miss() {
    misses += 1;
    if (misses >= 3) document.body.classList.add("offline");
  }

  function renew() {
    fetch(location.href, { cache: "no-store", credentials: "omit" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(show)
      .catch(miss)
      .then(function () {
        setTimeout(renew, INTERVAL_MS);
      });
  }

  setTimeout(renew, INTERVAL_MS);
})();
