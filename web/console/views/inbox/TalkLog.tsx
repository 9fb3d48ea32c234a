import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Block } from "../../../shared/blocks";
import { Icon, Mark } from "../../../shared/icons";
import { clock } from "../../../shared/wording";
import { BlockView } from "../../../shared/views/BlockView";
import { choiceAfter, shopperWords } from "../../../shared/views/said";
import { blockWords } from "../../../shared/views/words";
import { useDesk, useNow, useWords } from "../../context";
import { draftOf } from "../../drafts";
import { useStore } from "../../store";
import type { Outgoing, Talk } from "../../talk";
import { sameDay } from "../../time";
import type { Conversation, Entry, Note, Staff } from "../../types";
import type { Words } from "../../words/words";
import { Avatar } from "../ui";
import { Attachments } from "./Attachments";
import { CardView } from "./CardView";

const NEAR_END_PX = 140;

/** Everything said and noted, oldest first, kept at its end unless somebody reads above. */
export function TalkLog({ talk, detail }: { talk: Talk; detail: Conversation }) {
  const { outbox, typing } = useStore(talk);
  const { texts, into } = useStore(talk.translating);
  const { w, language } = useWords();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const { entries, notes, card } = detail;
  const lines = useMemo(() => woven(entries, notes), [entries, notes]);
  const blocks = useMemo(() => entries.flatMap((entry) => entry.blocks ?? []), [entries]);
  const lastOwn = entries.findLast((entry) => entry.from === "staff");
  const liveCart = blocks.findLast((block) => block.kind === "cart")?.id ?? null;
  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });

  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBehind(true);
  }, [lines.length, outbox.length, typing]);
  useEffect(() => {
    const box = log.current;
    if (!box?.firstElementChild) return undefined;
    const grown = new ResizeObserver(() => atEnd.current && toEnd());
    grown.observe(box);
    grown.observe(box.firstElementChild);
    return () => grown.disconnect();
  }, []);
  const onScroll = () => {
    const box = log.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) setBehind(false);
  };
  return (
    <div class="talk-log-frame">
      <div ref={log} class="talk-log" role="log" aria-label={w.log} tabIndex={0} onScroll={onScroll}>
        <div class="talk-log-inner">
          {card && <CardView card={card} thread={detail.thread} />}
          {lines.map((line, index) => (
            <Line
              key={line.key}
              line={line}
              before={lines[index - 1]}
              words={line.entry ? shopperWords(line.entry, blocks, blockWords[language]) : ""}
              chosen={line.entry ? choiceAfter(entries, entries.indexOf(line.entry)) : null}
              liveCart={liveCart}
              mark={line.entry === lastOwn ? markOf(detail, line.entry, w) : ""}
              conversation={talk.id}
              translation={into && line.entry ? (texts.get(line.entry.text ?? "") ?? "") : ""}
            />
          ))}
          {outbox.map((item) => <Waiting key={item.id} item={item} talk={talk} />)}
          {typing && (
            <p class="types" role="status">
              <span class="dots" aria-hidden="true"><i /><i /><i /></span>
              {w.shopperTypes}
            </p>
          )}
        </div>
      </div>
      {behind && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" size={16} />
          {w.newMessages}
        </button>
      )}
    </div>
  );
}

interface LineOf {
  key: string;
  at: string;
  entry: Entry | null;
  note: Note | null;
}

/** Entries in the order of the log, each note after what was said before it. */
function woven(entries: Entry[], notes: Note[]): LineOf[] {
  const lines: LineOf[] = [];
  const left = [...notes].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const put = (note: Note) => lines.push({ key: `n${note.id}`, at: note.at, entry: null, note });
  for (const entry of entries) {
    while (left[0] && Date.parse(left[0].at) < Date.parse(entry.at)) put(left.shift() as Note);
    lines.push({ key: `e${entry.seq}:${entry.from}:${entry.event ?? ""}`, at: entry.at, entry, note: null });
  }
  left.forEach(put);
  return lines;
}

function markOf(detail: Conversation, entry: Entry, w: Words): string {
  if (detail.read >= entry.seq) return w.read;
  return detail.delivered >= entry.seq ? w.delivered : w.sent;
}

interface LineProps {
  line: LineOf;
  before: LineOf | undefined;
  words: string;
  chosen: string | null;
  liveCart: string | null;
  mark: string;
  conversation: string;
  translation: string;
}

function Line({ line, before, words, chosen, liveCart, mark, conversation, translation }: LineProps) {
  const { language } = useWords();
  const now = useNow();
  const day = new Date(line.at);
  const newDay = !before || !sameDay(new Date(before.at), day);
  const dayText = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short", ...(day.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" }) }).format(day);
  return (
    <>
      {newDay && <p class="day"><span>{dayText}</span></p>}
      {line.note ? <NoteLine note={line.note} /> : line.entry?.from === "system" ? <Happened entry={line.entry} /> : line.entry ? <Said entry={line.entry} words={words} chosen={chosen} liveCart={liveCart} mark={mark} conversation={conversation} translation={translation} /> : null}
    </>
  );
}

