// Light, dark, or as the system says. The line in the head of the page has applied the choice already.

import { recall, remember } from "./memory.js";

export function chooseColours() {
  const select = document.querySelector(".theme-switch select");
  if (!select) return;
  select.value = recall("theme") ?? "system";
  select.addEventListener("change", () => {
    document.documentElement.dataset.theme = select.value;
    remember("theme", select.value);
  });
}
