import { render } from "preact";
import { language, onPreferences, theme } from "../shared/preferences";
import { followLinks, go } from "../shared/router";
import { keepDoubleClicks } from "./clicks";
import { Desk } from "./desk";
import { listenToKeys } from "./keys";
import { inboxPlace } from "./places";
import { App } from "./views/App";
import "./styles/console.css";

const dress = () => {
  document.documentElement.lang = language();
  document.documentElement.dataset["theme"] = theme();
};
onPreferences(dress);
dress();
followLinks((address) => {
  const url = new URL(address, location.href);
  return url.origin === location.origin && /^\/console(\/|$)/.test(url.pathname) && !url.hash;
});

keepDoubleClicks();
const desk = new Desk();
listenToKeys(() => desk.alerts.state.keys);
desk.alerts.onOpen = (conversation) => go(inboxPlace("mine", conversation));
void desk.begin();
const root = document.getElementById("console");
if (root) render(<App desk={desk} />, root);
