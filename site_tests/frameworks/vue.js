/** Mounts the printed component for a test: `mount(url)`, then `show(url)` and `end()`. */

import { createApp, h, ref } from "vue";
import Room from "../../docs/assets/examples/frameworks/Room.vue";

globalThis.mount = (first) => {
  const place = document.body.appendChild(document.createElement("div"));
  place.id = "tested";
  const drawn = ref({ url: first });
  const app = createApp({ render: () => h(Room, { url: drawn.value.url }) });
  app.mount(place);
  return { show: (url) => (drawn.value = { url }), end: () => app.unmount() };
};
