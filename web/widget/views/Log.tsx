import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Block, TranscriptEntry } from "../../shared/blocks";
import { clock } from "../../shared/wording";
import { BlockView } from "../../shared/views/BlockView";
import { choiceAfter, shopperWords } from "../../shared/views/said";
import { useSurface, useWords } from "../context";
import { useConversation } from "../../shared/views/context";
import { Icon, Mark } from "../../shared/icons";
import type { Pending } from "../session";
import { Files } from "./Files";

const NEAR_END_PX = 120;

/** Everything said, oldest first; read out politely as it grows, and kept at its end unless the shopper reads above. */
export function Log() {
  const { conversation } = useSurface();
  const state = useConversation(conversation);
  const { w } = useWords();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const { transcript, outbox, arriving, typing, starting, read } = state;
  const last = transcript.at(-1);
  useEffect(() => conversation.markRead(), [last?.seq]); // the log is drawn only while the chat is open

  const toEnd = (smooth: boolean) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    log.current?.scrollTo({ top: log.current.scrollHeight, behavior: smooth && !calm ? "smooth" : "auto" });
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd(false);
    else setBehind(true);
  }, [transcript.length, arriving?.blocks.length, outbox.length, typing]);
  useEffect(() => {
    const box = log.current;
    if (!box) return;
    const grown = new ResizeObserver(() => atEnd.current && toEnd(false)); // pictures load, the keyboard opens
    grown.observe(box);
    if (box.firstElementChild) grown.observe(box.firstElementChild);
    return () => grown.disconnect();
  }, []);
  useEffect(() => {
    const newest = outbox.at(-1)?.body.id;
    if (!newest) return;
    atEnd.current = true; // who speaks wants to see the answer
    toEnd(true);
  }, [outbox.at(-1)?.body.id]);

  const onScroll = () => {
    const box = log.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) setBehind(false);
  };

  const told = new Set(transcript.map((entry) => entry.id));
  const blocks = transcript.flatMap((entry) => entry.blocks ?? []);
  const liveCart = [...blocks, ...(arriving?.blocks ?? [])].findLast((block) => block.kind === "cart")?.id ?? null;
  const lastAnswer = arriving ? null : transcript.findLast((entry) => entry.from === "assistant" && entry.turn > 0);
  const lastOwn = transcript.findLast((entry) => entry.from === "shopper");
  const waiting = outbox.some((item) => item.failed === undefined);
  return (
    <div class="log-frame">
      <div ref={log} class="log" role="log" aria-live="polite" aria-label={w.log} tabIndex={0} onScroll={onScroll}>
        <div class="log-inner">
          {transcript.length === 0 && starting && <Dots label={w.starting} />}
          {transcript.map((entry, index) => (
            <Entry key={`${entry.turn}:${entry.from}:${entry.id ?? index}`} entry={entry} words={shopperWords(entry, blocks, w)} chosen={choiceAfter(transcript, index)} liveCart={liveCart} feedback={entry === lastAnswer} isRead={entry === lastOwn && (entry.seq ?? Infinity) <= read} last={entry === lastOwn} />
          ))}
          {outbox.filter((item) => !told.has(item.body.id)).map((item) => <Waiting key={item.body.id} item={item} />)}
          {arriving && arriving.blocks.length > 0 && (
            <div class="entry from-assistant">
              <Blocks blocks={arriving.blocks} chosen={null} liveCart={liveCart} />
            </div>
          )}
          {((waiting && state.servedBy === "assistant" && !arriving?.blocks.length && !state.offline) || typing) && <Dots label={w.typing} />}
        </div>
      </div>
      {behind && (
        <button type="button" class="to-end" onClick={() => toEnd(true)}>
          <Icon name="down" size={16} />
          {w.newMessages}
        </button>
      )}
    </div>
  );
}

interface EntryProps {
  entry: TranscriptEntry;
  words: string;
  chosen: string | null;
  liveCart: string | null;
  feedback: boolean;
  isRead: boolean;
  /** The shopper's last words. */
  last: boolean;
}

/** These words were understood of what was said; the last ones can be mended. */
function Heard({ text, mendable }: { text: string; mendable: boolean }) {
  const { conversation } = useSurface();
  const { w } = useWords();
  return (
    <p class="heard">
      <Icon name="mic" size={13} />
      {w.voiceHeard}
      {mendable && <button type="button" class="link" onClick={() => conversation.change({ draft: text })}>{w.mend}</button>}
    </p>
  );
}

function Entry({ entry, words, chosen, liveCart, feedback, isRead, last }: EntryProps) {
  const { w, language } = useWords();
  const files = entry.attachments ?? [];
  if (entry.from === "shopper") {
    return (
      <div class="entry from-shopper">
        <span class="unseen">{w.me}: </span>
        {(entry.text || entry.choice || !files.length) && <p class="bubble">{words}</p>}
        {files.length > 0 && <Files files={files} />}
        {entry.spoken && entry.text && <Heard text={entry.text} mendable={last} />}
        {isRead && <p class="read">{w.read}</p>}
      </div>
    );
  }
  const blocks: Block[] = entry.blocks ?? [];
  return (
    <div class={`entry from-${entry.from}`}>
      {entry.from === "staff" && (
        <p class="by">
          <Mark size={16} />
          {w.staff} {clock(entry.at, language)}
        </p>
      )}
      {entry.text && !blocks.some((block) => block.kind === "text") && <p class="bubble">{entry.text}</p>}
      {files.length > 0 && <Files files={files} />}
      <Blocks blocks={blocks} chosen={chosen} liveCart={liveCart} />
      {feedback && <Feedback turn={entry.turn} />}
    </div>
  );
}

function Blocks({ blocks, chosen, liveCart }: { blocks: Block[]; chosen: string | null; liveCart: string | null }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={`${block.id}:${index}`} block={block} chosen={chosen} live={block.id === liveCart} />
      ))}
    </>
  );
}

function Waiting({ item }: { item: Pending }) {
  const { conversation } = useSurface();
  const { w } = useWords();
  const mend = () => {
    const back = conversation.withdraw(item.body.id);
    if (back?.body.text) conversation.change({ draft: back.body.text });
  };
  return (
    <div class={`entry from-shopper ${item.failed !== undefined ? "is-failed" : "is-waiting"}`}>
      <span class="unseen">{w.me}: </span>
      <p class="bubble">{item.label}</p>
      {item.failed !== undefined && (
        <p class="failed" role="alert">
          {w.failed}. {item.failed}
          {item.again && <button type="button" class="link" onClick={() => conversation.resend(item.body.id)}>{w.again}</button>}
          {item.body.text && <button type="button" class="link" onClick={mend}>{w.mend}</button>}
        </p>
      )}
    </div>
  );
}

function Dots({ label }: { label: string }) {
  return (
    <div class="dots">
      <span class="unseen">{label}</span>
      <i /><i /><i />
    </div>
  );
}

function Feedback({ turn }: { turn: number }) {
  const { conversation } = useSurface();
  const { pressed } = useConversation(conversation);
  const { w } = useWords();
  const given = pressed.feedback[turn];
  const thumb = (score: number, icon: "up" | "thumbDown", label: string) => (
    <button type="button" class="thumb" aria-label={label} title={label} aria-pressed={given === score} onClick={() => void conversation.giveFeedback(turn, given === score ? 0 : score)}>
      <Icon name={icon} size={16} />
    </button>
  );
  return (
    <div class="feedback">
      {thumb(1, "up", w.good)}
      {thumb(-1, "thumbDown", w.bad)}
      {given ? <span>{w.thanks}</span> : null}
    </div>
  );
}
