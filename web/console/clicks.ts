/** The second press of a double click is no press of what has come under the pointer meanwhile. */
export function keepDoubleClicks(): void {
  let pressed: Element | null = null;
  const press = (event: MouseEvent) => {
    const wanted = event.target instanceof Element ? event.target.closest("button, a") : null;
    if (event.detail < 2 || wanted === pressed) {
      pressed = wanted;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", press, { capture: true });
}
