import { useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import type { SentFile, Talk } from "../../talk";

const LARGEST = 10 * 1024 * 1024;
const KINDS = ["image/", "application/pdf", "audio/"];

interface Chosen {
  key: string;
  name: string;
  id: string | null;
}

/** Files on their way into a message: picked, dropped or pasted, taken in by the server one by one. */
export interface Files {
  items: Chosen[];
  problem: string;
  uploading: boolean;
  input: RefObject<HTMLInputElement | null>;
  pick: () => void;
  add: (list: FileList | null | undefined) => void;
  remove: (key: string) => void;
  take: () => SentFile[];
  onDrop: (event: DragEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
}

export function useFiles(talk: Talk): Files {
  const desk = useDesk();
  const { w } = useWords();
  const [items, setItems] = useState<Chosen[]>([]);
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const upload = async (file: File) => {
    if (!KINDS.some((kind) => file.type.startsWith(kind))) return setProblem(w.notKind);
    if (file.size > LARGEST) return setProblem(w.tooLarge);
    setProblem("");
    const key = crypto.randomUUID();
    setItems((all) => [...all, { key, name: file.name, id: null }]);
    try {
      const { id } = await desk.api.upload(`${talk.path}/attachments`, file);
      setItems((all) => all.map((each) => (each.key === key ? { ...each, id } : each)));
    } catch (error) {
      setItems((all) => all.filter((each) => each.key !== key));
      setProblem(error instanceof Error && error.message ? error.message : w.unreachable);
    }
  };
  const add = (list: FileList | null | undefined) => Array.from(list ?? []).forEach((file) => void upload(file));
  return {
    items,
    problem,
    uploading: items.some((each) => each.id === null),
    input,
    pick: () => input.current?.click(),
    add,
    remove: (key) => setItems((all) => all.filter((each) => each.key !== key)),
    take: () => {
      setItems([]);
      setProblem("");
      return items.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]));
    },
    onDrop: (event) => {
      event.preventDefault();
      add(event.dataTransfer?.files);
    },
    onPaste: (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      add(event.clipboardData.files);
    },
  };
}

/** What goes along with the next message. */
export function FileChips({ files }: { files: Files }) {
  const { w } = useWords();
  return (
    <>
      <input
        ref={files.input}
        type="file"
        multiple
        accept="image/*,application/pdf,audio/*"
        hidden
        tabIndex={-1}
        onChange={(event) => {
          files.add(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {files.items.length > 0 && (
        <ul class="file-chips" aria-label={w.attached}>
          {files.items.map((file) => (
            <li key={file.key} class={file.id === null ? "is-waiting" : ""}>
              <Icon name="file" size={15} />
              <span>{file.name}</span>
              <button type="button" class="icon-button" aria-label={w.removeFile(file.name)} onClick={() => files.remove(file.key)}><Icon name="close" size={14} /></button>
            </li>
          ))}
        </ul>
      )}
      {files.problem && <p class="failed" role="alert">{files.problem}</p>}
    </>
  );
}
