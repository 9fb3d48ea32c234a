/** A value several views show, and who wants to know when it changes. */
import { useEffect, useState } from "preact/hooks";

export class Store<S extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(public state: S) {}

  change(part: Partial<S>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useStore<S extends object>(store: Store<S>): S {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
