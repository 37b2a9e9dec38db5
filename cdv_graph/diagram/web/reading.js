// Reading an item: its facts, where they were read, and what is around it.
const LISTED = 100;
let matched = []; // the ids that the search has found

// itself, its ties and what they join, its parts, and what any of these is part of
function around(node) {
  const found = new Set([node, ...node.ends, ...node.parts, ...node.ties, ...node.ties.flatMap((tie) => tie.ends)]);
  for (const other of [...found]) if (other.within) found.add(other.within);
  return found;
}

// only what changes is touched: nothing runs over the items while the picture moves
function light() {
  const { svg, byId } = state.view;
  for (const group of svg.querySelectorAll(".lit, .chosen")) group.classList.remove("lit", "chosen");
  const chosen = byId.get(state.item);
  const lit = chosen ? around(chosen) : new Set(matched.map((id) => byId.get(id)).filter(Boolean));
  for (const node of chosen ? lit : [...lit]) {
    node.group.classList.add("lit");
    if (!chosen && node.within) node.within.group.classList.add("lit");
  }
  if (chosen) chosen.group.classList.add("chosen");
  svg.classList.toggle("reading", lit.size > 0);
}

function list(title, nodes, parent) {
  const seen = [...new Set(nodes)].filter((node) => !node.out);
  if (!seen.length) return;
  element("h3", title, parent);
  const made = element("ul", null, parent);
  for (const node of seen.slice(0, LISTED)) button(node.record.label, element("li", null, made), () => choose(node.record.id));
  if (seen.length > LISTED) element("li", filled(say.more, { n: seen.length - LISTED }), made, "soft");
}

function tell(node) {
  const facts = at("facts");
  const { record } = node;
  facts.replaceChildren();
  element("h2", record.label, facts);
  if (say.kinds[record.kind]) element("p", say.kinds[record.kind], facts, "soft");
  const pairs = element("dl", null, facts);
  for (const [term, value] of record.facts || []) {
    element("dt", term, pairs);
    element("dd", value, pairs);
  }
  if (!pairs.children.length) pairs.remove();
  if (record.lines) {
    element("h3", say.lines, facts);
    const lines = element("ul", null, facts, "lines");
    for (const line of record.lines) element("li", place(line), lines);
  }
  if (node.within) list(say.within, [node.within], facts);
  list(say.neighbours, [...node.ends, ...node.ties.flatMap((tie) => tie.ends)].filter((other) => other !== node), facts);
  list(say.parts, node.parts, facts);
}

// the facts come and go beside the picture: one that is seen whole stays whole
function opened() {
  const before = at("aside").hidden;
  at("results").hidden = !state.asked;
  at("facts").hidden = !state.item;
  at("aside").hidden = !state.asked && !state.item;
  if (camera.fitted && before !== at("aside").hidden) glide(fit);
}

// the view that shows an item: this one, else the first that does; filters give way to what is asked for
function viewOf(id) {
  const holds = (view) => { prepare(view); return view.byId.has(id); };
  return holds(state.view) ? state.view : [...views.values()].find(holds);
}

function choose(id, quietly) {
  const view = viewOf(id);
  if (!view) return;
  state.item = id;
  if (view !== state.view) show(view.name);
  if (view.byId.get(id).out) { unfilter(); filter(); }
  const node = view.byId.get(id);
  tell(node);
  opened();
  light();
  rove(node, false);
  reveal(node);
  mark();
  if (!quietly) remember(true);
}

function clear() {
  const before = state.item || state.asked;
  Object.assign(state, { item: "", asked: "" });
  matched = [];
  at("search").value = "";
  at("facts").replaceChildren();
  results();
  opened();
  light();
  mark();
  if (before) remember(true);
}

at("close").addEventListener("click", () => { clear(); picture.focus(); });
