/** Shortcuts: single keys, and two in a row such as “g m”; never while somebody writes. */
import { useLayoutEffect, useRef } from "preact/hooks";

export type Keymap = Record<string, () => void>;

const maps: { current: Keymap }[] = [];
const SECOND_KEY_MS = 1_200;
const MID_SENTENCE_MS = 4_000;
let first = "";
let firstAt = 0;
let enabled = () => true;

export function listenToKeys(allowed: () => boolean): void {
  enabled = allowed;
  document.addEventListener("keydown", (event) => {
    if (midSentence(event)) return;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Escape" && (!enabled() || writes(event.target))) return;
    if (document.querySelector("dialog[open]")) return; // a dialog has its own keys
    const pair = Date.now() - firstAt < SECOND_KEY_MS ? `${first} ${event.key}` : "";
    for (const key of [pair, event.key]) {
      const run = key && maps.findLast((map) => map.current[key])?.current[key];
      if (!run) continue;
      event.preventDefault();
      first = "";
      run();
      return;
    }
    first = event.key;
    firstAt = Date.now();
  });
}

let field: HTMLElement | null = null;
let typedAt = 0;

/** Whoever types on after the field was taken from under their hands (somebody else took over) gives no commands. */
function midSentence(event: KeyboardEvent): boolean {
  const letter = event.isComposing || event.key === "Process" || (event.key.length === 1 && !event.ctrlKey && !event.metaKey);
  if (event.target instanceof HTMLElement && writes(event.target)) {
    field = event.target;
    typedAt = letter ? Date.now() : 0;
    return false;
  }
  if (!letter || !field || field.isConnected || Date.now() - typedAt > MID_SENTENCE_MS) return false;
  typedAt = Date.now();
  return true;
}

/** The view's shortcuts as long as it is shown; the newest view wins. */
export function useKeys(map: Keymap): void {
  const held = useRef(map);
  held.current = map;
  useLayoutEffect(() => { // before it is painted: whoever sees the view can use its keys
    maps.push(held);
    return () => {
      maps.splice(maps.indexOf(held), 1);
    };
  }, []);
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
