/* Keys: single letters only while nobody types, and only where the person has them switched on. */
(function () {
  "use strict";

  let leader = "";
  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const rows = () => Array.from(document.querySelectorAll(".row-item"));
  // A letter never decides at once: where there is no confirming dialog it only goes to the button.
  const press = (element) => (element.hasAttribute("data-focuses") ? element.focus() : element.click());
  const click = (selector) => {
    const found = Array.from(document.querySelectorAll(selector)).find((one) => one.offsetParent !== null || one.hidden);
    if (found) press(found);
    return Boolean(found);
  };

  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("here"));
    const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
    all.forEach((row) => row.classList.toggle("here", row === next));
    next.querySelector(".row-title a").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  // A letter acts on the row of the cursor where there is one, else on the page.
  const act = (letter) => {
    const row = document.querySelector(".row-item.here");
    const target = row ? row.querySelector(`[data-key="${letter}"]`) : null;
    if (target) press(target);
    return Boolean(target) || (!row && click(`[data-key="${letter}"]`));
  };

  const pair = (letter) => {
    const address = { i: "inbox", d: "documents", o: "organisation" }[letter];
    const link = address && document.querySelector(`.side a[href*="${address === "inbox" ? "/tasks" : address}"]`);
    if (link) link.click();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const find = document.getElementById("find");
      if (find) {
        event.preventDefault();
        find.focus();
        find.select();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!document.body.hasAttribute("data-single-keys")) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (leader === "g") {
      leader = "";
      pair(key);
      return;
    }
    if (key === "g") {
      leader = "g";
      window.setTimeout(() => { leader = ""; }, 1200);
    } else if (key === "j") {
      move(1);
    } else if (key === "k") {
      move(-1);
    } else if (key === "?") {
      click("[data-opens='keys-help']");
    } else if (/^[a-z[\]]$/.test(key) && act(key)) {
      event.preventDefault();
    }
  });
})();
