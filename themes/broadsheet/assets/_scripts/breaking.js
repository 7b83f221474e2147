// The line above the masthead goes at its time, and when the reader does not want to see it any more. Until another one comes,
// it stays away. Its room stays, so that nothing moves but what the reader moves.

import { recall, remember } from "./memory.js";

const CLOSED_LINE = "breaking"; // under this name what it said is remembered
const MOST_DELAY = 2 ** 31 - 1; // milliseconds that a browser can wait

export function attendBreaking(place) {
  const line = place.querySelector(".breaking");
  if (!line) return;
  const words = line.querySelector("p").textContent;
  const left = Date.parse(line.dataset.until) - Date.now(); // NaN: it has no end
  const leave = () => line.classList.add("over");
  if (left <= 0 || recall(CLOSED_LINE) === words) leave();
  if (left > 0 && left < MOST_DELAY) setTimeout(leave, left);
  line.querySelector("button").addEventListener("click", () => {
    remember(CLOSED_LINE, words);
    line.remove();
    document.querySelector(".masthead-tools :is(a, select)")?.focus(); // what comes next
  });
}
