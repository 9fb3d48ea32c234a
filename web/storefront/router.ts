/** The address bar as state: paths and their queries, without a page load. */
import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
}

const MOVED = "shop:moved";

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function go(address: string, replace = false): void {
  const before = location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  window.dispatchEvent(new Event(MOVED));
  if (location.pathname !== before) window.scrollTo(0, 0);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = () => setPlace(here());
    window.addEventListener(MOVED, follow);
    window.addEventListener("popstate", follow);
    return () => {
      window.removeEventListener(MOVED, follow);
      window.removeEventListener("popstate", follow);
    };
  }, []);
  return place;
}

/** Follows links to the shop's own pages in place; all others are the browser's. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
    if (!link || !plain || link.target || link.hasAttribute("download") || !isShopPage(link.href)) return;
    event.preventDefault();
    go(link.href);
  });
  window.addEventListener("dangol:visit", (event) => {
    const { url } = (event as CustomEvent<{ url: string }>).detail;
    if (!isShopPage(url)) return;
    event.preventDefault();
    go(url);
    if (matchMedia("(max-width: 480px)").matches) window.dangol?.close?.();
  });
}

function isShopPage(address: string): boolean {
  const url = new URL(address, location.href);
  return url.origin === location.origin && /^\/($|(products|articles)(\/|$)|cart$|orders\/)/.test(url.pathname) && !url.hash;
}
