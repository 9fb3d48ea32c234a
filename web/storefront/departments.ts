/** The ways into the shop: its departments; what stands in none is a way of its own. */
import type { Store } from "./api";

export interface Department {
  slug: string;
  title: string;
}

const MOST = 7;

/** A category's slug is its path in the shop's own language ("Shoes > Sneakers"), of which any part from the left finds what lies in it. */
export function departments(store: Store): Department[] {
  const found = new Map<string, Department & { count: number }>();
  for (const { slug, title, department, count } of store.categories) {
    const root = department ? (slug.split(">")[0] ?? "").trim() : slug;
    const before = found.get(root)?.count ?? 0;
    found.set(root, { slug: root, title: department || title, count: before + count });
  }
  return [...found.values()].sort((a, b) => b.count - a.count).slice(0, MOST);
}

export function categoryTitle(store: Store | null, slug: string): string {
  const named = store?.categories.find((each) => each.slug === slug)?.title;
  return named ?? (store && departments(store).find((each) => each.slug === slug)?.title) ?? slug;
}
