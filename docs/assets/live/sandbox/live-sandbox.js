/**
 * `<live-sandbox>`: takes over a printed transcript once the reader comes near it. Runs it, marks its lines, lets the
 * reader play on, and shows what happened. What connecting it to the page adds, disconnecting takes away, sockets first.
 */

import { dropFragment, SANDBOX_LINK } from "../kit/fragment.js";
import { whenNear } from "../kit/near.js";
import { keep } from "../kit/persist-fields.js";
import { PrintedTranscript, pathsOf } from "../notation/printed-transcript.js";
import { ready } from "../places/ready.js";
import { server } from "../places/server.js";
import { Client } from "../player/client.js";
import { recall } from "../recorded/recall.js";
import { Timeline } from "../timeline/timeline.js";
import { inBrief, isNews, Signs, stateOf } from "./connection-status.js";
import { Controls } from "./controls.js";
import { FreePlay } from "./free-play.js";

/** @import {Observation} from "../observing/observation.js" */
/** @import {Happening, Line} from "../notation/types.js" */

export class LiveSandbox extends HTMLElement {
  awake = false;

  connectedCallback() {
    this.leaving = new AbortController();
    if (location.hash.startsWith(SANDBOX_LINK)) {
      this.wake();
      /** What the link brought is there. */
      this.received = import("../sharing/sharing.js").then(({ receive }) => receive(this));
    } else whenNear(this, () => this.wake(), this.leaving.signal);
  }

  /** Build what is not printed, if that is yet to be done: until then, a sandbox costs no more than its words. */
  wake() {
    if (this.awake || !this.leaving) return;
    this.awake = true;
    this.running = new AbortController();
    /** Whether what happens now is the transcript's doing. */
    this.playing = false;
    /** Whether what the last run came to is said: it stays, whatever its sockets still do, until the reader acts. */
    this.isVerdict = false;
    this.printed = new PrintedTranscript(this);
    this.controls = new Controls(this.printed, this.dataset.start);
    /** @type {HTMLElement | undefined} Where what a link brought is stepped through. */
    this.replay = undefined;
    /** @type {Observation | undefined} */
    this.observation = undefined;
    this.timeline = new Timeline(this.printed.clients, this.printed.connects.length > 0, this.dataset.lanes ?? "");
    this.clients = new Map(this.printed.clients.map((name) => [name, this.#client(name)]));
    this.freePlay = new FreePlay(this.controls, this.clients, {
      ready: (paths) => this.#ready(paths),
      tell: this.#tell,
      say: (words) => this.say(words),
      signal: this.leaving.signal,
    });
    this.signs = new Signs(this.printed.connects.length > 0, pathsOf(this.printed.lines));
    this.querySelector("figcaption")?.after(this.signs.address);
    this.added = [this.controls.bar, this.signs.away, this.timeline.element, this.controls.element, this.signs.foot];
    this.append(...this.added);
    if (this.isChallenge) {
      this.prepend(this.controls.element, this.controls.result, this.timeline.element);
      this.added.push(this.controls.result);
    }
    this.#arrange();
    this.controls.element.open = this.isChallenge || this === document.querySelector("live-sandbox");
    this.#listen();
    this.forgetTyped = keep(this, this.leaving.signal);
    this.#showState();
  }

  /** Whether the transcript is a challenge's solution: folded, and nothing of it given away. */
  get isChallenge() {
    return this.dataset.start !== undefined;
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.awake = false;
    delete this.dataset.shown;
    this.running?.abort();
    this.#hangUp();
    this.signs?.address.remove();
    this.added?.forEach((element) => element.remove());
    this.replay?.remove();
    this.printed?.restore();
    this.#forget();
  }

  /** The theme may keep an element that has left the page: it holds no more than the page printed. */
  #forget() {
    const parts = [
      "printed",
      "controls",
      "timeline",
      "clients",
      "freePlay",
      "signs",
      "added",
      "observation",
      "replay",
      "forgetTyped",
    ];
    for (const part of parts) Reflect.set(this, part, undefined);
  }

  #hangUp() {
    this.clients?.forEach((client) => client.leave());
    this.observation?.close();
  }

  /** Beside the transcript there is room for two lanes of one client. */
  #arrange() {
    const count = Number(this.timeline?.shown.length);
    this.dataset.shown = String(count);
    this.classList.toggle("live-beside", !this.isChallenge && this.clients?.size === 1 && count <= 2);
  }

