/*! Pictures and lists of Briefing (MIT): who is tied to whom in the network, filters of the timeline, and citations of
    a paragraph. Without it, the network is a still picture, the timeline shows everything, articles are cited whole. */
(() => {
  "use strict";
  const own = document.currentScript;
  const root = new URL("..", (own && own.src) || location.href).href;

  const network = (svg) => {
    const nodes = [...svg.querySelectorAll("[data-node]")];
    const lines = [...svg.querySelectorAll("[data-ends]")];
    const show = (chosen) => {
      const near = new Set(chosen ? [chosen] : []);
      for (const line of lines) {
        const ends = line.dataset.ends.split(" ");
        const on = ends.includes(chosen);
        line.classList.toggle("bf-on", on);
        if (on) ends.forEach((end) => near.add(end));
      }
      for (const node of nodes) node.classList.toggle("bf-on", near.has(node.dataset.node));
      svg.classList.toggle("bf-choosing", Boolean(chosen));
    };
    const nodeOf = (event) => event.target.closest && event.target.closest("[data-node]");
    for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerleave", false], ["focusout", false]]) {
      svg.addEventListener(name, (event) => {
        const node = on ? nodeOf(event) : null;
        show(node ? node.dataset.node : "");
      });
    }
  };

  const NAMES = ["year", "attested", "dated", "person", "organization", "place"];

  // The words and the place of the filters are on the page; without them there is nothing to filter by.
  const timeline = (list) => {
    const place = document.querySelector(".bf-filter");
    const filters = place ? NAMES.map((name) => [name, place.getAttribute(`data-by-${name}`)]).filter(([, label]) => label) : [];
    if (!filters.length) return;
    const rows = [...list.querySelectorAll("[data-year]")].map((row) => {
      const values = { year: [row.dataset.year] };
      for (const name of NAMES.slice(1)) values[name] = [];
      for (const part of (row.dataset.values || "").split("|")) {
        const at = part.indexOf(":");
        const name = part.slice(0, at);
        if (at > 0 && NAMES.includes(name)) values[name].push(decodeURIComponent(part.slice(at + 1)));
      }
      return { row, values };
    });
    const form = document.createElement("form");
    form.setAttribute("aria-label", place.dataset.label);
    form.addEventListener("submit", (event) => event.preventDefault());
    const selects = {};
    for (const [name, label] of filters) {
      const counts = new Map();
      for (const { values } of rows) for (const value of values[name]) counts.set(value, (counts.get(value) || 0) + 1);
      const select = document.createElement("select");
      select.name = name;
      select.add(new Option(place.dataset.all, ""));
      for (const value of [...counts.keys()].sort((a, b) => a.localeCompare(b))) {
        select.add(new Option(`${value} (${counts.get(value)})`, value));
      }
      const wrap = document.createElement("label");
      wrap.append(label, select);
      form.append(wrap);
      selects[name] = select;
    }
    const status = document.createElement("p");
    status.className = "bf-filter__status";
    status.setAttribute("role", "status");
    const clear = document.createElement("button");
    clear.type = "reset";
    clear.textContent = place.dataset.clear;
    form.append(status, clear);

    const apply = () => {
      const wanted = Object.entries(selects).filter(([, select]) => select.value);
      let shown = 0;
      for (const { row, values } of rows) {
        const fits = wanted.every(([kind, select]) => values[kind].includes(select.value));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const part of list.querySelectorAll(".bf-year")) part.hidden = !part.querySelector("[data-year]:not([hidden])");
      clear.hidden = wanted.length === 0;
      status.textContent = place.dataset.shown.replace("#", shown);
      return wanted;
    };
    const keep = () => {
      const state = new URLSearchParams(apply().map(([kind, select]) => [kind, select.value])).toString();
      // From disk a page may change no more of its address than what stands behind the hash.
      history.replaceState(null, "", `${location.href.split("#")[0]}${state ? `#${state}` : ""}`);
    };
    const read = () => {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const [kind, select] of Object.entries(selects)) {
        const value = state.get(kind) || "";
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      apply();
    };
    form.addEventListener("change", keep);
    form.addEventListener("reset", () => setTimeout(keep));
    addEventListener("hashchange", read);
    place.replaceChildren(form);
    read();
  };

  // What the page is cited by: where it is published, else where it is read, from disk its place within the site.
  const address = () => {
    const published = document.querySelector('link[rel="canonical"]');
    if (published) return published.href;
    const here = location.href.split("#")[0].split("?")[0];
    return location.protocol === "file:" && here.startsWith(root) ? here.slice(root.length) : here;
  };

  // As generator/encode/bibliography.py has it.
  const TEX = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
  const tex = (text) => text.replace(/[\\{}$&%#_^~]/g, (mark) => TEX[mark] || `\\${mark}`);

  // Each format with a paragraph in it: in the key, in front of the note, and in the address where that is this page's.
  const FORMATS = {
    "BibTeX": (text, mark, told, page) =>
      text
        .replace(/^(@\w+\{[^,\n]*),/, (_, key) => `${key}-${mark},`)
        .replace(/^( {2}url = \{)(.*)(\},)$/m, (all, open, url, close) => (url === page ? `${open}${url}#${mark}${close}` : all))
        .replace(/^( {2}note = \{\{)/m, (open) => `${open}${tex(told)} `),
    "RIS": (text, mark, told, page) =>
      text
        .replace(/^ID {2}- .*$/m, (line) => `${line}-${mark}`)
        .replace(/^UR {2}- (.*)$/m, (line, url) => (url === page ? `${line}#${mark}` : line))
        .replace(/^N1 {2}- /m, (open) => `${open}${told} `),
    "CSL-JSON": (text, mark, told, page) => {
      const item = JSON.parse(text);
      item.id = `${item.id}-${mark}`;
      if (item.URL === page) item.URL = `${page}#${mark}`;
      item.note = `${told} ${item.note || ""}`.trim();
      return JSON.stringify(item, null, 1);
    },
  };

  const citations = (section) => {
    const page = address();
    const texts = [...section.querySelectorAll(".bf-cite")].map((box) => {
      const code = box.querySelector("code");
      return { code, whole: code.textContent, format: FORMATS[box.querySelector("summary").textContent.trim()] };
    });
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const whole = document.createElement("button");
    whole.type = "button";
    whole.textContent = section.dataset.whole;
    const line = document.createElement("p");
    line.className = "bf-small bf-cited";
    line.append(told, " ", whole);
    section.querySelector(".bf-cite").before(line);
    const show = (number) => {
      for (const { code, whole: text, format } of texts) {
        code.textContent = number && format ? format(text, `p${number}`, section.dataset.note.replace("#", number).replace("@", () => `${page}#p${number}`), page) : text;
      }
      told.textContent = number ? section.dataset.paragraph.replace("#", number) : "";
      line.hidden = !number;
    };
    // Another part of the page (the citation itself) may be gone to without giving up the paragraph.
    const follow = () => {
      const number = (/^#p([0-9]{1,6})$/.exec(location.hash) || [])[1];
      if (number && document.getElementById(`p${number}`)) show(number);
    };
    whole.addEventListener("click", () => show(""));
    addEventListener("hashchange", follow);
    // A number that is in the address already is clicked without a change of it.
    document.addEventListener("click", (event) => {
      if (event.target.closest && event.target.closest(".bf-number")) setTimeout(follow);
    });
    show("");
    follow();
  };

  const menu = (button) => {
    const drawer = document.getElementById("__drawer");
    if (!drawer) return;
    const open = (wanted) => {
      drawer.checked = wanted;
      drawer.dispatchEvent(new Event("change", { bubbles: true }));
    };
    drawer.addEventListener("change", () => button.setAttribute("aria-expanded", String(drawer.checked)));
    button.addEventListener("click", () => open(!drawer.checked));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      open(false);
      button.focus();
    });
  };

  // On a phone a wide picture is scrolled. It begins where its largest dot is, or in the middle, not at an empty edge.
  const centred = (picture) => {
    if (picture.scrollWidth <= picture.clientWidth) return;
    const dots = [...picture.querySelectorAll(".bf-map circle")];
    const largest = dots.sort((one, other) => other.r.baseVal.value - one.r.baseVal.value)[0];
    const middle = (element) => (element.getBoundingClientRect().left + element.getBoundingClientRect().right) / 2;
    picture.scrollLeft += middle(largest || picture.querySelector("svg") || picture) - middle(picture);
  };

  const start = () => {
    document.querySelectorAll(".bf-picture").forEach(centred);
    document.querySelectorAll("button[data-menu]").forEach(menu);
    document.querySelectorAll("[data-paragraph][data-whole]").forEach(citations);
    document.querySelectorAll(".bf-network").forEach(network);
    document.querySelectorAll("[data-timeline]").forEach(timeline);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
