// Renews a desk's page while somebody waits at it, so that the next step appears by itself. It stops for good as
// soon as anything on the page is being filled in: what is typed must never move or vanish. When the line is dead
// it says so, and keeps what is there.
(function () {
  "use strict";
  var INTERVAL_MS = 2000;
  var MISSES = 2;
  var touched = false;
  var missed = 0;
  var line = document.createElement("p");

  function main_of(root) {
    return root.getElementById("main");
  }

  function say(words) {
    if (line.textContent === words) return;
    line.textContent = words;
    line.classList.toggle("shaky", words !== "");
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

  function heard(answer) {
    missed = 0;
    say("");
    return answer.ok ? answer.text().then(show) : undefined;
  }

  function miss() {
    missed += 1;
    if (missed >= MISSES) say("连接中断，正在重连");
  }

  function renew() {
    setTimeout(renew, INTERVAL_MS);
    if (busy()) return;
    fetch(location.href, { cache: "no-store", credentials: "same-origin" }).then(heard).catch(miss);
  }

  main_of(document).dataset.as_sent = main_of(document).innerHTML;
  line.className = "connection";
  line.setAttribute("role", "status");
  main_of(document).parentNode.insertBefore(line, main_of(document).nextSibling);
  ["input", "focusin"].forEach(function (kind) {
    main_of(document).addEventListener(kind, function (event) {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) touched = true;
    });
  });
  setTimeout(renew, INTERVAL_MS);
})();
