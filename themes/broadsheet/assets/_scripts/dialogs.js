// A click beside a dialog closes it, as Esc and its button do by themselves.

export function closeBesides() {
  document.addEventListener("click", ({ target }) => { if (target.matches("dialog")) target.close(); });
}
