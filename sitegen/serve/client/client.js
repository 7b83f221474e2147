// Keeps a previewed page as its files are, without losing the reader's place.
const tools = document.currentScript.src.replace(/client\.js.*$/, "");
const mark = document.currentScript.dataset.mark;
const here = location.pathname;

function sameKind(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");
}

function adoptAttributes(old, fresh) {
  const kept = old.nodeName === "DETAILS" || old.nodeName === "DIALOG" ? ["open"] : [];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  }
}

// Makes `old` like `fresh` and leaves alone what is the same: focus, what is open, what plays, what was typed.
function adopt(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  adoptAttributes(old, fresh);
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    let match = place;
    while (match && !sameKind(match, child)) match = match.nextSibling;
    if (!match) {
      old.insertBefore(document.importNode(child, true), place);
      continue;
    }
    while (place !== match) place = dropped(place);
    adopt(match, child);
    place = match.nextSibling;
  }
  while (place) place = dropped(place);
}

function dropped(node) {
  const next = node.nextSibling;
  if (!ours(node)) node.remove();
  return next;
}

const ours = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-sitegen");

// A style sheet stays until the one that replaces it has come.
function adoptHead(fresh) {
  const sheets = (head) => [...head.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !ours(link));
  const before = sheets(document.head);
  const wanted = sheets(fresh).map((link) => link.getAttribute("href"));
  for (const link of sheets(fresh)) {
    if (before.some((old) => old.getAttribute("href") === link.getAttribute("href"))) continue;
    const copy = document.importNode(link, true);
    copy.onload = () => before.forEach((old) => wanted.includes(old.getAttribute("href")) || old.remove());
    document.head.append(copy);
  }
  if (document.title !== fresh.querySelector("title")?.textContent) document.title = fresh.querySelector("title")?.textContent || "";
}

function scripts(root) {
  return [...root.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).join(" ");
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { "Sitegen-Refresh": "1" } });
  if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.redirected || scripts(fresh) !== scripts(document)) return location.reload();
  adoptHead(fresh.head);
  adoptAttributes(document.documentElement, fresh.documentElement);
  adopt(document.body, fresh.body);
  bar();
}

function part(name, tag) {
  let element = document.querySelector(`[data-sitegen="${name}"]`);
  if (!element) {
    element = document.createElement(tag);
    element.dataset.sitegen = name;
    document.body.append(element);
  }
  return element;
}

function overlay(problem) {
  const shown = part("problem", "section");
  shown.hidden = !problem;
  shown.setAttribute("role", "alert");
  shown.replaceChildren();
  if (!problem) return;
  const text = document.createElement("pre");
  text.textContent = problem;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Hide the problem");
  close.onclick = () => (shown.hidden = true);
  shown.append(close, text);
}

async function bar() {
  const said = await (await fetch(`${tools}page.json?path=${encodeURIComponent(here)}`)).json();
  const shown = part("bar", "footer");
  const words = said.path ? [said.path, said.state, `${said.words} words`, `${said.minutes} min`] : [];
  const all = document.createElement("a");
  all.href = tools;
  all.textContent = said.problems ? `${said.problems} problems` : "no problems";
  shown.replaceChildren(`${[...words, ""].join(" · ")}`, all);
  shown.dataset.state = said.state || "published";
}

const sheet = document.createElement("link");
Object.assign(sheet, { rel: "stylesheet", href: `${tools}client.css` });
sheet.dataset.sitegen = "style";
document.head.append(sheet);

const events = new EventSource(`${tools}events?path=${encodeURIComponent(here)}&mark=${mark}`);
events.addEventListener("change", refresh);
events.addEventListener("problem", (event) => overlay(JSON.parse(event.data)));
events.addEventListener("follow", (event) => JSON.parse(event.data) !== here && location.assign(JSON.parse(event.data)));
addEventListener("pagehide", () => events.close());
bar();
