// What is seen, as a file: the picture as PNG or SVG, the claims as CSV or JSON. Made here; nothing is sent.
claimgraph.files = (function () {
  "use strict";
  const { data, look, map } = claimgraph;
  const { svg, el } = claimgraph.dom;
  const FORMULA = /^[\s]*[=+\-@]|^[\t\r\n]/; // cells that a spreadsheet would compute
  const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g; // letters that XML cannot hold
  const COLUMNS = ["subject", "relation", "object", "status", "said_by", "time", "amount", "currency", "percent", "score", "sentence", "document", "date", "source", "start", "end", "subject_iri", "relation_iri", "object_iri", "claim_iri"];
  const SIDES = { square: 4, diamond: 4, triangle: 3, triangleDown: 3, hexagon: 6 };

  function row(fact, claim) {
    const [subject, predicate, source] = [data.entities[fact.subject], data.predicates[fact.predicate], data.documents[claim.document]];
    const object = fact.object === undefined ? null : data.entities[fact.object];
    const speaker = claim.speaker === undefined ? claim.speaker_text : data.entities[claim.speaker].name;
    const cells = [subject.name, predicate.label, object ? object.name : fact.value.value, claim.status, speaker, claim.time || claim.time_text, claim.amount, claim.currency || (object ? "" : fact.value.currency), claim.percent, claim.score,
      data.quoteOf(claim), source.title, source.date, source.source, claim.start, claim.end, subject.iri, predicate.iri, object ? object.iri : "", claim.iri];
    return Object.fromEntries(COLUMNS.map((name, n) => [name, cells[n] === undefined ? "" : cells[n]]));
  }

  const rows = (facts) => facts.flatMap((fact) => fact.shown.map((claim) => row(fact, claim)));

  function cell(value) {
    const text = typeof value === "string" && FORMULA.test(value) ? "'" + value : String(value);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  const csv = (facts) => [COLUMNS.join(","), ...rows(facts).map((one) => COLUMNS.map((name) => cell(one[name])).join(","))].join("\r\n") + "\r\n";
  const json = (facts) => JSON.stringify(rows(facts), null, 1) + "\n";

  // Shapes, lines and words, and nothing that could run or load.
  function picture() {
    const colours = look.palette();
    const [positions, shown] = [map.positions(), map.nodes()];
    const reach = (axis, sign) => Math[sign < 0 ? "min" : "max"](...shown.map((node) => positions[node.id][axis] + sign * (node.size + 60)), 0);
    const [left, top, right, bottom] = [reach("x", -1), reach("y", -1), reach("x", 1), reach("y", 1)];
    const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, right - left, bottom - top].map(Math.round).join(" "), "font-family": "sans-serif", "font-size": "13" });
    root.append(svg("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: colours.page }));
    map.edges().forEach((edge) => root.append(...line(edge, colours)));
    shown.forEach((node) => root.append(...sign(node, positions[node.id], colours)));
    return new XMLSerializer().serializeToString(root) + "\n";
  }

  function line(edge, colours) {
    const fact = data.facts[edge.id];
    const points = map.course(edge.id);
    const style = { fill: "none", stroke: colours[fact.status], "stroke-width": fact.premises ? "0.6" : "1.3", "stroke-dasharray": look.DASHES[fact.status] ? look.DASHES[fact.status].join(" ") : "none" };
    const course = svg("path", Object.assign({ d: "M" + points.map(({ x, y }) => x.toFixed(1) + " " + y.toFixed(1)).join("L") }, style));
    if (fact.status !== "denied") return [course];
    const { x, y } = points[Math.floor(points.length / 2)];
    return [course, svg("path", Object.assign({}, style, { d: "M" + (x - 5) + " " + (y + 6) + "L" + (x - 1) + " " + (y - 6) + "M" + (x + 1) + " " + (y + 6) + "L" + (x + 5) + " " + (y - 6) }))];
  }

  function sign(node, { x, y }, colours) {
    const { look: slot } = data.types[data.entities[node.id].type];
    const colour = { fill: colours.types[slot], stroke: colours.page, "stroke-width": "2" };
    const words = svg("text", { x, y: y + node.size + 14, "text-anchor": "middle", fill: colours.ink, stroke: colours.halo, "stroke-width": "3", "paint-order": "stroke" });
    words.append(data.entities[node.id].name.replace(NOT_XML, "\ufffd"));
    return [shape(look.SHAPES[slot], x, y, node.size, colour), words];
  }

  function shape(name, x, y, size, colour) {
    const sides = SIDES[name] || 5;
    if (name === "dot") return svg("circle", Object.assign({ cx: x, cy: y, r: size }, colour));
    const turn = { square: 0.25, triangleDown: 0.5 }[name] || 0;
    const corners = Array.from({ length: name === "star" ? 10 : sides }, (_, n) => {
      const angle = (n / (name === "star" ? 10 : sides) + turn / (name === "square" ? 2 : 1)) * 2 * Math.PI - Math.PI / 2;
      const far = name === "star" && n % 2 ? size * 0.5 : name === "square" ? size * Math.SQRT2 : size;
      return (x + far * Math.cos(angle)).toFixed(1) + "," + (y + far * Math.sin(angle)).toFixed(1);
    });
    return svg("polygon", Object.assign({ points: corners.join(" ") }, colour));
  }

  function save(name, blob) {
    const link = el("a", { download: name });
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const KINDS = {
    png: () => new Promise((resolve) => map.picture().toBlob(resolve, "image/png")),
    svg: () => new Blob([picture()], { type: "image/svg+xml" }),
    csv: (facts) => new Blob(["\ufeff" + csv(facts)], { type: "text/csv" }),
    json: (facts) => new Blob([json(facts)], { type: "application/json" }),
  };

  async function write(kind, facts) {
    const name = data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph";
    save(name + "." + kind, await KINDS[kind](facts));
  }

  return { write, csv, json, picture };
})();
