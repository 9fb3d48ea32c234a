/** What a block may use of the page it stands on: the shopper's chat, or the console where staff look on. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Cart } from "../blocks";
import type { Language } from "../preferences";
import { blockWords } from "./words";
import type { BlockWords } from "./words";

export interface Pressed {
  choices: Record<string, string>;
  feedback: Record<string, number>;
  forms: string[];
}

export interface TalkState {
  language: Language;
  cart: Cart | null;
  pressed: Pressed;
}

/** A conversation, as blocks act upon it. */
export interface Talk {
  readonly state: TalkState;
  subscribe(changed: () => void): () => void;
  send(wish: { choice: string; label: string }): void;
  press(blockId: string, option: { id: string; label: string }): void;
  submit(blockId: string, form: string, values: Record<string, unknown>, label: string): void;
  setQuantity(sku: string, quantity: number): Promise<Cart>;
}

export interface Surface {
  conversation: Talk;
  server: string;
  /** Opens a shop page; the page itself may take the address over. */
  visit: (event: MouseEvent, url: string) => void;
  /** Somebody looks on: nothing can be pressed. */
  watching?: boolean;
}

export const BlockContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(BlockContext);
  if (!surface) throw new Error("a block stands outside a conversation");
  return surface;
}

/** The state of what tells when it changes, kept current. */
export function useConversation<State>(conversation: { readonly state: State; subscribe(changed: () => void): () => void }): State {
  const [state, setState] = useState(conversation.state);
  useEffect(() => {
    setState(conversation.state);
    return conversation.subscribe(() => setState(conversation.state));
  }, [conversation]);
  return state;
}

export function useWords(): { w: BlockWords; language: Language } {
  const { conversation } = useSurface();
  const { language } = useConversation(conversation);
  return { w: blockWords[language], language };
}
