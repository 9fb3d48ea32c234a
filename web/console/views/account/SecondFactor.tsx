import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { useDesk, useSession, useWords } from "../../context";
import { Field } from "../ui";

/** A code of an authenticator app beside the password: set up, switched on, switched off. */
export function SecondFactor() {
  const desk = useDesk();
  const { staff } = useSession();
  const { w } = useWords();
  const [setup, setSetup] = useState<{ secret: string; uri: string } | null>(null);
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem("");
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(!(error instanceof Refused) ? w.unreachable : error.status === 401 ? (staff.totp ? w.wrongPassword : w.wrongCode) : error.message);
      return false;
    }
  };
  const begin = () => attempt(async () => setSetup(await desk.api.post("/me/totp")));
  const confirm = async (event: Event) => {
    event.preventDefault();
    if (!(await attempt(() => desk.api.put("/me/totp", { code: code.replaceAll(/\D/g, "") })))) return;
    setSetup(null);
    setCode("");
    desk.changeMe({ totp: true });
    desk.toast(w.done.totpOn);
  };
  const end = async (event: Event) => {
    event.preventDefault();
    if (!(await attempt(() => desk.api.delete("/me/totp", { password })))) return;
    setPassword("");
    desk.changeMe({ totp: false });
    desk.toast(w.done.totpOff);
  };
  return (
    <section class="sheet-card form-grid">
      <h2>{w.totp} <span class={`chip ${staff.totp ? "is-on" : ""}`}>{staff.totp ? w.on : w.off}</span></h2>
      <p class="quiet">{w.totpLead}</p>
      {staff.totp ? (
        <form class="row" onSubmit={(event) => void end(event)}>
          <Field label={w.password}>{(ids) => <input {...ids} type="password" autocomplete="current-password" required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />}</Field>
          <button type="submit" class="button is-bad">{w.totpEnd}</button>
        </form>
      ) : setup ? (
        <form class="form-grid" onSubmit={(event) => void confirm(event)}>
          <p>{w.totpSecret}</p>
          <p><code class="secret">{setup.secret.replaceAll(/(.{4})/g, "$1 ").trim()}</code></p>
          <p><a href={setup.uri}>{w.totpOpen}</a></p>
          <Field label={w.code}>{(ids) => <input {...ids} class="code" inputMode="numeric" autocomplete="one-time-code" maxLength={8} required value={code} onInput={(event) => setCode(event.currentTarget.value)} />}</Field>
          <div><button type="submit" class="button is-main">{w.totpConfirm}</button></div>
        </form>
      ) : (
        <div><button type="button" class="button" onClick={() => void begin()}>{w.totpBegin}</button></div>
      )}
      {problem && <p class="failed" role="alert">{problem}</p>}
    </section>
  );
}
