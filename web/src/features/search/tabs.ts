/** What a search shows: everything found, or one kind of it. */
export const SEARCH_TABS = ["all", "tracks", "artists", "releases"] as const;
export type SearchTab = (typeof SEARCH_TABS)[number];

/** Whether `word` is one of them. */
export function isSearchTab(word: unknown): word is SearchTab {
  return (SEARCH_TABS as readonly unknown[]).includes(word);
}
