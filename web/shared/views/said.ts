/** What a shopper said by pressing a button or sending a form, in the words it stood in. */
import type { Block } from "../blocks";
import type { BlockWords } from "./words";

interface Line {
  from: string;
  text?: string | null;
  choice?: string | null;
}

/** What the shopper said next: after a reload this tells which button they had pressed. */
export function choiceAfter(lines: Line[], index: number): string | null {
  const next = lines.slice(index + 1).find((line) => line.from === "shopper");
  return next ? next.choice || next.text || "" : null;
}

/** What the shopper said, also where it was a button or a form: then its label stands for it. */
export function shopperWords(line: Line, blocks: Block[], w: BlockWords): string {
  if (line.text) return line.text;
  const choice = line.choice ?? "";
  const colon = choice.indexOf(":");
  const [act, of] = [choice.slice(0, colon), choice.slice(colon + 1)];
  for (const block of blocks) {
    const label = block.kind === "choices" ? block.options.find((option) => option.id === choice)?.label : undefined;
    if (label) return label;
    const item = block.kind === "products" ? block.items.find((each) => each.variant === of || each.product === of) : undefined;
    if (item && (act === "add" || act === "buy")) return w.added(item.title);
    if (item && act === "show") return w.shown(item.title);
    if (item && act === "wish") return w.wished(item.title);
  }
  return choice || w.formLabel;
}
