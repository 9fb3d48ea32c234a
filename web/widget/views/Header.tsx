import { useEffect, useRef, useState } from "preact/hooks";
import { setTheme, theme } from "../../shared/preferences";
import type { Language, Theme } from "../../shared/preferences";
import { useSurface, useWords } from "../context";
import { useConversation } from "../../shared/views/context";
import { Icon, Mark } from "../../shared/icons";
import type { IconName } from "../../shared/icons";
import { Speaker } from "./VoiceBar";

interface Props {
  onClose: () => void;
  onRate: () => void;
}

/** Who is speaking (and that it is an AI), and the menu. */
export function Header({ onClose, onRate }: Props) {
  const { conversation, server } = useSurface();
  const { servedBy } = useConversation(conversation);
  const { w, language } = useWords();
  const name = useAssistantName(server, language);
  const [menu, setMenu] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);

  const closeMenu = (focus: boolean) => {
    setMenu(false);
    if (focus) trigger.current?.focus();
  };
  const serving = { assistant: w.aiLong, queue: w.queueLong, person: w.personLong }[servedBy];
  return (
    <header class="header">
      <span class="face"><Mark size={30} /></span>
      <div class="who">
        <h2>
          {name ?? w.assistant}
          <span class="mark">{servedBy === "person" ? w.person : w.ai}</span>
        </h2>
        <p>{serving}</p>
      </div>
      <Speaker />
      <button ref={trigger} type="button" class="plain" aria-label={w.menu} aria-haspopup="true" aria-expanded={menu} onClick={() => setMenu(!menu)}>
        <Icon name="menu" size={22} />
      </button>
      <button type="button" class="plain" aria-label={w.close} onClick={onClose}>
        <Icon name="close" size={22} />
      </button>
      {menu && <Menu onClose={closeMenu} onRate={onRate} />}
    </header>
  );
}

function Menu({ onClose, onRate }: { onClose: (focus: boolean) => void; onRate: () => void }) {
  const { conversation } = useSurface();
  const { w, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [look, setLook] = useState<Theme>(theme());

  useEffect(() => {
    box.current?.querySelector<HTMLElement>("button, input")?.focus();
    const root = box.current?.getRootNode() as ShadowRoot;
    const outside = (event: Event) => {
      if (!event.composedPath().some((part) => part === box.current || (part instanceof Element && part.getAttribute("aria-haspopup") === "true"))) onClose(false);
    };
    root.addEventListener("pointerdown", outside);
    return () => root.removeEventListener("pointerdown", outside);
  }, []);

  const say = (text: string) => {
    conversation.send({ text });
    onClose(true);
  };
  const speak = (value: Language) => {
    if (value === language) return;
    conversation.speak(value);
    if (conversation.state.started) conversation.send({ text: w.say.language });
    onClose(true);
  };
  const item = (icon: IconName, label: string, act: () => void) => (
    <button type="button" onClick={act}>
      <Icon name={icon} size={18} />
      {label}
    </button>
  );
  return (
    <div
      ref={box}
      class="menu"
      role="group"
      aria-label={w.menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose(true);
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget && !box.current?.contains(event.relatedTarget as Node)) onClose(false);
      }}
    >
      {item("person", w.talkToPerson, () => say(w.say.person))}
      {item("again", w.startOver, () => say(w.say.startOver))}
      {item("power", w.turnOff, () => say(w.say.turnOff))}
      {item("star", w.rate, () => {
        onRate();
        onClose(false);
      })}
      <Switch label={w.language} value={language} values={[["ko", "한국어"], ["en", "English"]]} onChange={speak} />
      <Switch
        label={w.theme}
        value={look}
        values={(["auto", "light", "dark"] as const).map((each) => [each, w.themes[each]])}
        onChange={(value) => {
          setLook(value);
          setTheme(value);
        }}
      />
    </div>
  );
}

interface SwitchProps<T extends string> {
  label: string;
  value: T;
  values: [T, string][];
  onChange: (value: T) => void;
}

function Switch<T extends string>({ label, value, values, onChange }: SwitchProps<T>) {
  return (
    <fieldset class="switch">
      <legend>{label}</legend>
      <div>
        {values.map(([each, text]) => (
          <button type="button" key={each} aria-pressed={each === value} lang={label === "언어" || label === "Language" ? each : undefined} onClick={() => onChange(each)}>
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function useAssistantName(server: string, language: Language): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    fetch(`${server}/api/store?language=${language}`, { credentials: "omit" })
      .then((response) => (response.ok ? response.json() : null))
      .then((store: { assistant?: { name?: string } } | null) => setName(store?.assistant?.name ?? null))
      .catch(() => undefined); // the general name will do
  }, [server, language]);
  return name;
}
