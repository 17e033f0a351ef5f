/* Live pages: a form that is morphed while somebody types, focus on what is wrong, buttons that show they work. */
(function () {
  "use strict";

  if (window.Idiomorph) {
    // Whatever is being typed right now stays, whatever the server answers.
    Object.assign(Idiomorph.defaults, { ignoreActiveValue: true, restoreFocus: true });
  }

  // How often a live form was typed into: an answer to an older state is dropped, a newer request follows it.
  const typed = new WeakMap();
  const sent = new WeakSet();
  const formOf = (element) => (element.closest ? element.closest("form[data-live]") : null);

  document.addEventListener("input", (event) => {
    const form = formOf(event.target) || document.querySelector(`form[data-live][id="${event.target.getAttribute && event.target.getAttribute("form")}"]`);
    if (form) typed.set(form, (typed.get(form) || 0) + 1);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event.target);
    if (form) event.detail.xhr.typedBefore = typed.get(form) || 0;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event.target) || formOf(event.detail.requestConfig.elt);
    const before = event.detail.xhr.typedBefore;
    const submitted = event.detail.requestConfig.elt === form;
    if (form && !submitted && before !== undefined && before !== (typed.get(form) || 0)) event.detail.shouldSwap = false;
  });

  // A pressed button keeps its width and shows that it works.
  document.addEventListener("submit", (event) => {
    if (event.submitter) {
      event.submitter.classList.add("pressed");
      window.setTimeout(() => event.submitter.classList.remove("pressed"), 8000);
    }
    const form = formOf(event.target);
    if (form) sent.add(form);
  });
  // Once a form is sent, nothing is saved as a draft behind its back.
  document.addEventListener("htmx:confirm", (event) => {
    const form = formOf(event.target);
    if (form && form !== event.target && sent.has(form)) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event.target);
    const draft = event.detail.xhr && event.detail.xhr.getResponseHeader("X-Draft");
    const field = document.getElementById("draft-id");
    if (draft && field) field.value = draft;
    if (form && form === event.target && event.detail.xhr.status !== 204) sent.delete(form);
    document.querySelectorAll(".pressed").forEach((button) => button.classList.remove("pressed"));
  });

  const focusOnWhatIsWrong = (root) => {
    const wrong = root.querySelector("[aria-invalid='true']:not([type=hidden])") || root.querySelector("[data-focus]");
    if (!wrong) return;
    wrong.focus();
    wrong.scrollIntoView({ block: "center" });
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 200;
    if (status >= 400) focusOnWhatIsWrong(status === 422 ? document : document.getElementById("refused") || document);
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("main [aria-invalid='true']")) focusOnWhatIsWrong(document);
    // Where one stands in a long row of things.
    document.querySelectorAll("[data-comes-into-view]").forEach((one) => one.scrollIntoView({ block: "nearest", inline: "center" }));
  });

  // The server did not answer: say so, nothing typed is lost.
  const silent = () => {
    const note = document.getElementById("no-answer");
    const place = document.getElementById("refused");
    if (note && place) place.replaceChildren(note.content.cloneNode(true));
  };
  document.addEventListener("htmx:sendError", silent);
  document.addEventListener("htmx:responseError", silent);
  document.addEventListener("htmx:timeout", silent);

  // A select that filters sends its form by itself.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copies).textContent.trim();
    navigator.clipboard.writeText(text).then(() => button.setAttribute("data-copied", ""));
  });
})();
