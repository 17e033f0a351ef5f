/* The diagram: fit, zoom, and a jump to the current step. */
(function () {
  "use strict";

  const parts = (element) => {
    const box = element.closest(".diagram-box");
    return { view: box.querySelector("div.diagram"), svg: box.querySelector(".diagram svg") };
  };

  // Once less of the lanes' heads is seen than the strip is wide, their names stay at the edge in a narrow strip.
  const HEAD = 116, STRIP = 30, PADDING = 12;
  const strip = (view) => {
    const svg = view.querySelector("svg");
    if (!svg) return;
    const box = view.querySelector(".lane-strip") || view.insertBefore(document.createElement("div"), svg);
    box.className = "lane-strip";
    box.setAttribute("aria-hidden", "true");
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    box.hidden = view.scrollLeft < HEAD * scale + PADDING - STRIP;
    if (box.hidden) return;
    const lanes = Array.from(svg.querySelectorAll("[data-lane]"));
    const rows = Array.from(svg.querySelectorAll(":scope > rect")).slice(0, lanes.length);
    box.replaceChildren(...lanes.map((lane, place) => {
      const name = document.createElement("span");
      name.textContent = lane.querySelector("text").textContent;
      name.style.top = `${rows[place].y.baseVal.value * scale}px`;
      name.style.height = `${rows[place].height.baseVal.value * scale}px`;
      return name;
    }));
  };
  document.addEventListener("scroll", (event) => {
    if (event.target.matches && event.target.matches("div.diagram")) strip(event.target);
  }, true);

  const zoom = (element, factor) => {
    const { view, svg } = parts(element);
    const width = svg.getBoundingClientRect().width;
    view.classList.remove("fit");
    svg.style.width = `${Math.min(Math.max(width * factor, 320), 6000)}px`;
  };

  const actions = {
    in: (element) => zoom(element, 1.25),
    out: (element) => zoom(element, 0.8),
    fit: (element) => {
      const { view, svg } = parts(element);
      svg.style.width = "";
      view.classList.add("fit");
      view.scrollTo(0, 0);
    },
    current: (element) => {
      const { view, svg } = parts(element);
      const node = svg.querySelector("[data-state='current'], [data-state='overdue']");
      if (!node) return;
      if (svg.getBoundingClientRect().width <= view.clientWidth) {
        view.classList.remove("fit");
        svg.style.width = `${Math.max(svg.viewBox.baseVal.width, 900)}px`;
      }
      const here = node.getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      view.scrollBy(here.left - frame.left - (frame.width - here.width) / 2, here.top - frame.top - (frame.height - here.height) / 2);
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-diagram]");
    if (button) actions[button.dataset.diagram](button);
  });

  // A wide diagram is not shrunk until its words cannot be read: it begins larger, at the current step, and scrolls.
  const READABLE = 0.62;
  const begin = (view) => {
    const svg = view.querySelector("svg");
    const natural = svg ? svg.viewBox.baseVal.width : 0;
    const follows = view.closest(".diagram-box").querySelector("[data-diagram='current']");
    if (natural && view.classList.contains("fit") && svg.getBoundingClientRect().width < natural * READABLE) {
      view.classList.remove("fit");
      svg.style.width = `${Math.round(natural * READABLE)}px`;
      if (follows) actions.current(view);
    }
    if (follows && window.innerWidth < 768) actions.current(view);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen.unobserve(entry.target);
      begin(entry.target);
    }));
    document.querySelectorAll("div.diagram").forEach((view) => seen.observe(view));
  });
})();
