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

  // wanted: [{text, x, y, size, bold, colour, force}] in CSS pixels, the important first. Returns how many were drawn.
  function draw(context, wanted, halo, blocked) {
    const taken = blocked.slice();
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
      const box = { left: label.x - half, right: label.x + half, top: label.y - label.size * 0.65, bottom: label.y + label.size * 0.65 };
      if (!label.force && !isFree(taken, box)) continue;
      taken.push(box);
      drawn += 1;
      context.lineWidth = 4;
      context.strokeStyle = halo;
      context.strokeText(text, label.x, label.y);
      context.fillStyle = label.colour;
      context.fillText(text, label.x, label.y);
    }
    return drawn;
  }

  return { draw };
})();
