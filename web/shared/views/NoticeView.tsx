import type { HandoffBlock, LinkBlock, NoticeBlock } from "../blocks";
import { useWords } from "./context";
import { Icon } from "../icons";
import { PageLink } from "./parts";

export function NoticeView({ block }: { block: NoticeBlock }) {
  return (
    <p class={`notice is-${block.topic}`}>
      <Icon name={block.topic === "delivery" ? "truck" : "info"} size={16} />
      <span>{block.text}</span>
    </p>
  );
}

export function HandoffView({ block }: { block: HandoffBlock }) {
  const { w } = useWords();
  const said = block.state === "joined" && block.agent ? w.joinedBy(block.agent) : w.handoff[block.state];
  const detail = [block.position ? w.position(block.position) : "", block.wait ?? ""].filter(Boolean).join(" · ");
  return (
    <p class={`notice handoff is-${block.state}`}>
      <Icon name="person" size={16} />
      <span>
        {said}
        {detail && <small> · {detail}</small>}
      </span>
    </p>
  );
}

export function LinkView({ block }: { block: LinkBlock }) {
  return (
    <PageLink url={block.url} class="link-block">
      {block.label}
      <Icon name="link" size={16} />
    </PageLink>
  );
}
