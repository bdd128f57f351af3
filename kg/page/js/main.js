// What is selected, and who hears of it: every change goes through go() and one refresh().
(function () {
  "use strict";
  const { data, map, card, filters, search } = claimgraph;
  const { count } = claimgraph.dom;
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);
  let selection = null;

  // The facts that a selection is about; of one who only speaks, what it says.
  function factsOf({ kind, id }) {
    if (kind === "f") return [data.facts[id]];
    if (kind === "e" && data.factsOf[id].length) return data.factsOf[id];
    return (kind === "e" ? data.saidBy[id] : data.claimsOf[id]).map(({ fact }) => fact);
  }

  // What stays bright beside the selection; null when everything does.
  function near() {
    if (!selection || selection.kind === "d" && !data.claimsOf[selection.id].length) return null;
    const seen = factsOf(selection).filter(filters.isFactVisible);
    const nodes = new Set(seen.flatMap(data.ends));
    if (selection.kind === "e") nodes.add(selection.id);
    if (selection.kind === "f") data.ends(data.facts[selection.id]).forEach((id) => nodes.add(id));
    return { nodes, edges: new Set(seen.map((fact) => fact.id)) };
  }

  function refresh() {
    map.show({ visible: filters.isFactVisible, isEntityVisible: filters.isEntityVisible, near: near(), selection });
    const entities = data.entities.filter(filters.isEntityVisible).length;
    const facts = data.facts.filter(filters.isFactVisible).length;
    element("shown").textContent = entities.toLocaleString("en") + " of " + count(data.entities.length, "entity", "entities") + " · "
      + facts.toLocaleString("en") + " of " + count(data.facts.length, "fact") + " shown";
  }

  function go(next, options) {
    const isInCard = card.panel.contains(document.activeElement);
    selection = next;
    refresh();
    card.show(selection, go, filters.isFactVisible);
    if (isInCard) card.panel.focus(); // what had the focus is gone with the old card
    document.body.classList.toggle("has-selection", Boolean(selection));
    const hash = data.toHash(selection);
    if (hash !== location.hash && (hash || location.hash.length > 1)) location.hash = hash;
    if (selection && !(options && options.still)) fly();
  }

  function fly() {
    if (selection.kind === "e") map.flyTo([selection.id, ...near().nodes]);
    if (selection.kind === "f") map.flyTo(data.ends(data.facts[selection.id]));
  }

  // Arrow keys walk through what can be pressed in a panel.
  function walk(panel, event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.type === "text") return;
    const stops = Array.from(panel.querySelectorAll("button, input")).filter((stop) => stop.offsetParent && !stop.matches(".only"));
    const at = stops.indexOf(document.activeElement);
    const next = stops[at < 0 ? 0 : at + step];
    if (!next) return;
    next.focus();
    event.preventDefault();
  }

  function onMapKey(event) {
    const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    if (steps[event.key]) map.pan(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") map.zoom(1.3);
    else if (event.key === "-") map.zoom(1 / 1.3);
    else if (event.key === "0") map.fit(true);
    else return;
    event.preventDefault();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.matches("input[type=text]");
    if (event.key === "/" && !isTyping) {
      search.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (document.body.classList.contains("filters-open")) toggleFilters();
      else if (selection) go(null);
    }
  }

  const isNarrow = () => matchMedia("(max-width: 760px)").matches;

  function toggleFilters() {
    const name = isNarrow() ? "filters-open" : "filters-closed";
    const isSet = document.body.classList.toggle(name);
    element("toggle-filters").setAttribute("aria-expanded", String(isSet === isNarrow()));
  }

  function toggleTheme() {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    map.restyle();
  }

  function message() {
    const text = !data.entities.length ? "There is nothing to show: no facts were found in these texts."
      : !data.edges.length ? "No relations between entities were found. What is known about " + (data.entities.length === 1 ? "this one" : "each") + " is on its card." : "";
    element("message").textContent = text;
    element("message").hidden = !text;
  }

  function start() {
    filters.start(() => { refresh(); if (selection) card.show(selection, go, filters.isFactVisible); });
    map.start();
    map.onClick((hit) => { if (hit || selection) go(hit, { still: true }); });
    search.onChoose((id) => { go({ kind: "e", id }); card.panel.focus(); });
    element("fit").addEventListener("click", () => map.fit(true));
    element("zoom-in").addEventListener("click", () => map.zoom(1.4));
    element("zoom-out").addEventListener("click", () => map.zoom(1 / 1.4));
    element("theme").addEventListener("click", toggleTheme);
    element("toggle-filters").addEventListener("click", toggleFilters);
    element("toggle-filters").setAttribute("aria-expanded", String(!isNarrow()));
    element("map").addEventListener("keydown", onMapKey);
    [card.panel, element("filters")].forEach((panel) => panel.addEventListener("keydown", (event) => walk(panel, event)));
    document.addEventListener("keydown", onKey);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", map.restyle);
    window.addEventListener("hashchange", () => { if (location.hash !== data.toHash(selection)) go(data.fromHash(location.hash)); });
    message();
    go(data.fromHash(location.hash));
    if (!data.nodes.length) root.dataset.ready = "true";
  }

  claimgraph.go = go;
  start();
})();
