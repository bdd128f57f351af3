// The panel on the left: legend and filter in one, so that what explains a look also switches it.
claimgraph.filters = (function () {
  "use strict";
  const { data, look } = claimgraph;
  const { el } = claimgraph.dom;
  const panel = document.getElementById("filters");
  const hidden = { type: new Set(), status: new Set(), predicate: new Set() };
  const boxes = [];
  let changed = () => {};

  const isTypeShown = (id) => !hidden.type.has(data.entities[id].type);
  const isFactVisible = (fact) => !hidden.predicate.has(fact.predicate)
    && fact.statuses.some((status) => !hidden.status.has(status)) && data.ends(fact).every(isTypeShown);
  const isEntityVisible = (entity) => isTypeShown(entity.id)
    && (data.factsOf[entity.id].length ? data.factsOf[entity.id].some(isFactVisible) : data.saidBy[entity.id].some(({ fact }) => isFactVisible(fact)));

  function tally(kind) {
    const counts = new Map();
    const add = (value) => counts.set(value, (counts.get(value) || 0) + 1);
    if (kind === "type") data.entities.forEach((entity) => add(entity.type));
    if (kind === "predicate") data.facts.forEach((fact) => add(fact.predicate));
    if (kind === "status") data.facts.forEach((fact) => fact.statuses.forEach(add));
    return counts;
  }

  function group(kind, title, rows) {
    const all = el("button.link", { type: "button", onclick: () => set(kind, []) }, "all");
    const none = el("button.link", { type: "button", onclick: () => set(kind, rows.map((row) => row.value)) }, "none");
    const name = "group-" + kind;
    return el("section", { role: "group", "aria-labelledby": name },
      el("div.group-head", {}, el("h3", { id: name }, title), el("span.all", {}, all, " · ", none)),
      el("ul.choices", {}, rows.map((row) => choice(kind, row, rows))));
  }

  function choice(kind, row, rows) {
    const box = el("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => {
      if (box.checked) hidden[kind].delete(row.value); else hidden[kind].add(row.value);
      changed();
    });
    boxes.push({ kind, value: row.value, box });
    const others = rows.map((other) => other.value).filter((value) => value !== row.value);
    return el("li", { title: row.title }, el("label", {}, box, row.glyph || "", el("span.words", {}, row.label)),
      el("button.only", { type: "button", "aria-label": "Only " + row.label, onclick: () => set(kind, others) }, "only"),
      el("span.note", {}, String(row.count)));
  }

  function set(kind, values) {
    hidden[kind] = new Set(values);
    boxes.filter((entry) => entry.kind === kind).forEach((entry) => { entry.box.checked = !hidden[kind].has(entry.value); });
    changed();
  }

  function start(onChange) {
    changed = onChange;
    const types = tally("type"), statuses = tally("status"), predicates = tally("predicate");
    panel.append(
      group("type", "Entities", data.types.map((type, n) => ({ value: n, label: type.label, count: types.get(n), glyph: look.typeGlyph(type.look), title: type.iri }))),
      group("status", "Status of a relation", data.statuses.filter((status) => statuses.has(status)).map((status) => ({ value: status, label: status, count: statuses.get(status), glyph: look.statusGlyph(status), title: look.MEANINGS[status] }))),
      group("predicate", "Relations", data.predicates.map((predicate, n) => ({ value: n, label: predicate.label, count: predicates.get(n), title: predicate.iri }))),
      el("p.key", {}, "A larger sign has more facts, a thicker line more sentences. A tinted area is a group that is closely linked."));
  }

  const clear = () => ["type", "status", "predicate"].forEach((kind) => set(kind, []));
  const isActive = () => Object.values(hidden).some((values) => values.size > 0);

  return { start, clear, isActive, isFactVisible, isEntityVisible };
})();
