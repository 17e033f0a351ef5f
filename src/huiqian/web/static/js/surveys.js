/* Surveys while they are answered: a question appears as soon as an earlier answer asks for it. The server decides anew. */
(function () {
  "use strict";

  const asked = (form) => Array.from(form.querySelectorAll("[data-if-question]"));

  // Everything answered to a question on this page or on others, as texts; nothing where it is not asked itself.
  function answers(form, name) {
    const own = document.getElementById(`asked-${name}`);
    if (own && own.hidden) return [];
    return Array.from(form.elements)
      .filter((field) => field.name === name || (field.name || "").startsWith(`${name}.`))
      .filter((field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : true))
      .map((field) => field.value.trim())
      .filter((value) => value !== "");
  }

  const numeric = (text) => Number(text.replace(/[,，\s]/g, ""));

  function holds(form, node) {
    const { ifQuestion, ifOp, ifValue } = node.dataset;
    const own = document.getElementById(`asked-${ifQuestion}`);
    const given = answers(form, ifQuestion);
    if (own && own.hidden) return false;
    if (ifOp === "answered") return given.length > 0;
    if (ifOp === "lacks") return !given.includes(ifValue);
    if (ifOp === "contains") return given.includes(ifValue);
    if (given.length === 0) return false;
    if (ifOp === "is_not") return given[0] !== ifValue;
    if (ifOp === "at_least") return numeric(given[0]) >= Number(ifValue);
    if (ifOp === "at_most") return numeric(given[0]) <= Number(ifValue);
    return given[0] === ifValue || numeric(given[0]) === Number(ifValue);
  }

  function show(form) {
    // In the order of the page: a condition may hang on a question that has one itself.
    asked(form).forEach((node) => { node.hidden = !holds(form, node); });
  }

  const formOf = (target) => (target && target.closest ? target.closest("form[data-survey]") : null);
  document.addEventListener("input", (event) => { const form = formOf(event.target); if (form) show(form); });
  document.addEventListener("change", (event) => { const form = formOf(event.target); if (form) show(form); });
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-survey]").forEach(show));

  // Handing in twice counts once; the buttons say that it is under way.
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    window.setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
})();

/* Surveys while they are built: a question that was opened for writing is written into at once. */
(function () {
  "use strict";

  function begin() {
    const first = document.querySelector(".built-question.open input[name=label]");
    if (!first) return;
    first.focus();
    first.closest(".built-question").scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const asked = event.detail.requestConfig;
    if (asked && /\/surveys\/\d+\/questions(\?|$)/.test(asked.path)) begin();
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (/[?&]edit=/.test(window.location.search)) begin();
  });
})();
