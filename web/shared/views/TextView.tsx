import type { TextBlock } from "../blocks";
import { useWords } from "./context";
import { Icon } from "../icons";
import { PageLink } from "./parts";

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}])/;

/** The assistant's words, and the articles they rest on. */
export function TextView({ block }: { block: TextBlock }) {
  const { w } = useWords();
  return (
    <div class="said">
      <p class="bubble">
        {block.text.split(LINK).map((part, index) => (index % 2 ? <PageLink key={index} url={part}>{part}</PageLink> : part))}
      </p>
      {block.sources && block.sources.length > 0 && (
        <p class="sources">
          <Icon name="book" size={14} />
          <span class="unseen">{w.sources}: </span>
          {block.sources.map((source, index) => (
            <PageLink key={index} url={source.url}>{source.title}</PageLink>
          ))}
        </p>
      )}
    </div>
  );
}
