/** Step through what has happened, in all lanes at once: a slider, so that keys and dragging both do. */

import { build } from "../kit/dom.js";

/** Fires "change" when the reader has stepped. */
export class Stepper extends EventTarget {
  constructor() {
    super();
    this.slider = build("input", {
      type: "range",
      min: "1",
      max: "1",
      value: "1",
      ariaLabel: "Step through what happened",
    });
    this.words = build("span", { className: "live-step-words", ariaHidden: "true" });
    this.element = build("div", { className: "live-stepper" }, this.slider, this.words);
    /** Whether the reader is somewhere before the end. */
    this.stepping = false;
    this.slider.addEventListener("input", () => {
      this.stepping = this.slider.value !== this.slider.max;
      this.dispatchEvent(new Event("change"));
    });
  }

  /** Where the reader is, among those that are shown, from 0. */
  get index() {
    return Number(this.slider.value) - 1;
  }

  /**
   * @param {number} count How many can be stepped through.
   * @param {number} index Where the reader is, if they are stepping.
   * @param {string} sentence What happens there.
   */
  show(count, index, sentence) {
    if (count < 2) this.stepping = false;
    const at = this.stepping ? index + 1 : count;
    const { slider } = this;
    slider.disabled = count < 2;
    if (slider.max !== String(count)) slider.max = String(count);
    if (slider.value !== String(at)) slider.value = String(at);
    const words = this.stepping ? `step ${at} of ${count}` : `${count} ${count === 1 ? "step" : "steps"}`;
    if (this.words.textContent !== words) this.words.textContent = words;
    const spoken = this.stepping ? `${words}: ${sentence}` : `all ${words}`;
    if (slider.ariaValueText !== spoken) slider.ariaValueText = spoken;
  }
}
