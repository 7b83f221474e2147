// Every page can be read without this file; all it does is add comfort. The words it shows come from the page.

import { listen } from "./_listen.js";
import { recall, remember } from "./_memory.js";
import { search } from "./_search.js";

// Light, dark, or as the system says.
function themeSwitch() {
  const select = document.querySelector(".theme-switch select");
  const apply = (choice) => { document.documentElement.dataset.theme = select.value = choice; };
  if (!select) return;
  apply(recall("theme") ?? "system");
  select.addEventListener("change", () => { apply(select.value); remember("theme", select.value); });
}

// Small shared files that change more often than the page: fetched when the reader comes near their place.
async function fill(place) {
  const answer = await fetch(place.dataset.fragment).catch(() => null);
  if (!answer?.ok) return; // the page's own words stay
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = place.contains(document.activeElement);
  place.replaceChildren(...parsed.body.childNodes);
  if (focused) place.querySelector("a")?.focus(); // what the keyboard was on is gone
}

function fragments() {
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((entry) => entry.isIntersecting)) {
      watcher.unobserve(entry.target);
      fill(entry.target);
    }
  }, { rootMargin: "300px" });
  document.querySelectorAll("[data-fragment]").forEach((place) => watcher.observe(place));
}

// Content of other hosts is asked for by a click, never before.
function embeds(event) {
  const link = event.target.closest("a[data-embed]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.embed;
  frame.title = link.dataset.title;
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation");
  link.parentElement.replaceChildren(frame);
  frame.focus();
}

async function share(event) {
  const button = event.target.closest("[data-share]");
  if (!button) return;
  const url = button.dataset.share;
  if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
  await navigator.clipboard?.writeText(url);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
}

// A picture that is larger than its place can be seen as large as the window.
function enlarge(dialog, figure) {
  const place = dialog.querySelector(".enlarged-picture");
  place.replaceChildren(...figure.cloneNode(true).childNodes);
  place.querySelector(".enlarge-open").remove();
  place.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  place.querySelectorAll("[sizes]").forEach((element) => { element.sizes = "100vw"; });
  dialog.showModal();
}

function enlarging() {
  const dialog = document.querySelector("dialog.enlarged");
  const button = dialog?.querySelector("template").content.firstElementChild;
  for (const image of document.querySelectorAll(".lead-figure img, .article-body figure img")) {
    const figure = image.closest("figure");
    if (!dialog || image.closest("a") || image.getAttribute("width") < 1.15 * image.clientWidth) continue;
    const opener = figure.appendChild(button.cloneNode(true));
    opener.setAttribute("aria-label", [opener.getAttribute("aria-label"), image.alt].filter(Boolean).join(": "));
    opener.addEventListener("click", () => enlarge(dialog, figure));
    image.addEventListener("click", () => opener.click());
  }
}

function closeBesides(event) {
  if (event.target.matches("dialog")) event.target.close();
}

// A form to another host is left to the browser; to our own it is answered on the spot.
async function newsletter(event) {
  const form = event.target.closest(".newsletter form");
  if (!form) return;
  if (new URL(form.action).origin !== location.origin) return remember("newsletter", "sent");
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  form.querySelector("[role=status]").textContent = answer?.ok ? form.dataset.success : form.dataset.failure;
  form.classList.toggle("failed", !answer?.ok);
  if (!answer?.ok) return;
  remember("newsletter", "sent");
  form.reset();
}

// The invitation: once, after half the story, and never to somebody who is listening, at a control, or at the form itself.
function invitation() {
  const dialog = document.querySelector("dialog.overlay");
  const block = document.querySelector("main .newsletter");
  const story = document.querySelector(".article-body");
  if (!dialog || !block || !story || recall("newsletter")) return;
  const busy = () => {
    const { top, bottom } = block.getBoundingClientRect();
    const atForm = top < innerHeight && bottom > 0;
    return atForm || document.activeElement !== document.body || document.querySelector(".listen-bar:not([hidden]), dialog[open]");
  };
  const halfRead = () => {
    const { top, bottom } = story.getBoundingClientRect();
    return (top + bottom) / 2 < innerHeight / 2;
  };
  const onScroll = (event) => {
    // the first seconds belong to the browser, which restores the place where the reader was
    if (event.timeStamp < 2000 || busy() || !halfRead() || recall("newsletter")) return;
    removeEventListener("scroll", onScroll);
    dialog.append(block.cloneNode(true));
    dialog.showModal();
  };
  addEventListener("scroll", onScroll, { passive: true });
  dialog.addEventListener("close", () => remember("newsletter", recall("newsletter") ?? "dismissed"));
}

themeSwitch();
fragments();
invitation();
enlarging();
listen();
search();
document.addEventListener("click", closeBesides);
document.addEventListener("click", embeds);
document.addEventListener("click", share);
document.addEventListener("submit", newsletter);