  #listen() {
    const { signal } = /** @type {AbortController} */ (this.leaving);
    const on = (/** @type {string} */ type, /** @type {() => void} */ act) =>
      this.addEventListener(type, act, { signal });
    on("live-run", () => void this.run());
    on("live-reset", () => this.reset());
    on("live-share", () => void import("../sharing/sharing.js").then(({ share }) => share(this)));
    on("live-copy", () => void this.#copyAs());
    // first, so that what an act has to say stays
    for (const type of ["live-connect", "live-send", "live-close", "live-ask"]) on(type, () => this.#takeOver());
    this.freePlay?.listen(on);
    on("live-move", () => void import("../places/moving.js").then(async ({ move }) => this.say(await move())));
    this.printed?.blanks.forEach(({ field }) =>
      field.addEventListener("keydown", ({ key }) => key === "Enter" && void this.run(), { signal }),
    );
    this.controls?.path.addEventListener("input", () => this.#showState(), { signal });
    this.timeline?.lanes.addEventListener("change", () => this.#arrange());
    window.addEventListener("beforeprint", () => this.timeline?.print(true), { signal });
    window.addEventListener("afterprint", () => this.timeline?.print(false), { signal });
    window.addEventListener("pagehide", () => this.#hangUp(), { signal });
    server.watch(() => this.signs?.showServer(), signal);
    server.addEventListener("moved", () => this.#move(), { signal });
    this.#whenOnScreen(signal);
  }

  async #copyAs() {
    const [{ open }, { takeHome }] = await Promise.all([import("../copy/copy-as.js"), import("../home/take-home.js")]);
    open(this, takeHome);
  }

  /** What is said of a run is over, a replay too, and the end of what happens is kept in sight. */
  #takeOver() {
    if (this.replay) this.#clear();
    this.timeline?.follow();
    if (!this.playing) this.say("");
  }

  /**
   * Look for the server once the sandbox can be seen, and run by itself where the page asks for it.
   * @param {AbortSignal} signal
   */
  #whenOnScreen(signal) {
    const eye = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      eye.disconnect();
      void this.#firstSight();
    });
    eye.observe(this);
    signal.addEventListener("abort", () => eye.disconnect(), { once: true });
  }

