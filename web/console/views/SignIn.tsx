import { useEffect, useRef, useState } from "preact/hooks";
import { Mark } from "../../shared/icons";
import { setLanguage } from "../../shared/preferences";
import { Refused } from "../../shared/refused";
import { useDesk, useWords } from "../context";
import { Field } from "./ui";

/** The door: e-mail and password, then the code of the second factor where the account has one. */
export function SignIn() {
  const desk = useDesk();
  const { w, language } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<"password" | "code">("password");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = w.signIn;
  }, [w]);
  useEffect(() => {
    if (step === "code") codeField.current?.focus();
  }, [step]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!email.trim() || !password) return setProblem(w.signInEmpty);
    setBusy(true);
    setProblem("");
    try {
      await desk.signIn(email.trim(), password, step === "code" ? code.replaceAll(/\D/g, "") : undefined);
    } catch (error) {
      if (error instanceof Refused && error.code === "code_needed") setStep("code");
      else if (error instanceof Refused && error.status === 401) setProblem(step === "code" ? w.wrongCode : w.signInFailed);
      else if (error instanceof Refused && error.status === 429) setProblem(w.signInLater);
      else setProblem(error instanceof Refused ? error.message : w.unreachable);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="door">
      <form class="door-card" noValidate onSubmit={(event) => void submit(event)}>
        <span class="door-mark"><Mark size={44} /></span>
        <h1>{w.console}</h1>
        <p class="quiet">{step === "code" ? w.codeLead : w.signInLead}</p>
        {step === "password" ? (
          <>
            <Field label={w.email}>
              {(ids) => <input {...ids} type="email" name="email" autocomplete="username" required value={email} onInput={(event) => setEmail(event.currentTarget.value)} />}
            </Field>
            <Field label={w.password}>
              {(ids) => <input {...ids} type="password" name="password" autocomplete="current-password" required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />}
            </Field>
          </>
        ) : (
          <Field label={w.code}>
            {(ids) => <input {...ids} ref={codeField} class="code" name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={8} value={code} onInput={(event) => setCode(event.currentTarget.value)} />}
          </Field>
        )}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <button type="submit" class="primary wide" aria-disabled={busy}>{busy ? w.signingIn : w.signIn}</button>
        {step === "code" && (
          <button type="button" class="plain-text" onClick={() => { setStep("password"); setCode(""); setProblem(""); }}>
            {w.otherAccount}
          </button>
        )}
        <button type="button" class="plain-text" lang={language === "ko" ? "en" : "ko"} onClick={() => setLanguage(language === "ko" ? "en" : "ko")}>
          {language === "ko" ? "English" : "한국어"}
        </button>
      </form>
    </main>
  );
}
