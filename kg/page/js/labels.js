// Labels in screen size at every zoom: the important first, and none over another.
claimgraph.labels = (function () {
  "use strict";
  const MOST = 220; // labels at once
  const LONGEST = 34; // letters
  const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
  const widths = new Map();

  const shorten = (text) => (text.length > LONGEST ? Array.from(text).slice(0, LONGEST - 1).join("") + "…" : text);

  function width(context, font, text) {
    const key = font + text;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  }

  function isFree(taken, box) {
    return taken.every((other) => box.left > other.right || box.right < other.left
      || box.top > other.bottom || box.bottom < other.top);
  }

  // Where a label may stand: on one of its points, or around its sign, which reaches so far from x and y.
  function spots(label, half) {
    const down = label.reach + label.size * 0.85;
    const aside = label.reach + half + 2;
    const { x, y } = label;
    return label.points ? label.points.map((at) => [at.x, at.y]) : [[x, y + down], [x, y - down], [x + aside, y], [x - aside, y]];
  }

  // wanted: [{text, points or x, y and reach, size, bold, colour, eager, force}] in CSS pixels, the
  // important first; signs: boxes to keep free. An eager label rather covers a sign than to stay away,
  // a forced one covers anything.
  function draw(context, wanted, halo, signs) {
    const taken = [];
    const room = context.canvas.clientWidth;
    let drawn = 0;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const label of wanted) {
      if (drawn >= MOST) break;
      const font = (label.bold ? "600 " : "") + label.size + "px " + FAMILY;
      const text = shorten(label.text);
      context.font = font;
      const half = width(context, font, text) / 2 + 3;
      const boxes = spots(label, half).map(([x, y]) => ({ x, y, left: x - half, right: x + half, top: y - label.size * 0.6, bottom: y + label.size * 0.6 }));
      const free = boxes.filter((candidate) => candidate.left > 0 && candidate.right < room && isFree(taken, candidate));
      const box = free.find((candidate) => isFree(signs, candidate)) || (label.eager && free[0]) || (label.force && boxes[0]);
      if (!box) continue;
      taken.push(box);
      drawn += 1;
      context.lineWidth = 4;
      context.strokeStyle = halo;
      context.strokeText(text, box.x, box.y);
      context.fillStyle = label.colour;
      context.fillText(text, box.x, box.y);
    }
  }

  return { draw };
})();