interface SaidProps {
  entry: Entry;
  words: string;
  chosen: string | null;
  liveCart: string | null;
  mark: string;
  conversation: string;
  translation: string;
}

function Said({ entry, words, chosen, liveCart, mark, conversation, translation }: SaidProps) {
  const { w, language } = useWords();
  const time = <time dateTime={entry.at}>{clock(entry.at, language)}</time>;
  if (entry.from === "shopper") {
    const files = entry.attachments ?? [];
    return (
      <div class="line from-customer">
        <span class="unseen">{w.shopper}: </span>
        {(entry.text || entry.choice || !files.length) && <p class={`bubble ${entry.text ? "" : "is-choice"}`}>{words}</p>}
        {translation && <p class="translation">{translation}</p>}
        {files.length > 0 && <Attachments conversation={conversation} files={files} />}
        <p class="line-by">{time}</p>
      </div>
    );
  }
  const blocks: Block[] = entry.blocks ?? [];
  const staff = entry.from === "staff";
  return (
    <div class={`line ${staff ? "from-desk" : "from-machine"}`}>
      {staff ? <span class="unseen">{entry.staff?.name ?? w.staff}: </span> : <span class="unseen">{w.assistant}: </span>}
      {entry.text && !blocks.some((block) => block.kind === "text") && <p class="bubble">{entry.text}</p>}
      {translation && <p class="translation">{translation}</p>}
      {staff && entry.attachments && entry.attachments.length > 0 && <Attachments conversation={conversation} files={entry.attachments} />}
      {blocks.map((block, index) => <BlockView key={`${block.id}:${index}`} block={block} chosen={chosen} live={block.id === liveCart} />)}
      <p class="line-by">
        {staff ? (entry.staff?.name ?? w.staff) : (
          <>
            <Mark size={13} /> {w.assistant}
          </>
        )}
        {time}
        {mark && <span class="mark">{mark}</span>}
      </p>
    </div>
  );
}

function Waiting({ item, talk }: { item: Outgoing; talk: Talk }) {
  const desk = useDesk();
  const { w } = useWords();
  const mend = () => desk.keepDraft(draftOf(talk.id), [talk.withdraw(item.id), desk.state.drafts[draftOf(talk.id)]].filter(Boolean).join("\n"));
  return (
    <div class={`line from-desk ${item.failed ? "is-failed" : "is-waiting"}`}>
      <p class="bubble">{[item.text, ...(item.files ?? []).map((file) => file.name)].filter(Boolean).join("\n")}</p>
      {item.failed ? (
        <p class="line-by failed" role="alert">
          {w.notSent} {item.failed}
          <button type="button" class="link" onClick={() => void talk.again(item.id)}>{w.sendAgain}</button>
          <button type="button" class="link" onClick={mend}>{w.mend}</button>
        </p>
      ) : (
        <p class="line-by">{w.sending}</p>
      )}
    </div>
  );
}

function NoteLine({ note }: { note: Note }) {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { w, language } = useWords();
  return (
    <div class="note-line">
      <Avatar name={note.staff.name} size={24} />
      <div>
        <p class="note-by">
          <Icon name="note" size={14} />
          <strong>{note.staff.name}</strong>
          <span>{w.privateNote}</span>
          <time dateTime={note.at}>{clock(note.at, language)}</time>
        </p>
        <p class="note-text">{withMentions(note, people)}</p>
      </div>
    </div>
  );
}

/** The names of those mentioned stand out; everything is text. */
function withMentions(note: Note, people: Staff[]) {
  const names = people.filter((person) => note.mentions.includes(person.id)).map((person) => `@${person.name}`);
  if (!names.length) return note.text;
  const pattern = new RegExp(`(${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
  return note.text.split(pattern).map((part, index) => (index % 2 ? <b key={index} class="mention">{part}</b> : part));
}

function Happened({ entry }: { entry: Entry }) {
  const { w, language } = useWords();
  const details = entry.details ?? {};
  const say = w.events[entry.event ?? ""];
  const text = say ? say({ ...details, by: entry.staff?.name ?? text_(details["by"]) }) : (entry.event ?? "");
  const note = text_(details["note"] ?? details["comment"]);
  return (
    <p class="happened">
      <span>
        {text} · {clock(entry.at, language)}
        {note && <q>{note}</q>}
      </span>
    </p>
  );
}

const text_ = (value: unknown) => (typeof value === "string" ? value : "");
