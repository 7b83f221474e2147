// Listening to a story: to its recording, or to the browser's own voice.

import { Player } from "./player.js";
import { Voice } from "./voice.js";

export function listen() {
  const section = document.querySelector(".listen");
  if (!section) return;
  const recording = section.querySelector("audio");
  if (recording) new Player(section, recording);
  else if ("speechSynthesis" in window) {
    new Player(section, new Voice(document.querySelector(".article-body"), Number(section.dataset.seconds)));
  } else section.hidden = true;
}
