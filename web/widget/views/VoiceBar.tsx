import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { useConversation } from "../../shared/views/context";
import { useSurface, useWords } from "../context";
import type { VoiceState } from "../voice/voice";

const HELD_MS = 450; // a press longer than this is held: letting go ends it

export function useVoice(): VoiceState {
  return useConversation(useSurface().voice);
}

/** The microphone: a tap begins and ends, a hold lasts as long as it is held. */
export function Microphone() {
  const { voice } = useSurface();
  const { phase } = useVoice();
  const { w } = useWords();
  const pressed = useRef({ at: 0, began: false });
  const listening = phase === "listening" || phase === "starting";
  const label = listening ? w.voiceDone : w.voiceSpeak;
  return (
    <button
      type="button"
      class={`plain mic ${listening ? "is-on" : ""}`}
      aria-label={label}
      title={label}
      aria-pressed={listening}
      disabled={phase === "thinking" || phase === "telling"}
      onPointerDown={(event) => {
        if (event.button !== 0 || phase !== "idle") return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { at: Date.now(), began: true };
        voice.start();
      }}
      onPointerUp={() => {
        if (pressed.current.began && Date.now() - pressed.current.at > HELD_MS) void voice.finish();
      }}
      onContextMenu={(event) => event.preventDefault() /* a long press on a phone */}
      onClick={() => {
        voice.warm();
        const { began } = pressed.current;
        pressed.current = { at: 0, began: false };
        if (began) return; // this very press has begun it; by keyboard nothing was pressed before
        if (listening) void voice.finish();
        else voice.start();
      }}
    >
      {phase === "thinking" ? <span class="spinner" /> : <Icon name={listening ? "check" : "mic"} size={22} />}
    </button>
  );
}

/** What stands in place of the text field while the shopper speaks. */
export function Listening() {
  const { level, words, phase } = useVoice();
  const { w } = useWords();
  const said = phase === "thinking" ? w.voiceThinking : w.voiceListening;
  return (
    <div class="listening">
      <span class="meter" aria-hidden="true" style={{ "--level": String(Math.max(0.08, level)) }}>
        <i /><i /><i /><i /><i />
      </span>
      <span role="status">{words || said}</span>
    </div>
  );
}

/** Who will hear the shopper, before they are heard for the first time. */
export function WhoHears() {
  const { voice } = useSurface();
  const { offered, aloud } = useVoice();
  const { w, language } = useWords();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const by = offered?.hearing_by?.[language] ?? "";
  const told = offered?.hearing === "server" ? w.voiceTold(by, offered.hearing_outside) : w.voiceToldBrowser;
  return (
    <div
      class="who-hears"
      role="alertdialog"
      aria-label={w.voiceSpeak}
      aria-describedby="who-hears"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        voice.cancel();
      }}
    >
      <p id="who-hears">{told}</p>
      {voice.canSpeak && (
        <label>
          <input type="checkbox" checked={aloud} onChange={(event) => voice.choose(event.currentTarget.checked)} />
          {w.voiceHearAnswers}
        </label>
      )}
      <div class="row">
        <button ref={first} type="button" class="primary" onClick={() => voice.agree()}>{w.voiceAgree}</button>
        <button type="button" class="plain-text" onClick={() => voice.cancel()}>{w.notNow}</button>
      </div>
    </div>
  );
}

/** Answers are read aloud, or not; while one is, the same button ends it. */
export function Speaker() {
  const { voice } = useSurface();
  const { aloud, speaking } = useVoice();
  const { w } = useWords();
  if (!voice.canSpeak) return null;
  const label = speaking ? w.voiceHush : w.voiceHearAnswers;
  return (
    <button type="button" class={`plain ${speaking ? "is-speaking" : ""}`} aria-label={label} title={label} aria-pressed={aloud} onClick={() => (speaking ? voice.hush() : voice.hear(!aloud))}>
      <Icon name={aloud ? "speaker" : "mute"} size={22} />
    </button>
  );
}
