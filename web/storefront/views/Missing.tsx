import { useShop, useTitle } from "../shop";
import { AskButton } from "./parts";

export function Missing() {
  const { w } = useShop();
  useTitle(w.missing);
  return (
    <div class="empty page">
      <h1>{w.missing}</h1>
      <p>{w.missingHint}</p>
      <p class="row">
        <a class="button is-main" href="/">{w.home}</a>
        <AskButton>{w.askAi}</AskButton>
      </p>
    </div>
  );
}
