import { forwardRef } from "preact/compat";
import { useEffect, useImperativeHandle, useRef, useState } from "preact/hooks";
import { useDesk, useWords } from "../../context";
import type { Canned, Staff } from "../../types";
import { Avatar } from "../ui";

const MOST = 8;

export interface PickerHandle {
  /** True when the key was the picker's. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The prepared replies, read once they are wanted. */
export function useCanned(wanted: boolean): Canned[] | null {
  const desk = useDesk();
  const [replies, setReplies] = useState<Canned[] | null>(null);
  useEffect(() => {
    if (wanted && !replies) void desk.api.get<{ items: Canned[] }>("/replies").then(({ items }) => setReplies(items), (error: unknown) => desk.complain(error));
  }, [wanted]);
  return replies;
}

interface ListProps<T> {
  items: T[];
  at: number;
  setAt: (at: number) => void;
  onPick: (item: T) => void;
  label: string;
  empty: string;
  line: (item: T) => preact.ComponentChildren;
}

interface CannedProps {
  typed: string;
  replies: Canned[] | null;
  language: string;
  at: number;
  setAt: (at: number) => void;
  onPick: (reply: Canned) => void;
}

/** Prepared replies whose shortcut, title or text fits what was typed after the slash. */
export const CannedPicker = forwardRef<PickerHandle, CannedProps>(function CannedPicker({ typed, replies, language, ...rest }, ref) {
  const { w } = useWords();
  const needle = typed.toLowerCase();
  const fits = (reply: Canned) => (reply.shortcut.toLowerCase().startsWith(needle) ? 0 : `${reply.title} ${Object.values(reply.texts).join(" ")}`.toLowerCase().includes(needle) ? 1 : 2);
  const items = (replies ?? []).filter((reply) => fits(reply) < 2).sort((a, b) => fits(a) - fits(b) || a.shortcut.localeCompare(b.shortcut)).slice(0, MOST);
  return (
    <List
      ref={ref}
      {...rest}
      items={items}
      label={w.canned}
      empty={replies ? w.noCanned : w.loading}
      line={(reply) => (
        <>
          <kbd>/{reply.shortcut}</kbd>
          <span class="picker-title">{reply.title}</span>
          <span class="quiet">{reply.texts[language] ?? Object.values(reply.texts)[0]}</span>
        </>
      )}
    />
  );
});

interface MentionProps {
  typed: string;
  people: Staff[];
  at: number;
  setAt: (at: number) => void;
  onPick: (id: string, name: string) => void;
}

export const MentionPicker = forwardRef<PickerHandle, MentionProps>(function MentionPicker({ typed, people, onPick, ...rest }, ref) {
  const { w } = useWords();
  const items = people.filter((person) => person.name.toLowerCase().includes(typed.toLowerCase())).slice(0, MOST);
  return (
    <List
      ref={ref}
      {...rest}
      items={items}
      onPick={(person) => onPick(person.id, person.name)}
      label={w.mentionWhom}
      empty={w.nothingFound}
      line={(person) => (
        <>
          <Avatar name={person.name} size={22} presence={person.presence} />
          <span class="picker-title">{person.name}</span>
          <span class="quiet">{w.roles[person.role]}</span>
        </>
      )}
    />
  );
});

const List = forwardRef<PickerHandle, ListProps<{ id: string }>>(function List({ items, at, setAt, onPick, label, empty, line }, ref) {
  const list = useRef<HTMLUListElement>(null);
  useImperativeHandle(ref, () => ({
    onKey: (event) => {
      const moved: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
      const to = moved[event.key];
      const item = items[at];
      if (to !== undefined && items.length) setAt((to + items.length) % items.length);
      else if ((event.key === "Enter" || event.key === "Tab") && item) onPick(item);
      else return false;
      event.preventDefault();
      return true;
    },
  }));
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <ul ref={list} id="picker" class="picker" role="listbox" aria-label={label}>
      {items.length === 0 && <li class="quiet" role="option" aria-selected={false}>{empty}</li>}
      {items.map((item, index) => (
        <li key={item.id} role="option" aria-selected={index === at} onMouseEnter={() => setAt(index)} onMouseDown={(event) => { event.preventDefault(); onPick(item); }}>
          {line(item)}
        </li>
      ))}
    </ul>
  );
}) as <T extends { id: string }>(props: ListProps<T> & { ref: preact.Ref<PickerHandle> | undefined }) => preact.JSX.Element;
