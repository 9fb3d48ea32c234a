/** The shop's own pages open in place, from its own links and from the chat's. */
import { followLinks, go } from "../shared/router";

export function followShopLinks(): void {
  followLinks(isShopPage);
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
