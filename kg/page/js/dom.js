// Elements are made by hand and text is only ever text: nothing from the data can become markup.
claimgraph.dom = (function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const ALLOWED = /^(aria-[a-z]+|role|id|type|title|tabindex|class|checked|disabled|for|hidden|dir|min|max|step|value|download)$/;

  function fill(node, attributes, children) {
    Object.entries(attributes).forEach(([name, value]) => {
      if (name === "onclick") node.addEventListener("click", value);
      else if (!ALLOWED.test(name)) throw new Error("attribute " + name);
      else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    });
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  // el("p.note", {title: "…"}, "text", child, [children])
  function el(tag, attributes, ...children) {
    const [name, ...classes] = tag.split(".");
    const node = document.createElement(name);
    if (classes.length) node.className = classes.join(" ");
    return fill(node, attributes || {}, children);
  }

  // Words in a text that can be pressed: a real button would not break over lines.
  function press(tag, attributes, action, ...children) {
    const node = el(tag, Object.assign({ role: "button", tabindex: "0", onclick: action }, attributes), ...children);
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      action();
    });
    return node;
  }

  function svg(name, attributes) {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  }

  const count = (number, one, many) => number.toLocaleString("en") + " " + (number === 1 ? one : many || one + "s");

  // A day as people write it; anything else as it stands.
  function day(iso) {
    if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return iso;
    const date = new Date(iso + "T00:00:00Z");
    return Number.isNaN(date.getTime()) ? iso : DAY.format(date);
  }

  return { el, press, svg, count, day };
})();
