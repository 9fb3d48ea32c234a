/** What the shop says first: staff messages, notices, typing and cart changes, while somebody is looking. */
import type { TranscriptEntry } from "../shared/blocks";
import { ConversationGone } from "./api";
import type { ChatApi } from "./api";
import type { Conversation } from "./conversation";

const TYPING_MS = 6_000;
const RETRY_MS = 4_000;

/** Listens as long as the page is visible (a hidden tab holds no connection); taken up again, it is told what it missed. */
export function listen(api: ChatApi, conversation: Conversation): void {
  let current: AbortController | null = null;
  let following: string | null = null;
  let place: { of: string; id: string } | null = null; // the last that was heard
  let typingEnds = 0;

  const stop = () => {
    current?.abort();
    current = null;
    following = null;
  };

  const hear = (event: string, data: unknown) => {
    if (event === "hello") {
      if (conversation.state.transcript.length) void conversation.refresh(); // read before the stream stood
    } else if (event === "typing") {
      const stopped = typeof data === "object" && data !== null && "typing" in data && !data.typing;
      conversation.change({ typing: !stopped });
      clearTimeout(typingEnds);
      typingEnds = window.setTimeout(() => conversation.change({ typing: false }), TYPING_MS);
    } else if (event === "read" && typeof data === "object" && data !== null && "seq" in data) {
      conversation.change({ read: Math.max(conversation.state.read, Number(data.seq)) });
    } else if (event === "cart") {
      void conversation.basket.load().catch(() => undefined);
    } else if (event === "message" || event === "notice") {
      if (conversation.state.typing) conversation.change({ typing: false });
      conversation.hear(data as TranscriptEntry);
    }
  };

  const run = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const credentials = conversation.credentials;
      if (!credentials) return;
      try {
        for await (const { event, data, id } of api.events(credentials, place?.of === credentials.id ? place.id : null, signal)) {
          hear(event, data);
          if (id !== undefined) place = { of: credentials.id, id };
        }
      } catch (error) {
        if (error instanceof ConversationGone) return;
      }
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };

  const follow = () => {
    const id = conversation.credentials?.id ?? null;
    if (document.visibilityState === "hidden" || !id) return stop();
    if (id === following) return;
    stop();
    following = id;
    current = new AbortController();
    void run(current.signal);
  };

  document.addEventListener("visibilitychange", () => {
    follow();
    if (document.visibilityState === "visible" && conversation.state.started) {
      void conversation.refresh();
      if (conversation.state.cart) void conversation.basket.load().catch(() => undefined);
    }
  });
  window.addEventListener("pagehide", stop);
  conversation.subscribe(follow);
  follow();
}
