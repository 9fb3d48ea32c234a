import { Icon } from "../../../shared/icons";
import { useDesk, useNow, useSession, useWords } from "../../context";
import { since, span } from "../../time";
import type { Talk } from "../../talk";
import type { Conversation, Priority } from "../../types";
import { Avatar, Menu } from "../ui";
import type { MenuItem } from "../ui";
import type { Acts } from "./acts";
import type { DialogName } from "./ConversationView";
import { nameOf } from "./ThreadRow";

interface Props {
  talk: Talk;
  detail: Conversation;
  acts: Acts;
  side: boolean;
  onBack: () => void;
  onSide: () => void;
  onDialog: (name: DialogName) => void;
}

/** Who it is, who has it, who else looks; and what may be done now. */
export function TalkHead({ detail, acts, onBack, onDialog, side, onSide }: Props) {
  const { staff } = useSession();
  const { w, language } = useWords();
  const now = useNow();
  const { thread, allowed } = detail;
  const can = (verb: string) => allowed.includes(verb);
  const mine = thread.owner?.id === staff.id;
  const others = detail.viewers.filter((viewer) => viewer.id !== staff.id);
  const waits = thread.waiting_since && thread.state !== "closed" ? span(since(thread.waiting_since, now), language) : "";
  const standing = thread.state === "person" && thread.owner ? (mine ? w.youHaveIt : w.hasIt(thread.owner.name)) : thread.state === "assistant" ? w.assistantHasIt : w.states[thread.state];
  return (
    <header class="talk-head">
      <button type="button" class="icon-button talk-back" aria-label={w.back} onClick={onBack}>
        <Icon name="back" />
      </button>
      <Avatar name={thread.customer?.name ?? ""} size={34} />
      <div class="talk-who">
        <h2 tabIndex={-1}>
          {nameOf(thread, w)} {thread.customer?.vip && <b class="chip is-vip">VIP</b>}
        </h2>
        <p class="quiet">
          <span class={`standing is-${mine && thread.state === "person" ? "mine" : thread.state}`}>{standing}</span>
          {waits && ` · ${w.waits(waits)}`}
          {` · ${w.channels[thread.channel] ?? thread.channel}`}
        </p>
        {others.length > 0 && (
          <p class="viewers" role="status">
            <Icon name="eye" size={14} />
            {others.some((viewer) => viewer.typing) ? w.alsoTyping(others.filter((viewer) => viewer.typing).map((viewer) => viewer.name).join(", ")) : w.alsoLooking(others.map((viewer) => viewer.name).join(", "))}
          </p>
        )}
      </div>
      <div class="talk-acts">
        {can("take") && (
          <button type="button" class="button is-main" onClick={acts.take} title="a">
            <Icon name="hand" size={16} />
            {w.take}
          </button>
        )}
        {can("reopen") && <button type="button" class="button" onClick={acts.reopen}>{w.reopen}</button>}
        {can("wake") && <button type="button" class="button" onClick={acts.wake}>{w.wake}</button>}
        {can("resolve") && (
          <button type="button" class="button is-good" onClick={acts.resolve} title="e">
            <Icon name="check" size={16} />
            {w.resolve}
          </button>
        )}
        {can("transfer") && (
          <button type="button" class="icon-button is-wide" aria-label={w.transfer} title={`${w.transfer} (t)`} onClick={() => onDialog("transfer")}>
            <Icon name="move" size={18} />
          </button>
        )}
        {can("act") && (
          <button type="button" class="icon-button is-wide" aria-label={w.actions} title={`${w.actions} (d)`} onClick={() => onDialog("actions")}>
            <Icon name="bolt" size={18} />
          </button>
        )}
        <More detail={detail} acts={acts} onDialog={onDialog} />
        <button type="button" class={`icon-button ${side ? "is-on" : ""}`} aria-label={w.side} aria-pressed={side} title={`${w.side} (])`} onClick={onSide}>
          <Icon name="side" size={18} />
        </button>
      </div>
    </header>
  );
}

function More({ detail, acts, onDialog }: Pick<Props, "detail" | "acts" | "onDialog">) {
  const desk = useDesk();
  const { w } = useWords();
  const can = (verb: string) => detail.allowed.includes(verb);
  const priorities: Priority[] = ["urgent", "high", "normal", "low"];
  const items: (MenuItem | "line" | false)[] = [
    can("transfer") && { label: w.transfer, icon: "move", hint: "t", run: () => onDialog("transfer") },
    can("act") && { label: w.actions, icon: "bolt", hint: "d", run: () => onDialog("actions") },
    can("snooze") && { label: w.snooze, icon: "bell", hint: "z", run: () => onDialog("snooze") },
    can("give_back") && { label: w.giveBack, icon: "again", hint: "b", run: acts.giveBack },
    can("close") && { label: w.closeTalk, icon: "close", hint: "x", run: acts.close },
    "line",
    can("labels") && { label: w.labels, icon: "tag", hint: "l", run: () => onDialog("labels") },
    ...(can("priority") ? priorities.map((each): MenuItem => ({ label: w.priorityIs(w.priorities[each]), checked: detail.thread.priority === each, run: () => acts.setPriority(each) })) : []),
    "line",
    can("merge") && { label: w.merge, icon: "merge", run: () => onDialog("merge") },
    { label: w.copyLink, icon: "link", run: () => void navigator.clipboard.writeText(location.href).then(() => desk.toast(w.copied), () => desk.toast(location.href)) },
  ];
  return <Menu label={w.more} button={<Icon name="menu" size={18} />} items={items.filter((item) => item !== false)} />;
}
