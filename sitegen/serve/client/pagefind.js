// Stands where the index of the search page will be. The preview makes none: it would take longer than all the rest.
const NOTE = {
  url: "/__sitegen/",
  meta: { title: "Searching works once the site is built", url: "/__sitegen/" },
  excerpt: "The preview makes no index. Run <code>sitegen build</code> and serve its output folder to try the search.",
  sub_results: [],
};

export const init = async () => undefined;
export const options = async () => undefined;
export const mergeIndex = async () => undefined;
export const preload = async () => undefined;
export const destroy = async () => undefined;
export const filters = async () => ({});
export const search = async () => ({ results: [{ id: "preview", score: 1, data: async () => NOTE }], filters: {} });
export const debouncedSearch = search;
