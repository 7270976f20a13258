/** Mounts the printed component for a test: `mount(url)`, then `show(url)` and `end()`. */

import { mount, unmount } from "svelte";
import Room from "../../docs/assets/examples/frameworks/Room.svelte";

globalThis.mount = (url) => {
  const target = document.body.appendChild(document.createElement("div"));
  target.id = "tested";
  const props = $state({ url });
  const component = mount(Room, { target, props });
  return { show: (another) => (props.url = another), end: () => unmount(component) };
};
