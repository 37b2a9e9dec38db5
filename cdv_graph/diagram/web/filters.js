// Filters: an item is kept when, of each facet that it has codes for, one is kept.
const boxes = new Map();

function keeps(record) {
  return Object.entries(record.facets || {}).every(([name, codes]) => {
    const hidden = state.hidden.get(name);
    return !hidden || !hidden.size || !codes.length || codes.some((code) => !hidden.has(code));
  });
}

// A part goes with its whole and a tie with either end; what had parts or ties and keeps none goes too.
function sift(nodes) {
  for (const node of nodes) node.out = !keeps(node.record);
  for (let changed = true; changed;) {
    changed = false;
    for (const node of nodes) {
      const held = [...node.parts, ...node.ties];
      if (!node.out && ((node.within && node.within.out) || node.ends.some((end) => end.out)
        || (held.length && held.every((other) => other.out)))) {
        node.out = changed = true;
      }
    }
  }
}

const filtered = () => [...state.hidden.values()].some((hidden) => hidden.size);

function filter() {
  sift(state.view.nodes);
  for (const node of state.view.nodes) node.group.classList.toggle("out", node.out);
  at("empty").hidden = !state.view.nodes.length || state.view.nodes.some((node) => !node.out);
  at("reset").hidden = !filtered();
  for (const facet of data.facets) {
    const { summary, inputs } = boxes.get(facet.name);
    const hidden = state.hidden.get(facet.name);
    summary.textContent = facet.label + (hidden.size ? ` (${facet.values.length - hidden.size}/${facet.values.length})` : "");
    summary.classList.toggle("on", hidden.size > 0);
    for (const [code, input] of inputs) input.checked = !hidden.has(code);
  }
  light();
  fillTable();
}

function changed() {
  filter();
  remember();
}

function unfilter() {
  for (const hidden of state.hidden.values()) hidden.clear();
}

for (const facet of data.facets) {
  const hidden = state.hidden.get(facet.name);
  const menu = element("details", null, at("facets"), "menu");
  menu.dataset.facet = facet.name;
  const summary = element("summary", facet.label, menu);
  const panel = element("div", null, menu, "panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", facet.label);
  const both = element("div", null, panel, "both");
  button(say.all, both, () => { hidden.clear(); changed(); });
  button(say.nothing, both, () => { facet.values.forEach(([code]) => hidden.add(code)); changed(); });
  const inputs = new Map();
  for (const [code, text] of facet.values) {
    const label = element("label", null, panel);
    const input = element("input", null, label);
    input.type = "checkbox";
    input.value = code;
    input.addEventListener("change", () => { if (input.checked) hidden.delete(code); else hidden.add(code); changed(); });
    element("span", text, label);
    inputs.set(code, input);
  }
  boxes.set(facet.name, { summary, inputs });
}
at("reset").addEventListener("click", () => { unfilter(); changed(); picture.focus(); });
