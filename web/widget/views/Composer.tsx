import { useEffect, useRef, useState } from "preact/hooks";
import { freshId } from "../session";
import { useSurface, useWords } from "../context";
import { useConversation } from "../../shared/views/context";
import { Icon } from "../../shared/icons";
import { Listening, Microphone, WhoHears, useVoice } from "./VoiceBar";

const LONGEST_TEXT = 4000;
const LARGEST_FILE = 10 * 1024 * 1024;
const TAKEN = ["image/", "application/pdf"];

interface Attachment {
  key: string;
  name: string;
  id: string | null;
}

/** Where the shopper writes; Enter sends, Shift+Enter makes a new line. */
export function Composer() {
  const { conversation, voice } = useSurface();
  const { phase, problem: deaf, unsure } = useVoice();
  const { draft } = useConversation(conversation);
  const { w } = useWords();
  const [files, setFiles] = useState<Attachment[]>([]);
  const [problem, setProblem] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const speaking = phase === "starting" || phase === "listening" || phase === "thinking";
  const uploading = files.some((file) => file.id === null);
  const ready = !uploading && (draft.trim() !== "" || files.length > 0);

  const write = (text: string) => conversation.change({ draft: text });
  useEffect(() => {
    if (unsure !== null) area.current?.focus(); // what was heard is to be looked at
  }, [unsure]);
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
  }, [draft]);

  const send = () => {
    if (!ready) return;
    const text = draft.trim();
    const attachments = files.map((file) => file.id).filter((id) => id !== null);
    const label = [text, files.map((file) => file.name).join(", ")].filter(Boolean).join("\n");
    conversation.send({ ...(text ? { text } : {}), ...(text && text === unsure ? { spoken: true } : {}), ...(attachments.length ? { attachments } : {}), label });
    write("");
    setFiles([]);
    setProblem("");
    voice.settled();
    area.current?.focus();
  };

  const attach = async (file: File) => {
    if (!TAKEN.some((kind) => file.type.startsWith(kind))) return setProblem(w.notKind);
    if (file.size > LARGEST_FILE) return setProblem(w.tooLarge);
    setProblem("");
    const key = freshId();
    setFiles((all) => [...all, { key, name: file.name, id: null }]);
    try {
      const id = await conversation.attach(file);
      setFiles((all) => all.map((each) => (each.key === key ? { ...each, id } : each)));
    } catch {
      setFiles((all) => all.filter((each) => each.key !== key));
      setProblem(w.uploadFailed);
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !speaking) return;
        event.preventDefault(); // and the chat stays open
        voice.cancel();
      }}
    >
      {phase === "telling" && <WhoHears />}
      {problem && <p class="failed" role="alert">{problem}</p>}
      {deaf && <p class="failed" role="alert">{deaf.text || w.voiceProblems[deaf.why]}</p>}
      {unsure !== null && <p class="quiet" role="status">{w.voiceUnsure}</p>}
      {files.length > 0 && (
        <ul class="files" aria-label={w.attached}>
          {files.map((file) => (
            <li key={file.key}>
              {file.id === null ? <span class="spinner" role="img" aria-label={w.uploading} /> : <Icon name="file" size={16} />}
              <span>{file.name}</span>
              <button type="button" class="plain" aria-label={w.removeFile(file.name)} onClick={() => setFiles(files.filter((each) => each !== file))}>
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="write">
        {speaking ? (
          <button type="button" class="plain" aria-label={w.voiceCancel} title={w.voiceCancel} onClick={() => voice.cancel()}>
            <Icon name="close" size={22} />
          </button>
        ) : (
          <button type="button" class="plain" aria-label={w.attach} title={w.attach} onClick={() => picker.current?.click()}>
            <Icon name="attach" size={22} />
          </button>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/*,application/pdf"
          hidden
          aria-hidden="true"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void attach(file);
          }}
        />
        {speaking && <Listening />}
        <textarea
          ref={area}
          hidden={speaking}
          rows={1}
          maxLength={LONGEST_TEXT}
          aria-label={w.write}
          placeholder={w.placeholder}
          value={draft}
          enterkeyhint="send"
          onInput={(event) => {
            write(event.currentTarget.value);
            conversation.typed();
            voice.typed();
          }}
          onKeyDown={(event) => {
            // isComposing: Enter that only finishes a Korean syllable sends nothing
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {voice.canHear && <Microphone />}
        {!speaking && (
          <button type="submit" class="send" aria-label={w.send} disabled={!ready}>
            <Icon name="send" size={20} />
          </button>
        )}
      </div>
    </form>
  );
}
