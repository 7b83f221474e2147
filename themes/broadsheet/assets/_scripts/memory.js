// What this browser remembers of its reader.

export const remember = (key, value) => {
  try { localStorage.setItem(key, value); } catch { /* private window: remembered by nobody */ }
};
export const recall = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};
