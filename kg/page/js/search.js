// Search by name and alias, with suggestions that arrow keys walk through.
claimgraph.search = (function () {
  "use strict";
  const { data, look } = claimgraph;
  const { el, count } = claimgraph.dom;
  const MOST = 9;
  const input = document.getElementById("search");
  const list = document.getElementById("suggestions");
  let active = -1;
  let found = [];
  const usual = input.placeholder;
  let choose = () => {};
  let asked = null; // who wants to know an entity, in place of the usual
  let index = null; // made when it is first needed

  // Without case and accents, so that "societe" finds "Société".
  const plain = (text) => (/^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase();

  // All names, in the order of the entities, which is that of importance.
  function prepare() {
    index = index || data.entities.flatMap(({ id, name, aliases = [] }) => [name, ...aliases].map((one, n) => ({ id, name: one, plain: plain(one), isAlias: n > 0 })));
  }

  // How well a name fits: whole, at its beginning, at that of a word, or anywhere; null where it does not.
  function rank({ plain: name, isAlias }, query) {
    const at = name.indexOf(query);
    if (at < 0) return null;
    const fit = at === 0 ? (name.length === query.length ? 0 : 1) : name.includes(" " + query) ? 2 : 3;
    return 2 * fit + (isAlias ? 1 : 0);
  }

  let last = { wanted: "", names: [] }; // who types on looks through what was found before

  // The best entities for a query: of each rank as many as are shown, because names are in order already.
  function find(query) {
    const wanted = plain(query.trim());
    if (!wanted) return [];
    prepare();
    const among = last.wanted && wanted.startsWith(last.wanted) ? last.names : index;
    last = { wanted, names: [] };
    const ranks = Array.from({ length: 8 }, () => []);
    among.forEach((name) => {
      const fit = rank(name, wanted);
      if (fit === null) return;
      last.names.push(name);
      const best = ranks[fit];
      if (best.length < MOST && (!best.length || best[best.length - 1].id !== name.id)) best.push(name);
    });
    const hits = new Map();
    ranks.flat().forEach((name) => { if (!hits.has(name.id)) hits.set(name.id, { entity: data.entities[name.id], alias: name.isAlias ? name.name : "" }); });
    return Array.from(hits.values()).slice(0, MOST);
  }

  function suggest() {
    found = find(input.value);
    active = found.length ? 0 : -1;
    list.replaceChildren(...found.map(option));
    if (!found.length && input.value.trim()) list.append(el("li.none", { role: "option", "aria-disabled": "true" }, "Nothing is named like this."));
    open(Boolean(input.value.trim()));
    mark();
  }

  function option(hit, n) {
    const { entity, alias } = hit;
    const type = data.types[entity.type];
    const item = el("li", { role: "option", id: "suggestion-" + n },
      look.typeGlyph(type.look), el("span.name", { dir: "auto" }, entity.name),
      el("span.note", {}, alias ? "also " + alias : type.label + " · " + count(entity.facts, "fact")));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(n); });
    return item;
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function mark() {
    Array.from(list.children).forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", "suggestion-" + active);
      if (active) list.children[active].scrollIntoView({ block: "nearest" }); // the first is seen anyway, and it takes time
    } else input.removeAttribute("aria-activedescendant");
  }

  function pick(n) {
    if (!found[n]) return;
    const [id, answer] = [found[n].entity.id, asked || choose];
    close();
    answer(id);
  }

  // Ask for an entity: the next one that is chosen goes to the handler.
  function ask(question, handler) {
    asked = handler;
    input.placeholder = question;
    input.setAttribute("aria-label", question);
    input.focus();
  }

  function stopAsking() {
    asked = null;
    input.placeholder = usual;
    input.setAttribute("aria-label", "Search entities");
  }

  function close() {
    input.value = "";
    stopAsking();
    found = [];
    open(false);
    input.blur();
  }

  function onKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      mark();
    } else if (event.key === "Enter") pick(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => { if (input.value) suggest(); });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", onKey);

  return { find, ask, prepare, stopAsking, get asked() { return asked; }, focus: () => { input.focus(); input.select(); }, onChoose: (handler) => { choose = handler; } };
})();
