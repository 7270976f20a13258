/** The events of one connection, each as it comes: which call of the application, the type, what is in it, and when. */

import { build } from "../../live/kit/dom.js";

/** @import {Line} from "./calls.js" */

export class Events {
  /** @param {string} name */
  constructor(name) {
    this.list = build("ol", { className: "scopes-events" });
    this.list.setAttribute("aria-label", `Events over ${name}`);
    this.element = build(
      "div",
      { className: "scopes-protocol" },
      build("p", { className: "scopes-name" }, name),
      this.list,
    );
  }

  clear() {
    this.list.replaceChildren();
  }

  /**
   * What the application tells, and then the event that brought it here.
   * @param {Line} line
   * @param {string} carrier the type of that event
   * @param {string} content
   */
  tell(line, carrier, content) {
    for (const { call, type, details, at } of line.events) {
      const pairs = Object.entries(details).map(([key, value]) => `${key}: ${value}`);
      this.add(call, type, pairs.join(", "), `${at} ms`);
    }
    this.add("send", carrier, content, `${line.at} ms`);
  }

  /**
   * @param {string} call
   * @param {string} type
   * @param {string} content
   * @param {string} at when, by the application's clock, if it could tell
   */
  add(call, type, content, at = "") {
    const words = [
      build("span", { className: "scopes-call" }, call),
      build("code", {}, type),
      build("span", { className: "scopes-at" }, at),
      build("span", { className: "scopes-content" }, content),
    ];
    this.list.append(build("li", { dataset: { call } }, ...words.flatMap((word) => [word, " "])));
  }
}
