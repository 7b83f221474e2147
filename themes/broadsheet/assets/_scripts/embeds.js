// Content of other hosts is asked for by a click, never before.

const ALLOWED = "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation";

function frameFor(link) {
  const frame = document.createElement("iframe");
  frame.src = link.dataset.embed;
  frame.title = link.dataset.title;
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", ALLOWED);
  return frame;
}

export function loadEmbedsOnClick() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-embed]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = frameFor(link);
    link.parentElement.replaceChildren(frame);
    frame.focus();
  });
}
