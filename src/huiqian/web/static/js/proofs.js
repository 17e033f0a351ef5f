/* Proofing: a click, a tap or the arrow keys say where the new pin stands; a slider lays one version over the other. */
(function () {
  "use strict";

  const stage = () => document.getElementById("proof-page");
  const field = (name) => document.getElementById(`pin-${name}`);
  const share = (name) => Math.min(Math.max(Number(field(name).value.replace("，", ".").replace(",", ".")) || 0, 0), 100);

  function show() {
    const draft = document.getElementById("proof-draft"), where = document.getElementById("proof-where");
    if (!draft) return;
    draft.setAttribute("x", `${share("left")}%`);
    draft.setAttribute("y", `${share("top")}%`);
    draft.setAttribute("visibility", "visible");
    where.textContent = stage().dataset.proof.replace("{left}", field("left").value).replace("{top}", field("top").value);
  }

  function place(left, top) {
    field("left").value = String(Math.round(Math.min(Math.max(left, 0), 100) * 10) / 10);
    field("top").value = String(Math.round(Math.min(Math.max(top, 0), 100) * 10) / 10);
    show();
  }

  document.addEventListener("click", (event) => {
    const pin = event.target.closest(".proof-pin");
    if (pin) {
      const listed = document.querySelector(pin.getAttribute("href"));
      if (!listed) return;
      const folded = listed.closest("details.pins-done");
      if (folded) folded.open = true;
      window.setTimeout(() => listed.focus());
      return;
    }
    const page = event.target.closest("[data-proof]");
    if (!page) return;
    const box = page.getBoundingClientRect();
    place(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    field("text").focus();
  });

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches || !event.target.matches("[data-proof]")) return;
    const step = STEPS[event.key];
    if (step) {
      const length = event.shiftKey ? 10 : 1;
      place(share("left") + step[0] * length, share("top") + step[1] * length);
    } else if (event.key === "Enter") {
      show();
      field("text").focus();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "pin-left" || event.target.id === "pin-top") show();
    const top = event.target.dataset.proofSlider && document.getElementById(event.target.dataset.proofSlider);
    if (top) top.style.clipPath = `inset(0 0 0 ${event.target.value}%)`;
  });
})();
