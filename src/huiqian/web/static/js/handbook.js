/* The handbook: its contents fold on small screens and show where one is. */
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", () => {
    const contents = document.querySelector("[data-contents]");
    if (!contents) return;
    const narrow = window.matchMedia("(max-width: 1199px)");
    contents.open = !narrow.matches;
    narrow.addEventListener("change", () => { contents.open = !narrow.matches; });

    const links = new Map(Array.from(contents.querySelectorAll("a")).map((link) => [link.hash.slice(1), link]));
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && narrow.matches) contents.open = false;
    });

    // The last heading above the upper third of the window is where one is.
    const heads = Array.from(links.keys()).map((id) => document.getElementById(id)).filter(Boolean);
    let asked = false;
    const mark = () => {
      asked = false;
      const line = window.innerHeight / 3;
      const here = heads.filter((head) => head.getBoundingClientRect().top < line).pop();
      links.forEach((link, id) => {
        if (here && id === here.id) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
      const current = here && links.get(here.id);
      if (current && !narrow.matches) {
        const box = contents.parentElement;
        const at = current.offsetTop;
        if (at < box.scrollTop || at > box.scrollTop + box.clientHeight - 40) box.scrollTop = at - box.clientHeight / 2;
      }
    };
    document.addEventListener("scroll", () => {
      if (!asked) { asked = true; window.requestAnimationFrame(mark); }
    }, { passive: true });
    mark();
  });
})();
