// What is selected, filtered, focused and hidden: one value, which the address holds too, and which can be undone.
claimgraph.state = (function () {
  "use strict";
  const { data } = claimgraph;
  const KINDS = ["type", "status", "relation", "document"]; // what can be switched off one by one
  const MOST_STEPS = 200;
  const empty = () => ({
    selection: null, off: Object.fromEntries(KINDS.map((kind) => [kind, new Set()])),
    score: 0, from: "", to: "", focus: [], hidden: [], open: [],
  });
  let current = empty();
  const past = [];
  let changed = () => {};

  let [entityNames, factNames] = [null, null]; // made when a link first needs one

  // A name for everything that a link can carry: e=OpenAI, f=Microsoft~invested_in~OpenAI, d=…, p=Meta~Oracle, g=2.
  const names = { get e() { entityNames = entityNames || data.entities.map((entity) => entity.key); return entityNames; }, d: unique(data.documents.map((source) => source.title)), get f() { factNames = factNames || data.facts.map(factName); return factNames; } };
  const types = unique(data.types.map((type) => type.label));
  const relations = data.predicates.map((predicate) => predicate.key);
  const lists = { type: types, status: data.statuses.concat("inferred"), relation: relations, document: names.d };
  const numbers = new Map();

  function factName(fact) {
    const object = fact.object === undefined ? fact.value.value : data.entities[fact.object].key;
    return [data.entities[fact.subject].key, data.predicates[fact.predicate].key, object].join("~");
  }

  function unique(titles) {
    const seen = new Map();
    titles.forEach((title) => seen.set(title, (seen.get(title) || 0) + 1));
    return titles.map((title, n) => (seen.get(title) > 1 ? title + " " + n : title));
  }

  // The number of a name; built on first use, because most pages are opened without a link.
  function find(list, name) {
    if (!numbers.has(list)) numbers.set(list, new Map(list.map((one, id) => [one, id]).reverse()));
    const id = numbers.get(list).get(name);
    if (id !== undefined || list !== names.e) return id;
    const entity = data.entities.find((one) => one.iri === name);
    return entity && entity.id;
  }

  const put = (name, value) => name + "=" + (Array.isArray(value) ? value.map(encodeURIComponent).join(",") : encodeURIComponent(value));

  function selectionPart(selection) {
    if (selection.kind === "p") return put("p", names.e[selection.id]) + "~" + encodeURIComponent(names.e[selection.to]);
    const name = put(selection.kind, selection.kind === "g" ? selection.id : names[selection.kind][selection.id]);
    return selection.at === undefined ? name : name + "&" + put("at", selection.at);
  }

  function toHash(state) {
    const parts = state.selection ? [selectionPart(state.selection)] : [];
    KINDS.forEach((kind) => { if (state.off[kind].size) parts.push(put("no-" + kind, Array.from(state.off[kind]).sort((a, b) => a - b).map((id) => lists[kind][id]))); });
    ["score", "from", "to"].forEach((name) => { if (state[name]) parts.push(put(name, state[name])); });
    ["focus", "hidden"].forEach((name) => { if (state[name].length) parts.push(put(name, state[name].map((id) => names.e[id]))); });
    if (state.open.length) parts.push(put("open", state.open));
    return parts.length ? "#" + parts.join("&") : "";
  }

  const decode = (text) => { try { return decodeURIComponent(text); } catch (error) { return ""; } };
  const known = (list, text) => text.split(",").map((name) => find(list, decode(name))).filter((id) => id !== undefined);

  function selectionFrom(given) {
    for (const kind of ["e", "f", "d"]) {
      if (!given.has(kind)) continue;
      const id = find(names[kind], decode(given.get(kind)));
      const at = given.has("at") ? { at: Number(given.get("at")) || 0 } : {};
      return id === undefined ? null : Object.assign({ kind, id }, at);
    }
    if (given.has("p")) {
      const [id, to] = given.get("p").split("~").map((name) => find(names.e, decode(name)));
      return id === undefined || to === undefined ? null : { kind: "p", id, to };
    }
    const group = Number(given.get("g"));
    return given.has("g") && data.groups && data.groups[group] ? { kind: "g", id: group } : null;
  }

  function fromHash(hash) {
    const state = empty();
    const given = new Map(hash.slice(1).split("&").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
    KINDS.forEach((kind) => { if (given.has("no-" + kind)) state.off[kind] = new Set(known(lists[kind], given.get("no-" + kind))); });
    state.score = Math.min(1, Math.max(0, Number(given.get("score")) || 0));
    ["from", "to"].forEach((name) => { if (/^\d{4}-\d\d$/.test(given.get(name))) state[name] = given.get(name); });
    ["focus", "hidden"].forEach((name) => { if (given.has(name)) state[name] = known(names.e, given.get(name)); });
    if (given.has("open")) state.open = given.get("open").split(",").map(Number).filter((id) => data.groups && data.groups[id]);
    state.selection = selectionFrom(given);
    return state;
  }

  // A frame without an address of its own, as in a notebook, does without.
  function showAddress() {
    const hash = toHash(current);
    try {
      if (hash !== location.hash && (hash || location.hash.length > 1)) location.hash = hash;
    } catch (error) { /* the state itself is whole */ }
  }

  function become(next, options) {
    const before = current;
    current = next;
    showAddress();
    changed(current, before, options || {});
  }

  // change({selection}, {still: true}): whatever is not named stays as it is.
  function change(part, options) {
    const next = Object.assign({}, current, part);
    if (toHash(next) !== toHash(current)) past.push(current);
    if (past.length > MOST_STEPS) past.shift();
    become(next, options);
  }

  function undo() {
    if (past.length) become(past.pop());
  }

  function start(onChange) {
    changed = onChange;
    changed(current, empty(), {});
    window.addEventListener("hashchange", () => {
      if (location.hash === toHash(current)) return;
      past.push(current);
      become(fromHash(location.hash));
    });
  }

  current = fromHash(location.hash);
  const flip = (set, value) => { const next = new Set(set); if (!next.delete(value)) next.add(value); return next; };

  return {
    KINDS, start, change, undo, empty, toHash, fromHash, flip,
    get now() { return current; },
    get canUndo() { return past.length > 0; },
    idOf: (kind, name) => find(names[kind], name),
  };
})();
