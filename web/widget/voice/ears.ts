/** Hearing the shopper: by the browser's own recogniser, or by a recording that the shop's server turns into words. */
import type { Language } from "../../shared/preferences";

const QUIET_LEVEL = 0.04; // of 1; below it nobody speaks
const PATIENCE_MS = 1_800; // of quiet after words, until what was said is taken to be whole
const LOOK_MS = 60;
const TAGS: Record<Language, string> = { ko: "ko-KR", en: "en-US" };
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];

/** Why nothing can be heard, as far as the shopper can do something about it. */
export type Deaf = "refused" | "no_microphone" | "nothing" | "failed";

export class NotHeard extends Error {
  constructor(readonly why: Deaf) {
    super(why);
  }
}

export interface Words {
  text: string;
  /** Sure enough to be sent unseen. */
  sure: boolean;
}

export interface Hints {
  language: Language;
  longestMs: number;
  onLevel: (level: number) => void;
  onWords: (soFar: string) => void;
  /** They have fallen silent, or have spoken for as long as is taken. */
  onQuiet: () => void;
}

/** One listening: ended by `finish`, which brings the words, or by `cancel`, which forgets them. */
export interface Listening {
  finish: () => Promise<Words>;
  cancel: () => void;
}

interface Result {
  isFinal: boolean;
  0: { transcript: string; confidence: number };
}

interface Recognition {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  onresult: (event: { results: ArrayLike<Result> }) => void;
  onerror: (event: { error: string }) => void;
  onend: () => void;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

type Recogniser = new () => Recognition;

function recogniser(): Recogniser | null {
  const page = window as unknown as { SpeechRecognition?: Recogniser; webkitSpeechRecognition?: Recogniser };
  return page.SpeechRecognition ?? page.webkitSpeechRecognition ?? null;
}

export function browserHears(): boolean {
  return recogniser() !== null;
}

export function canRecord(): boolean {
  return typeof MediaRecorder === "function" && Boolean(navigator.mediaDevices?.getUserMedia);
}

const SURE = 0.6;

/** The browser's own recogniser; it says itself when the shopper has fallen silent. */
export function listenInBrowser(hints: Hints): Promise<Listening> {
  const Made = recogniser();
  if (!Made) return Promise.reject(new NotHeard("failed"));
  const recognition = new Made();
  recognition.lang = TAGS[hints.language];
  recognition.interimResults = true;
  recognition.continuous = false;
  let heard: Result[] = [];
  let trouble: Deaf | null = null;
  let ended = () => undefined as void;
  const over = new Promise<void>((resolve) => (ended = resolve));
  recognition.onresult = ({ results }) => {
    heard = Array.from(results);
    hints.onWords(heard.map((each) => each[0].transcript).join(" ").trim());
  };
  recognition.onerror = ({ error }) => {
    trouble = error === "not-allowed" || error === "service-not-allowed" ? "refused" : error === "audio-capture" ? "no_microphone" : error === "no-speech" ? "nothing" : "failed";
  };
  const longest = window.setTimeout(() => recognition.stop(), hints.longestMs);
  recognition.onend = () => {
    clearTimeout(longest);
    ended();
    hints.onQuiet();
  };
  recognition.start();
  return Promise.resolve({
    finish: async () => {
      recognition.stop();
      await over;
      const text = heard.map((each) => each[0].transcript.trim()).join(" ").trim();
      if (!text) throw new NotHeard(trouble ?? "nothing");
      // a browser that does not say how sure it is says 0
      return { text, sure: heard.every((each) => each[0].confidence === 0 || each[0].confidence >= SURE) };
    },
    cancel: () => {
      recognition.onend = () => undefined;
      clearTimeout(longest);
      recognition.abort();
    },
  });
}

/** A recording; `understand` turns it into words once it is whole. */
export async function record(hints: Hints, understand: (recording: Blob) => Promise<Words>): Promise<Listening> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } }).catch((error: unknown) => {
    const name = error instanceof DOMException ? error.name : "";
    throw new NotHeard(name === "NotAllowedError" || name === "SecurityError" ? "refused" : name === "NotFoundError" ? "no_microphone" : "failed");
  });
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(stream, kind ? { mimeType: kind } : {});
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const over = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
  const unwatch = watch(stream, hints);
  recorder.start();
  const close = () => {
    unwatch();
    if (recorder.state !== "inactive") recorder.stop();
    stream.getTracks().forEach((track) => track.stop()); // the browser's sign of a live microphone goes out
  };
  return {
    finish: async () => {
      close();
      await over;
      const whole = new Blob(parts, { type: recorder.mimeType });
      if (!whole.size) throw new NotHeard("nothing");
      return understand(whole);
    },
    cancel: close,
  };
}

/** How loud it is, and when it has become quiet after words. */
function watch(stream: MediaStream, hints: Hints): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const begun = Date.now();
  let spoke = 0;
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = Math.min(1, 4 * Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length));
    hints.onLevel(level);
    const now = Date.now();
    if (level > QUIET_LEVEL) spoke = now;
    if ((spoke && now - spoke > PATIENCE_MS) || now - begun > hints.longestMs) {
      clearInterval(timer);
      hints.onQuiet();
    }
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
