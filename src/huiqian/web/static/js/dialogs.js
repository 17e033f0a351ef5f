/* Dialogs: those of the page, and those the server is asked for. */
(function () {
  "use strict";

  const open = (dialog, opener) => {
    if (!dialog || dialog.open) return;
    dialog.opener = opener || document.activeElement;
    dialog.showModal();
    // What is wrong first, then what has to be typed; a list with a single choice has nothing to ask.
    const first = dialog.querySelector("[autofocus], [aria-invalid='true']")
      || dialog.querySelector("textarea, input:not([type=hidden]), select:has(option + option), button[type=submit]");
    if (first) first.focus();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const menu = opener.closest("details.menu");
      if (menu) menu.open = false;
      open(document.getElementById(opener.dataset.opens), opener);
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.matches("dialog") && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside) event.target.close();
    }
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // A dialog that was sent without what it needs stands there again.
  document.addEventListener("DOMContentLoaded", () => open(document.querySelector("dialog[data-shown]")));

  document.addEventListener("close", (event) => {
    const dialog = event.target;
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (dialog.opener && dialog.opener.isConnected) dialog.opener.focus();
    if (dialog.parentElement && dialog.parentElement.id === "dialog-place") dialog.remove();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "dialog-place") open(event.target.querySelector("dialog"));
  });

  // A list of people is narrowed to those whose name or position has what is typed; who is chosen stays.
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-narrows]")) return;
    const asked = event.target.value.trim().toLowerCase();
    event.target.parentElement.querySelectorAll(".choice").forEach((choice) => {
      choice.hidden = !choice.textContent.toLowerCase().includes(asked) && !choice.querySelector("input").checked;
    });
  });

  // What was written in the action bar goes along into the dialog.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "dialog-place") return;
    const said = document.querySelector(".action-bar .opinion-box");
    const box = event.target.querySelector("textarea[name=opinion]");
    if (said && box && !box.value) box.value = said.value;
  });
})();
