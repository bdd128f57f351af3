// Labels in screen size at every zoom: the important first, and none over another.
claimgraph.labels = (function () {
  "use strict";
  const MOST = 220; // labels at once
  const [LONGEST, LONGEST_FORCED] = [34, 80]; // letters
  const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
  const SQUARE = 64; // pixels
  const widths = new Map(); // by font and text

  const shorten = (text, most) => (text.length > most ? Array.from(text).slice(0, most - 1).join("") + "…" : text);

  function width(context, font, text) {
    if (!widths.has(font)) widths.set(font, new Map());
    const known = widths.get(font);
    if (!known.has(text)) {
      context.font = font;
      known.set(text, context.measureText(text).width);
    }
    return known.get(text);
  }

  // Boxes by the squares of the screen that they touch, so that each is compared with the few near it.
  function crowd() {
    const squares = new Map();
    function some(box, test) {
      for (let x = Math.floor(box.left / SQUARE); x <= box.right / SQUARE; x += 1) {
        for (let y = Math.floor(box.top / SQUARE); y <= box.bottom / SQUARE; y += 1) if (test(x * 1e4 + y)) return true;
      }
      return false;
    }
    const touch = (box) => (other) => box.left <= other.right && box.right >= other.left && box.top <= other.bottom && box.bottom >= other.top;
    return {
      add: (box) => some(box, (key) => { if (squares.has(key)) squares.get(key).push(box); else squares.set(key, [box]); }),
      isFree: (box) => !some(box, (key) => squares.has(key) && squares.get(key).some(touch(box))),
    };
  }

  // Where a label may stand: on one of its points, or around its sign, which reaches so far from x and y.
  function spots(label, half, room) {
    const down = label.reach + label.size * 0.85;
    const aside = label.reach + half + 2;
    const { x, y } = label;
    return label.points ? label.points.map((at) => [inside(at.x, half, room), at.y]) : [[x, y + down], [x, y - down], [x + aside, y], [x - aside, y]];
  }

  // What stands at the border is drawn back onto the map, what lies beyond it is not.
  const inside = (x, half, room) => (x < 0 || x > room ? x : Math.max(half + 1, Math.min(room - half - 1, x)));
  const around = (label, half, room) => spots(label, half, room).map(([x, y]) => ({ x, y, left: x - half, right: x + half, top: y - label.size * 0.6, bottom: y + label.size * 0.6 }));

  // wanted: [{text, points or x, y and reach, size, bold, colour, eager, force}] in CSS pixels, the
  // important first; signs: boxes to keep free. An eager label rather covers a sign than to stay away,
  // a forced one covers anything.
  function draw(context, wanted, halo, signs) {
    const [taken, kept] = [crowd(), crowd()];
    signs.forEach(kept.add);
    const room = context.canvas.clientWidth;
    let drawn = 0;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const label of wanted) {
      if (drawn >= MOST) break;
      const font = (label.bold ? "600 " : "") + label.size + "px " + FAMILY;
      const text = shorten(label.text, label.force ? LONGEST_FORCED : LONGEST);
      const fits = (box) => box.left > 0 && box.right < room && taken.isFree(box);
      // To measure takes time: what would not fit if it were narrower is left out before.
      if (!label.force && !around(label, (text.length * label.size) / 6, room).some(fits)) continue;
      const boxes = around(label, width(context, font, text) / 2 + 3, room);
      const free = boxes.filter(fits);
      const box = free.find(kept.isFree) || (label.eager && free[0]) || (label.force && boxes[0]);
      if (!box) continue;
      taken.add(box);
      drawn += 1;
      context.font = font;
      context.lineWidth = 4;
      context.strokeStyle = halo;
      context.strokeText(text, box.x, box.y);
      context.fillStyle = label.colour;
      context.fillText(text, box.x, box.y);
    }
  }

  return { draw };
})();
