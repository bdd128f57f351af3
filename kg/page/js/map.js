// The map: vis-network draws nodes and edges where Python placed them; what lies under and over them is overlay's.
claimgraph.map = (function () {
  "use strict";
  const { data, look, lights } = claimgraph;
  const CROWD = 600; // edges from which those between communities are faint
  const container = document.getElementById("canvas");
  const FAR = 0.45; // the zoom below which a crowd is drawn with fewer strokes
  const LOOP = 80; // how far an edge reaches beyond its ends, where it is a loop
  const FEW = 400; // entities that are drawn beside closed groups, for a selection
  const FIRST = { nodes: [{ id: 0, label: "" }], edges: [{ id: 0, from: 0, to: 0 }] };
  const places = data.places || data.nodes; // by number of the entity
  const bubbles = data.groups || [];
  const nodes = []; // entities that vis knows, and facts
  const edges = [];
  const edgeOf = new Map();
  const onMap = new Set(); // the entities that are to be seen, the filters allowing
  let colours = look.palette();
  let view = { near: null, selection: null, open: [] };
  const pointed = { node: undefined, edge: undefined }; // by the mouse, or from a panel
  let network, overlay, sets;
  let isFar = false; // in this frame: then overlay draws edges and small signs, all of a kind at once
  let frame = { left: 0, top: 0, right: 0, bottom: 0 }; // what of the map is on the canvas
  let isClose = false; // while one is drawn as if near

  const drawn = (id) => network.body.nodes[id];
  const redraw = () => network.body.emitter.emit("_requestRedraw"); // once for all that changes in a frame
  const isNodeShown = (id) => onMap.has(id) && data.entities[id].isVisible;
  const isEdgeShown = (edge) => data.facts[edge.id].isVisible && onMap.has(edge.from) && onMap.has(edge.to);
  const isBubbleShown = (bubble) => !open.has(bubble.group) && bubble.members.some((id) => data.entities[id].isVisible);
  let open = new Set();

  function nodeColour(node) {
    return { background: colours.types[data.types[data.entities[node.id].type].look], border: colours.page };
  }

  function edgeStyle(edge) {
    const fact = data.facts[edge.id];
    const isFaint = edges.length > CROWD && places[edge.from].community !== places[edge.to].community;
    return {
      dashes: look.DASHES[fact.status],
      width: fact.premises ? 0.6 : 1.1 + Math.min(2, Math.log2(Math.max(1, fact.claims.length)) * 0.8),
      color: { color: colours[fact.status], opacity: isFaint ? 0.25 : 1, inherit: false },
    };
  }

  const smooth = (edge) => edge.from !== edge.to && { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) };

  // As little as vis needs: what it is told of one by one takes long. The rest comes by dress().
  const asNode = (node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, shape: look.SHAPES[data.types[data.entities[node.id].type].look] });

  function asEdge(edge) {
    const item = { id: edge.id, from: edge.from, to: edge.to };
    if (edge.bend) item.smooth = smooth(edge);
    if (edge.from === edge.to) item.selfReference = { size: 16, angle: edge.bend * 2 * Math.PI + Math.PI / 4 };
    return item;
  }

  function asBubble(bubble) {
    return { id: bubble.id, x: bubble.x, y: bubble.y, size: bubble.size, shape: "dot", color: bubbleColour(), hidden: !isBubbleShown(bubble) };
  }
  const bubbleColour = () => ({ background: colours.bubble, border: colours.ended });

  function asBond(bond) {
    return { id: bond.id, from: bond.from, to: bond.to, smooth: false, arrows: { to: { enabled: false } }, width: 2 + 6 * Math.log2(bond.count), color: { color: colours.ended, opacity: 0.5, inherit: false } };
  }

  // What vis is to be told, so that it knows these entities and the facts between all that it knows.
  function unknown(ids) {
    if (!data.places) return [data.nodes, data.edges];
    const known = new Set(nodes.map((node) => node.id).concat(ids));
    const found = new Set(ids.flatMap(data.factsOf));
    return [ids.map((id) => places[id]), Array.from(found)
      .filter((fact) => fact.object !== undefined && !edgeOf.has(fact.id) && known.has(fact.subject) && known.has(fact.object))
      .map((fact) => ({ id: fact.id, from: fact.subject, to: fact.object, bend: data.bends[fact.id] || 0 }))];
  }

  function remember([newNodes, newEdges]) {
    nodes.push(...newNodes);
    edges.push(...newEdges);
    newEdges.forEach((edge) => edgeOf.set(edge.id, edge));
  }

  function start() {
    const options = Object.assign({}, data.options, {
      autoResize: true,
      nodes: { chosen: false, labelHighlightBold: false, borderWidth: 2 },
      edges: { chosen: false, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.55 } }, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    });
    if (!data.groups) {
      remember(unknown());
      nodes.forEach((node) => onMap.add(node.id));
    }
    sets = data.groups ? { nodes: new vis.DataSet(bubbles.map(asBubble)), edges: new vis.DataSet(data.edges.map(asBond)) }
      : { nodes: new vis.DataSet(nodes.map(asNode)), edges: new vis.DataSet(edges.map(asEdge)) };
    network = new vis.Network(container, FIRST, options);
    withoutLabels();
    network.setData(sets);
    overlay = claimgraph.overlay.over({
      network, container, pointed, drawn, pointOn, close, isEdgeShown, edgeOf, places, edges,
      nodes: () => nodes.filter((node) => isNodeShown(node.id)),
      bubbles: () => bubbles.filter((bubble) => !drawn(bubble.id).options.hidden),
      colours: () => colours, view: () => view,
    });
    network.on("beforeDrawing", (context) => {
      frame = frameNow();
      isFar = edges.length > CROWD && network.getScale() < FAR;
      overlay.under(context, isFar);
    });
    network.on("afterDrawing", overlay.over);
    network.on("hoverNode", (event) => point({ node: event.node }));
    network.on("hoverEdge", (event) => point({ edge: edgeOf.has(event.edge) ? event.edge : undefined }));
    network.on("blurNode", () => point({}));
    network.on("blurEdge", () => point({}));
    network.on("resize", () => { if (!view.selection) fit(false); });
    lights.onChange((fact) => { pointed.edge = fact === null ? undefined : fact; redraw(); });
    fit(false);
  }

  // Names are drawn by overlay: what vis prepares for its own labels takes half of its time.
  function withoutLabels() {
    [drawn(0), network.body.edges[0]].forEach((item) => { Object.getPrototypeOf(item).updateLabelModule = () => {}; });
  }

  // Which entities are on the map beside the groups: those of open groups, and those near the selection.
  function reveal(opened) {
    if (!data.groups) return;
    open = new Set(opened);
    const wanted = opened.flatMap((group) => bubbles[group].members);
    if (view.near) wanted.push(...Array.from(view.near.nodes).filter((id) => id < places.length).slice(0, FEW));
    const found = unknown(Array.from(new Set(wanted)).filter((id) => !drawn(id)));
    sets.nodes.add(found[0].map(asNode));
    sets.edges.add(found[1].map(asEdge));
    remember(found); // only now, because vis draws while it is told
    onMap.clear();
    wanted.forEach((id) => onMap.add(id));
  }

  function point({ node, edge }) {
    Object.assign(pointed, { node, edge });
    container.style.cursor = node === undefined && edge === undefined ? "" : "pointer";
    lights.show(edge === undefined ? null : edge);
    redraw();
  }

  // Hide and style what changed. vis is told by its own objects: to go through its data sets takes a
  // second at 5,000 nodes.
  function show(next) {
    view = next;
    reveal(next.open);
    let changes = 0;
    nodes.forEach((node) => {
      const sign = drawn(node.id);
      changes += setHidden(sign, !isNodeShown(node.id));
      spare(sign, ["draw"]);
      if (!sign.dressed) dress(sign, { color: nodeColour(node) }, true);
    });
    bubbles.forEach((bubble) => { changes += setHidden(drawn(bubble.id), !isBubbleShown(bubble)); });
    edges.forEach((edge) => {
      const line = network.body.edges[edge.id];
      spare(line, ["draw", "drawArrows"]);
      changes += setHidden(line, !isEdgeShown(edge));
      const { status } = data.facts[edge.id];
      if (line.dressed !== status) dress(line, edgeStyle(edge), status);
    });
    if (changes) network.body.emitter.emit("_dataChanged");
    overlay.forget();
    redraw();
  }

  // vis draws one thing after the other, which takes too long when there are thousands, each a few pixels,
  // or nowhere near.
  function spare(item, names) {
    const kind = Object.getPrototypeOf(item);
    if (kind.isSpared) return;
    kind.isSpared = true;
    names.forEach((name) => {
      const draw = kind[name];
      kind[name] = function (...given) { return !isClose && (isFar && overlay.isOurs(this) || isOutside(this)) ? {} : draw.apply(this, given); };
    });
  }

  // Whether an edge lies beyond one side of the canvas, its bow and its arrow too.
  function isOutside({ from, to, edgeType }) {
    if (!edgeType) return false;
    const border = LOOP + Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
    return Math.max(from.x, to.x) + border < frame.left || Math.min(from.x, to.x) - border > frame.right
      || Math.max(from.y, to.y) + border < frame.top || Math.min(from.y, to.y) - border > frame.bottom;
  }

  function frameNow() {
    const [{ x: left, y: top }, { x: right, y: bottom }] = [{ x: 0, y: 0 }, { x: container.clientWidth, y: container.clientHeight }].map((at) => network.DOMtoCanvas(at));
    return { left, top, right, bottom };
  }

  function close(draw) {
    isClose = true;
    draw();
    isClose = false;
  }

  function setHidden(item, isHidden) {
    if (item.options.hidden === isHidden) return 0;
    item.options.hidden = isHidden;
    return 1;
  }

  function dress(item, style, status) {
    Object.assign(item.options, style);
    item.dressed = status;
  }

  function restyle() {
    colours = look.palette();
    nodes.forEach((node) => { delete drawn(node.id).dressed; });
    edges.forEach((edge) => { delete network.body.edges[edge.id].dressed; });
    bubbles.forEach((bubble) => { drawn(bubble.id).options.color = bubbleColour(); });
    show(view);
  }

  function fit(animated) {
    const shown = nodes.filter((node) => isNodeShown(node.id)).concat(bubbles.filter(isBubbleShown));
    if (!shown.length || !container.clientWidth) return;
    const box = boxOf(shown.map((node) => drawn(node.id)));
    move({ position: box.middle, scale: Math.min(scaleFor(box), 1.6) }, animated);
  }

  function boxOf(positions) {
    const reach = (axis) => positions.reduce(([low, high], at) => [Math.min(low, at[axis]), Math.max(high, at[axis])], [Infinity, -Infinity]);
    const [[left, right], [top, bottom]] = [reach("x"), reach("y")];
    return { middle: { x: (left + right) / 2, y: (top + bottom) / 2 }, width: right - left, height: bottom - top };
  }

  // Labels keep their size at every zoom, so the room around the box is in pixels.
  function scaleFor(box) {
    const room = (size, border) => Math.max(size - 2 * border, size / 2);
    return Math.min(room(container.clientWidth, 66) / Math.max(box.width, 1), room(container.clientHeight, 46) / Math.max(box.height, 1));
  }

  function move(to, animated) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo(Object.assign(to, animated && !isStill ? { animation: { duration: 350, easingFunction: "easeInOutQuad" } } : {}));
  }

  // Show these all, or where they lie too far apart the first of them.
  function flyTo(ids, isWhole) {
    const known = ids.filter(drawn);
    if (!known.length) return;
    const positions = known.map(drawn);
    const box = boxOf(positions);
    const scale = Math.min(scaleFor(box), 1.1);
    const isNear = isWhole || scale > 0.3;
    move({ position: isNear ? box.middle : { x: positions[0].x, y: positions[0].y }, scale: isNear ? scale : 0.8 }, true);
  }

  function zoom(factor) {
    move({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)) }, true);
  }

  function pan(x, y) {
    const at = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
  }

  // A point on an edge as it is drawn, in CSS pixels of the map: t runs from 0 to 1.
  function pointOn(id, t) {
    const { from, to, edgeType } = network.body.edges[id];
    return network.canvasToDOM(from === to ? pointOnLoop(from, edgeType, t) : edgeType.getPoint(t));
  }

  function pointOnLoop(node, edgeType, t) {
    const [x, y, radius] = edgeType._getCircleData();
    const angle = Math.atan2(y - node.y, x - node.x) + (t - 0.5) * Math.PI;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  }

  // The course of an edge in the measure of the map.
  function course(id) {
    const { from, to, edgeType } = network.body.edges[id];
    const steps = from === to ? 24 : edgeOf.get(id).bend ? 12 : 2;
    return Array.from({ length: steps + 1 }, (_, n) => (from === to ? pointOnLoop(from, edgeType, (2 * n) / steps) : edgeType.getPoint(n / steps)));
  }

  // What is on the canvas, on paper of the page's colour.
  function picture() {
    const drawing = container.querySelector("canvas");
    const paper = document.createElement("canvas");
    [paper.width, paper.height] = [drawing.width, drawing.height];
    const context = paper.getContext("2d");
    context.fillStyle = colours.page;
    context.fillRect(0, 0, paper.width, paper.height);
    context.drawImage(drawing, 0, 0);
    return paper;
  }

  // What a click at a point of the map, in CSS pixels, means: a node, else the nearest edge, else nothing.
  function hitAt(point) {
    const [node, edge] = [network.getNodeAt(point), network.getEdgeAt(point)];
    if (node !== undefined) return typeof node === "string" ? { kind: "g", id: Number(node.slice(1)) } : { kind: "e", id: node };
    return edgeOf.has(edge) ? { kind: "f", id: edge } : null;
  }

  return {
    start, show, restyle, fit, flyTo, zoom, pan, pointOn,
    has: (id) => id < places.length,
    nodeAt: (id) => network.canvasToDOM(network.getPosition(id)),
    positions: () => network.getPositions(),
    nodes: () => nodes.filter((node) => isNodeShown(node.id)),
    edges: () => edges.filter(isEdgeShown),
    course, picture, hitAt,
    onClick: (handler) => network.on("click", (event) => handler(hitAt(event.pointer.DOM))),
  };
})();
