// The player at the foot of the window: what its controls do, and what they show.

import { showOnLockScreen, takeMediaKeys } from "./media_keys.js";
import { recall, remember } from "./memory.js";
import { keepStop, stopHere } from "./stops.js";

const STEP = 15; // seconds
const EDGE = 5; // seconds: so near to the beginning or the end is no place to go on from
const SPEED = "listen-speed";
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export class Player {
  #section; #sound; #bar; #opener; #slider; #speed; #problem; #kept = 0;

  // `sound` is an audio element, or has the manners of one.
  constructor(section, sound) {
    this.#section = section;
    this.#sound = sound;
    this.#bar = section.querySelector(".listen-bar");
    this.#opener = section.querySelector(".listen-open");
    this.#slider = this.#bar.querySelector("input");
    this.#speed = this.#bar.querySelector("select");
    this.#problem = this.#bar.querySelector("[role=status]");
    this.#restoreSpeed();
    this.#obeyControls();
    this.#followSound();
  }

  get paused() { return this.#sound.paused; }
  get position() { return this.#sound.currentTime; }
  get rate() { return Number(this.#speed.value); }

  // Seconds; 0 if neither the sound nor the page can tell.
  get total() {
    return (Number.isFinite(this.#sound.duration) && this.#sound.duration) || Number(this.#section.dataset.seconds);
  }

  play() {
    this.#problem.textContent = "";
    this.#sound.play()?.catch(() => this.#fail());
  }

  pause() { this.#sound.pause(); }
  toggle() { if (this.paused) this.play(); else this.pause(); }
  move(seconds) { this.#sound.currentTime = Math.max(0, Math.min(this.total || seconds, seconds)); }
  back(seconds) { this.move(this.position - (seconds || STEP)); }
  forward(seconds) { this.move(this.position + (seconds || STEP)); }

  open() {
    if (this.#bar.hidden) {
      const stop = stopHere();
      if (stop && this.position < 1) this.move(stop);
      this.#setOpen(true);
      this.#show();
      takeMediaKeys(this, this.#bar.querySelector(".listen-story").textContent);
    }
    this.play();
  }

  close() {
    this.pause();
    this.#setOpen(false);
  }

  #setOpen(open) {
    this.#bar.hidden = !open;
    this.#opener.setAttribute("aria-expanded", open);
    document.documentElement.classList.toggle("listening", open);
    (open ? this.#part("toggle") : this.#opener).focus();
  }

  #part(name) { return this.#bar.querySelector(`[data-listen=${name}]`); }

  #restoreSpeed() {
    this.#speed.value = recall(SPEED) ?? "1";
    if (this.#speed.selectedIndex < 0) this.#speed.value = "1";
    this.#setSpeed();
  }

  #setSpeed() { this.#sound.defaultPlaybackRate = this.#sound.playbackRate = this.rate; }

  #obeyControls() {
    const buttons = {
      toggle: () => this.toggle(),
      back: () => this.back(),
      forward: () => this.forward(),
      close: () => this.close(),
    };
    for (const [name, act] of Object.entries(buttons)) this.#part(name).addEventListener("click", act);
    this.#opener.addEventListener("click", () => this.open());
    this.#bar.addEventListener("keydown", (event) => this.#onKey(event));
    this.#slider.addEventListener("input", () => this.move(Number(this.#slider.value)));
    this.#speed.addEventListener("change", () => {
      this.#setSpeed();
      remember(SPEED, this.#speed.value);
      this.#show();
    });
  }

  // What the keyboard does beside what buttons and sliders do anyway.
  #onKey(event) {
    const { key, target } = event;
    const forward = getComputedStyle(target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key === "Escape") this.close();
    else if (key === " " && target.matches("input")) this.toggle();
    else if (!/^Arrow(Left|Right)$/.test(key) || !target.matches("button")) return;
    else if (key === forward) this.forward();
    else this.back();
    event.preventDefault();
  }

  #followSound() {
    const on = (names, act) => names.split(" ").forEach((name) => this.#sound.addEventListener(name, act));
    on("play pause timeupdate durationchange ended", () => this.#show());
    on("timeupdate", () => { if (Math.abs(this.position - this.#kept) >= EDGE) this.#keepStop(); });
    on("pause ended", () => this.#keepStop());
    on("error", () => this.#fail());
    addEventListener("pagehide", () => {
      if (this.paused) return;
      this.pause();
      this.#keepStop();
    });
  }

  #keepStop() {
    this.#kept = this.position;
    const inside = this.#kept > EDGE && (!this.total || this.#kept < this.total - EDGE);
    keepStop(inside ? this.#kept : 0);
  }

  #fail() {
    this.#problem.textContent = this.#problem.dataset.text;
    this.#show();
  }

  #show() {
    const elapsed = clock(this.position);
    const total = this.total ? clock(this.total) : "–";
    const toggle = this.#part("toggle");
    this.#part("elapsed").textContent = elapsed;
    this.#part("total").textContent = total;
    this.#slider.max = Math.ceil(this.total) || 1;
    this.#slider.value = this.position;
    const text = this.#slider.dataset.text.replace("{elapsed}", elapsed).replace("{total}", total);
    this.#slider.setAttribute("aria-valuetext", text);
    this.#bar.classList.toggle("playing", !this.paused);
    toggle.setAttribute("aria-label", this.paused ? toggle.dataset.play : toggle.dataset.pause);
    if (!this.#bar.hidden) showOnLockScreen(this);
  }
}
