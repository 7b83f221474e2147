// Pagefind, with an index for each year. Without this, the form of the search page leads to the list of topics.

const AT_ONCE = 10;

async function openIndexes(folders) {
  const pagefind = await import(`${folders[0]}pagefind.js`);
  await pagefind.options({ excerptLength: 28 });
  await Promise.all(folders.slice(1).map((folder) => pagefind.mergeIndex(folder)));
  return pagefind;
}

function dateElement(date) {
  const time = document.createElement("time");
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" });
  time.dateTime = date;
  time.textContent = form.format(new Date(date));
  return time;
}

function resultItem({ excerpt, meta }, root) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
  link.href = root.replace(/\/$/, "") + meta.url;
  link.textContent = meta.title;
  const marked = new DOMParser().parseFromString(excerpt, "text/html").body;
  item.appendChild(document.createElement("p")).append(...marked.childNodes);
  if (meta.date) item.append(dateElement(meta.date));
  return item;
}

class SearchPage {
  #form; #folders; #results = [];
  #indexes = null; // opened when the reader turns to the form
  #words; #list; #status; #more;

  constructor(form, folders) {
    this.#form = form;
    this.#folders = folders;
    this.#words = form.elements.q;
    this.#list = document.querySelector(".search-results");
    this.#status = document.querySelector(".search-status");
    this.#more = document.querySelector(".search-more");
    form.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#words.addEventListener("focus", () => this.#open().catch(() => this.#close()), { once: true });
    this.#more.addEventListener("click", async () => (await this.#showMore())?.querySelector("a").focus());
  }

  async find(query) {
    this.#words.value = query;
    try {
      this.#results = (await (await this.#open()).search(query)).results;
      this.#list.replaceChildren();
      await this.#showMore();
      this.#say(this.#results.length ? this.#form.dataset.found : this.#form.dataset.none, query);
    } catch {
      this.#close();
      this.#say(this.#form.dataset.failed, query);
    }
  }

  #onSubmit(event) {
    event.preventDefault();
    const query = this.#words.value.trim();
    history.replaceState(null, "", `?q=${encodeURIComponent(query)}`);
    this.find(query);
  }

  #open() { return this.#indexes ??= openIndexes(this.#folders); }
  #close() { this.#indexes = null; } // the next search tries again

  #say(words, query) {
    this.#status.textContent = words.replace("{count}", this.#results.length).replace("{query}", query);
  }

  // The first of the results that came.
  async #showMore() {
    const shown = this.#list.children.length;
    const data = await Promise.all(this.#results.slice(shown, shown + AT_ONCE).map((result) => result.data()));
    const items = data.map((found) => resultItem(found, this.#form.dataset.root));
    this.#list.append(...items);
    this.#list.hidden = !this.#list.children.length;
    this.#more.hidden = this.#list.children.length >= this.#results.length;
    return items[0];
  }
}

export function search() {
  const form = document.querySelector("form[data-search]");
  const folders = form?.dataset.search.split(" ").filter(Boolean) ?? [];
  if (!folders.length) return;
  const page = new SearchPage(form, folders);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) page.find(asked); // else the reader may have begun to write before this script came
}
