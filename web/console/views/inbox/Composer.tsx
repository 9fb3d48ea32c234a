import { forwardRef } from "preact/compat";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useSession, useWords } from "../../context";
import { draftOf } from "../../drafts";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import type { Canned, Conversation, Suggestion } from "../../types";
import { FileChips, useFiles } from "./files";
import { CannedPicker, MentionPicker, useCanned } from "./pickers";
import type { PickerHandle } from "./pickers";
import { useRewording } from "./rewording";
import { Suggestions } from "./Suggestions";
import { Summary } from "./Summary";

type Mode = "reply" | "note";

export interface ComposerHandle {
  write: (mode: Mode) => void;
  suggest: () => void;
}

interface Props {
  talk: Talk;
  detail: Conversation;
  onTake: () => void;
}

const MOST_HEIGHT_PX = 220;

/** Where staff write: to the shopper, or a note that only staff see. */
export const Composer = forwardRef<ComposerHandle, Props>(function Composer({ talk, detail, onTake }, ref) {
  const desk = useDesk();
  const { drafts, people } = useStore(desk);
  const { staff } = useSession();
  const { w } = useWords();
  const maySay = detail.allowed.includes("say");
  const mayNote = detail.allowed.includes("note");
  const [wanted, setMode] = useState<Mode>("reply");
  const mode: Mode = wanted === "note" && mayNote ? "note" : "reply";
  const [mentions, setMentions] = useState<string[]>([]);
  const [from, setFrom] = useState<string | null>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const [suggesting, setSuggesting] = useState(false);
  const [summing, setSumming] = useState(false);
  const [picked, setPicked] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const wantsFocus = useRef(false); // until there is a field: who just took it is a moment ahead of the server
  const [asked, setAsked] = useState(0);
  const picker = useRef<PickerHandle>(null);
  const files = useFiles(talk);
  const reply = drafts[draftOf(talk.id)] ?? "";
  const note = drafts[draftOf(talk.id, "note")] ?? "";
  const setNote = (value: string) => desk.keepDraft(draftOf(talk.id, "note"), value);
  const text = mode === "note" ? note : reply;
  const setText = (value: string) => desk.keepDraft(draftOf(talk.id, mode), value);

  const rewording = useRewording(talk, detail.thread.language, reply);
  const ready = !files.uploading && (text.trim() !== "" || files.items.length > 0);
  const slash = mode === "reply" && maySay ? (/^\/(\S*)$/.exec(text)?.[1] ?? null) : null;
  const at = mode === "note" ? (/(?:^|\s)@([^\s@]*)$/.exec(text)?.[1] ?? null) : null;
  const canned = useCanned(slash !== null);

  const focus = () => {
    wantsFocus.current = true;
    setAsked((times) => times + 1);
  };
  useLayoutEffect(() => {
    if (!wantsFocus.current || !field.current) return;
    wantsFocus.current = false;
    field.current.focus();
  }, [asked, mode, maySay]);
  useImperativeHandle(ref, () => ({
    write: (next) => {
      setMode(next);
      focus();
    },
    suggest: () => setSuggesting(true),
  }));
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, MOST_HEIGHT_PX)}px`;
  }, [text, mode, maySay]);
  useEffect(() => setPicked(0), [slash, at]);

  const useReply = async (reply: Canned) => {
    const place = draftOf(talk.id);
    try {
      const filled = await desk.api.get<{ text: string; missing: string[] }>(`${talk.path}/replies/${encodeURIComponent(reply.id)}`);
      if ((desk.state.drafts[place] ?? "") !== text) return; // they have gone on writing
      desk.keepDraft(place, filled.text);
      setMissing(filled.missing);
      field.current?.focus();
    } catch (error) {
      desk.complain(error);
    }
  };
  const mention = (id: string, name: string) => {
    setNote(note.replace(/@[^\s@]*$/, `@${name} `));
    setMentions([...new Set([...mentions, id])]);
    field.current?.focus();
  };
  const edit = (suggestion: Suggestion) => {
    desk.keepDraft(draftOf(talk.id), suggestion.text);
    setFrom(suggestion.id);
    setSuggesting(false);
    setMode("reply");
    focus();
  };
  const send = async (words: string, suggestion: string | null) => {
    const sent = files.take();
    desk.keepDraft(draftOf(talk.id), "");
    setFrom(null);
    setMissing([]);
    setSuggesting(false);
    rewording.forget();
    await talk.say(words, suggestion ?? undefined, sent);
    desk.inbox.soon();
  };
  const submit = async () => {
    const words = text.trim();
    if (mode === "reply") return maySay && ready ? send(words, from) : undefined;
    if (!words) return undefined;
    setNote("");
    try {
      await talk.addNote(words, mentions.filter((id) => people.some((person) => person.id === id && words.includes(`@${person.name}`))));
      setMentions([]);
    } catch (error) {
      const since = desk.state.drafts[draftOf(talk.id, "note")] ?? "";
      setNote([words, since].filter(Boolean).join("\n"));
      desk.complain(error);
    }
    return undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (picker.current?.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape") {
      event.preventDefault(); // the next Escape leaves the conversation, not this one
      field.current?.blur();
    }
  };
  return (
    <footer class={`composer is-${mode}`}>
      {suggesting && maySay && <Suggestions talk={talk} onEdit={edit} onSend={(suggestion) => void send(suggestion.text, suggestion.id)} onClose={() => setSuggesting(false)} />}
      {summing && (
        <Summary
          talk={talk}
          onClose={() => setSumming(false)}
          onNote={mayNote ? (told) => {
            setMode("note");
            setNote(told);
            setSumming(false);
            focus();
          } : null}
        />
      )}
      <div class="composer-tabs" role="group" aria-label={w.writeWhat}>
        <button type="button" aria-pressed={mode === "reply"} onClick={() => setMode("reply")}>{w.reply}</button>
        {mayNote && <button type="button" aria-pressed={mode === "note"} onClick={() => setMode("note")}>{w.note}</button>}
        <span class="grow" />
        <button type="button" class="quiet-button" aria-expanded={summing} onClick={() => setSumming(!summing)}>{w.k.writing.sumUp}</button>
        {mode === "reply" && maySay && text.trim() !== "" && slash === null && (
          <button type="button" class="quiet-button" disabled={rewording.busy} onClick={() => void rewording.run()}>{rewording.busy ? w.k.writing.rewording : w.k.writing.reword}</button>
        )}
        {mode === "reply" && maySay && (
          <>
            <button type="button" class="quiet-button" aria-expanded={suggesting} onClick={() => setSuggesting(!suggesting)}>
              <Icon name="spark" size={16} />
              {w.suggest}
            </button>
            <button type="button" class="quiet-button" onClick={files.pick}>
              <Icon name="attach" size={16} />
              {w.attach}
            </button>
            <button type="button" class="quiet-button" onClick={() => { setText("/"); field.current?.focus(); }}>
              <Icon name="quote" size={16} />
              {w.canned}
            </button>
          </>
        )}
      </div>
      {mode === "reply" && !maySay ? (
        <Shut detail={detail} draft={reply} wasWriting={field.current !== null && document.activeElement === field.current} onTake={onTake} onNote={mayNote ? () => {
          setNote([note, reply].filter(Boolean).join("\n"));
          desk.keepDraft(draftOf(talk.id), "");
          setMode("note");
          focus();
        } : null} />
      ) : (
        <>
          {mode === "reply" && <FileChips files={files} />}
          <div class="composer-box" onDragOver={(event) => event.preventDefault()} onDrop={files.onDrop}>
            {slash !== null && <CannedPicker ref={picker} typed={slash} replies={canned} language={detail.thread.language} at={picked} setAt={setPicked} onPick={(reply) => void useReply(reply)} />}
            {at !== null && <MentionPicker ref={picker} typed={at} people={people.filter((person) => person.id !== staff.id && !person.disabled)} at={picked} setAt={setPicked} onPick={mention} />}
            <textarea
              ref={field}
              rows={2}
              aria-label={mode === "note" ? w.noteHint : w.replyHint}
              placeholder={mode === "note" ? w.noteHint : w.replyHint}
              maxLength={4000}
              value={text}
              aria-controls={slash !== null || at !== null ? "picker" : undefined}
              aria-autocomplete="list"
              onInput={(event) => {
                setText(event.currentTarget.value);
                if (mode === "reply" && event.currentTarget.value.trim() && !event.currentTarget.value.startsWith("/")) talk.typed();
              }}
              onKeyDown={onKeyDown}
              onPaste={files.onPaste}
            />
            <button type="button" class="button is-main composer-send" disabled={(mode === "note" ? !text.trim() : !ready) || slash !== null} aria-label={mode === "note" ? w.addNote : w.send} onClick={() => void submit()}>
              {mode === "note" ? w.addNote : <Icon name="send" size={18} />}
            </button>
          </div>
        </>
      )}
      {mode === "reply" && rewording.told && (
        <p class="composer-told" role="status">
          <span class="quiet">{rewording.told}</span>
          {rewording.before !== null && <button type="button" class="small" onClick={rewording.undo}>{w.k.writing.original}</button>}
        </p>
      )}
      {missing.length > 0 && <p class="failed" role="status">{w.missing(missing.map((name) => `{${name}}`).join(", "))}</p>}
    </footer>
  );
});

interface ShutProps {
  detail: Conversation;
  draft: string;
  wasWriting: boolean;
  onTake: () => void;
  onNote: (() => void) | null;
}

/** No replies here now; whoever was in mid-sentence is told, and keeps their words. */
function Shut({ detail, draft, wasWriting, onTake, onNote }: ShutProps) {
  const { w } = useWords();
  const [interrupted] = useState(wasWriting);
  const mayTake = detail.allowed.includes("take");
  return (
    <div class="composer-shut" role={interrupted ? "alert" : undefined}>
      <div class="grow">
        <p>{mayTake ? w.takeToReply : detail.thread.state === "closed" ? w.closedHint : w.othersHint}</p>
        {draft.trim() && <p class="held-draft"><span class="quiet">{w.a.heldDraft}</span> {draft}</p>}
      </div>
      {draft.trim() && onNote && <button type="button" class="button" onClick={onNote}>{w.a.toNote}</button>}
      {mayTake && <button type="button" class="button is-main" onClick={onTake}>{w.take}</button>}
    </div>
  );
}
