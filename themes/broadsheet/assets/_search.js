// Pagefind, with an index for each year. Without this, the form of the search page leads to the list of topics.

const AT_ONCE = 10;

async function openIndexes(folders) {
  const pagefind = await import(`${folders[0]}pagefind.js`);
  await pagefind.options({ excerptLength: 28 });
  await Promise.all(folders.slice(1).map((folder) => pagefind.mergeIndex(folder)));
  return pagefind;
}

function resultItem({ excerpt, meta }, root) {
  const item = document.createElement("li");
  const heading = item.appendChild(document.createElement("h2"));
  const link = heading.appendChild(document.createElement("a"));
  link.href = root.replace(/\/$/, "") + meta.url;
  link.textContent = meta.title;
  const marked = new DOMParser().parseFromString(excerpt, "text/html").body;
  item.appendChild(document.createElement("p")).append(...marked.childNodes);
  if (meta.date) {
    const time = item.appendChild(document.createElement("time"));
    time.dateTime = meta.date;
    const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" });
    time.textContent = form.format(new Date(meta.date));
  }
  return item;
}

export function search() {
  const form = document.querySelector("form[data-search]");
  const folders = form?.dataset.search.split(" ").filter(Boolean) ?? [];
  if (!folders.length) return;

  const words = form.elements.q;
  const list = document.querySelector(".search-results");
  const status = document.querySelector(".search-status");
  const more = document.querySelector(".search-more");
  let indexes = null; // opened when the reader turns to the form
  let results = [];
  const opened = () => (indexes ??= openIndexes(folders));

  const show = async () => {
    const next = results.slice(list.children.length, list.children.length + AT_ONCE);
    const items = (await Promise.all(next.map((result) => result.data()))).map((data) => resultItem(data, form.dataset.root));
    list.append(...items);
    list.hidden = !list.children.length;
    more.hidden = list.children.length >= results.length;
    return items[0];
  };
  const find = async () => {
    const query = words.value.trim();
    const found = await (await opened()).search(query);
    results = found.results;
    list.replaceChildren();
    await show();
    const { found: some, none } = form.dataset;
    status.textContent = (results.length ? some : none).replace("{count}", results.length).replace("{query}", query);
  };
  const tried = () => find().catch(() => { indexes = null; status.textContent = form.dataset.failed; });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(words.value.trim())}`);
    tried();
  });
  words.addEventListener("focus", () => opened().catch(() => { indexes = null; }), { once: true });
  more.addEventListener("click", async () => (await show())?.querySelector("a").focus());
  const asked = new URLSearchParams(location.search).get("q");
  if (!asked) return; // the reader may have begun to write before this script came
  words.value = asked;
  tried();
}
