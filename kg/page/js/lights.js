// What is told of a fact in a panel and its edge on the map light up together.
claimgraph.lights = (function () {
  "use strict";
  const bound = new Map();
  let onMap = () => {};

  // Whoever points at this element, or reaches it by keyboard, sees its edge.
  function bind(node, fact) {
    if (!bound.has(fact)) bound.set(fact, []);
    bound.get(fact).push(node);
    ["pointerenter", "focusin"].forEach((name) => node.addEventListener(name, () => onMap(fact)));
    ["pointerleave", "focusout"].forEach((name) => node.addEventListener(name, () => onMap(null)));
    return node;
  }

  // The other way round: from an edge to what is told of it; null puts all out.
  function show(fact) {
    bound.forEach((nodes, id) => nodes.forEach((node) => node.classList.toggle("lit", id === fact)));
    const nodes = (bound.get(fact) || []).filter((node) => node.isConnected);
    if (nodes.length) nodes[0].scrollIntoView({ block: "nearest" });
  }

  return { bind, show, clear: () => bound.clear(), onChange: (handler) => { onMap = handler; } };
})();
