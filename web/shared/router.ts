/** The address bar as state: paths and their queries, without a page load. */
import { useLayoutEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
}

const MOVED = "dangol:moved";

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
  useLayoutEffect(() => { // before it is painted: what is pressed at once is followed as well
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

/** Follows links to pages of this application in place; all others are the browser's. */
export function followLinks(isOurs: (address: string) => boolean): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
    if (!link || !plain || link.target || link.hasAttribute("download") || !isOurs(link.href)) return;
    event.preventDefault();
    go(link.href);
  });
}
