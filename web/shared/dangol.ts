import type { Cart } from "./blocks";

/** What a shop's page may do with the chat: window.dangol. */
export interface Dangol {
  page?: { product?: string | null };
  open: (wish?: { text?: string; choice?: string; label?: string }) => void;
  close: () => void;
  conversation: () => string | null;
  cart: () => Promise<Cart | null>;
  add: (sku: string, quantity?: number) => Promise<Cart>;
  setQuantity: (sku: string, quantity: number) => Promise<Cart>;
  useCoupon: (code: string) => Promise<Cart>;
  onCart: (listener: (cart: Cart | null) => void) => () => void;
}

declare global {
  interface Window {
    dangol?: Partial<Dangol>;
  }
}
