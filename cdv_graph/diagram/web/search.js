// Search, through every view; what is called so goes before what only tells of it.
const index = [];
{
  const known = new Set();
  for (const record of data.records) {
    if (record.kind === "tie" || known.has(record.id)) continue;
    known.add(record.id);
    const label = fold(record.label);
    index.push({ record, label, text: label + " " + fold((record.facts || []).map(([, value]) => value).join(" ")) });
  }
}
const labels = new Map(index.map(({ record }) => [record.id, record.label]));

function find() {
  const asked = fold(state.asked).split(" ").filter(Boolean);
  const holds = (text) => asked.every((word) => text.includes(word));
  const found = asked.length ? index.filter(({ text }) => holds(text)) : [];
  const named = found.filter(({ label }) => holds(label));
  matched = [...named, ...found.filter((one) => !named.includes(one))].map(({ record }) => record.id);
}

function results() {
  const found = matched.length;
  const told = found ? (found > 1 ? filled(say.found, { n: found }) : say.found_one) : say.found_none;
  const rank = matched.indexOf(state.item);
  at("found").textContent = state.asked ? (rank < 0 ? told : `${rank + 1} / ${found}`) : "";
  at("previous").hidden = at("next").hidden = !found;
  const entries = matched.slice(0, LISTED).map((id) => {
    const { record } = index.find((one) => one.record.id === id);
    const entry = element("li");
    const go = button(null, entry, () => choose(id));
    element("span", record.label, go);
    if (labels.has(record.within)) element("span", " · " + labels.get(record.within), go, "soft");
    if (id === state.item) go.setAttribute("aria-current", "true");
    return entry;
  });
  at("results").querySelector("ol").replaceChildren(...entries);
  at("results").querySelector("p").textContent = found > LISTED ? filled(say.shown_first, { n: LISTED }) : found ? "" : say.found_none;
}

// the list stays, and says where one is
function mark() {
  const rank = matched.indexOf(state.item);
  if (state.asked && rank >= 0) at("found").textContent = `${rank + 1} / ${matched.length}`;
  at("results").querySelectorAll("button").forEach((one, order) => {
    if (order === rank) { one.setAttribute("aria-current", "true"); one.scrollIntoView({ block: "nearest" }); }
    else one.removeAttribute("aria-current");
  });
  markRow();
}

function search(text) {
  Object.assign(state, { asked: text, item: "" });
  at("search").value = text;
  find();
  results();
  opened();
  light();
  markRow();
}

function step(by) {
  if (!matched.length) return;
  const rank = matched.indexOf(state.item);
  choose(matched[rank < 0 ? (by > 0 ? 0 : matched.length - 1) : (rank + by + matched.length) % matched.length]);
}

at("search").addEventListener("input", () => { search(at("search").value); remember(); });
at("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); step(-1); }
});
at("finder").addEventListener("submit", (event) => { event.preventDefault(); step(1); });
at("previous").addEventListener("click", () => step(-1));
