// The story read by the browser's own voice, with the manners of an audio element.

export class Voice extends EventTarget {
  #sentences; #letters; #at = 0; #since = 0; #utterance = null; #rate = 1;
  paused = true;

  constructor(story, seconds) {
    super();
    this.duration = seconds;
    this.#sentences = sentencesOf(story);
    this.#letters = this.#sentences.reduce((sum, sentence) => sum + sentence.text.length, 0) || 1;
    setInterval(() => { if (!this.paused) this.#tell("timeupdate"); }, 250);
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
    if (!sentence) { this.pause(); this.#tell("ended"); return; }
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.lang = sentence.language;
    utterance.rate = this.#rate;
    utterance.onend = () => { if (utterance === this.#utterance) { this.#at += 1; this.#speak(); } };
    utterance.onerror = () => { if (utterance === this.#utterance) { this.pause(); this.#tell("error"); } };
    this.#utterance = utterance;
    this.#since = performance.now();
    this.#mark(sentence.element);
    this.#tell("timeupdate");
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
  const aside = "figure, aside, table, pre, nav, section, [role=group], .footnotes";
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
