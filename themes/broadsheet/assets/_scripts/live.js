// A live blog asks for its entries again while somebody looks at it, and offers what is new: nothing on the page moves
// until the reader wants it to.

import { offerEnlarging } from "./enlarging.js";

const PAUSE = 30_000; // milliseconds between two questions
const LONGEST = 600_000; // the longest pause, when there are no answers

const idsOf = (entries) => new Set([...entries.querySelectorAll(".live-entry")].map((entry) => entry.id));

// Calls `ask` again and again, but not while the page is hidden; less and less often while it comes to nothing, and no more
// once it says so.
function repeat(ask) {
  let pause = PAUSE, asked = performance.now(), timer = 0, busy = false, over = false;

  function wait() {
    clearTimeout(timer);
    if (!document.hidden && !busy && !over) timer = setTimeout(next, Math.max(0, asked + pause - performance.now()));
  }

  async function next() {
    busy = true;
    const said = await ask();
    busy = false;
    asked = performance.now();
    over = said === "over";
    pause = said === "nothing" ? Math.min(2 * pause, LONGEST) : PAUSE;
    wait();
  }

  document.addEventListener("visibilitychange", wait);
  wait();
}

// Reads what `url` holds, as text; null if there is no answer. The host is asked whether it has changed since the last
// time, and need not send it again.
function reader(url) {
  let tag = "", text = "";
  return async () => {
    const answer = await fetch(url, { cache: "no-cache", headers: tag ? { "If-None-Match": tag } : {} }).catch(() => null);
    if (answer?.status === 304) return text;
    const read = answer?.ok ? await answer.text().catch(() => null) : null;
    if (read !== null) [tag, text] = [answer.headers.get("etag") ?? "", read];
    return read;
  };
}

export function followLive() {
  const blog = document.querySelector("[data-live]");
  if (!blog) return;
  const news = blog.querySelector(".live-news");
  const read = reader(blog.dataset.live);
  let shown = blog.querySelector(".live-entries");
  let latest = shown;
  let text = "";

  function offer() {
    const known = idsOf(shown);
    const count = [...idsOf(latest)].filter((id) => !known.has(id)).length;
    const words = count === 1 ? blog.dataset.one : blog.dataset.more.replace("{count}", count);
    if (!count) news.replaceChildren();
    if (!count || news.textContent === words) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    news.replaceChildren(button);
  }

  function show() {
    const known = idsOf(shown);
    shown.replaceWith(latest);
    shown = latest;
    offerEnlarging(shown);
    news.replaceChildren();
    const first = [...shown.querySelectorAll(".live-entry")].find((entry) => !known.has(entry.id))?.querySelector("h2");
    first?.setAttribute("tabindex", "-1");
    first?.focus();
  }

  news.addEventListener("click", ({ target }) => { if (target.closest("button")) show(); });
  repeat(async () => {
    const answer = await read();
    if (answer === null) return "nothing";
    if (answer !== text) {
      text = answer;
      latest = new DOMParser().parseFromString(text, "text/html").querySelector(".live-entries") ?? latest;
      offer();
    }
    if (!("closed" in latest.dataset)) return "going on";
    if (!news.textContent) show();
    return "over";
  });
}
