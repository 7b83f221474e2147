// A picture that is larger than its place can be seen as large as the window.

const LARGER = 1.15; // less than that is not worth a button

function enlarge(dialog, figure) {
  const place = dialog.querySelector(".enlarged-picture");
  place.replaceChildren(...figure.cloneNode(true).childNodes);
  place.querySelector(".enlarge-open").remove();
  place.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  place.querySelectorAll("[sizes]").forEach((element) => { element.sizes = "100vw"; });
  dialog.showModal();
}

function offer(dialog, image, button) {
  const figure = image.closest("figure");
  const opener = figure.appendChild(button.cloneNode(true));
  opener.setAttribute("aria-label", [opener.getAttribute("aria-label"), image.alt].filter(Boolean).join(": "));
  opener.addEventListener("click", () => enlarge(dialog, figure));
  image.addEventListener("click", () => opener.click());
}

export function offerEnlarging(part = document) {
  const dialog = document.querySelector("dialog.enlarged");
  if (!dialog) return;
  const button = dialog.querySelector("template").content.firstElementChild;
  for (const image of part.querySelectorAll(".lead-figure img, .article-body figure img")) {
    const larger = image.getAttribute("width") >= LARGER * image.clientWidth;
    if (larger && !image.closest("a")) offer(dialog, image, button);
  }
}
