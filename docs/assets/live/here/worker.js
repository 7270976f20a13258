/** A Web Worker in which the sandbox server runs. */

import { Runtime } from "./runtime.js";

const runtime = new Runtime((message) => self.postMessage(message));
self.addEventListener("message", ({ data }) => runtime.receive(data));
