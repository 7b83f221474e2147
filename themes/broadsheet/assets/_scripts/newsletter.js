// The sign-up form. One to another host is left to the browser; one to our own is answered on the spot.

import { remember } from "./memory.js";

export const NEWSLETTER = "newsletter"; // what is remembered of it: `sent` or `dismissed`

async function submit(event) {
  const form = event.target.closest(".newsletter form");
  if (!form) return;
  if (new URL(form.action).origin !== location.origin) {
    remember(NEWSLETTER, "sent");
    return;
  }
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  form.querySelector("[role=status]").textContent = answer?.ok ? form.dataset.success : form.dataset.failure;
  form.classList.toggle("failed", !answer?.ok);
  if (!answer?.ok) return;
  remember(NEWSLETTER, "sent");
  form.reset();
}

export function answerNewsletter() {
  document.addEventListener("submit", submit); // also of the form in the invitation, which comes later
}
