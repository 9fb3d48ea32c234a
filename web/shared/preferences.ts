/** Language and theme: chosen once on this shop's site, shared by its pages and the chat, in every tab. */

export type Language = "ko" | "en";
export type Theme = "auto" | "light" | "dark";

const CHANGED = "dangol:preferences";
const KEYS = { language: "dangol.language", theme: "dangol.theme" } as const;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that forbids storage still gets a working page
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    /* kept for this page only */
  }
  window.dispatchEvent(new CustomEvent(CHANGED));
}

export function asLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split("-")[0];
  return primary === "ko" || primary === "en" ? primary : null;
}

/** The language chosen by the shopper, else the page's wish, else the browser's. */
export function language(wish?: string | null): Language {
  return asLanguage(read(KEYS.language)) ?? asLanguage(wish) ?? asLanguage(navigator.language) ?? "en";
}

export function setLanguage(value: Language): void {
  if (value !== read(KEYS.language)) write(KEYS.language, value);
}

export function theme(wish?: string | null): Theme {
  const kept = read(KEYS.theme) ?? wish;
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function setTheme(value: Theme): void {
  write(KEYS.theme, value);
}

export function onPreferences(changed: () => void): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key === KEYS.language || event.key === KEYS.theme) changed();
  };
  window.addEventListener(CHANGED, changed);
  window.addEventListener("storage", fromOtherTab);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener("storage", fromOtherTab);
  };
}
