/** The shop's public catalogue, as the storefront reads it. */
import { useEffect, useState } from "preact/hooks";
import type { Money, Options, Order, ProductItem, Reviews } from "../shared/blocks";
import type { Language } from "../shared/preferences";

export interface Branch {
  code?: string;
  name: string;
  address?: string | null;
  phone?: string | null;
  hours?: Record<string, string> | null;
}

export interface Store {
  name: string;
  languages: string[];
  locale: string;
  currency: string;
  hours?: Record<string, string> | null;
  branches?: Branch[];
  contact?: { email?: string | null; phone?: string | null } | null;
  assistant?: { name?: string | null } | null;
  categories: { slug: string; title: string; department: string; count: number }[];
}

export interface ArticleLine {
  slug: string;
  title: string;
  language: string;
}

export interface Article {
  title: string;
  html: string;
  language: string;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export type Facets = Record<string, FacetValue[] | { min: Money; max: Money }>;

export interface Found {
  items: ProductItem[];
  total: number;
  page: number;
  pages: number;
  facets: Facets;
  loosened?: string[];
}

export interface Variant {
  sku: string;
  options: Options;
  price: Money;
  compare_at?: Money | null;
  in_stock: boolean;
  left?: number | null;
  image?: string | null;
}

export interface Detail {
  product: string;
  title: string;
  brand?: string | null;
  category?: string | { slug?: string; title: string } | null;
  description_html?: string | null;
  attributes: { name: string; value: string }[];
  options: { name: string; values: { value: string; label: string }[] }[];
  variants: Variant[];
  images: string[];
  rating?: number | null;
  reviews_count?: number | null;
  shelf?: { branch: string; name: string; in_stock: boolean }[];
  size_chart?: { unit?: string; rows: Record<string, string | number>[] } | null;
  fit_note?: string | null;
}

export type Loaded<T> = { state: "loading"; value: T | null } | { state: "ready"; value: T } | { state: "missing" | "failed"; value: null };

class NotThere extends Error {}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (response.status === 404 || response.status === 401 || response.status === 403) throw new NotThere();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as T;
}

/** Reads one address and keeps the last answer on screen while the next is under way; null reads nothing. */
export function useRead<T>(path: string | null, again = 0): Loaded<T> & { retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading", value: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const control = new AbortController();
    setLoaded((before) => ({ state: "loading", value: before.value }));
    get<T>(path, control.signal)
      .then((value) => setLoaded({ state: "ready", value }))
      .catch((error: unknown) => {
        if (!control.signal.aborted) setLoaded({ state: error instanceof NotThere ? "missing" : "failed", value: null });
      });
    return () => control.abort();
  }, [path, attempt, again]);
  return { ...loaded, retry: () => setAttempt(attempt + 1) };
}

export const storePath = (language: Language) => `/api/store?language=${language}`;

export function productsPath(query: URLSearchParams, language: Language): string {
  const asked = new URLSearchParams(query);
  asked.set("language", language);
  const conversation = window.dangol?.conversation?.();
  if (conversation) asked.set("conversation", conversation);
  return `/api/store/products?${asked.toString()}`;
}

export const productPath = (handle: string, language: Language) => `/api/store/products/${encodeURIComponent(handle)}?language=${language}`;
export const reviewsPath = (handle: string, page: number, language: Language) =>
  `/api/store/products/${encodeURIComponent(handle)}/reviews?page=${page}&language=${language}`;
export const orderPath = (number: string, token: string, language: Language) =>
  `/api/store/orders/${encodeURIComponent(number)}?token=${encodeURIComponent(token)}&language=${language}`;

export const articlesPath = (language: Language) => `/api/store/articles?language=${language}`;
export const articlePath = (slug: string, language: Language) => `/api/store/articles/${encodeURIComponent(slug)}?language=${language}`;

export type { Order, Reviews };
