/**
 * Text as people look for it: without tone marks and letter case, so that "lao cai" finds "Lào Cai"
 * and "dang" finds "Đặng". Used by the search lists of choices and by the catalogue.
 */

/** Lower case, no diacritics, đ → d, one apostrophe, single spaces. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .replace(/[’ʼ‘`´]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** A list prepared once for many searches. */
export interface Index<T> {
  items: readonly T[];
  keys: readonly string[];
}

export function indexOf<T>(items: readonly T[], textOf: (item: T) => string): Index<T> {
  return { items, keys: items.map((item) => fold(textOf(item))) };
}

/**
 * The items that hold every word of the query, at most `limit` of them: first those that begin with
 * the whole query, then those where each word begins a word, then the rest, each in list order.
 */
export function find<T>(
  index: Index<T>,
  query: string,
  limit: number,
): { found: T[]; more: number } {
  const folded = fold(query);
  if (folded === "") {
    return { found: index.items.slice(0, limit), more: Math.max(0, index.items.length - limit) };
  }
  const words = folded.split(" ");
  const ranks: T[][] = [[], [], []];
  index.keys.forEach((key, at) => {
    if (!words.every((word) => key.includes(word))) return;
    const begins = words.every((word) => key.startsWith(word) || key.includes(` ${word}`));
    const rank = key.startsWith(folded) ? 0 : begins ? 1 : 2;
    ranks[rank]?.push(index.items[at] as T);
  });
  const all = ranks.reduce((sum, rank) => sum.concat(rank), []);
  return { found: all.slice(0, limit), more: Math.max(0, all.length - limit) };
}
