/*! Preview cards of Briefing (MIT): what a link to an article, a name or an event leads to, on hover and on focus.
    The cards are in files beside the pages, loaded when they are asked for, from disk as well as from a server. */
(() => {
  "use strict";
  const own = document.currentScript;
  const root = new URL("..", (own && own.src) || location.href).href;
  const parts = new Map();
  const loading = new Map();
  const early = self.__briefingCards || [];
  self.__briefingCards = { push: ([name, content]) => parts.set(name, content) };
  early.forEach(self.__briefingCards.push);

  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(
        name,
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = `${root}cards/${name}.js`;
          script.onload = script.onerror = () => {
            script.remove();
            resolve(parts.get(name));
          };
          document.head.append(script);
        }),
      );
    }
    return loading.get(name);
  };

  // As zlib has it; the builder spreads the cards over the files by it.
  const crc32 = (text) => {
    let crc = -1;
    for (let at = 0; at < text.length; at += 1) {
      crc ^= text.charCodeAt(at) & 255;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return (crc ^ -1) >>> 0;
  };

  const pageOf = (link) => {
    // A link in a picture has an animated string for an address.
    const href = typeof link.href === "string" ? link.href : new URL(link.href.baseVal, location.href).href;
    const address = href.split("#")[0].split("?")[0];
    if (!address.startsWith(root) || address === location.href.split("#")[0].split("?")[0]) return "";
    const path = address.slice(root.length).replace(/\.html$|\/$/, "");
    return /^(articles|people|organizations|places|events)\/./.test(path) && !/(^|\/)index$/.test(path) ? path : "";
  };

  const find = async (page) => {
    const shards = await load("index");
    if (!shards) return undefined;
    const part = await load(String(crc32(page) % shards));
    return part && Object.prototype.hasOwnProperty.call(part, page) ? part[page] : undefined;
  };

  const card = document.createElement("div");
  card.id = "bf-card";
  card.className = "bf-card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  let shown = null;
  let wanted = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    wanted = null;
    card.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
  };

  const line = (tag, kind, text) => {
    if (!text) return;
    const made = document.createElement(tag);
    made.className = `bf-card__${kind}`;
    made.textContent = text;
    card.append(made);
  };

  const place = (link) => {
    // Of a link over two lines, the box of the first.
    const box = link.getClientRects()[0] || link.getBoundingClientRect();
    const width = card.offsetWidth;
    const below = box.bottom + 8 + card.offsetHeight <= innerHeight || box.top < card.offsetHeight + 8;
    const left = Math.min(Math.max(box.left, 8), document.documentElement.clientWidth - width - 8);
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? box.bottom + 8 : box.top - card.offsetHeight - 8) + scrollY}px`;
  };

  const show = async (link) => {
    const page = pageOf(link);
    const found = page ? await find(page) : undefined;
    if (!found || wanted !== link) return;
    const [kind, name, what, counts, sentence, source] = found;
    card.replaceChildren();
    card.dataset.kind = kind.toLowerCase();
    line("p", "kind", kind);
    line("p", "name", name);
    line("p", "what", what);
    line("p", "counts", counts);
    line("p", "sentence", sentence);
    line("p", "source", source);
    card.hidden = false;
    if (!card.isConnected) document.body.append(card);
    if (shown && shown !== link) shown.removeAttribute("aria-describedby");
    shown = link;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  };

  const soon = (work, wait) => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
  const ask = (link) => {
    if (link === shown) return clearTimeout(timer);
    wanted = link;
    // Long enough that a pointer on its way across the text opens nothing.
    return soon(() => show(link), 250);
  };
  const linkOf = (target) => (target instanceof Element ? target.closest(".md-content a[href]") : null);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    if (card.contains(event.target)) return void clearTimeout(timer);
    const link = linkOf(event.target);
    if (link && pageOf(link)) ask(link);
    else if (shown || wanted) soon(hide, 200);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event.target);
    if (link && link.matches(":focus-visible") && pageOf(link)) ask(link);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", hide);
})();
