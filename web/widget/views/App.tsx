import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import type { Conversation } from "../conversation";
import { SurfaceContext } from "../context";
import { BlockContext, useConversation } from "../../shared/views/context";
import { Icon, Mark } from "../../shared/icons";
import { words } from "../words";
import type { Voice } from "../voice/voice";
import { Panel } from "./Panel";

interface Props {
  conversation: Conversation;
  voice: Voice;
  server: string;
  open: boolean;
  setOpen: (open: boolean) => void;
}

/** The launcher, and the panel it opens. */
export function App({ conversation, voice, server, open, setOpen }: Props) {
  const { language, unread } = useConversation(conversation);
  const w = words[language];
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  const surface = useMemo(() => ({ conversation, voice, server, visit }), [conversation, voice, server]);

  useEffect(() => {
    if (open) {
      void conversation.begin();
      void voice.look();
    } else {
      voice.cancel();
      voice.hush();
    }
  }, [open, conversation, voice]);

  useEffect(() => {
    if (wasOpen.current && !open && !document.activeElement?.matches("a, button, input, select, textarea")) launcher.current?.focus();
    wasOpen.current = open;
  }, [open]);

  const close = useCallback(() => setOpen(false), [setOpen]);
  return (
    <SurfaceContext.Provider value={surface}>
      <BlockContext.Provider value={surface}>
      {open && <Panel onClose={close} />}
      <button
        ref={launcher}
        type="button"
        class={`launcher ${open ? "is-open" : ""}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? <Icon name="down" size={26} /> : <Mark size={34} />}
        <span class="unseen">{open ? w.close : w.open}</span>
        {!open && unread > 0 && (
          <span class="badge">
            {unread} <span class="unseen">{w.unread}</span>
          </span>
        )}
      </button>
      </BlockContext.Provider>
    </SurfaceContext.Provider>
  );
}

/** Lets the page take a link over (a single-page shop keeps the chat as it is); else the browser follows it. */
function visit(event: MouseEvent, url: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  const wish = new CustomEvent("dangol:visit", { detail: { url }, cancelable: true });
  if (!window.dispatchEvent(wish)) event.preventDefault();
}
