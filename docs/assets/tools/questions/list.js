/**
 * Questions that a page has as a nested list: an item begins with an answer in italics, goes on with what it means, and
 * ends with the next question in bold, whose answers are the list within it. A path in code is a sandbox that fails so.
 */

const SANDBOX = /^\/ws\//;

/**
 * @typedef {object} Item
 * @property {string} answer
 * @property {Node[]} words What stands between answer and question.
 * @property {string} question Empty at the end of a path.
 * @property {string[]} sandboxes
 * @property {Item[]} answers
 */

/**
 * @param {Element} item An `li`.
 * @returns {Item}
 */
export function read(item) {
  const copy = /** @type {Element} */ (item.cloneNode(true));
  copy.querySelector("ul")?.remove();
  const inner = item.querySelector(":scope > ul");
  const question = inner ? copy.querySelector("strong:last-of-type") : null;
  const answer = copy.querySelector(":scope > em");
  const codes = Array.from(copy.querySelectorAll("code"), (code) => code.textContent ?? "");
  answer?.remove();
  question?.remove();
  return {
    answer: answer ? text(answer) : "",
    words: Array.from(copy.childNodes),
    question: question ? text(question) : "",
    sandboxes: codes.filter((code) => SANDBOX.test(code)),
    answers: Array.from(inner?.children ?? [], read),
  };
}

/** @param {Element} element */
function text(element) {
  return (element.textContent ?? "").trim();
}
