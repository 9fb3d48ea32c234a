/** Reading answers aloud: with the voices of the device, or as sound from the shop's server. */
import type { Language } from "../../shared/preferences";

const TAGS: Record<Language, string> = { ko: "ko-KR", en: "en-US" };
const SENTENCE = /[^.!?]+[.!?]*\s*/g;

export function deviceSpeaks(): boolean {
  return typeof speechSynthesis === "object" && typeof SpeechSynthesisUtterance === "function";
}

export class Mouth {
  private context: AudioContext | null = null;
  private playing: AudioBufferSourceNode | null = null;
  private turn = 0; // of what is spoken; a later one ends it

  constructor(private readonly onSpeaking: (speaking: boolean) => void) {}

  /** Opens the way for sound; called when the shopper touches the page, before which browsers let none be heard. */
  warm(): void {
    this.context ??= new AudioContext();
    void this.context.resume().catch(() => undefined);
  }

  /** Speaks a text, a sentence at a time: some browsers break off what is longer than a quarter of a minute. */
  say(text: string, language: Language): void {
    this.hush();
    const sentences = text.match(SENTENCE) ?? [];
    if (!sentences.length) return;
    const turn = ++this.turn;
    this.onSpeaking(true);
    sentences.forEach((sentence, index) => {
      const said = new SpeechSynthesisUtterance(sentence.trim());
      said.lang = TAGS[language];
      const last = index === sentences.length - 1;
      said.onend = said.onerror = () => {
        if (last && turn === this.turn) this.onSpeaking(false);
      };
      speechSynthesis.speak(said);
    });
  }

  /** Plays a sound that came from the server; through Web Audio, which no page's policy on media keeps from playing. */
  async play(sound: ArrayBuffer): Promise<void> {
    this.hush();
    const turn = ++this.turn;
    this.warm();
    const context = this.context;
    if (!context) return;
    const buffer = await context.decodeAudioData(sound);
    if (turn !== this.turn) return; // something else is said by now, or nothing is to be
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => {
      if (turn === this.turn) this.onSpeaking(false);
    };
    this.playing = source;
    this.onSpeaking(true);
    source.start();
  }

  hush(): void {
    this.turn += 1;
    if (deviceSpeaks()) speechSynthesis.cancel();
    try {
      this.playing?.stop();
    } catch {
      /* it had not begun */
    }
    this.playing = null;
    this.onSpeaking(false);
  }
}
