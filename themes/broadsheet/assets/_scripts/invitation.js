// The invitation to the newsletter: once, after half the story, and never to somebody who is listening, at a control, or
// at the form itself.

import { recall, remember } from "./memory.js";
import { NEWSLETTER } from "./newsletter.js";

const SETTLED = 2000; // milliseconds that belong to the browser, which restores the place where the reader was

function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

function isHalfRead(story) {
  const { top, bottom } = story.getBoundingClientRect();
  return top + bottom < innerHeight;
}

function isBusy() {
  return document.activeElement !== document.body || document.querySelector(".listen-bar:not([hidden]), dialog[open]");
}

export function inviteOnce() {
  const dialog = document.querySelector("dialog.overlay");
  const form = document.querySelector("main .newsletter");
  const story = document.querySelector(".article-body");
  if (!dialog || !form || !story || recall(NEWSLETTER)) return;
  const onScroll = ({ timeStamp }) => {
    if (timeStamp < SETTLED || isBusy() || inSight(form) || !isHalfRead(story) || recall(NEWSLETTER)) return;
    removeEventListener("scroll", onScroll);
    dialog.append(form.cloneNode(true));
    dialog.showModal();
  };
  addEventListener("scroll", onScroll, { passive: true });
  dialog.addEventListener("close", () => remember(NEWSLETTER, recall(NEWSLETTER) ?? "dismissed"));
}
