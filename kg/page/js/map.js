// The map: vis-network draws nodes and edges where Python placed them; washes, strikes and labels are ours.
claimgraph.map = (function () {
  "use strict";
  const { data, look, labels } = claimgraph;
  const CROWD = 600; // edges from which those between communities are faint
  const DOT = 4; // pixels: half the width below which a sign is drawn as a dot
  const NAMED = 12; // entities that are named if at all possible
  const container = document.getElementById("canvas");
  const places = new Map(data.nodes.map((node) => [node.id, node]));
  const edgeOf = new Map(data.edges.map((edge) => [edge.id, edge]));
  const denied = data.edges.filter((edge) => data.facts[edge.id].status === "denied");
  const communities = new Map();
  data.nodes.forEach((node) => {
    if (node.community < 0) return;
    if (!communities.has(node.community)) communities.set(node.community, []);
    communities.get(node.community).push(node.id);
  });
  const shownLooks = new Map(); // what vis was last told of each thing, so that only changes are told
  let colours = look.palette();
  let view = { visible: () => true, near: null, selection: null, isEntityVisible: () => true };
  let hovered = {};
  let nodes, edges, network;

  function nodeLook(node) {
    const entity = data.entities[node.id];
    const slot = data.types[entity.type].look;
    const isSelected = view.selection && view.selection.kind === "e" && view.selection.id === node.id;
    return {
      id: node.id,
      shape: look.SHAPES[slot],
      hidden: !view.isEntityVisible(entity),
      opacity: view.near && !view.near.nodes.has(node.id) ? 0.18 : 1,
      borderWidth: isSelected ? 4 : 2,
      color: isSelected ? { background: colours.types[slot], border: colours.accent } : { background: colours.types[slot], border: colours.page },
    };
  }

  function edgeLook(edge) {
    const fact = data.facts[edge.id];
    const isNear = !view.near || view.near.edges.has(edge.id);
    const isSelected = view.selection && view.selection.kind === "f" && view.selection.id === edge.id;
    const isFaint = data.edges.length > CROWD && places.get(edge.from).community !== places.get(edge.to).community;
    const base = 1.1 + Math.min(2, Math.log2(Math.max(1, fact.claims.length)) * 0.8);
    return {
      id: edge.id,
      hidden: !view.visible(fact),
      dashes: look.DASHES[fact.status],
      width: isSelected ? base + 2 : base,
      color: { color: isSelected ? colours.accent : colours[fact.status], opacity: !isNear ? 0.12 : isFaint && !view.near ? 0.25 : 1 },
    };
  }

  function smooth(edge) {
    if (edge.from === edge.to || !edge.bend) return false;
    return { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) };
  }

  function start() {
    nodes = new vis.DataSet(data.nodes.map((node) => Object.assign({ x: node.x, y: node.y, size: node.size }, remember("n", nodeLook(node)))));
    edges = new vis.DataSet(data.edges.map((edge) => Object.assign({
      from: edge.from, to: edge.to, smooth: smooth(edge),
      selfReference: { size: 16, angle: (edge.from === edge.to ? edge.bend : 0) * 2 * Math.PI + Math.PI / 4 },
    }, remember("e", edgeLook(edge)))));
    const options = Object.assign({}, data.options, {
      autoResize: true,
      nodes: { chosen: false, labelHighlightBold: false },
      edges: { chosen: false, arrows: { to: { enabled: true, scaleFactor: 0.55 } }, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    });
    network = new vis.Network(container, { nodes, edges }, options);
    network.on("beforeDrawing", drawWashes);
    network.on("afterDrawing", drawOver);
    network.on("hoverNode", (event) => hover({ node: event.node }));
    network.on("hoverEdge", (event) => hover({ edge: event.edge }));
    network.on("blurNode", () => hover({}));
    network.on("blurEdge", () => hover({}));
    network.on("resize", () => { if (!view.selection) fit(false); });
    fit(false);
  }

  function remember(kind, wanted) {
    shownLooks.set(kind + wanted.id, JSON.stringify(wanted));
    return wanted;
  }

  function hover(next) {
    hovered = next;
    container.style.cursor = next.node === undefined && next.edge === undefined ? "" : "pointer";
    network.redraw();
  }

  // Tell vis what changed in the looks of things, and nothing else.
  function show(next) {
    view = next;
    const changed = (kind, wanted) => wanted.filter((item) => shownLooks.get(kind + item.id) !== JSON.stringify(item)).map((item) => remember(kind, item));
    nodes.update(changed("n", data.nodes.map(nodeLook)));
    edges.update(changed("e", data.edges.map(edgeLook)));
    network.redraw();
  }

  function restyle() {
    colours = look.palette();
    show(view);
  }

  function fit(animated) {
    const shown = data.nodes.filter((node) => view.isEntityVisible(data.entities[node.id]));
    if (!shown.length || !container.clientWidth) return;
    const positions = Object.values(network.getPositions(shown.map((node) => node.id)));
    const box = boxOf(positions);
    move({ position: box.middle, scale: Math.min(scaleFor(box), 1.6) }, animated);
  }

  function boxOf(positions) {
    const reach = (axis) => positions.reduce(([low, high], at) => [Math.min(low, at[axis]), Math.max(high, at[axis])], [Infinity, -Infinity]);
    const [[left, right], [top, bottom]] = [reach("x"), reach("y")];
    return { width: right - left, height: bottom - top, middle: { x: (left + right) / 2, y: (top + bottom) / 2 } };
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
    const positions = known.map((id) => network.getPosition(id));
    const box = boxOf(positions);
    const scale = Math.min(scaleFor(box), 1.1);
    const isNear = scale > 0.3;
    move({ position: isNear ? box.middle : positions[0], scale: isNear ? scale : 0.8 }, true);
  }

  function zoom(factor) {
    move({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)) }, true);
  }

  function pan(x, y) {
    const at = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
  }

  // Communities as a faint wash behind their members.
  function drawWashes(context) {
    communities.forEach((members) => {
      const corners = hull(members.filter((id) => view.isEntityVisible(data.entities[id])).map((id) => network.getPosition(id)));
      if (corners.length < 2) return;
      context.beginPath();
      corners.forEach((at) => context.lineTo(at.x, at.y));
      context.closePath();
      context.lineJoin = "round";
      context.lineWidth = 84;
      context.strokeStyle = context.fillStyle = colours.wash;
      context.stroke();
      context.fill();
    });
  }

  // The corners of the convex hull, by Andrew's monotone chain.
  function hull(points) {
    const sorted = points.slice().sort((a, b) => a.x - b.x || a.y - b.y);
    if (sorted.length < 3) return sorted;
    const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    const half = (list) => list.reduce((chain, point) => {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
      return chain;
    }, []).slice(0, -1);
    return half(sorted).concat(half(sorted.reverse()));
  }

  // In CSS pixels over what vis drew: strikes through denied edges, then the labels.
  function drawOver(context) {
    const ratio = context.canvas.width / container.clientWidth || 1;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawStrikes(context);
    const signs = onScreen().map((node) => Object.assign({ node, reach: node.size * network.getScale() }, network.canvasToDOM(network.getPosition(node.id))));
    drawDots(context, signs);
    const named = signs.map(nodeLabel).sort((a, b) => a.weight - b.weight || a.node.id - b.node.id);
    labels.draw(context, named.filter((label) => label.weight < 2).concat(edgeLabels(), named.filter((label) => label.weight === 2)), colours.halo, signs.slice(0, 400).map(signBox));
    context.restore();
    document.documentElement.dataset.ready = "true";
  }

  // From afar signs would vanish: each keeps a dot in its colour.
  function drawDots(context, signs) {
    signs.filter((sign) => sign.reach < DOT).forEach(({ node, x, y }) => {
      context.globalAlpha = !view.near || view.near.nodes.has(node.id) ? 1 : 0.15;
      context.fillStyle = colours.types[data.types[data.entities[node.id].type].look];
      context.beginPath();
      context.arc(x, y, node.size > 20 ? DOT : node.size > 12 ? DOT * 0.75 : DOT * 0.5, 0, 2 * Math.PI);
      context.fill();
    });
    context.globalAlpha = 1;
  }

  function drawStrikes(context) {
    context.strokeStyle = colours.denied;
    const size = Math.min(1, network.getScale() * 1.3);
    context.lineWidth = 1.8 * size;
    denied.forEach((edge) => {
      if (!view.visible(data.facts[edge.id])) return;
      context.globalAlpha = !view.near || view.near.edges.has(edge.id) ? 1 : 0.15;
      const [before, after] = [pointOn(edge.id, 0.47), pointOn(edge.id, 0.53)];
      const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
      const along = { x: (after.x - before.x) / length, y: (after.y - before.y) / length };
      const middle = pointOn(edge.id, 0.5);
      [-3, 3].forEach((step) => {
        const [x, y] = [middle.x + along.x * step * size, middle.y + along.y * step * size];
        const [leanX, leanY] = [(along.x * 2 - along.y * 6) * size, (along.y * 2 + along.x * 6) * size];
        context.beginPath();
        context.moveTo(x - leanX, y - leanY);
        context.lineTo(x + leanX, y + leanY);
        context.stroke();
      });
    });
    context.globalAlpha = 1;
  }

  function edgeLabels() {
    const wanted = hovered.edge === undefined ? [] : [hovered.edge];
    if (view.near) wanted.push(...view.near.edges);
    return Array.from(new Set(wanted)).filter((id) => edgeOf.has(id) && view.visible(data.facts[id])).map((id) => {
      const isChosen = id === hovered.edge || (view.selection.kind === "f" && view.selection.id === id);
      return { text: data.predicates[data.facts[id].predicate].label, points: [0.5, 0.38, 0.62, 0.28, 0.72].map((t) => pointOn(id, t)), size: 11, bold: isChosen, colour: colours.accent, force: isChosen };
    });
  }

  function onScreen() {
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    const [wide, high] = [(container.clientWidth / 2 + 80) / scale, (container.clientHeight / 2 + 30) / scale];
    return data.nodes.filter((node) => {
      const at = network.getPosition(node.id);
      return Math.abs(at.x - x) < wide && Math.abs(at.y - y) < high && view.isEntityVisible(data.entities[node.id]);
    });
  }

  function signBox({ x, y, reach }) {
    return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  }

  // Weights: 0 what is pointed at, 1 what is near the selection, 2 all others, 3 is not named.
  function nodeLabel({ node, reach, x, y }) {
    const isChosen = node.id === hovered.node || Boolean(view.selection && view.selection.kind === "e" && view.selection.id === node.id);
    const weight = isChosen ? 0 : !view.near ? 2 : view.near.nodes.has(node.id) ? 1 : 3;
    const size = isChosen ? 14 : node.size > 20 ? 13 : 12;
    return { node, weight, text: data.entities[node.id].name, x, y, reach, size, bold: isChosen || node.size > 20, colour: colours.ink, eager: weight === 1 || node.id < NAMED, force: isChosen };
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
    hitAt,
    onClick: (handler) => network.on("click", (event) => handler(hitAt(event.pointer.DOM))),
  };
})();
