import { Icon } from "../../shared/icons";
import { useDesk, useWords } from "../context";
import { useStore } from "../store";

/** What was just done, and the way back. */
export function Toasts() {
  const desk = useDesk();
  const { toasts } = useStore(desk);
  const { w } = useWords();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast ${toast.bad ? "is-bad" : ""}`}>
          <span>{toast.text}</span>
          {toast.act && (
            <button
              type="button"
              onClick={() => {
                desk.dismiss(toast.id);
                toast.act?.run();
              }}
            >
              {toast.act.label}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={w.close} onClick={() => desk.dismiss(toast.id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
