// Who hears of what: every change goes through state.change() and one refresh().
(function () {
  "use strict";
  const { data, state, map, card, filters, search, path, lights } = claimgraph;
  const { count } = claimgraph.dom;
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);
  const go = (selection, options) => state.change({ selection }, options);

  // The facts that a selection is about; of one who only speaks, what it says.
  function factsOf({ kind, id }) {
    if (kind === "f") return [data.facts[id]];
    if (kind === "e" && data.entities[id].facts) return data.factsOf(id);
    return (kind === "e" ? data.saidBy(id) : data.claimsOf(id)).map(({ fact }) => fact);
  }

  // What stays bright beside the selection; null when everything does.
  function near(selection) {
    if (!selection || selection.kind === "d" && !data.claimsOf(selection.id).length) return null;
    if (selection.kind === "p") return path.near(selection);
    if (selection.kind === "g") return null;
    const seen = factsOf(selection).filter((fact) => fact.isVisible);
    const nodes = new Set(seen.flatMap(data.ends));
    if (selection.kind === "e") nodes.add(selection.id);
    if (selection.kind === "f") data.ends(data.facts[selection.id]).forEach((id) => nodes.add(id));
    return { nodes, edges: new Set(seen.map((fact) => fact.id)) };
  }

  function refresh(now, before, options) {
    const isInCard = card.panel.contains(document.activeElement);
    filters.refresh(now);
    const around = near(now.selection);
    map.show({ near: around, selection: now.selection, open: now.open });
    card.show(now.selection, go, actions);
    if (isInCard) card.panel.focus(); // what had the focus is gone with the old card
    document.body.classList.toggle("has-selection", Boolean(now.selection));
    document.body.classList.toggle("is-reading", Boolean(now.selection) && now.selection.kind === "d");
    element("undo").disabled = !state.canUndo;
    say();
    if (!options.still) fly(now, around);
  }

  function say() {
    const tell = (list, one, many) => list.filter((item) => item.isVisible).length.toLocaleString("en") + " of " + count(list.length, one, many);
    element("shown").textContent = tell(data.entities, "entity", "entities") + " · " + tell(data.told, "fact", "facts") + " shown";
    element("export-note").textContent = count(chosenFacts().length, "fact") + (state.now.selection ? " of the selection" : " as filtered");
  }

  const chosenFacts = () => { const around = near(state.now.selection); return data.told.filter((fact) => fact.isVisible && (!around || around.edges.has(fact.id))); };

  function fly({ selection, focus }, around) {
    if (!selection) { if (focus.length) map.fit(true); return; }
    if (selection.kind === "e") map.flyTo([selection.id, ...around.nodes]);
    else if (selection.kind === "g") map.flyTo(data.groups[selection.id].members, true);
    else if (selection.kind === "f") map.flyTo(data.ends(data.facts[selection.id]));
    else if (around) map.flyTo(Array.from(around.nodes));
  }

  // What can be done with the entity whose card is open.
  const chosen = () => (state.now.selection && state.now.selection.kind === "e" && data.entities[state.now.selection.id].facts ? state.now.selection.id : null);
  const withChosen = (act) => () => { if (chosen() !== null) act(chosen()); };
  const actions = {
    focus: withChosen((id) => { state.change({ focus: [id] }); map.fit(true); }),
    expand: withChosen((id) => { state.change({ focus: Array.from(new Set([...state.now.focus, id])) }); map.fit(true); }),
    hide: withChosen((id) => state.change({ hidden: [...state.now.hidden, id], selection: null }, { still: true })),
    group: (id) => state.change({ open: state.now.open.includes(id) ? state.now.open.filter((one) => one !== id) : [...state.now.open, id] }),
    path: withChosen((id) => search.ask("From " + data.entities[id].name + " to …", (to) => { go({ kind: "p", id, to }); card.panel.focus(); })),
  };

  // Arrow keys walk through what can be pressed in a panel.
  function walk(panel, event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.type === "text" || event.target.type === "range") return;
    const stops = Array.from(panel.querySelectorAll("button, input, [role=button]")).filter((stop) => stop.offsetParent && !stop.matches(".only"));
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

  const KEYS = { "/": search.focus, u: state.undo, f: actions.focus, x: actions.expand, h: actions.hide, p: actions.path, t: toggleTheme, "?": () => element("help").showModal(), Escape: escape };

  function onKey(event) {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key === "z";
    if (event.target.matches("input[type=text]") || element("help").open || (!isUndo && (event.ctrlKey || event.metaKey || event.altKey))) return;
    const run = isUndo ? state.undo : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  function escape() {
    if (document.body.classList.contains("filters-open")) toggleFilters();
    else if (element("export").open) element("export").open = false;
    else if (state.now.selection) go(null, { still: true });
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
      : !data.nodes.length || !data.groups && !data.edges.length ? "No relations between entities were found. What is known about " + (data.entities.length === 1 ? "this one" : "each") + " is on its card." : "";
    element("message").textContent = text;
    element("message").hidden = !text;
  }

  // A group is opened where it stands.
  function onClick(hit) {
    if (hit && hit.kind === "g") {
      const { open } = state.now;
      state.change({ selection: hit, open: open.includes(hit.id) ? open : [...open, hit.id] });
      return;
    }
    const answer = search.asked;
    if (answer && hit && hit.kind === "e") { search.stopAsking(); answer(hit.id); return; }
    if (hit || state.now.selection) go(hit, { still: true });
  }

  function listen() {
    const press = (id, run) => element(id).addEventListener("click", run);
    press("fit", () => map.fit(true));
    press("zoom-in", () => map.zoom(1.4));
    press("zoom-out", () => map.zoom(1 / 1.4));
    press("theme", toggleTheme);
    press("undo", state.undo);
    press("help-open", () => element("help").showModal());
    press("help-close", () => element("help").close());
    press("toggle-filters", toggleFilters);
    element("export").addEventListener("click", (event) => {
      const { kind } = event.target.dataset;
      if (kind) claimgraph.files.write(kind, chosenFacts()).then(() => { element("export").open = false; });
    });
    element("toggle-filters").setAttribute("aria-expanded", String(!isNarrow()));
    element("map").addEventListener("keydown", onMapKey);
    [card.panel, element("filters")].forEach((panel) => panel.addEventListener("keydown", (event) => walk(panel, event)));
    document.addEventListener("keydown", onKey);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", map.restyle);
  }

  function start() {
    filters.start();
    filters.evaluate(state.now);
    map.start();
    map.onClick(onClick);
    search.onChoose((id) => { go({ kind: "e", id }); card.panel.focus(); });
    listen();
    message();
    state.start(refresh);
    if (!data.nodes.length) root.dataset.ready = "true";
    // What the first search and the first click need is made while nobody waits for it.
    (window.requestIdleCallback || setTimeout)(() => { search.prepare(); data.factsOf(0); });
  }

  claimgraph.go = go;
  start();
})();
