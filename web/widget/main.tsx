/** One script tag puts the shop's assistant on a page:
 *  <script src="https://shop.example/widget.js" data-lang="ko" data-theme="auto" data-customer-token="…"></script> */
import { render } from "preact";
import type { Cart } from "../shared/blocks";
import type { Dangol } from "../shared/dangol";
import { language, onPreferences, theme } from "../shared/preferences";
import type { Language } from "../shared/preferences";
import { ChatApi } from "./api";
import { Conversation } from "./conversation";
import { listen } from "./live";
import { Session } from "./session";
import { App } from "./views/App";
import { Voice } from "./voice/voice";
import { SMALL } from "./views/Panel";
import css from "./styles/widget.css?inline";

const OPEN = "dangol.open";

function productOnPage(): string | null {
  return window.dangol?.page?.product ?? document.querySelector<HTMLMetaElement>('meta[name="dangol:product"]')?.content ?? null;
}

function paint(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.appendChild(document.createElement("style")).textContent = css;
  }
}

/** The chat stays open from page to page; on a phone, where it covers the page, only over a reload of the same one. */
function kept(): boolean {
  try {
    const page = sessionStorage.getItem(OPEN);
    return page !== null && (page === location.pathname || !matchMedia(SMALL).matches);
  } catch {
    return false;
  }
}

function keep(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(OPEN, location.pathname);
    else sessionStorage.removeItem(OPEN);
  } catch {
    /* the panel opens closed on the next page */
  }
}

function start(script: HTMLScriptElement): void {
  const server = script.dataset["server"] ?? new URL(script.src).origin;
  const api = new ChatApi(server);
  const wished = (): Language => language(script.dataset["lang"]);
  const session = new Session(server);
  let open = kept();
  const conversation = new Conversation(api, session, {
    language: wished,
    customerToken: script.dataset["customerToken"] ?? null,
    product: productOnPage,
    isOpen: () => open,
  });

  const voice = new Voice(api, conversation, { read: (key) => session.readVoice(key), write: (key, value) => session.keepVoice(key, value) });
  const host = document.createElement("div");
  host.id = "dangol";
  host.style.cssText = "all: initial !important"; // no rule of the page reaches it
  const root = host.attachShadow({ mode: "open" });
  paint(root);
  const dress = () => {
    host.dataset["theme"] = theme(script.dataset["theme"]);
    host.lang = conversation.state.language;
  };
  let page = wished();
  onPreferences(() => {
    const now = wished();
    if (now !== page) conversation.speak(now);
    page = now;
    dress();
  });
  conversation.subscribe(dress);
  dress();
  document.body.append(host);

  let opener: HTMLElement | null = null;
  const draw = () =>
    render(<App conversation={conversation} voice={voice} server={server} open={open} setOpen={setOpen} />, root);
  const setOpen = (value: boolean) => {
    if (value && !open) opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    open = value;
    keep(open);
    if (open) conversation.markRead();
    draw();
    if (!open && opener && opener !== host && opener.isConnected) opener.focus();
  };

  const listeners = new Set<(cart: Cart | null) => void>();
  let told: Cart | null = null;
  conversation.subscribe(() => {
    if (conversation.state.cart === told) return;
    told = conversation.state.cart;
    listeners.forEach((listener) => listener(told));
  });
  Object.assign((window.dangol ??= {}), {
    open: (wish) => {
      setOpen(true);
      if (wish) conversation.send(wish);
    },
    close: () => setOpen(false),
    conversation: () => conversation.credentials?.id ?? null,
    cart: () => conversation.basket.load(),
    add: (sku, quantity = 1) => conversation.basket.add(sku, quantity),
    setQuantity: (sku, quantity) => conversation.basket.setQuantity(sku, quantity),
    useCoupon: (code) => conversation.basket.useCoupon(code),
    onCart: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } satisfies Dangol);
  window.dispatchEvent(new Event("dangol:ready"));

  draw();
  listen(api, conversation);
  if (!open && conversation.state.outbox.length) void conversation.begin();
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !document.getElementById("dangol")) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
