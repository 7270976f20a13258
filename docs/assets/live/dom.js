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
 * Names and what they stand for.
 * @param {[string, Node | string][]} pairs
 */
export function facts(pairs) {
  const rows = pairs.map(([name, value]) => build("div", {}, build("dt", {}, name), build("dd", {}, value)));
  return build("dl", { className: "live-facts" }, ...rows);
}
