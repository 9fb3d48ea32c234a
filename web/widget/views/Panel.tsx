import { useEffect, useRef, useState } from "preact/hooks";
import { useSurface, useWords } from "../context";
import { useConversation } from "../../shared/views/context";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Log } from "./Log";
import { Rating } from "./Rating";

/** Where the chat takes the whole screen. */
export const SMALL = "(max-width: 480px)";

/** The open chat: beside the page on a desktop, the whole screen (and then modal) on a phone. */
export function Panel({ onClose }: { onClose: () => void }) {
  const { conversation } = useSurface();
  const { offline } = useConversation(conversation);
  const { w, language } = useWords();
  const panel = useRef<HTMLDivElement>(null);
  const small = useMedia(SMALL);
  const [rating, setRating] = useState(false);
  useKeyboardInset(panel, small);

  useEffect(() => {
    // on a phone the keyboard would cover half of what there is to read
    const first = small ? panel.current : panel.current?.querySelector<HTMLElement>("textarea");
    first?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    if (!small) return;
    const before = document.documentElement.style.overflow;
    document.documentElement.style.overflow = "hidden";
    return () => {
      document.documentElement.style.overflow = before;
    };
  }, [small]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation(); // a shop's own shortcuts stay out of what is typed here
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) onClose();
    if (event.key === "Tab" && small && panel.current) keepInside(event, panel.current);
  };

  return (
    <div ref={panel} class="panel" role="dialog" aria-modal={small} aria-label={w.assistant} tabIndex={-1} lang={language} onKeyDown={onKeyDown}>
      <Header onClose={onClose} onRate={() => setRating(true)} />
      <Log />
      {rating && (
        <Rating
          onDone={() => {
            setRating(false);
            panel.current?.querySelector("textarea")?.focus();
          }}
        />
      )}
      {/* always there, so that screen readers announce what comes into it */}
      <div role="status" class={offline ? "offline" : ""}>{offline && <><span class="spinner" />{w.offline}</>}</div>
      <Composer />
    </div>
  );
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setMatches(list.matches);
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, [query]);
  return matches;
}

/** On a phone the on-screen keyboard covers the page; the panel shrinks to what is left to see. */
function useKeyboardInset(panel: { current: HTMLDivElement | null }, small: boolean): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!small || !viewport) return;
    const fit = () => {
      panel.current?.style.setProperty("--seen-height", `${viewport.height}px`);
      panel.current?.style.setProperty("--seen-top", `${viewport.offsetTop}px`);
    };
    fit();
    viewport.addEventListener("resize", fit);
    viewport.addEventListener("scroll", fit);
    return () => {
      viewport.removeEventListener("resize", fit);
      viewport.removeEventListener("scroll", fit);
    };
  }, [panel, small]);
}

function keepInside(event: KeyboardEvent, panel: HTMLElement): void {
  const reachable = [...panel.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']")].filter(
    (element) => element.getClientRects().length > 0,
  );
  const first = reachable[0];
  const last = reachable.at(-1);
  const active = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey && (active === first || active === panel)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first?.focus();
  }
}
