import { useState } from "preact/hooks";
import type { Detail, Variant } from "../api";
import { ask, chat, useShop } from "../shop";
import { AskButton } from "./parts";

interface Props {
  detail: Detail;
  picked: Record<string, string>;
  variant: Variant | null;
  onPick: (name: string, value: string) => void;
}

/** Choosing size and colour, how many, and into the cart. */
export function BuyBox({ detail, picked, variant, onPick }: Props) {
  const { w } = useShop();
  const [quantity, setQuantity] = useState(1);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<"added" | "failed" | "choose" | null>(null);
  const [reason, setReason] = useState("");
  const most = variant?.left || 99;
  const allGone = detail.variants.every((each) => !each.in_stock);
  const gone = allGone || (variant !== null && !variant.in_stock);

  const add = async () => {
    if (!variant) return setSaid("choose");
    if (busy) return undefined;
    setBusy(true);
    setSaid(null);
    try {
      await (await chat()).add(variant.sku, quantity);
      setSaid("added");
    } catch (error) {
      setReason(error instanceof Error && error.name === "Refused" ? error.message : "");
      setSaid("failed");
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  return (
    <>
      {detail.options.filter((option) => option.values.length > 0).map((option) => (
        <fieldset class="picker" key={option.name}>
          <legend>{option.name}</legend>
          <div>
            {option.values.map(({ value, label }) => {
              const there = sells(detail, { ...picked, [option.name]: value });
              return (
                <label key={value} class={there ? "" : "is-out"}>
                  <input type="radio" name={option.name} value={value} checked={picked[option.name] === value} onChange={() => {
                    setSaid(null);
                    onPick(option.name, value);
                  }} />
                  <span>
                    {label}
                    {!there && <span class="unseen"> {w.soldOut}</span>}
                  </span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      <p class={`stock ${gone ? "is-out" : variant ? "is-there" : ""}`} role="status">
        {gone ? w.soldOut : !variant ? w.chooseAll : variant.left && variant.left <= 5 ? w.left(variant.left) : w.inStock}
      </p>
      <div class="buy-row">
        <div class="stepper" role="group" aria-label={w.quantity}>
          <button type="button" aria-label={w.fewer} aria-disabled={quantity <= 1} onClick={() => setQuantity(Math.max(1, quantity - 1))}>−</button>
          <output>{quantity}</output>
          <button type="button" aria-label={w.moreOne} aria-disabled={quantity >= most} onClick={() => setQuantity(Math.min(most, quantity + 1))}>+</button>
        </div>
        {gone ? (
          <button type="button" class="button is-main" onClick={() => ask(w.restock)}>{w.restock}</button>
        ) : (
          <button type="button" class="button is-main" aria-disabled={busy} onClick={() => void add()}>{busy ? w.adding : w.add}</button>
        )}
      </div>
      <div role="status" class="said">
        {said === "added" && <p class="good-news">{w.added} <a href="/cart">{w.toCart}</a></p>}
        {said === "choose" && <p class="bad-news">{w.chooseAll}</p>}
        {said === "failed" && <p class="bad-news">{reason || w.couldNot}</p>}
      </div>
      <AskButton>{w.askProduct}</AskButton>
      {detail.shelf && detail.shelf.length > 0 && (
        <section class="shelf">
          <h2>{w.shelf}</h2>
          <ul>
            {detail.shelf.map((each) => (
              <li key={each.branch}>
                <span>{each.name}</span>
                <span class={each.in_stock ? "yes" : "soft"}>{each.in_stock ? w.shelfYes : w.shelfNo}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function sells(detail: Detail, picked: Record<string, string>): boolean {
  return detail.variants.some((each) => each.in_stock && Object.entries(picked).every(([name, value]) => each.options[name] === value));
}
