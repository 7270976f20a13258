/**
 * A race drawn: time runs to the right. One lane holds all calls, a row each (the queue in front of WSGI workers, or
 * the event loop), and each thread that makes one call at a time has a lane of its own.
 */

import { build } from "../../live/kit/dom.js";
import { EVENT_LOOP, HOW } from "./load.js";
import { milliseconds } from "./words.js";

/** @typedef {import("./load.js").Race} Race */

const CROWD_PX = 120;
const LANE_PX = 22;
const ROOM_FOR_A_NUMBER = 6; // per cent of the width
const ROUND = [1, 2, 2.5, 5, 10];

/**
 * @param {Race[]} races
 * @param {string} invitation What stands there before the first race.
 */
export function chart(races, invitation) {
  const most = Math.max(1, ...races.flatMap((race) => [Math.min(race.expected * 1.05, 1e5), race.elapsed]));
  const ticks = roundTicks(most);
  const lanes = races.flatMap((race) => [...(races.length > 1 ? [heading(race)] : []), ...lanesOf(race, most, ticks)]);
  const numbers = ticks.map((tick) => {
    const number = build("span", {}, String(tick));
    number.style.setProperty("left", `${percent(tick, most)}%`);
    return number;
  });
  const axis = build("div", { className: "race-lane" });
  axis.append(build("span", {}, "ms"), build("div", { className: "race-axis" }, ...numbers));
  const picture = build("div", { className: "race-chart" }, ...lanes, axis);
  if (races.every((race) => race.stretches.size === 0)) {
    picture.append(build("p", { className: "race-empty" }, invitation));
  }
  return picture;
}

/** @param {Race} race */
function heading({ load: { server, how } }) {
  const each = server === "wsgi" ? HOW.blocking : HOW[how];
  return build("p", { className: "race-server" }, `${server.toUpperCase()}: each call `, build("code", {}, each));
}

/**
 * @param {Race} race
 * @param {number} most
 * @param {number[]} ticks
 */
function lanesOf(race, most, ticks) {
  const { server, requests, how } = race.load;
  const rowPx = Math.min(CROWD_PX / requests, 18);
  const crowd = [];
  for (let call = 1; call <= requests && race.stretches.size; call += 1) {
    const top = (call - 1) * rowPx;
    const begun = race.beginning(call);
    crowd.push(queueing(percent(begun ?? race.elapsed, most), top + rowPx / 2));
    for (const stretch of race.ofCall(call).filter(({ worker }) => worker === EVENT_LOOP)) {
      const kind = how === "blocking" ? "race-occupied" : "race-awaiting";
      crowd.push(bar(stretch, race, most, top, rowPx, kind));
    }
  }
  const threads = race.lanes.map((name) => {
    const stretches = [...race.stretches.values()].filter(({ worker }) => worker === name);
    const bars = stretches.flatMap((stretch) => {
      const rect = bar(stretch, race, most, 3, LANE_PX - 6, "race-occupied");
      const wide = percent((stretch.ended_ms ?? race.elapsed) - stretch.started_ms, most) > ROOM_FOR_A_NUMBER;
      return wide ? [rect, numbered(stretch, most)] : [rect];
    });
    return lane(name, LANE_PX, ticks, most, bars);
  });
  return [lane(server === "wsgi" ? "queue" : EVENT_LOOP, CROWD_PX, ticks, most, crowd), ...threads];
}

/**
 * @param {string} name
 * @param {number} px
 * @param {number[]} ticks
 * @param {number} most
 * @param {SVGElement[]} content
 */
function lane(name, px, ticks, most, content) {
  const picture = svg("svg", { class: "race-bars", height: px, "aria-hidden": "true" });
  const lines = ticks.map((tick) => {
    const x = `${percent(tick, most)}%`;
    return svg("line", { class: "race-tick", x1: x, x2: x, y1: 0, y2: px });
  });
  picture.append(...lines, ...content);
  return build("div", { className: "race-lane" }, build("span", {}, name), picture);
}

/**
 * @param {import("./load.js").Stretch} stretch
 * @param {Race} race
 * @param {number} most
 * @param {number} y
 * @param {number} height
 * @param {string} kind
 */
function bar(stretch, race, most, y, height, kind) {
  const end = stretch.ended_ms ?? Math.max(race.elapsed, stretch.started_ms);
  const gap = Math.min(1, height / 6);
  const rect = svg("rect", {
    class: kind,
    x: `${percent(stretch.started_ms, most)}%`,
    y: y + gap,
    width: `${Math.max(percent(end - stretch.started_ms, most), 0.3)}%`,
    height: height - 2 * gap,
  });
  const title = svg("title", {});
  const until = stretch.ended_ms === undefined ? "" : ` to ${milliseconds(stretch.ended_ms)}`;
  title.textContent = `call ${stretch.call}: ${milliseconds(stretch.started_ms)}${until}`;
  rect.append(title);
  return rect;
}

/**
 * @param {import("./load.js").Stretch} stretch
 * @param {number} most
 */
function numbered({ call, started_ms }, most) {
  const text = svg("text", { class: "race-number", x: `${percent(started_ms, most) + 1}%`, y: LANE_PX / 2 });
  text.textContent = String(call);
  return text;
}

/**
 * A call that has not begun: from 0 to where it does.
 * @param {number} until per cent
 * @param {number} y
 */
function queueing(until, y) {
  return svg("line", { class: "race-queued", x1: 0, x2: `${until}%`, y1: y, y2: y });
}

/**
 * @param {number} number
 * @param {number} most
 */
const percent = (number, most) => Math.round((number / most) * 1e4) / 100;

/**
 * From 0 in round steps, about four of them.
 * @param {number} most
 */
function roundTicks(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = (ROUND.find((round) => round * power >= most / 4.5) ?? 10) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
