// The map: vis-network draws nodes and edges where Python placed them; what lies under and over them is overlay's.
claimgraph.map = (function () {
  "use strict";
  const { data, look, lights } = claimgraph;
  const CROWD = 600; // edges from which those between communities are faint
  const container = document.getElementById("canvas");
  const places = new Map(data.nodes.map((node) => [node.id, node]));
  const edgeOf = new Map(data.edges.map((edge) => [edge.id, edge]));
  let colours = look.palette();
  let view = { near: null, selection: null };
  const pointed = { node: undefined, edge: undefined }; // by the mouse, or from a panel
  let network, overlay;

  const drawn = (id) => network.body.nodes[id];
  const isNodeShown = (id) => data.entities[id].isVisible;
  const isEdgeShown = (edge) => data.facts[edge.id].isVisible;

  function nodeColour(node) {
    return { background: colours.types[data.types[data.entities[node.id].type].look], border: colours.page };
  }

  function edgeStyle(edge) {
    const fact = data.facts[edge.id];
    const isFaint = data.edges.length > CROWD && places.get(edge.from).community !== places.get(edge.to).community;
    return {
      dashes: look.DASHES[fact.status],
      width: fact.claims.length ? 1.1 + Math.min(2, Math.log2(fact.claims.length) * 0.8) : 0.6,
      color: { color: colours[fact.status], opacity: isFaint ? 0.25 : 1, inherit: false },
    };
  }

  function smooth(edge) {
    if (edge.from === edge.to || !edge.bend) return false;
    return { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) };
  }

  function asNode(node) {
    return { id: node.id, x: node.x, y: node.y, size: node.size, shape: look.SHAPES[data.types[data.entities[node.id].type].look], color: nodeColour(node), hidden: !isNodeShown(node.id) };
  }

  function asEdge(edge) {
    return Object.assign({
      id: edge.id, from: edge.from, to: edge.to, smooth: smooth(edge), hidden: !isEdgeShown(edge),
      selfReference: { size: 16, angle: (edge.from === edge.to ? edge.bend : 0) * 2 * Math.PI + Math.PI / 4 },
    }, edgeStyle(edge));
  }

  function start() {
    const options = Object.assign({}, data.options, {
      autoResize: true,
      nodes: { chosen: false, labelHighlightBold: false, borderWidth: 2 },
      edges: { chosen: false, arrows: { to: { enabled: true, scaleFactor: 0.55 } }, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    });
    network = new vis.Network(container, { nodes: new vis.DataSet(data.nodes.map(asNode)), edges: new vis.DataSet(data.edges.map(asEdge)) }, options);
    overlay = claimgraph.overlay.over({
      network, container, pointed, drawn, pointOn, isEdgeShown,
      nodes: () => data.nodes.filter((node) => isNodeShown(node.id)),
      edgeOf, colours: () => colours, view: () => view,
    });
    network.on("beforeDrawing", overlay.under);
    network.on("afterDrawing", overlay.over);
    network.on("hoverNode", (event) => point({ node: event.node }));
    network.on("hoverEdge", (event) => point({ edge: event.edge }));
    network.on("blurNode", () => point({}));
    network.on("blurEdge", () => point({}));
    network.on("resize", () => { if (!view.selection) fit(false); });
    lights.onChange((fact) => { pointed.edge = fact === null ? undefined : fact; network.redraw(); });
    fit(false);
  }

  function point({ node, edge }) {
    Object.assign(pointed, { node, edge });
    container.style.cursor = node === undefined && edge === undefined ? "" : "pointer";
    lights.show(edge === undefined ? null : edge);
    network.redraw();
  }

  // Hide and style what changed. vis is told by its own objects: to go through its data sets takes a
  // second at 5,000 nodes.
  function show(next) {
    view = next;
    let changes = 0;
    data.nodes.forEach((node) => { changes += setHidden(drawn(node.id), !isNodeShown(node.id)); });
    data.edges.forEach((edge) => {
      const line = network.body.edges[edge.id];
      changes += setHidden(line, !isEdgeShown(edge));
      if (line.dressed !== data.facts[edge.id].status) dress(line, edge);
    });
    if (changes) network.body.emitter.emit("_dataChanged");
    network.redraw();
  }

  function setHidden(item, isHidden) {
    if (item.options.hidden === isHidden) return 0;
    item.options.hidden = isHidden;
    return 1;
  }

  function dress(line, edge) {
    Object.assign(line.options, edgeStyle(edge));
    line.dressed = data.facts[edge.id].status;
  }

  function restyle() {
    colours = look.palette();
    data.nodes.forEach((node) => { drawn(node.id).options.color = nodeColour(node); });
    data.edges.forEach((edge) => dress(network.body.edges[edge.id], edge));
    network.redraw();
  }

  function fit(animated) {
    const shown = data.nodes.filter((node) => isNodeShown(node.id));
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
  function flyTo(ids) {
    const known = ids.filter((id) => places.has(id));
    if (!known.length) return;
    const positions = known.map(drawn);
    const box = boxOf(positions);
    const scale = Math.min(scaleFor(box), 1.1);
    const isNear = scale > 0.3;
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
    return node !== undefined ? { kind: "e", id: node } : edge !== undefined ? { kind: "f", id: edge } : null;
  }

  return {
    start, show, restyle, fit, flyTo, zoom, pan, pointOn,
    has: (id) => places.has(id),
    hasEdge: (id) => edgeOf.has(id),
    nodeAt: (id) => network.canvasToDOM(network.getPosition(id)),
    positions: () => network.getPositions(),
    isShown: (id) => isNodeShown(id),
    isEdgeShown, course, picture, hitAt,
    onClick: (handler) => network.on("click", (event) => handler(hitAt(event.pointer.DOM))),
  };
})();
