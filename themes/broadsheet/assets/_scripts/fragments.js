// Small shared files that change more often than the page: fetched when the reader comes near their place.

import { attendBreaking } from "./breaking.js";

async function fill(place) {
  const answer = await fetch(place.dataset.fragment).catch(() => null);
  if (!answer?.ok) return; // the page's own words stay
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = place.contains(document.activeElement);
  place.replaceChildren(...parsed.body.childNodes);
  attendBreaking(place);
  if (focused) place.querySelector("a")?.focus(); // what the keyboard was on is gone
}

export function fillFragments() {
  const watcher = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      watcher.unobserve(target);
      fill(target);
    }
  }, { rootMargin: "300px" });
  document.querySelectorAll("[data-fragment]").forEach((place) => watcher.observe(place));
}
