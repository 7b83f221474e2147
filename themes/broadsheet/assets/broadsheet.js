// Every page can be read without this file; all it does is add comfort. The words it shows come from the page.
import { search } from "./_search.js";

const remember = (key, value) => {
  try { localStorage.setItem(key, value); } catch { /* private window: remembered by nobody */ }
};
const recall = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};

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
  place.replaceChildren(...parsed.body.childNodes);
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
    return atForm || document.activeElement !== document.body || document.querySelector(".listen-bar:not([hidden])");
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
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

// The story read by the browser's own voice, with the manners of an audio element.
class Voice extends EventTarget {
  #sentences; #letters; #at = 0; #since = 0; #utterance = null; #rate = 1;
  paused = true;

  constructor(story, seconds) {
    super();
    this.duration = seconds;
    this.#sentences = sentencesOf(story);
    this.#letters = this.#sentences.reduce((sum, sentence) => sum + sentence.text.length, 0) || 1;
  }

  #secondsAt(index) {
    return this.#sentences[index] ? (this.#sentences[index].start / this.#letters) * this.duration : this.duration;
  }

  get currentTime() {
    const spoken = this.paused ? 0 : ((performance.now() - this.#since) / 1000) * this.#rate;
    return Math.min(this.#secondsAt(this.#at) + spoken, this.#secondsAt(this.#at + 1));
  }

  set currentTime(seconds) {
    const forward = seconds > this.currentTime;
    let index = this.#sentences.findLastIndex((_, i) => this.#secondsAt(i) <= seconds);
    if (forward && index === this.#at) index += 1;
    this.#at = Math.max(0, index);
    if (!this.paused) this.#speak();
    this.#tell("timeupdate");
  }

  set playbackRate(rate) {
    this.#rate = rate;
    if (!this.paused) this.#speak();
  }

  play() {
    this.paused = false;
    if (this.#at >= this.#sentences.length) this.#at = 0;
    this.#speak();
    this.#tell("play");
  }

  pause() {
    this.paused = true;
    this.#utterance = null; // what still ends is no longer ours
    speechSynthesis.cancel();
    this.#mark(null);
    this.#tell("pause");
  }

  #speak() {
    const sentence = this.#sentences[this.#at];
    if (!sentence) return this.pause();
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.lang = sentence.language;
    utterance.rate = this.#rate;
    utterance.onend = () => { if (utterance === this.#utterance) { this.#at += 1; this.#speak(); } };
    utterance.onerror = () => { if (utterance === this.#utterance) { this.pause(); this.#tell("error"); } };
    this.#utterance = utterance;
    this.#since = performance.now();
    this.#mark(sentence.element);
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  #mark(element) {
    document.querySelector(".being-read")?.classList.remove("being-read");
    element?.classList.add("being-read");
  }

  #tell(name) { this.dispatchEvent(new Event(name)); }
}

// Sentence by sentence: long utterances are cut off by some voices.
function sentencesOf(story) {
  const aside = "figure, aside, table, pre, nav, section, .footnotes";
  const sentences = [];
  let start = 0;
  for (const element of story.querySelectorAll("h2, h3, h4, p, li, dt, dd")) {
    if (element.querySelector("p, li") || story.contains(element.parentElement.closest(aside))) continue;
    const language = element.closest("[lang]").lang;
    const copy = element.cloneNode(true);
    copy.querySelectorAll("sup, .anchor").forEach((mark) => mark.remove());
    const parts = Intl.Segmenter
      ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(copy.textContent)].map((part) => part.segment)
      : [copy.textContent];
    for (const text of parts.map((part) => part.trim()).filter(Boolean)) {
      sentences.push({ element, language, text, start });
      start += text.length;
    }
  }
  return sentences;
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function listen() {
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
  const problem = bar.querySelector("[role=status]");
  const total = () => (Number.isFinite(sound.duration) && sound.duration) || Number(section.dataset.seconds);

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
  };
  const failed = () => { problem.textContent = problem.dataset.text; show(); };
  const play = () => { problem.textContent = ""; sound.play()?.catch(failed); };
  const move = (seconds) => { sound.currentTime = Math.max(0, Math.min(total(), seconds)); };
  const open = (yes) => {
    bar.hidden = !yes;
    opener.setAttribute("aria-expanded", yes);
    document.documentElement.classList.toggle("listening", yes);
    (yes ? part("toggle") : opener).focus();
  };

  opener.addEventListener("click", () => { open(true); show(); play(); });
  part("toggle").addEventListener("click", () => (sound.paused ? play() : sound.pause()));
  part("back").addEventListener("click", () => move(sound.currentTime - 15));
  part("forward").addEventListener("click", () => move(sound.currentTime + 15));
  const close = () => { sound.pause(); open(false); };
  part("close").addEventListener("click", close);
  bar.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  slider.addEventListener("input", () => move(Number(slider.value)));
  bar.querySelector("select").addEventListener("change", (event) => { sound.playbackRate = Number(event.target.value); });
  for (const name of ["play", "pause", "timeupdate", "durationchange", "ended"]) sound.addEventListener(name, show);
  sound.addEventListener("error", failed);
  if (!recording) setInterval(() => { if (!sound.paused) show(); }, 250);
  addEventListener("pagehide", () => sound.pause());
}

themeSwitch();
fragments();
invitation();
listen();
search();
document.addEventListener("click", embeds);
document.addEventListener("click", share);
document.addEventListener("submit", newsletter);
