// How types and statuses look, on the canvas and in the legend alike. Colours live in style.css.
claimgraph.look = (function () {
  "use strict";
  const { svg } = claimgraph.dom;
  // Colour and shape say the same thing twice: nobody must tell red from green.
  const SHAPES = ["square", "dot", "triangle", "diamond", "star", "hexagon", "triangleDown", "dot"];
  const OUTLINES = {
    square: "M2.5 2.5h11v11h-11z",
    dot: "M8 1.5a6.5 6.5 0 1 0 .01 0z",
    triangle: "M8 1.5L15 14H1z",
    triangleDown: "M8 14.5L15 2H1z",
    diamond: "M8 .5L15 8l-7 7.5L1 8z",
    star: "M8 .5l2.1 5 5.4.4-4.1 3.5 1.3 5.3L8 11.8l-4.7 2.9 1.3-5.3L.5 5.9l5.4-.4z",
    hexagon: "M4.2 1.5h7.6L15.6 8l-3.8 6.5H4.2L.4 8z",
  };
  const DASHES = { asserted: false, planned: [9, 6], possible: [2, 4], denied: false, ended: false, inferred: false };
  const MEANINGS = {
    asserted: "said to be so",
    planned: "announced, not done",
    possible: "may be so",
    denied: "said not to be so",
    ended: "was so, no longer",
    inferred: "no sentence says so: it follows from several that do",
  };
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);

  // A colour of style.css as the canvas needs it, resolved for the theme of the moment.
  function colour(name) {
    probe.style.color = "var(--" + name + ")";
    return getComputedStyle(probe).color;
  }

  function palette() {
    const names = ["page", "ink", "halo", "wash", "bubble", "accent", "asserted", "planned", "possible", "denied", "ended", "inferred"];
    const colours = Object.fromEntries(names.map((name) => [name, colour(name)]));
    colours.types = SHAPES.map((shape, look) => colour("type-" + look));
    return colours;
  }

  function typeGlyph(look) {
    const glyph = svg("svg", { viewBox: "0 0 16 16", class: "glyph look-" + look, "aria-hidden": "true" });
    glyph.append(svg("path", { d: OUTLINES[SHAPES[look]] }));
    return glyph;
  }

  function statusGlyph(status) {
    const glyph = svg("svg", { viewBox: "0 0 34 12", class: "line line-" + status, "aria-hidden": "true" });
    glyph.append(svg("path", { d: "M1 6H33", "stroke-dasharray": DASHES[status] ? DASHES[status].join(" ") : "none" }));
    if (status === "denied") glyph.append(svg("path", { d: "M13 11L17 1M18 11L22 1" }));
    return glyph;
  }

  return { SHAPES, DASHES, MEANINGS, palette, typeGlyph, statusGlyph };
})();
