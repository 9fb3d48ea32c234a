import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import type { Talk } from "../../talk";
import type { Written } from "../../translating";
import { Loading } from "../ui";

/** The conversation in a few sentences, and who wrote them: to be read, or kept as a note. */
export function Summary({ talk, onNote, onClose }: { talk: Talk; onNote: ((text: string) => void) | null; onClose: () => void }) {
  const desk = useDesk();
  const { w, language } = useWords();
  const words = w.k.writing;
  const [written, setWritten] = useState<Written | null>(null);
  useEffect(() => {
    let gone = false;
    desk.api.post<Written>(`${talk.path}/summary`, { language }).then(
      (told) => gone || setWritten(told),
      (error: unknown) => {
        desk.complain(error);
        onClose();
      },
    );
    return () => {
      gone = true;
    };
  }, [talk.path, language]);
  return (
    <section class="suggestions" aria-label={words.summary}>
      <header>
        <h3><Icon name="quote" size={16} /> {words.summary}</h3>
        <button type="button" class="icon-button" aria-label={w.close} onClick={onClose}><Icon name="close" size={16} /></button>
      </header>
      {!written ? (
        <Loading />
      ) : (
        <ul>
          <li>
            <p class="suggestion-text is-lines">{written.text || words.nothing}</p>
            <p class="suggestion-foot">
              <span class="quiet">{written.by ? words.by(written.by) : (words.why[written.why] ?? words.failed)}</span>
              <span class="grow" />
              {onNote && written.text && <button type="button" class="small" onClick={() => onNote(written.text)}>{words.asNote}</button>}
            </p>
          </li>
        </ul>
      )}
    </section>
  );
}
