/** Small parts that all views of the console share. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { IconName } from "../../shared/icons";
import { Refused } from "../../shared/refused";
import { useWords } from "../context";
import type { Presence } from "../types";

interface DialogProps {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** A modal dialog; the browser keeps the focus in it, Escape closes it, the opener gets the focus back. */
export function Dialog({ title, onClose, wide, children }: DialogProps) {
  const { w } = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    const opener = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first], .dialog-body input, .dialog-body select, .dialog-body textarea, .dialog-body button")?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog ${wide ? "is-wide" : ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === box.current && onClose()}
    >
      <div class="dialog-frame">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label={w.close} onClick={onClose}>
            <Icon name="close" size={18} />
          </button>
        </header>
        <div class="dialog-body">{children}</div>
      </div>
    </dialog>
  );
}

export interface MenuItem {
  label: string;
  icon?: IconName;
  hint?: string;
  bad?: boolean;
  checked?: boolean;
  run: () => void;
}

interface MenuProps {
  label: string;
  items: (MenuItem | "line")[];
  button: ComponentChildren;
  class?: string;
  upwards?: boolean;
  /** The button's own words name it. */
  worded?: boolean;
}

/** A button with a list of acts; arrow keys, Home, End, Escape. */
export function Menu({ label, items, button, class: name = "icon-button", upwards, worded }: MenuProps) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const buttons = () => [...(frame.current?.querySelectorAll<HTMLButtonElement>(".menu button") ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    buttons()[0]?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to: Record<string, number> = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 };
    const wanted = to[event.key];
    if (wanted !== undefined) all[wanted]?.focus();
    else if (event.key === "Escape") {
      setOpen(false);
      opener.current?.focus();
    } else if (event.key === "Tab") return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu-frame" ref={frame} onKeyDown={onKeyDown}>
      <button ref={opener} type="button" class={name} aria-haspopup="menu" aria-expanded={open} aria-label={worded ? undefined : label} title={label} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <div class={`menu ${upwards ? "is-up" : ""}`} role="menu" aria-label={label}>
          {items.map((item, index) =>
            item === "line" ? (
              <hr key={index} />
            ) : (
              <button
                key={index}
                type="button"
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                class={item.bad ? "is-bad" : ""}
                onClick={() => {
                  setOpen(false);
                  opener.current?.focus();
                  item.run();
                }}
              >
                {item.checked === undefined ? item.icon && <Icon name={item.icon} size={16} /> : <span class="tick">{item.checked && <Icon name="check" size={16} />}</span>}
                <span>{item.label}</span>
                {item.hint && <kbd>{item.hint}</kbd>}
              </button>
            ),
          )}
        </div>
      )}
    </div>
  );
}

const HUES = [16, 45, 95, 150, 185, 215, 260, 300, 335];

export function Avatar({ name, size = 28, presence }: { name: string; size?: number; presence?: Presence | undefined }) {
  const hue = HUES[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUES.length] ?? 16;
  const korean = /[가-힣]/.test(name);
  const letters = korean ? name.replaceAll(" ", "").slice(-2) : name.split(/\s+/).map((part) => part[0] ?? "").join("").slice(0, 2).toUpperCase();
  return (
    <span class="avatar" style={`--hue: ${hue}; --size: ${size}px`} aria-hidden="true">
      {letters || <Icon name="person" size={size * 0.6} />}
      {presence && <i class={`dot is-${presence}`} />}
    </span>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="empty-mark"><Icon name={icon} size={26} /></span>
      <p class="empty-title">{title}</p>
      {children && <div class="quiet">{children}</div>}
    </div>
  );
}

export function Loading() {
  const { w } = useWords();
  return (
    <div class="loading" role="status">
      <span class="spinner" />
      {w.loading}
    </div>
  );
}

/** What went wrong while reading, and a way to try again. */
export function Problem({ problem, again }: { problem: unknown; again: () => void }) {
  const { w } = useWords();
  return (
    <div class="problem" role="alert">
      <Icon name="info" size={18} />
      <span>{problem instanceof Refused ? problem.message : w.unreachable}</span>
      <button type="button" class="small" onClick={again}>{w.again}</button>
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean }) => ComponentChildren;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class={`field ${error ? "is-wrong" : ""}`}>
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": about, "aria-invalid": Boolean(error) })}
      {hint && <small id={`${id}-hint`} class="quiet">{hint}</small>}
      {error && <small id={`${id}-error`} class="failed">{error}</small>}
    </div>
  );
}

/** A page of the console that is not the inbox: its title, what may be done, its content. */
export function Sheet({ title, lead, acts, children }: { title: string; lead?: string; acts?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="sheet">
      <header class="sheet-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p class="quiet">{lead}</p>}
        </div>
        {acts && <div class="sheet-acts">{acts}</div>}
      </header>
      {children}
    </div>
  );
}

/** On a narrow screen the row of tabs is longer than the window: the open one is seen. */
function intoView(tab: HTMLAnchorElement | null): void {
  const row = tab?.parentElement;
  if (tab && row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

export function Tabs({ tabs, at, label }: { tabs: { id: string; label: string; href: string; count?: number | undefined }[]; at: string; label: string }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.id} href={tab.href} aria-current={tab.id === at ? "page" : undefined} ref={tab.id === at ? intoView : null}>
          {tab.label}
          {tab.count ? <b class="count">{tab.count}</b> : null}
        </a>
      ))}
    </nav>
  );
}

/** Figures side by side: what each is, how much, and from what it comes. */
export function Tiles({ tiles }: { tiles: (readonly [title: string, figure: string, below: string])[] }) {
  return (
    <ul class="tiles">
      {tiles.map(([title, figure, below]) => (
        <li key={title} class="sheet-card">
          <p class="quiet">{title}</p>
          <p class="figure">{figure}</p>
          <p class="quiet">{below}</p>
        </li>
      ))}
    </ul>
  );
}
