import { useEffect } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useWords } from "../../context";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import type { Conversation } from "../../types";

/** Offers to read a conversation of another language in one's own, and says why where that cannot be. */
export function TranslateBar({ talk, detail }: { talk: Talk; detail: Conversation }) {
  const { into, busy, why } = useStore(talk.translating);
  const { w, language } = useWords();
  const { entries, thread } = detail;
  useEffect(() => void talk.translating.follow(entries), [entries.length, into]);
  if (thread.language === language && !into) return null;
  return (
    <p class="translate-bar" role="status">
      <Icon name="book" size={15} />
      <span class="grow">{why ? (w.k.reading.why[why] ?? w.k.reading.failed) : into ? (busy ? w.k.reading.busy : w.k.reading.on) : w.k.reading.offer}</span>
      <button type="button" class="small" onClick={() => talk.translating.switch(into ? null : language, entries)}>{into ? w.k.reading.original : w.k.reading.translate}</button>
    </p>
  );
}
