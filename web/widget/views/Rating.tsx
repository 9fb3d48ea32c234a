import { useEffect, useRef, useState } from "preact/hooks";
import { useSurface, useWords } from "../context";
import { Icon } from "../../shared/icons";

/** Five stars and a word, when the shopper wishes to give them. */
export function Rating({ onDone }: { onDone: () => void }) {
  const { conversation } = useSurface();
  const { w } = useWords();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState("");
  const [sent, setSent] = useState(false);

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const send = (event: Event) => {
    event.preventDefault();
    if (!score) return;
    setSent(true);
    void conversation.rate(score, comment.trim());
    window.setTimeout(onDone, 2500);
  };
  if (sent) return <p class="rating" role="status">{w.rateThanks}</p>;
  return (
    <form ref={form} class="rating" onSubmit={send}>
      <fieldset>
        <legend>{w.rateTitle}</legend>
        <div class="stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <label key={n} class={n <= score ? "is-on" : ""}>
              <input type="radio" name="score" value={n} checked={score === n} onChange={() => setScore(n)} />
              <span class="unseen">{w.rateStar(n)}</span>
              <Icon name="star" size={26} />
            </label>
          ))}
        </div>
      </fieldset>
      <label class="field">
        <span>{w.rateComment}</span>
        <input type="text" maxLength={1000} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="submit" class="primary" disabled={!score}>{w.rateSend}</button>
        <button type="button" class="plain-text" onClick={onDone}>{w.notNow}</button>
      </div>
    </form>
  );
}
