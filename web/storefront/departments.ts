/** The ways into the shop: its departments where their names are known, else its largest kinds of goods. */
import type { Store } from "./api";
import type { Language } from "../shared/preferences";

export interface Department {
  slug: string;
  title: string;
}

const MOST = 7;

/** A category's slug is its path in the shop's own language ("Shoes > Sneakers"); its title is the last part, translated. */
export function departments(store: Store, language: Language): Department[] {
  const own = store.locale.toLowerCase().startsWith(language);
  if (!own) return store.categories.slice(0, MOST).map(({ slug, title }) => ({ slug, title }));
  const sizes = new Map<string, number>();
  for (const { slug, title, count } of store.categories) {
    const name = slug.includes(">") ? (slug.split(">")[0] ?? "").trim() : title;
    sizes.set(name, (sizes.get(name) ?? 0) + count);
  }
  const flat = new Map(store.categories.map(({ slug, title }) => [title, slug]));
  return [...sizes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([name]) => ({ slug: flat.get(name) ?? name, title: name }));
}

export function categoryTitle(store: Store | null, slug: string): string {
  return store?.categories.find((each) => each.slug === slug)?.title ?? slug;
}
