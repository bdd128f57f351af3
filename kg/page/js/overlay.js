// What lies under and over the nodes and edges: washes, the veil around a selection, strikes, marks and labels.
claimgraph.overlay = (function () {
  "use strict";
  const { data, labels } = claimgraph;
  const DOT = 4; // pixels: half the width below which a sign is drawn as a dot
  const LARGE = 48; // groups that are named from afar
  const NAMED = 12; // entities that are named if at all possible
  const DASHED = 0.25; // the zoom below which dashes would be dust
  const BESIDE = [-34, 34, -52, 52]; // pixels above and below it, where there is no room on it
  const ON_EDGE = [0.5, 0.38, 0.62, 0.28, 0.72]; // where the label of an edge may stand

  function over(map) {
    const { network, container, pointed, drawn, pointOn } = map;
    const isNear = (id) => !map.view().near || map.view().near.nodes.has(id);
    const edgesShown = (ids) => ids.filter((id) => map.edgeOf.has(id) && map.isEdgeShown(map.edgeOf.get(id)));

    let kept = null; // what only moves as a whole, until something is shown or hidden
    const scene = () => { kept = kept || { washes: washes(), hairlines: hairlines(), signs: ordered(), marked: marked() }; return kept; };

    function drawUnder(context, isFar) {
      drawWashes(context);
      if (isFar) drawHairlines(context);
    }

    // The important first: those of many facts, groups of many members.
    const weightOf = (node) => (node.group === undefined ? node.size : node.members.length);
    const ordered = () => map.nodes().concat(map.bubbles()).sort((a, b) => weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1));
    const marked = () => map.edges.filter((edge) => (data.facts[edge.id].isConflict || data.facts[edge.id].status === "denied") && map.isEdgeShown(edge));

    // Whether a thing that vis has is drawn here while it is far.
    const isOurs = (item) => (map.edgeOf.has(item.id) && item.edgeType ? true : item.options.size * network.getScale() < DOT && map.places[item.id] !== undefined);

    // Edges from afar: straight, without arrows, all of a look in one stroke.
    function hairlines() {
      const looks = new Map();
      map.edges.forEach((edge) => {
        if (!map.isEdgeShown(edge)) return;
        const { options, from, to } = network.body.edges[edge.id];
        const key = options.color.color + options.color.opacity;
        if (!looks.has(key)) looks.set(key, { options, path: new Path2D() });
        const { path } = looks.get(key);
        path.moveTo(from.x, from.y);
        path.lineTo(to.x, to.y);
      });
      return Array.from(looks.values());
    }

    function drawHairlines(context) {
      context.save();
      scene().hairlines.forEach(({ options, path }) => {
        context.globalAlpha = options.color.opacity;
        context.strokeStyle = options.color.color;
        context.lineWidth = Math.max(1.1, 0.7 / network.getScale()) * Math.min(1, options.width);
        context.setLineDash((network.getScale() > DASHED && options.dashes) || []);
        context.stroke(path);
      });
      context.restore();
    }

    // Communities as a faint wash behind their members.
    function washes() {
      const members = new Map();
      map.nodes().forEach((node) => {
        if (node.community < 0) return;
        if (!members.has(node.community)) members.set(node.community, []);
        members.get(node.community).push(drawn(node.id));
      });
      return Array.from(members.values(), hull).filter((corners) => corners.length > 1).map((corners) => {
        const path = new Path2D();
        corners.forEach((at) => path.lineTo(at.x, at.y));
        path.closePath();
        return path;
      });
    }

    function drawWashes(context) {
      context.lineJoin = "round";
      context.lineWidth = 84;
      context.strokeStyle = context.fillStyle = map.colours().wash;
      scene().washes.forEach((path) => { context.stroke(path); context.fill(path); });
    }

    // The selection again over a veil, then in CSS pixels strikes, marks and labels.
    function drawOver(context) {
      const ratio = context.canvas.width / container.clientWidth || 1;
      const { near } = map.view();
      if (near) veil(context, near);
      if (pointed.edge !== undefined) edgesShown([pointed.edge]).forEach((id) => trace(context, id));
      drawDots(context);
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawMarks(context);
      drawRings(context);
      const signs = onScreen();
      labels.draw(context, wanted(signs), map.colours().halo, signs.filter((sign) => sign.node.group === undefined).slice(0, 400).map(signBox));
      context.restore();
      document.documentElement.dataset.ready = "true";
    }

    // Labels in the order in which they are given room; most are never asked for.
    function* wanted(signs) {
      const weights = signs.map(({ node }) => weight(node));
      for (const first of [0, 1]) for (let n = 0; n < signs.length; n += 1) if (weights[n] === first) yield nodeLabel(signs[n], first);
      yield* edgeLabels();
      for (let n = 0; n < signs.length; n += 1) if (weights[n] === 2 && (n < LARGE || hasRoom(signs[n]))) yield nodeLabel(signs[n], 2);
    }

    // A bubble has its name inside; the largest are named before they can hold it.
    const hasRoom = ({ node, reach }) => node.group === undefined || reach > node.label.length * 3;

    function veil(context, near) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = 0.84;
      context.fillStyle = map.colours().page;
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
      context.restore();
      const { selection } = map.view();
      edgesShown(Array.from(near.edges)).forEach((id) => {
        if (selection.kind === "f" || selection.kind === "p") trace(context, id);
        redraw(context, id);
      });
      map.close(() => near.nodes.forEach((id) => { if (drawn(id) && data.entities[id].isVisible) drawn(id).draw(context); }));
    }

    function redraw(context, id) {
      const edge = network.body.edges[id];
      map.close(() => { edge.draw(context); edge.drawArrows(context); });
    }

    // An edge with a broad band of light behind it.
    function trace(context, id) {
      const edge = network.body.edges[id];
      const { color, width, dashes } = edge.options;
      Object.assign(edge.options, { color: { color: map.colours().accent, opacity: 0.3, inherit: false }, width: width + 7, dashes: false });
      map.close(() => edge.draw(context));
      Object.assign(edge.options, { color, width, dashes });
      redraw(context, id);
    }

    function onScreen() {
      const { x, y } = network.getViewPosition();
      const scale = network.getScale();
      const [wide, high] = [container.clientWidth / 2, container.clientHeight / 2];
      return scene().signs.map((node) => {
        const at = drawn(node.id);
        return { node, reach: node.size * scale, x: (at.x - x) * scale + wide, y: (at.y - y) * scale + high };
      }).filter((sign) => Math.abs(sign.x - wide) < wide + 80 && Math.abs(sign.y - high) < high + 30);
    }

    // From afar signs would vanish: each keeps a dot in its colour, all dots of a colour drawn at once.
    function dots(scale) {
      const looks = new Map();
      scene().signs.filter((node) => node.size * scale < DOT && node.group === undefined).forEach((node) => {
        const { x, y } = drawn(node.id);
        const { look } = data.types[data.entities[node.id].type];
        const key = look + (isNear(node.id) ? "" : "far");
        if (!looks.has(key)) looks.set(key, { look, alpha: isNear(node.id) ? 1 : 0.15, path: new Path2D() });
        const size = (node.size > 20 ? DOT : node.size > 12 ? DOT * 0.75 : DOT * 0.5) / scale;
        const { path } = looks.get(key);
        path.moveTo(x + size, y);
        path.arc(x, y, size, 0, 2 * Math.PI);
      });
      return Array.from(looks.values());
    }

    function drawDots(context) {
      const scale = network.getScale();
      if (scene().scale !== scale) Object.assign(scene(), { scale, dots: dots(scale) });
      scene().dots.forEach(({ look, alpha, path }) => {
        context.globalAlpha = alpha;
        context.fillStyle = map.colours().types[look];
        context.fill(path);
      });
      context.globalAlpha = 1;
    }

    // A ring around what is selected: one entity, or both ends of a path.
    function drawRings(context) {
      const { selection } = map.view();
      if (!selection || !"ep".includes(selection.kind)) return;
      [selection.id, selection.to].filter((id) => id !== undefined && drawn(id)).forEach((id) => {
        const at = network.canvasToDOM(drawn(id));
        context.beginPath();
        context.arc(at.x, at.y, Math.max(DOT, drawn(id).options.size * network.getScale()) * 1.25 + 4, 0, 2 * Math.PI);
        context.lineWidth = 3;
        context.strokeStyle = map.colours().accent;
        context.stroke();
      });
    }

    // Denied is struck through; where sentences contradict one another there is a mark.
    function drawMarks(context) {
      const size = Math.min(1, network.getScale() * 1.3);
      scene().marked.forEach(({ id }) => {
        const fact = data.facts[id];
        context.globalAlpha = !map.view().near || map.view().near.edges.has(id) ? 1 : 0.15;
        if (fact.status === "denied") strike(context, id, size);
        else exclaim(context, pointOn(id, 0.5), size);
      });
      context.globalAlpha = 1;
    }

    function strike(context, id, size) {
      const [before, middle, after] = [0.47, 0.5, 0.53].map((t) => pointOn(id, t));
      const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
      const along = { x: (after.x - before.x) / length, y: (after.y - before.y) / length };
      context.strokeStyle = map.colours().denied;
      context.lineWidth = 1.8 * size;
      [-3, 3].forEach((step) => {
        const [x, y] = [middle.x + along.x * step * size, middle.y + along.y * step * size];
        const [leanX, leanY] = [(along.x * 2 - along.y * 6) * size, (along.y * 2 + along.x * 6) * size];
        context.beginPath();
        context.moveTo(x - leanX, y - leanY);
        context.lineTo(x + leanX, y + leanY);
        context.stroke();
      });
    }

    function exclaim(context, { x, y }, size) {
      context.beginPath();
      context.arc(x, y, 7 * size, 0, 2 * Math.PI);
      context.fillStyle = map.colours().denied;
      context.fill();
      context.fillStyle = map.colours().page;
      context.font = "700 " + 11 * size + "px sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText("!", x, y);
    }

    function edgeLabels() {
      const { near, selection } = map.view();
      const wanted = pointed.edge === undefined ? [] : [pointed.edge];
      if (near) wanted.push(...near.edges);
      return edgesShown(Array.from(new Set(wanted))).map((id) => {
        const isChosen = id === pointed.edge || Boolean(selection && selection.kind === "f" && selection.id === id);
        // What is pointed at is told in full, and beside a short edge rather than over its ends.
        const text = id === pointed.edge ? claimgraph.reading.sentence(data.facts[id]) : data.predicates[data.facts[id].predicate].label;
        const { x, y } = pointOn(id, 0.5);
        const points = ON_EDGE.map((t) => pointOn(id, t)).concat(isChosen ? BESIDE.map((step) => ({ x, y: y + step })) : []);
        return { text, points, size: isChosen ? 12 : 11, bold: isChosen, colour: map.colours().accent, force: isChosen };
      });
    }

    // Weights: 0 what is pointed at, 1 what is near the selection, 2 all others, 3 is not named.
    function weight({ id, group }) {
      const { near, selection } = map.view();
      if (id === pointed.node || (selection && selection.kind === "e" && selection.id === id)) return 0;
      return !near ? 2 : group === undefined && near.nodes.has(id) ? 1 : 3;
    }

    function nodeLabel({ node, reach, x, y }, rank) {
      const isChosen = rank === 0;
      const look = { colour: map.colours().ink, size: isChosen ? 14 : node.size > 20 ? 13 : 12, force: isChosen };
      if (node.group !== undefined) return Object.assign(look, { text: node.label, points: [{ x, y }], size: isChosen ? 14 : 12, bold: isChosen, eager: true }); // in its middle
      return Object.assign(look, { text: data.entities[node.id].name, x, y, reach, bold: isChosen || node.size > 20, eager: rank === 1 || node.id < NAMED });
    }

    return { under: drawUnder, over: drawOver, isOurs, forget: () => { kept = null; } };
  }

  const signBox = ({ x, y, reach }) => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });

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

  return { over };
})();
