// Keeps a previewed page as its files are, without losing the reader's place.
//
// Scripts have worked on the page, so it is not what the server sent. What the server sends now is therefore compared
// with what it sent before, and only where those two differ is the page changed.
(function () {
  "use strict";

  const script = document.currentScript;
  const tools = script.src.replace(/client\.js.*$/, "");
  const here = location.pathname;
  const live = new WeakMap(); // from a node as the server sent it to that node in the page
  const trusted = window.trustedTypes?.createPolicy("sitegen", { createHTML: (html) => html }) ?? { createHTML: (html) => html };
  let mark = script.dataset.mark;
  let sent = document.documentElement.cloneNode(true); // before the scripts of the page have run
  let events = null;

  // What the server sent

  function remember(node, shown) {
    live.set(node, shown);
    const inner = shown.childNodes;
    [...node.childNodes].forEach((child, number) => remember(child, inner[number]));
  }

  function withoutClient(root) {
    root.querySelectorAll('script[src$="/__sitegen/client.js"]').forEach((own) => own.remove());
    return root;
  }

  function parsed(text) {
    return withoutClient(new DOMParser().parseFromString(trusted.createHTML(text), "text/html").documentElement);
  }

  // What a page cannot change once it has been loaded. Digests in a policy are those of scripts, or of mere data.
  function essential(root) {
    const found = root.querySelectorAll('script:not([type="application/ld+json"]), meta[http-equiv="Content-Security-Policy" i]');
    return [...found].map((node) => node.outerHTML.replace(/ 'sha256-[^']*'/g, "")).join("\n");
  }

  // Which nodes of two lists belong together

  const KIND = ["id", "rel", "name", "property", "http-equiv", "type"];
  const MOST = 4e6; // comparisons that take no longer than a glance
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  const whole = (node) => (isElement(node) ? node.outerHTML : node.nodeType + node.nodeValue);
  const kind = (node) => node.nodeName + (isElement(node) ? KIND.map((name) => ` ${node.getAttribute(name) ?? ""}`).join("") : "");

  function worth(old, fresh) {
    if (old.kind !== fresh.kind) return 0;
    const blank = !isElement(old.node) && !old.node.nodeValue.trim();
    if (old.whole === fresh.whole) return blank ? 1 : 8;
    if (!isElement(old.node)) return 2;
    return 2 + (old.node.className === fresh.node.className ? 1 : 0) + (old.node.id ? 3 : 0);
  }

  // From each node of `after` to the one of `before` that it comes from. The order stays, what is the same comes first.
  function aligned(before, after) {
    const seen = (node) => ({ node, kind: kind(node), whole: whole(node) });
    let olds = before.map(seen);
    let news = after.map(seen);
    const pairs = new Map();
    const same = (old, fresh) => old && fresh && old.whole === fresh.whole;
    while (same(olds[0], news[0])) pairs.set(news.shift().node, olds.shift().node);
    while (same(olds.at(-1), news.at(-1))) pairs.set(news.pop().node, olds.pop().node);
    if (olds.length * news.length > MOST) return pairs;
    const best = Array.from({ length: olds.length + 1 }, () => new Uint32Array(news.length + 1));
    for (let i = olds.length - 1; i >= 0; i--) {
      for (let j = news.length - 1; j >= 0; j--) {
        const value = worth(olds[i], news[j]);
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], value && value + best[i + 1][j + 1]);
      }
    }
    for (let i = 0, j = 0; i < olds.length && j < news.length; ) {
      const value = worth(olds[i], news[j]);
      if (value && best[i][j] === value + best[i + 1][j + 1]) pairs.set(news[j++].node, olds[i++].node);
      else if (best[i][j] === best[i + 1][j]) i++;
      else j++;
    }
    return pairs;
  }

  // Changing the page

  function adopt(before, after) {
    const shown = live.get(before);
    if (!shown) return; // a script has taken it away
    if (before.isEqualNode(after)) {
      keep(before, after);
    } else if (after.nodeName === "LINK" && after.relList.contains("stylesheet")) {
      exchange(shown, after);
    } else if (isElement(after)) {
      live.set(after, shown);
      adoptAttributes(before, after, shown);
      adoptChildren(before, after, shown);
    } else {
      live.set(after, shown);
      shown.nodeValue = after.nodeValue;
    }
  }

  function keep(before, after) {
    const shown = live.get(before);
    if (shown) live.set(after, shown);
    const inner = after.childNodes;
    before.childNodes.forEach((child, number) => keep(child, inner[number]));
  }

  // A style sheet stays until the one that replaces it has come.
  function exchange(shown, after) {
    const fresh = document.importNode(after, true);
    fresh.onload = fresh.onerror = () => shown.remove();
    shown.after(fresh);
    live.set(after, fresh);
  }

  function adoptAttributes(before, after, shown) {
    for (const { name } of before.attributes) {
      // A script in the head may have written on the root before this one ran.
      if (!after.hasAttribute(name) && shown !== document.documentElement) shown.removeAttribute(name);
    }
    for (const { name, value } of after.attributes) {
      if (before.getAttribute(name) !== value) shown.setAttribute(name, value);
    }
  }

  function adoptChildren(before, after, shown) {
    const pairs = aligned([...before.childNodes], [...after.childNodes]);
    const kept = new Set(pairs.values());
    before.childNodes.forEach((child) => kept.has(child) || live.get(child)?.remove());
    let last = null;
    for (const child of after.childNodes) {
      if (pairs.has(child)) {
        adopt(pairs.get(child), child);
      } else {
        const fresh = document.importNode(child, true);
        shown.insertBefore(fresh, last ? last.nextSibling : shown.firstChild);
        remember(child, fresh);
      }
      const now = live.get(child);
      if (now?.parentNode === shown) last = now;
    }
  }

  async function refresh() {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
    const after = parsed(await answer.text());
    if (answer.redirected || !isPage || essential(after) !== essential(sent)) return location.reload();
    adopt(sent, after);
    sent = after;
  }

  // Fragments that a script has filled in are no part of what was sent, but may be old just the same.
  let fragments = {};

  async function refill(place) {
    const answer = await fetch(place.dataset.fragment, { cache: "no-cache" });
    if (answer.ok) place.replaceChildren(...new DOMParser().parseFromString(trusted.createHTML(await answer.text()), "text/html").body.childNodes);
  }

  function adoptFragments(marks) {
    for (const place of document.querySelectorAll("[data-fragment]")) {
      const [known, fresh] = [fragments[place.dataset.fragment], marks[place.dataset.fragment]];
      if (known && fresh && known !== fresh) refill(place).catch(() => undefined);
    }
    fragments = marks;
  }

  // What the preview says of the page

  function part(name, tag) {
    let element = document.querySelector(`[data-sitegen="${name}"]`);
    if (!element) {
      element = document.createElement(tag);
      Object.assign(element, { lang: "en", dir: "ltr" });
      element.dataset.sitegen = name;
      document.body.append(element);
    }
    return element;
  }

  function made(tag, text, more = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...more });
  }

  function overlay(problem) {
    const shown = part("problem", "section");
    shown.hidden = !problem;
    shown.setAttribute("role", "alert");
    const close = made("button", "×", { type: "button", ariaLabel: "Hide the problem", onclick: () => (shown.hidden = true) });
    shown.replaceChildren(...(problem ? [close, made("pre", problem)] : []));
  }

  const counted = (number, noun) => `${number || "no"} ${noun}${number === 1 ? "" : "s"}`;

  function bar(said) {
    const shown = part("bar", "aside");
    shown.ariaLabel = "Preview of this page";
    const open = shown.querySelector("details")?.open ?? false;
    const words = said.path ? [said.path, said.state, counted(said.words, "word"), `${said.minutes} min`] : [];
    if (said.told.length) words.push(`${counted(said.told.length, "problem")} here`);
    const why = made("details", "", { open });
    why.append(made("summary", "why"), made("p", said.why), ...said.told.map((problem) => made("pre", problem)));
    const all = made("a", `${counted(said.problems, "problem")} in all`, { href: tools });
    shown.replaceChildren(...words.map((word) => made("span", word)), ...(said.why ? [why] : []), all);
    shown.dataset.state = said.state || "published";
  }

  // Hearing of changes

  let doing = Promise.resolve(); // one after the other

  function change(fresh) {
    doing = doing.then(refresh).then(() => (mark = fresh), () => undefined); // if it fails, the next connection tells again
  }

  // How many saved pages this tab was sent to. The next page goes on from there: a save may fall between the two.
  const FOLLOWED = "sitegen-followed";
  const followed = () => sessionStorage.getItem(FOLLOWED) ?? "";

  function follow([count, url]) {
    sessionStorage.setItem(FOLLOWED, count);
    if (url !== here) location.assign(url);
  }

  const REACTIONS = {
    hello: (count) => sessionStorage.setItem(FOLLOWED, count),
    change,
    problem: overlay,
    page: bar,
    fragments: adoptFragments,
    move: (url) => location.replace(url),
    follow,
  };

  // Browsers have few connections to a server at a time, so a page that nobody sees lets go of its own.
  function connect() {
    events?.close();
    if (document.hidden) return;
    const query = new URLSearchParams({ path: here, mark, saved: followed() });
    const source = (events = new EventSource(`${tools}events?${query}`));
    for (const [kind, react] of Object.entries(REACTIONS)) {
      source.addEventListener(kind, (event) => react(JSON.parse(event.data)));
    }
    source.onerror = () => {
      source.close();
      if (source === events) setTimeout(() => source === events && connect(), 300);
    };
  }

  remember(sent, document.documentElement);
  withoutClient(sent);
  const sheet = made("link", "", { rel: "stylesheet", href: `${tools}client.css` });
  sheet.dataset.sitegen = "style";
  document.head.append(sheet);
  document.addEventListener("visibilitychange", connect);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  addEventListener("keydown", (event) => event.key === "Escape" && overlay(""));
  connect();
})();
