import { useState } from "preact/hooks";
import { setLanguage, setTheme, theme } from "../../../shared/preferences";
import type { Language, Theme } from "../../../shared/preferences";
import { Refused } from "../../../shared/refused";
import { useDesk, useSession, useWords } from "../../context";
import { useStore } from "../../store";
import { Field, Sheet } from "../ui";
import { SecondFactor } from "./SecondFactor";

/** One's own account: how it looks and sounds, password, second factor. */
export function Account() {
  const desk = useDesk();
  const { staff } = useSession();
  const { w } = useWords();
  return (
    <Sheet title={staff.name} lead={`${staff.email} · ${w.roles[staff.role]}`}>
      <Looks />
      <Sounds />
      <ChangePassword />
      <SecondFactor />
      <section class="sheet-card">
        <h2>{w.sessions}</h2>
        <p class="quiet">{w.sessionsLead}</p>
        <div class="row">
          <button type="button" class="button" onClick={() => void desk.signOut().catch((error) => desk.complain(error))}>{w.signOut}</button>
          <button type="button" class="button is-bad" onClick={() => void desk.signOut(true).catch((error) => desk.complain(error))}>{w.signOutEverywhere}</button>
        </div>
      </section>
    </Sheet>
  );
}

function Looks() {
  const { w, language } = useWords();
  return (
    <section class="sheet-card">
      <h2>{w.looks}</h2>
      <div class="two">
        <Field label={w.language}>
          {(ids) => (
            <select {...ids} value={language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
              <option value="ko">한국어</option>
              <option value="en">English</option>
            </select>
          )}
        </Field>
        <Field label={w.theme}>
          {(ids) => (
            <select {...ids} value={theme()} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
              {(["auto", "light", "dark"] as const).map((each) => <option key={each} value={each}>{w.themes[each]}</option>)}
            </select>
          )}
        </Field>
      </div>
    </section>
  );
}

function Sounds() {
  const desk = useDesk();
  const { sound, notifications, keys } = useStore(desk.alerts);
  const { w } = useWords();
  const [refused, setRefused] = useState(false);
  const setNotifications = async (wanted: boolean) => {
    if (!wanted) return desk.alerts.set({ notifications: false });
    setRefused(!(await desk.alerts.allowNotifications()));
  };
  return (
    <section class="sheet-card">
      <h2>{w.alerts}</h2>
      <label class="check">
        <input type="checkbox" checked={sound} onChange={(event) => { desk.alerts.set({ sound: event.currentTarget.checked }); if (event.currentTarget.checked) desk.alerts.chime(); }} />
        <span>{w.soundOn}</span>
      </label>
      <label class="check">
        <input type="checkbox" checked={notifications} onChange={(event) => void setNotifications(event.currentTarget.checked)} />
        <span>{w.notificationsOn}</span>
      </label>
      {refused && <p class="failed" role="alert">{w.notificationsRefused}</p>}
      <label class="check">
        <input type="checkbox" checked={keys} onChange={(event) => desk.alerts.set({ keys: event.currentTarget.checked })} />
        <span>{w.keysOn}</span>
      </label>
    </section>
  );
}

function ChangePassword() {
  const desk = useDesk();
  const { w } = useWords();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [problem, setProblem] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    setProblem("");
    try {
      await desk.api.put("/me/password", { old, new: fresh });
      setOld("");
      setFresh("");
      desk.toast(w.done.password);
    } catch (error) {
      setProblem(!(error instanceof Refused) ? w.unreachable : error.code === "sign_in_failed" ? w.wrongPassword : (w.advice[error.code] ?? error.message));
    }
  };
  return (
    <form class="sheet-card form-grid" onSubmit={(event) => void submit(event)}>
      <h2>{w.password}</h2>
      <div class="two">
        <Field label={w.oldPassword}>{(ids) => <input {...ids} type="password" autocomplete="current-password" required value={old} onInput={(event) => setOld(event.currentTarget.value)} />}</Field>
        <Field label={w.newPassword} hint={w.passwordHint}>{(ids) => <input {...ids} type="password" autocomplete="new-password" required value={fresh} onInput={(event) => setFresh(event.currentTarget.value)} />}</Field>
      </div>
      {problem && <p class="failed" role="alert">{problem}</p>}
      <div><button type="submit" class="button">{w.changePassword}</button></div>
    </form>
  );
}
