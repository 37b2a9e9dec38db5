// The address says what is seen, so that it can be kept and sent. What it asks for and does not exist is left out.
let written = null;

// of each facet the shorter of what is kept and what is hidden
function address() {
  const told = new URLSearchParams();
  if (state.view.name !== data.views[0].name) told.set("view", state.view.name);
  for (const { name, values } of data.facets) {
    const hidden = state.hidden.get(name);
    const kept = values.map(([code]) => code).filter((code) => !hidden.has(code));
    const only = hidden.size && kept.length && kept.length < hidden.size;
    for (const code of only ? kept : hidden) told.append((only ? "only." : "hide.") + name, code);
  }
  if (state.asked) told.set("q", state.asked);
  if (state.item) told.set("item", state.item);
  return told.toString();
}

// a step that one may want to go back from stands in the history
function remember(stepped) {
  const told = address();
  if (told === written) return;
  written = told;
  history[stepped ? "pushState" : "replaceState"](null, "", "#" + told);
}

function recall() {
  const told = location.hash.slice(1);
  if (told === written) return;
  written = told;
  const asked = new URLSearchParams(told);
  for (const { name, values } of data.facets) {
    const codes = values.map(([code]) => code);
    const only = asked.getAll("only." + name).filter((code) => codes.includes(code));
    const hide = only.length ? codes.filter((code) => !only.includes(code)) : asked.getAll("hide." + name);
    const hidden = state.hidden.get(name);
    hidden.clear();
    for (const code of hide) if (codes.includes(code)) hidden.add(code);
  }
  const name = views.has(asked.get("view")) ? asked.get("view") : data.views[0].name;
  if (state.view && state.view.name === name) filter(); else show(name);
  search(asked.get("q") || "");
  if (asked.get("item")) choose(asked.get("item"), true);
}

for (const place of document.querySelectorAll("[data-word]")) place.textContent = say[place.dataset.word];
for (const place of document.querySelectorAll("[data-name]")) {
  place.title = say[place.dataset.name];
  place.setAttribute("aria-label", say[place.dataset.name]);
}
at("search").placeholder = say.search_placeholder;
for (const [id, word] of [["aside", "facts"], ["table", "table"], ["picture", "picture"]]) at(id).setAttribute("aria-label", say[word]);
at("table").setAttribute("role", "region");
for (const [key, does] of say.keys) {
  element("dt", key, at("help").querySelector("dl"));
  element("dd", does, at("help").querySelector("dl"));
}
for (const view of data.views) element("option", view.label, at("view")).value = view.name;
at("views").hidden = views.size < 2;
at("view").addEventListener("change", () => {
  state.item = "";
  show(at("view").value);
  opened();
  mark();
  remember(true);
});
at("to-table").hidden = at("csv").hidden = !data.views.some((view) => view.columns.length);
picture.classList.add("live");
picture.setAttribute("role", "group");
picture.setAttribute("tabindex", "0");
recall();
addEventListener("hashchange", recall);
addEventListener("popstate", recall);
addEventListener("resize", fit);
window.diagram = { state, camera };
