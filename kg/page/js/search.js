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
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const makeIndex = () => data.entities.map((entity) => ({ entity, names: [entity.name, ...entity.aliases || []].map((name) => [name, plain(name)]) }));

  function score(name, query) {
    if (name === query) return 0;
    if (name.startsWith(query)) return 1;
    if (name.includes(" " + query)) return 2;
    return name.includes(query) ? 3 : Infinity;
  }

  // The best entities for a query; entities come in order of importance already.
  function find(query) {
    const wanted = plain(query.trim());
    if (!wanted) return [];
    const hits = [];
    index = index || makeIndex();
    index.forEach(({ entity, names }) => {
      let best = { rank: Infinity };
      names.forEach(([name, simple], n) => {
        const rank = score(simple, wanted) + (n ? 0.5 : 0);
        if (rank < best.rank) best = { rank, entity, alias: n ? name : "" };
      });
      if (best.rank < Infinity) hits.push(best);
    });
    return hits.sort((a, b) => a.rank - b.rank || a.entity.id - b.entity.id).slice(0, MOST);
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
      list.children[active].scrollIntoView({ block: "nearest" });
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

  return { find, ask, stopAsking, get asked() { return asked; }, focus: () => { input.focus(); input.select(); }, onChoose: (handler) => { choose = handler; } };
})();
