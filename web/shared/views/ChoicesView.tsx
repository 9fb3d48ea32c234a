import type { ChoicesBlock } from "../blocks";
import { useConversation, useSurface, useWords } from "./context";
import { Icon } from "../icons";

/** Buttons to answer with; once one is pressed, all are spent. */
export function ChoicesView({ block, said }: { block: ChoicesBlock; said: string | null }) {
  const { conversation, watching } = useSurface();
  const { pressed } = useConversation(conversation);
  const { w } = useWords();
  const chosen = pressed.choices[block.id] ?? block.options.find((option) => option.id === said || option.label === said)?.id;
  return (
    <div class="choices" role="group" aria-label={w.choose}>
      {block.options.map((option) => (
        <button
          key={option.id}
          type="button"
          class={option.id === chosen ? "is-chosen" : ""}
          aria-disabled={watching || chosen !== undefined} // disabled would take the focus away from who pressed it
          onClick={() => !watching && chosen === undefined && conversation.press(block.id, option)}
        >
          {option.id === chosen && (
            <>
              <Icon name="check" size={14} />
              <span class="unseen">{w.chosen}: </span>
            </>
          )}
          {option.label}
        </button>
      ))}
    </div>
  );
}
