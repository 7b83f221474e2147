// The browser's own way to share; where it has none, the link goes to the clipboard.

async function share({ target }) {
  const button = target.closest("[data-share]");
  if (!button) return;
  const url = button.dataset.share;
  if (navigator.share) {
    navigator.share({ title: document.title, url }).catch(() => {}); // the reader thought better of it
    return;
  }
  await navigator.clipboard?.writeText(url);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
}

export function shareOnClick() {
  document.addEventListener("click", share);
}
