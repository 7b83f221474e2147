// The player at the foot of the window: the story's recording, or the browser's own voice.

import { recall, remember } from "./_memory.js";
import { Voice } from "./_voice.js";

const STEP = 15; // seconds
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// Where the reader stopped, for the last fifty stories.
function stops() {
  try { return JSON.parse(recall("listen-stops")) ?? {}; } catch { return {}; }
}

function keepStop(seconds) {
  const others = Object.entries(stops()).filter(([path]) => path !== location.pathname).slice(-49);
  const all = seconds ? [...others, [location.pathname, seconds]] : others;
  remember("listen-stops", JSON.stringify(Object.fromEntries(all)));
}

// Keys of the keyboard, the lock screen and the headphones.
function mediaSession(sound, player, title) {
  const session = navigator.mediaSession;
  if (!session || !window.MediaMetadata) return;
  const name = document.querySelector("meta[property='og:site_name']")?.content;
  const picture = document.querySelector(".lead-figure img")?.currentSrc;
  session.metadata = new MediaMetadata({ title, artist: name, artwork: picture ? [{ src: picture }] : [] });
  const actions = {
    play: player.play,
    pause: () => sound.pause(),
    stop: player.close,
    seekbackward: ({ seekOffset }) => player.move(sound.currentTime - (seekOffset || STEP)),
    seekforward: ({ seekOffset }) => player.move(sound.currentTime + (seekOffset || STEP)),
    seekto: ({ seekTime }) => player.move(seekTime),
  };
  for (const [action, act] of Object.entries(actions)) {
    try { session.setActionHandler(action, act); } catch { /* a browser need not know all of them */ }
  }
}

function tellSession(sound, total, rate) {
  const session = navigator.mediaSession;
  if (!session?.setPositionState || !total) return;
  session.playbackState = sound.paused ? "paused" : "playing";
  session.setPositionState({ duration: total, playbackRate: rate, position: Math.min(total, sound.currentTime) });
}

// What the keyboard does in the player beside what buttons and sliders do anyway.
function onKey(event, player) {
  const { key, target } = event;
  const forward = getComputedStyle(target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "Escape") player.close();
  else if (key === " " && target.matches("input")) player.toggle();
  else if (/^Arrow(Left|Right)$/.test(key) && target.matches("button")) player.step(key === forward ? STEP : -STEP);
  else return;
  event.preventDefault();
}

export function listen() {
  const section = document.querySelector(".listen");
  const story = document.querySelector(".article-body");
  if (!section) return;
  const recording = section.querySelector("audio");
  if (!recording && !("speechSynthesis" in window)) { section.hidden = true; return; }

  const sound = recording ?? new Voice(story, Number(section.dataset.seconds));
  const opener = section.querySelector(".listen-open");
  const bar = section.querySelector(".listen-bar");
  const part = (name) => bar.querySelector(`[data-listen=${name}]`);
  const slider = bar.querySelector("input");
  const speed = bar.querySelector("select");
  const problem = bar.querySelector("[role=status]");
  const total = () => (Number.isFinite(sound.duration) && sound.duration) || Number(section.dataset.seconds);
  let kept = 0;

  const show = () => {
    const elapsed = clock(sound.currentTime);
    const end = total() ? clock(total()) : "–";
    part("elapsed").textContent = elapsed;
    part("total").textContent = end;
    slider.max = Math.ceil(total()) || 1;
    slider.value = sound.currentTime;
    slider.setAttribute("aria-valuetext", slider.dataset.text.replace("{elapsed}", elapsed).replace("{total}", end));
    bar.classList.toggle("playing", !sound.paused);
    part("toggle").setAttribute("aria-label", sound.paused ? part("toggle").dataset.play : part("toggle").dataset.pause);
    if (!bar.hidden) tellSession(sound, total(), Number(speed.value));
  };
  // The first and the last seconds are no place to go on from.
  const keep = () => {
    kept = sound.currentTime;
    keepStop(kept > 5 && (!total() || kept < total() - 5) ? kept : 0);
  };
  const failed = () => { problem.textContent = problem.dataset.text; show(); };
  const open = (yes) => {
    bar.hidden = !yes;
    opener.setAttribute("aria-expanded", yes);
    document.documentElement.classList.toggle("listening", yes);
    (yes ? part("toggle") : opener).focus();
  };
  const player = {
    play() { problem.textContent = ""; sound.play()?.catch(failed); },
    toggle() { if (sound.paused) player.play(); else sound.pause(); },
    move(seconds) { sound.currentTime = Math.max(0, Math.min(total() || seconds, seconds)); },
    step(seconds) { player.move(sound.currentTime + seconds); },
    close() { sound.pause(); open(false); },
  };
  const begin = () => {
    if (!bar.hidden) return player.play();
    const stop = stops()[location.pathname];
    if (stop && sound.currentTime < 1) player.move(stop);
    open(true);
    show();
    player.play();
    mediaSession(sound, player, section.querySelector(".listen-story").textContent);
  };
  const setSpeed = () => { sound.defaultPlaybackRate = sound.playbackRate = Number(speed.value); };

  opener.addEventListener("click", begin);
  part("toggle").addEventListener("click", player.toggle);
  part("back").addEventListener("click", () => player.step(-STEP));
  part("forward").addEventListener("click", () => player.step(STEP));
  part("close").addEventListener("click", player.close);
  bar.addEventListener("keydown", (event) => onKey(event, player));
  slider.addEventListener("input", () => player.move(Number(slider.value)));
  speed.value = recall("listen-speed") ?? speed.value;
  if (speed.selectedIndex < 0) speed.value = "1";
  speed.addEventListener("change", () => { setSpeed(); remember("listen-speed", speed.value); show(); });
  setSpeed();
  for (const name of ["play", "pause", "timeupdate", "durationchange", "ended"]) sound.addEventListener(name, show);
  sound.addEventListener("timeupdate", () => { if (Math.abs(sound.currentTime - kept) >= 5) keep(); });
  for (const name of ["pause", "ended"]) sound.addEventListener(name, keep);
  sound.addEventListener("error", failed);
  if (!recording) setInterval(() => { if (!sound.paused) show(); }, 250);
  addEventListener("pagehide", () => { if (!sound.paused) { sound.pause(); keep(); } });
}
