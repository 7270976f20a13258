import { useSyncExternalStore } from "react";

/** It draws a store. Mounted twice, or twice in StrictMode, there is one socket. */
export function SharedRoom({ store }) {
  const { status, said } = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return (
    <section>
      <output>{status}</output>
      <ol>
        {said.map((it) => (
          <li key={it.number}>{it.text}</li>
        ))}
      </ol>
    </section>
  );
}
