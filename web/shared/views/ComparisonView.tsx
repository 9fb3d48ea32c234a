import type { ComparisonBlock } from "../blocks";
import { useWords } from "./context";
import { PageLink, Picture } from "./parts";

/** What differs, side by side; the table scrolls, its first column stays. */
export function ComparisonView({ block }: { block: ComparisonBlock }) {
  const { w } = useWords();
  return (
    <div class="card">
      <div class="table" tabIndex={0} role="region" aria-label={w.compare}>
        <table>
          <thead>
            <tr>
              <td><span class="unseen">{w.item}</span></td>
              {block.products.map((product, index) => (
                <th scope="col" key={index}>
                  {product.image && <Picture src={product.image} />}
                  <PageLink url={product.url}>{product.title}</PageLink>
                  <span class="amount">{product.price.display}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.attribute}>
                <th scope="row">{row.attribute}</th>
                {block.products.map((_, index) => (
                  <td key={index}>{row.values[index] || <span class="quiet">{w.notStated}</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {block.advice && <p class="advice">{block.advice}</p>}
    </div>
  );
}
