// The stage: one drawing per view, moved and zoomed by one transform, whatever it holds.
const drawings = [picture.querySelector("svg"), ...[...document.querySelectorAll("template.drawing")]
  .map((template) => template.content.querySelector("svg"))];
const views = new Map(data.views.map((view, number) => [view.name, { ...view, svg: drawings[number], ready: false }]));
const camera = { x: 0, y: 0, zoom: 1, asked: 0, rest: 0, fitted: false, whole: false };
const ZOOMS = [0.05, 8];

// gives each item its group, its parts and its ties, when its view is first seen
function prepare(view) {
  if (view.ready) return;
  view.ready = true;
  const title = view.svg.querySelector("title");
  view.svg.setAttribute("aria-label", title.textContent);
  view.svg.setAttribute("role", "group");
  title.remove(); // else the browser tells it wherever the mouse rests
  view.width = view.svg.viewBox.baseVal.width;
  view.height = view.svg.viewBox.baseVal.height;
  const groups = view.svg.querySelectorAll("g.item");
  view.nodes = view.items.map((number, order) => {
    const group = groups[order];
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
    return { order, group, record: data.records[number], ties: [], parts: [], ends: [], within: null, out: false };
  });
  view.byId = new Map(view.nodes.map((node) => [node.record.id, node]));
  view.byGroup = new Map(view.nodes.map((node) => [node.group, node]));
  for (const node of view.nodes) {
    node.within = view.byId.get(node.record.within) || null;
    if (node.within) node.within.parts.push(node);
    node.ends = (node.record.ends || []).map((id) => view.byId.get(id)).filter(Boolean);
    for (const end of node.ends) end.ties.push(node);
  }
  const first = view.nodes.find((node) => node.record.kind !== "tie") || view.nodes[0];
  if (first) first.group.setAttribute("tabindex", "0");
}

function show(name) {
  const view = views.get(name) || views.values().next().value;
  if (state.view === view) return;
  prepare(view);
  state.view = view;
  picture.replaceChildren(view.svg);
  at("view").value = view.name;
  at("note").textContent = view.note;
  at("note").hidden = !view.note;
  filter();
  fit();
}

function paint() {
  camera.asked = 0;
  state.view.svg.style.transform = `translate(${camera.x}px,${camera.y}px) scale(${camera.zoom})`;
}

// while it moves the drawing is one layer; at rest it is drawn again, sharp
function move(x, y, zoom) {
  Object.assign(camera, { x, y, zoom, fitted: false, whole: false });
  picture.classList.add("moving");
  clearTimeout(camera.rest);
  camera.rest = setTimeout(() => picture.classList.remove("moving"), 200);
  if (!camera.asked) camera.asked = requestAnimationFrame(paint);
}

function zoomBy(factor, x = picture.clientWidth / 2, y = picture.clientHeight / 2) {
  const zoom = Math.min(Math.max(camera.zoom * factor, ZOOMS[0]), ZOOMS[1]);
  const ratio = zoom / camera.zoom;
  move(x - (x - camera.x) * ratio, y - (y - camera.y) * ratio, zoom);
}

// what of the picture the facts leave free
function room() {
  const { clientWidth: width, clientHeight: height } = picture;
  const aside = at("aside");
  if (aside.hidden) return { width, height };
  return aside.clientWidth > width / 2 ? { width, height: height - aside.clientHeight } : { width: width - aside.offsetWidth, height };
}

// the whole, unless it would be too small to read: then its width, from the top
function fit() {
  const { width, height } = state.view;
  const free = room();
  const across = free.width / width;
  const whole = Math.min(across, free.height / height, 1.5);
  const zoom = whole < 0.45 ? Math.min(Math.max(across, 0.3), 1.5) : whole;
  move(Math.max((free.width - width * zoom) / 2, 0), Math.max((free.height - height * zoom) / 2, 0), zoom);
  Object.assign(camera, { fitted: true, whole: zoom === whole });
}

function glide(action) {
  picture.classList.add("gliding");
  clearTimeout(camera.gliding);
  camera.gliding = setTimeout(() => picture.classList.remove("gliding"), 300);
  action();
}

// brings an item to the middle of what the facts leave free, unless it is seen already
function reveal(node) {
  if (camera.whole) return;
  const scale = camera.zoom;
  const { x, y, width, height } = node.group.getBBox();
  const free = room();
  const shift = (from, to, high) => (from < 24 || to > high - 24 ? (high - from - to) / 2 : 0);
  const dx = shift(camera.x + x * scale, camera.x + (x + width) * scale, free.width);
  const dy = shift(camera.y + y * scale, camera.y + (y + height) * scale, free.height);
  if (dx || dy) glide(() => move(camera.x + dx, camera.y + dy, scale));
}

const fingers = new Map();
let dragged = false;

picture.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  if (!fingers.size) dragged = false;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, fromX: event.clientX, fromY: event.clientY });
});
picture.addEventListener("pointermove", (event) => {
  const finger = fingers.get(event.pointerId);
  if (!finger) return;
  if (!dragged && Math.hypot(event.clientX - finger.fromX, event.clientY - finger.fromY) < 5) return;
  if (!dragged) for (const id of fingers.keys()) picture.setPointerCapture(id);
  dragged = true;
  const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
  const other = [...fingers].filter(([id]) => id !== event.pointerId).map(([, held]) => held)[0];
  const before = other && Math.hypot(finger.x - other.x, finger.y - other.y);
  Object.assign(finger, { x: event.clientX, y: event.clientY });
  if (!other) return move(camera.x + dx, camera.y + dy, camera.zoom);
  const ground = picture.getBoundingClientRect();
  camera.x += dx / 2;
  camera.y += dy / 2;
  const after = Math.hypot(finger.x - other.x, finger.y - other.y);
  zoomBy(after / Math.max(before, 1), (finger.x + other.x) / 2 - ground.left, (finger.y + other.y) / 2 - ground.top);
});
for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, (event) => fingers.delete(event.pointerId));
// a mouse let go elsewhere holds nothing any more
addEventListener("pointerup", (event) => fingers.delete(event.pointerId));
picture.addEventListener("wheel", (event) => {
  event.preventDefault();
  const ground = picture.getBoundingClientRect();
  const step = event.deltaY * (event.deltaMode ? 30 : 1) * (event.ctrlKey ? 4 : 1);
  zoomBy(Math.exp(-step / 600), event.clientX - ground.left, event.clientY - ground.top);
}, { passive: false });

// what was clicked; a thin line is also found from right beside it
function hit(event) {
  const near = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3], [5, 5], [-5, -5], [5, -5], [-5, 5]];
  for (const [dx, dy] of near) {
    const under = document.elementFromPoint(event.clientX + dx, event.clientY + dy);
    const group = under && under.closest("g.item");
    if (group && state.view.byGroup.has(group)) return state.view.byGroup.get(group);
  }
  return null;
}

picture.addEventListener("click", (event) => {
  if (dragged) return void (dragged = false);
  const node = hit(event);
  if (node) choose(node.record.id); else clear();
});
at("in").addEventListener("click", () => zoomBy(1.25));
at("out").addEventListener("click", () => zoomBy(0.8));
at("fit").addEventListener("click", fit);
