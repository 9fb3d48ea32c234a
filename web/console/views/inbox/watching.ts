/** Blocks as the shopper sees them, for somebody who looks on and presses nothing. */
import type { Language } from "../../../shared/preferences";
import type { Surface } from "../../../shared/views/context";

export function watched(language: Language): Surface {
  const nothing = () => undefined;
  return {
    server: location.origin,
    visit: (event, url) => {
      event.preventDefault();
      window.open(url, "_blank", "noopener"); // a shop page never takes the desk's place
    },
    watching: true,
    conversation: {
      state: { language, cart: null, pressed: { choices: {}, feedback: {}, forms: [] } },
      subscribe: () => nothing,
      send: nothing,
      press: nothing,
      submit: nothing,
      setQuantity: () => Promise.reject(new Error("staff look on")),
    },
  };
}
