/** Building elements. Text is always text: nothing here ever parses HTML. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Omit<HTMLElementTagNameMap[Tag], "dataset" | "style">> & {dataset?: Record<string, string>}} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function build(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { dataset = {}, ...rest } = properties;
  Object.assign(element, rest);
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
}

/**
 * A form field inside its label.
 * @template {HTMLElement} Field
 * @param {string} text
 * @param {Field} field
 * @param {string} className
 */
export function labelled(text, field, className = "") {
  return build("label", { className: `live-field ${className}` }, build("span", {}, text), field);
}

/**
 * Do what moves things about, and keep one element where it is on the screen: the reader has just pressed it.
 * @param {HTMLElement} element
 * @param {() => void | Promise<void>} act
 * @param {HTMLElement} [scroller] What it may be moved within.
 */
export async function inPlace(element, act, scroller) {
  const before = element.getBoundingClientRect().top;
  const moved = () => element.getBoundingClientRect().top - before;
  const doing = act();
  if (doing) await doing;
  if (scroller) scroller.scrollTop += moved();
  scrollBy({ top: moved(), behavior: "instant" });
}

/**
 * Names and what they stand for.
 * @param {[string, Node | string][]} pairs
 */
export function facts(pairs) {
  const rows = pairs.map(([name, value]) => build("div", {}, build("dt", {}, name), build("dd", {}, value)));
  return build("dl", { className: "live-facts" }, ...rows);
}
