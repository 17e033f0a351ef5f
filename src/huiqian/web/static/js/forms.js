/* Forms while they are filled in: a table's rows, amounts at once, dates, uploads, and what is typed while nobody answers.
   Everything listens on the document: a page that is morphed keeps working. The server's answer has the last word. */
(function () {
  "use strict";

  const closest = (target, selector) => (target && target.closest ? target.closest(selector) : null);
  const changed = (form) => form && form.dispatchEvent(new Event("input", { bubbles: true }));
  const named = (attribute, name, root) =>
    Array.from((root || document).querySelectorAll(`[${attribute}]`)).find((node) => node.getAttribute(attribute) === name);

  // ------------------------------------------------------------------------------------------------ rows of a table

  const ATTRIBUTES = ["id", "name", "for", "data-path", "data-date-for", "data-picks", "aria-describedby", "aria-labelledby"];
  const rowsOf = (table) => Array.from(table.tBodies[0].rows);

  // Rows are numbered as they stand, in their inputs' names too: the server answers with the same numbers.
  function renumber(table) {
    const name = table.dataset.table;
    const pattern = new RegExp(`(^|[ -])${name}\\.(\\d+|__row__)(?=\\.|$| )`, "g");
    rowsOf(table).forEach((row, place) => {
      for (const node of [row, ...row.querySelectorAll("*")]) {
        for (const attribute of ATTRIBUTES) {
          const value = node.getAttribute(attribute);
          if (value && value.includes(`${name}.`)) node.setAttribute(attribute, value.replace(pattern, `$1${name}.${place}`));
        }
      }
      row.dataset.row = String(place);
      row.cells[0].textContent = String(place + 1);
    });
    const add = named("data-add-row", name);
    if (add) add.disabled = rowsOf(table).length >= Number(table.dataset.most);
  }

  function settled(table) {
    renumber(table);
    total(table);
    changed(table.closest("form"));
  }

  const firstInput = (row) => row && row.querySelector("input:not([type=hidden]):not(.date-picker), select, textarea");

  function addRow(table, after) {
    const template = named("data-blank", table.dataset.table);
    if (!template || rowsOf(table).length >= Number(table.dataset.most)) return null;
    const row = template.content.firstElementChild.cloneNode(true);
    if (after) after.after(row);
    else table.tBodies[0].append(row);
    settled(table);
    return row;
  }

  function removeRow(row) {
    const table = row.closest("table");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    const kept = rowsOf(table).length ? next : addRow(table, null);
    settled(table);
    const input = firstInput(kept);
    if (input) input.focus();
  }

  function moveRow(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    const active = document.activeElement;
    if (step < 0) other.before(row);
    else other.after(row);
    settled(row.closest("table"));
    if (row.contains(active)) active.focus();
  }

  document.addEventListener("click", (event) => {
    const add = closest(event.target, "[data-add-row]");
    if (add) {
      const table = named("data-table", add.dataset.addRow);
      const input = table && firstInput(addRow(table, null));
      if (input) input.focus();
      return;
    }
    const row = closest(event.target, "tr[data-row]");
    if (!row) return;
    const move = closest(event.target, "[data-move-row]");
    if (move) {
      moveRow(row, Number(move.dataset.moveRow));
      move.focus();
    } else if (closest(event.target, "[data-remove-row]")) removeRow(row);
  });

  // A button elsewhere on the page fills a row: the one that says so already, else an empty one, else a new one.
  function fillRow(button) {
    const table = named("data-table", button.dataset.fillRow);
    if (!table) return null;
    const values = {};
    for (const { name, value } of button.attributes) if (name.startsWith("data-value-")) values[name.slice(11)] = value;
    const input = (row, column) => row.querySelector(`[name$=".${column}"]`);
    const says = (row, column) => {
      const [there, meant] = [input(row, column).value.trim(), values[column]];
      return there === meant || (meant && (there.startsWith(`${meant} `) || there.endsWith(` ${meant}`)));
    };
    const keys = button.dataset.keys.split(" ");
    const rows = rowsOf(table);
    const empty = (row) => Array.from(row.querySelectorAll("input:not(.date-picker), select")).every((one) => !one.value);
    const same = rows.find((row) => keys.every((column) => says(row, column)));
    const row = same || rows.find(empty) || addRow(table, null);
    if (!row || same) return row;
    for (const [column, value] of Object.entries(values)) input(row, column).value = value;
    settled(table);
    return row;
  }

  document.addEventListener("click", (event) => {
    const one = closest(event.target, "[data-fill-row]");
    const all = closest(event.target, "[data-fill-all]");
    if (!one && !all) return;
    const buttons = one ? [one] : Array.from(document.querySelectorAll(`[data-fill-row="${all.dataset.fillAll}"]`));
    const row = buttons.map(fillRow).filter(Boolean).shift();
    const given = (input) => buttons[0].hasAttribute(`data-value-${input.name.split(".").pop()}`);
    const inputs = row ? Array.from(row.querySelectorAll("input:not([type=hidden]):not(.date-picker), select")) : [];
    const open = inputs.find((input) => !input.value && !given(input)) || firstInput(row);
    if (!open) return;
    open.scrollIntoView({ block: "center" });
    open.focus();
  });

  // Enter in the last row begins the next one, elsewhere it goes down; Alt with up, down and backspace moves and deletes.
  document.addEventListener("keydown", (event) => {
    const row = closest(event.target, "table[data-table] tr[data-row]");
    if (!row || event.isComposing) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      moveRow(row, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.altKey && event.key === "Backspace") {
      event.preventDefault();
      removeRow(row);
    } else if (event.key === "Enter" && event.target.matches("input") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const cell = event.target.closest("td").cellIndex;
      const below = row.nextElementSibling;
      const input = below ? below.cells[cell].querySelector("input, select") : firstInput(addRow(row.closest("table"), null));
      if (input) input.focus();
    }
  });

  // ----------------------------------------------------------------------------------------------- amounts at once

  // Whole numbers of a millionth: nothing is lost to binary fractions.
  const SCALE = 6;

  function millionths(text) {
    const plain = text.normalize("NFKC").replace(/[\s,¥￥]/g, "");
    const found = /^([+-]?)(\d{1,13})?(?:\.(\d{0,6}))?$/.exec(plain);
    if (!found || (!found[2] && !found[3])) return null;
    const whole = BigInt((found[2] || "0") + (found[3] || "").padEnd(SCALE, "0"));
    return found[1] === "-" ? -whole : whole;
  }

  function rounded(value, digits) {
    const unit = 10n ** BigInt(digits);
    const size = value < 0n ? -value : value;
    const whole = (size + unit / 2n) / unit;
    return value < 0n ? -whole : whole;
  }

  function written(value, places) {
    const size = String(value < 0n ? -value : value).padStart(places + 1, "0");
    const whole = size.slice(0, size.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
    return (value < 0n ? "-" : "") + whole + (places ? `.${size.slice(-places)}` : "");
  }

  function multiply(row) {
    for (const cell of row.querySelectorAll("[data-product]")) {
      const places = Number(cell.dataset.places);
      const [left, right] = cell.dataset.product.split(" ").map((column) => {
        const input = row.querySelector(`[name$=".${column}"]`);
        return input ? millionths(input.value) : null;
      });
      cell.textContent = left === null || right === null ? "" : written(rounded(left * right, 2 * SCALE - places), places);
    }
  }

  function total(table) {
    for (const cell of table.querySelectorAll("tfoot [data-total]")) {
      const column = cell.dataset.total;
      let sum = 0n;
      for (const row of rowsOf(table)) {
        const from = row.querySelector(`[data-computed="${column}"]`);
        const input = row.querySelector(`[name$=".${column}"]`);
        sum += millionths(from ? from.textContent : input ? input.value : "") || 0n;
      }
      const text = written(rounded(sum, SCALE - 2), 2);
      // What the amount is in words only the server says: better nothing for a moment than something that is not so.
      const words = table.querySelector("[data-capitals]");
      if (words && cell.textContent.trim() !== text) words.textContent = "…";
      cell.textContent = text;
    }
  }

  document.addEventListener("input", (event) => {
    const row = closest(event.target, "table[data-table] tr[data-row]");
    if (!row) return;
    multiply(row);
    total(row.closest("table"));
  });

  // -------------------------------------------------------------------------------------------------------- dates

  // Dates are typed as text, the same in every browser; the button opens the browser's own calendar.
  document.addEventListener("click", (event) => {
    const button = closest(event.target, "[data-date-for]");
    if (!button) return;
    const input = document.getElementById(button.dataset.dateFor);
    const picker = named("data-picks", button.dataset.dateFor);
    if (!input || !picker) return;
    picker.value = /^\d{4}-\d{2}-\d{2}$/.test(input.value) ? input.value : "";
    if (picker.showPicker) picker.showPicker();
    else input.focus();
  });

  document.addEventListener("change", (event) => {
    const picker = closest(event.target, "[data-picks]");
    const input = picker && document.getElementById(picker.dataset.picks);
    if (!input || !picker.value) return;
    input.value = picker.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });

  // ------------------------------------------------------------------------------------------------------ uploads

  // What is on its way, by field: a morphed page forgets these rows, so they are put back.
  const running = new Map();
  const runningIn = (form) => Array.from(running.values()).flat().some((one) => form.contains(one.node) && !one.failed);

  const word = (path, name) => {
    const words = named("data-words", path);
    return words ? words.content.querySelector(`[data-word="${name}"]`).textContent : "";
  };

  function takeAway(path, upload) {
    running.set(path, (running.get(path) || []).filter((one) => one !== upload));
    upload.node.remove();
  }

  function say(upload, text) {
    const place = upload.node.querySelector(".field-error");
    upload.node.querySelector("progress").hidden = true;
    upload.failed = true;
    place.textContent = text;
    place.hidden = false;
  }

  function arrived(path, upload, file) {
    const list = document.getElementById(`files-${path}`);
    takeAway(path, upload);
    if (!list) return;
    const item = named("data-file", path).content.firstElementChild.cloneNode(true);
    item.id = `file-${path}-${file.id}`;
    item.querySelector("input").value = file.id;
    const link = item.querySelector(".file-name");
    link.href = file.url || `/files/${file.id}`;
    link.title = link.textContent = file.name;
    item.querySelector(".file-meta").textContent = size(file.size);
    const button = item.querySelector("button");
    button.setAttribute("aria-label", `${button.getAttribute("aria-label").trim()} ${file.name}`);
    list.append(item);
    // What it looks like is drawn by a worker; the picture asks for itself until it is there.
    if (!file.url && window.htmx) {
      window.htmx.ajax("GET", `/files/${file.id}/face`, { target: item.querySelector(".file-icon"), swap: "outerHTML" });
    }
    changed(list.closest("form"));
  }

  function size(bytes) {
    if (bytes < 1024) return `${bytes} B`;
    return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  }

  function sentence(request, path) {
    try {
      const said = JSON.parse(request.responseText);
      const errors = said.errors && said.errors.file;
      return (errors && errors[0]) || said.text || said.detail || word(path, "failed");
    } catch {
      return word(path, "failed");
    }
  }

  function begin(path, file, list) {
    const node = named("data-uploading", path).content.firstElementChild.cloneNode(true);
    const upload = { node, request: new XMLHttpRequest(), failed: false };
    node.querySelector(".file-name").textContent = file.name;
    running.set(path, [...(running.get(path) || []), upload]);
    node.querySelector("[data-stop-upload]").addEventListener("click", () => {
      upload.request.abort();
      takeAway(path, upload);
    });
    list.append(node);
    if (file.size > Number(list.dataset.megabytes) * 1048576) say(upload, word(path, "too-large"));
    else send(path, file, upload, list.closest("form"));
  }

  function send(path, file, upload, form) {
    const { request, node } = upload;
    const body = new FormData();
    body.append("file", file, file.name);
    const bar = node.querySelector("progress");
    bar.setAttribute("aria-label", file.name);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) arrived(path, upload, JSON.parse(request.responseText));
      else say(upload, sentence(request, path));
    });
    request.addEventListener("error", () => say(upload, word(path, "failed")));
    request.open("POST", form.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  }

  function upload(path, files) {
    const list = document.getElementById(`files-${path}`);
    let free = Number(list.dataset.most) - list.children.length;
    for (const file of files) {
      begin(path, file, list);
      if (free <= 0) {
        const uploads = running.get(path);
        const last = uploads[uploads.length - 1];
        last.request.abort();
        say(last, word(path, "too-many"));
      }
      free -= 1;
    }
  }

  document.addEventListener("change", (event) => {
    const input = closest(event.target, "[data-upload]");
    if (!input) return;
    upload(input.dataset.upload, Array.from(input.files));
    input.value = "";
  });

  document.addEventListener("click", (event) => {
    const button = closest(event.target, "[data-remove-file]");
    if (!button) return;
    const form = button.closest("form");
    const list = button.closest("ul");
    button.closest("li").remove();
    changed(form);
    const input = document.getElementById(list.dataset.files);
    if (input) input.focus();
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const drop = closest(event.target, ".file-drop");
      if (!drop || !event.dataTransfer) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") upload(drop.querySelector("[data-upload]").dataset.upload, Array.from(event.dataTransfer.files));
    });
  }

  document.addEventListener("htmx:afterSwap", () => {
    for (const [path, uploads] of running) {
      const list = document.getElementById(`files-${path}`);
      for (const one of uploads) if (list && !one.node.isConnected) list.append(one.node);
    }
  });

  // A form is not sent while one of its files is still on its way.
  document.addEventListener(
    "submit",
    (event) => {
      if (!runningIn(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const path = Array.from(running.keys()).find((one) => running.get(one).length);
      const drop = document.getElementById(`drop-${path}`);
      if (drop) drop.querySelector("span").textContent = word(path, "wait");
    },
    true,
  );

  // ---------------------------------------------------------------------------- what is typed while nobody answers

  // The draft could not be saved: it stays in this browser, for this person and page, until the server answers again.
  const KEY = "huiqian:unsaved:";
  const owner = () => (document.querySelector("template[data-restore]") || { dataset: {} }).dataset.owner || "";
  const storeKey = () => `${KEY}${owner()}:${location.pathname}${location.search}`;

  function contents(form) {
    const values = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "draft") values.push([name, value]);
    }
    return values;
  }

  function keep(form) {
    try {
      localStorage.setItem(storeKey(), JSON.stringify({ at: Date.now(), values: contents(form) }));
    } catch {
      return;
    }
    tell(form, "data-kept-words");
  }

  function tell(form, attribute) {
    const note = document.getElementById("saved");
    const words = form.querySelector(`template[${attribute}]`);
    if (note && words) note.replaceChildren(words.content.cloneNode(true));
  }

  const liveForm = (target) => closest(target, "form[data-live]");

  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      const form = liveForm(event.target);
      if (form) keep(form);
    });
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && liveForm(event.target)) localStorage.removeItem(storeKey());
  });

  // Back on the page: what could not be saved is offered, and put in when it is wanted.
  function offer() {
    const form = document.querySelector("form[data-live]");
    const template = form && form.querySelector("template[data-restore]");
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(storeKey()));
    } catch {
      localStorage.removeItem(storeKey());
    }
    if (!kept || !template) return;
    const banner = template.content.firstElementChild.cloneNode(true);
    form.prepend(banner);
    banner.addEventListener("click", (event) => {
      const wanted = closest(event.target, "[data-put-back]");
      if (!wanted && !closest(event.target, "[data-forget]")) return;
      banner.remove();
      localStorage.removeItem(storeKey());
      if (wanted) putBack(form, kept.values);
    });
  }

  function putBack(form, values) {
    for (const input of form.querySelectorAll("#fields input[type=checkbox]")) input.checked = false;
    for (const [name, value] of values) {
      const cell = /^([a-z0-9_]+)\.(\d+)\./.exec(name);
      const table = cell && named("data-table", cell[1], form);
      while (table && rowsOf(table).length <= Number(cell[2]) && addRow(table, null));
      for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (input.type === "checkbox" || input.type === "radio") input.checked = input.checked || input.value === value;
        else if (input.type !== "hidden") input.value = value;
      }
      putBackFile(form, name, value);
    }
    form.querySelectorAll("table[data-table]").forEach((table) => {
      rowsOf(table).forEach(multiply);
      total(table);
    });
    changed(form);
  }

  function putBackFile(form, name, value) {
    const list = document.getElementById(`files-${name}`);
    if (!list || document.getElementById(`file-${name}-${value}`)) return;
    const item = named("data-file", name).content.firstElementChild.cloneNode(true);
    item.id = `file-${name}-${value}`;
    item.querySelector("input").value = value;
    list.append(item);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", offer);
  else offer();
})();
