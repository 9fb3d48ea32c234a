import { Icon } from "../../../shared/icons";
import { PageLink } from "../../../shared/views/parts";
import { useLoaded, useWords } from "../../context";
import type { Talk } from "../../talk";
import type { Suggestion } from "../../types";
import { Loading, Problem } from "../ui";

interface Props {
  talk: Talk;
  onEdit: (suggestion: Suggestion) => void;
  onSend: (suggestion: Suggestion) => void;
  onClose: () => void;
}

/** What could be answered, with where it is from: to be edited, or sent as it is. */
export function Suggestions({ talk, onEdit, onSend, onClose }: Props) {
  const { w } = useWords();
  const { data, problem, reload } = useLoaded<{ items: Suggestion[] }>(`${talk.path}/suggestions`);
  return (
    <section class="suggestions" aria-label={w.suggest}>
      <header>
        <h3><Icon name="spark" size={16} /> {w.suggest}</h3>
        <button type="button" class="icon-button" aria-label={w.close} onClick={onClose}><Icon name="close" size={16} /></button>
      </header>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : data.items.length === 0 ? <p class="quiet">{w.noSuggestion}</p> : null}
      <ul>
        {data?.items.map((suggestion) => (
          <li key={suggestion.id}>
            <p class="suggestion-text">{suggestion.text}</p>
            <p class="suggestion-foot">
              <span class="quiet">
                {w.suggestedFrom[suggestion.from]}
                {suggestion.sources.map((source, index) => <span key={index}> · <PageLink url={source.url}>{source.title}</PageLink></span>)}
              </span>
              <span class="grow" />
              <button type="button" class="small" onClick={() => onEdit(suggestion)}>{w.edit}</button>
              <button type="button" class="small primary" onClick={() => onSend(suggestion)}>{w.sendAsIs}</button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
