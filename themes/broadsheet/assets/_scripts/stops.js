// Where the reader stopped listening, for the last fifty stories.

import { recall, remember } from "./memory.js";

const STOPS = "listen-stops";
const MOST = 50;

function stops() {
  try { return JSON.parse(recall(STOPS)) ?? {}; } catch { return {}; }
}

// In seconds; 0 if there is none.
export function stopHere() {
  return stops()[location.pathname] ?? 0;
}

// 0 forgets it.
export function keepStop(seconds) {
  const others = Object.entries(stops()).filter(([path]) => path !== location.pathname).slice(1 - MOST);
  const all = seconds ? [...others, [location.pathname, seconds]] : others;
  remember(STOPS, JSON.stringify(Object.fromEntries(all)));
}