  async #firstSight() {
    if (this.dataset.run !== "visible") void recall(this);
    if (server.state === "unknown") await server.check();
    this.signs?.showServer();
    await this.received;
    if (this.dataset.run !== "visible" || this.replay) return;
    await (server.isUp ? this.run() : recall(this));
  }

  /** Play the transcript from the start. */
  async run() {
    this.wake();
    const lines = this.printed?.lines ?? [];
    await this.play(lines, (same) =>
      same === lines.length
        ? `All ${same} lines went as written.${this.printed?.judgement ?? ""}`
        : `Different at line ${same + 1} of ${lines.length}.`,
    );
  }

  /**
   * @param {Line[]} lines
   * @param {(same: number) => string} verdict What to say when so many of them went as written.
   */
  async play(lines, verdict) {
    if (!this.printed || !this.controls || !this.clients) return;
    this.#clear();
    this.running = new AbortController();
    const { signal } = this.running;
    this.controls.showRunning(true);
    this.playing = true;
    let same = 0;
    const [{ play, ServerAway }, { inTurn, loggedInMeanwhile }] = await Promise.all([
      import("../player/play.js"),
      import("../player/turns.js"),
    ]);
    const { printed, clients } = this;
    const waits = () => this.say("Waits its turn: another run has this browser's log-in.");
    try {
      const isReady = await this.#ready(pathsOf(lines));
      signal.throwIfAborted();
      if (!isReady) return await this.#recallInstead(lines);
      await inTurn(lines, signal, waits, async () => {
        this.say("");
        for await (const { line, outcome } of play(lines, clients, this.#tell, signal)) {
          printed.mark(line, outcome);
          if (outcome.ok) same += 1;
        }
      });
      const meanwhile = same < lines.length ? await loggedInMeanwhile(lines.slice(0, same + 1)) : "";
      this.say(verdict(same) + meanwhile);
      this.isVerdict = true;
      if (lines.some(({ step }) => step.do === "raised")) this.timeline?.showEnd(); // what was raised stands at the end
    } catch (error) {
      if (signal.aborted) return;
      this.say(error instanceof ServerAway ? server.whyMissing : String(error));
      if (error instanceof ServerAway) return await this.#recallInstead(lines);
    }
    if (signal.aborted) return;
    this.#stop();
    this.controls.learn(this.freePlay?.chosen.captured ?? new Map());
    this.#showState();
  }

  /**
   * Nobody can run it, and why has been said: show how it once went.
   * @param {Line[]} lines
   */
  async #recallInstead(lines) {
    this.#stop();
    const running = this.running;
    const day = lines === this.printed?.lines && (await recall(this, true));
    if (day && running === this.running) this.controls?.result.append(` Shown is how it went on ${day}.`);
  }

  /** The run is over. */
  #stop() {
    this.playing = false;
    this.controls?.showRunning(false);
  }

  /**
   * See to it that the server runs, if it can; the status says how that goes.
   * @param {string[]} paths
   */
  async #ready(paths) {
    const { controls, leaving } = this;
    return controls !== undefined && (await ready(controls.result, paths)) && !leaving?.signal.aborted;
  }

  /** What is here was a conversation with the server in the other place: what is said of who answers would not be true of it. */
  #move() {
    this.#clear();
    this.#hangUp();
    this.controls?.showRunning(false);
    void recall(this);
  }

  /** Back to what the page came with. */
  reset() {
    this.forgetTyped?.();
    this.printed?.forgetGuesses();
    this.querySelectorAll(".live-link").forEach((link) => link.remove());
    if (location.hash.startsWith(SANDBOX_LINK)) dropFragment();
    this.#clear();
    this.dispatchEvent(new CustomEvent("live-reset-done", { bubbles: true }));
    this.controls?.showRunning(false);
    this.controls?.fill();
    this.#showState();
    void recall(this);
  }

  #clear() {
    this.running?.abort();
    this.playing = false;
    this.replay?.remove();
    this.replay = undefined;
    this.clients?.forEach((client) => client.forget());
    this.observation?.forget();
    this.printed?.clear();
    this.timeline?.clear();
    this.say("");
  }

  /** @param {string} name */
  #client(name) {
    const client = new Client(name, this.#tell, () => this.#observe());
    client.addEventListener("change", () => this.#showState());
    client.addEventListener("lost", () => void server.check());
    return client;
  }

  #tell = (/** @type {Happening} */ happening) => {
    this.timeline?.add(happening);
    this.clients?.get(happening.client)?.half.add(happening);
    const { client, step } = happening;
    const detail = { client, step, played: this.playing };
    if (step) this.dispatchEvent(new CustomEvent("live-fact", { bubbles: true, detail }));
    if (!this.playing && !this.isVerdict && isNews(happening)) this.say(inBrief(happening.what));
  };

  /** Have the server's half told, if it can be. */
  async #observe() {
    const { Observation } = await import("../observing/observation.js");
    if (this.leaving?.signal.aborted) return null;
    const observation = (this.observation ??= new Observation(this.#tell, (words) => this.timeline?.observe(words)));
    return (await observation.ready()) ? observation : null;
  }

  /** @param {string} words */
  say(words) {
    this.isVerdict = false;
    if (this.controls) this.controls.result.textContent = words;
  }

  #showState() {
    if (!this.printed || !this.clients) return;
    const states = this.printed.connects.length ? Array.from(this.clients.values(), stateOf) : [];
    this.timeline?.states.replaceChildren(...states);
    this.signs?.showAddress(this.controls?.path.value ?? "");
  }
}

customElements.define("live-sandbox", LiveSandbox);
