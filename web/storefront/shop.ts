/** What every page of the shop shares: language, theme, the shop itself, and the cart it has with the chat. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Cart } from "../shared/blocks";
import type { Dangol } from "../shared/dangol";
import { language, onPreferences, theme } from "../shared/preferences";
import type { Language, Theme } from "../shared/preferences";
import type { Store } from "./api";
import { shopWords } from "./words";
import type { ShopWords } from "./words";

export interface Shop {
  language: Language;
  theme: Theme;
  w: ShopWords;
  store: Store | null;
  cart: Cart | null;
}

export const ShopContext = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (!shop) throw new Error("a page stands outside the shop");
  return shop;
}

export function usePreferences(): { language: Language; theme: Theme; w: ShopWords } {
  const [, redraw] = useState(0);
  useEffect(() => onPreferences(() => redraw((n) => n + 1)), []);
  const now = language();
  return { language: now, theme: theme(), w: shopWords[now] };
}

/** The chat's side of the page, once its script is there. */
export function chat(): Promise<Dangol> {
  const ready = () => (window.dangol?.open ? (window.dangol as Dangol) : null);
  const there = ready();
  if (there) return Promise.resolve(there);
  return new Promise((resolve) => window.addEventListener("dangol:ready", () => resolve(ready() as Dangol), { once: true }));
}

export function useCart(): Cart | null {
  const [cart, setCart] = useState<Cart | null>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void chat().then((dangol) => {
      if (gone) return;
      stop = dangol.onCart(setCart);
      dangol.cart().then(setCart, () => undefined); // the header shows no count until it is known
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  return cart;
}

export function ask(text?: string): void {
  void chat().then((dangol) => dangol.open(text ? { text } : undefined));
}

/** Tells the chat which product "this" is. */
export function useProductOnPage(handle: string | null): void {
  useEffect(() => {
    (window.dangol ??= {}).page = { product: handle };
    return () => {
      if (window.dangol) window.dangol.page = { product: null };
    };
  }, [handle]);
}

export function useTitle(title: string | null | undefined): void {
  const { store } = useShop();
  useEffect(() => {
    const name = store?.name ?? "단골";
    document.title = title ? `${title} · ${name}` : name;
  }, [title, store?.name]);
}
