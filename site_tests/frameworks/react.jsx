/** Mounts a printed component for a test, in StrictMode: `mount(url)`, then `show(url)` and `end()`. */

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { Leaky } from "../../docs/assets/examples/frameworks/Leaky.jsx";
import { Room } from "../../docs/assets/examples/frameworks/Room.jsx";
import { Stale } from "../../docs/assets/examples/frameworks/Stale.jsx";
import { SharedRoom } from "../../docs/assets/examples/frameworks/SharedRoom.jsx";
import { roomStore } from "../../docs/assets/examples/frameworks/room-store.js";

function mounted(drawn) {
  const place = document.body.appendChild(document.createElement("div"));
  place.id = "tested";
  const root = createRoot(place);
  const show = (url) => flushSync(() => root.render(<StrictMode>{drawn(url)}</StrictMode>));
  return { show, end: () => root.unmount() };
}

globalThis.mount = (url) => {
  const { show, end } = mounted((it) => <Room url={it} />);
  show(url);
  return { show, end };
};
globalThis.mountLeaky = (url) => mounted((it) => <Leaky url={it} />).show(url);
globalThis.mountStale = (url) => mounted((it) => <Stale url={it} />).show(url);
globalThis.mountShared = (url) => {
  const store = roomStore(url);
  const { show, end } = mounted(() => (
    <>
      <SharedRoom store={store} />
      <SharedRoom store={store} />
    </>
  ));
  show(url);
  return { end, say: store.say };
};
