// Keyboard: the picture is one stop of the tab key, its items another; arrows move the one, or go from item to item.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function rove(node, focus = true) {
  for (const group of state.view.svg.querySelectorAll('g.item[tabindex="0"]')) group.setAttribute("tabindex", "-1");
  node.group.setAttribute("tabindex", "0");
  if (focus) node.group.focus({ preventScroll: true });
}

const walkable = () => {
  const seen = state.view.nodes.filter((node) => !node.out);
  const standing = seen.filter((node) => node.record.kind !== "tie");
  return standing.length ? standing : seen;
};

function middle(node) {
  const box = node.group.getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// the nearest item in a direction; what is aside counts for more than what is ahead
function nextTo(node, [dx, dy]) {
  const [x, y] = middle(node);
  let best = null;
  let least = Infinity;
  for (const other of walkable()) {
    const [ox, oy] = middle(other);
    const ahead = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (other === node || ahead < 1 || ahead + 3 * aside >= least) continue;
    [best, least] = [other, ahead + 3 * aside];
  }
  return best;
}

function walk(node) {
  if (!node) return;
  rove(node);
  reveal(node);
}

picture.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const node = state.view.byGroup.get(event.target);
  const arrow = ARROWS[event.key];
  const acts = {
    "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: fit,
    Home: () => walk(walkable()[0]), End: () => walk(walkable().pop()),
    Enter: () => (node ? choose(node.record.id) : walk(state.view.byId.get(state.item) || walkable()[0])),
  };
  acts[" "] = acts.Enter;
  if (arrow && node) walk(nextTo(node, arrow));
  else if (arrow) move(camera.x - 60 * arrow[0], camera.y - 60 * arrow[1], camera.zoom);
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); at("search").focus(); }
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (!menu) return clear();
  menu.open = false;
  menu.querySelector("summary").focus();
});

// one menu at a time, closed by a click elsewhere
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
for (const menu of document.querySelectorAll(".menu")) {
  menu.addEventListener("toggle", () => {
    if (menu.open) for (const other of document.querySelectorAll(".menu[open]")) if (other !== menu) other.open = false;
  });
}
