/** What every view of the chat may use: the conversation, the language, and the page around it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../shared/preferences";
import { useConversation } from "../shared/views/context";
import type { Conversation } from "./conversation";
import type { Voice } from "./voice/voice";
import { words } from "./words";
import type { Words } from "./words";

export interface Surface {
  conversation: Conversation;
  voice: Voice;
  server: string;
  /** Opens a shop page; the page itself may take the address over. */
  visit: (event: MouseEvent, url: string) => void;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("a chat view stands outside the chat");
  return surface;
}

export function useWords(): { w: Words; language: Language } {
  const { conversation } = useSurface();
  const { language } = useConversation(conversation);
  return { w: words[language], language };
}
