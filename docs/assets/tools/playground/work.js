/**
 * What stands in a playground: modules, a transcript, and what it is called. What comes from a link or from storage is read
 * before it is used.
 *
 * @typedef {{title: string, files: Record<string, string>, transcript: string}} Work The modules' texts by their names.
 */

import { object, recordOf, that } from "../../live/kit/shapes.js";

/** @import {Shape} from "../../live/kit/shapes.js" */

/** The package in which the modules are. */
export const PACKAGE = "playground";

const NAME = /^[a-z_][a-z0-9_]{0,39}\.py$/;
const MOST_FILES = 12;
const MOST_LINES = 2000;
const LONGEST_TITLE = 100;

/** @type {Shape<string>} */
const lines = that((value) => typeof value === "string" && value.split("\n").length <= MOST_LINES);
/** @type {Shape<string>} */
const title = that((value) => typeof value === "string" && value.length <= LONGEST_TITLE);
/** @type {Shape<Record<string, string>>} */
const files = (value) => {
  const found = recordOf(lines)(value);
  const names = Object.keys(found);
  if (names.length < 1 || names.length > MOST_FILES || !names.every(isName))
    throw new TypeError("these are no modules");
  return found;
};

/** @type {Shape<Work>} */
export const readWork = object({ title, files, transcript: lines });

/** @param {string} name */
export function isName(name) {
  return NAME.test(name);
}

/**
 * Why a module cannot be added under this name; empty if it can.
 * @param {string} name
 * @param {Work} work
 */
export function whyNotAdded(name, { files }) {
  if (!isName(name))
    return "A module's name has small letters, digits and _, and ends in .py: handlers.py, for example.";
  if (Object.hasOwn(files, name)) return `There is a ${name} already.`;
  return Object.keys(files).length >= MOST_FILES ? `${MOST_FILES} modules are the most.` : "";
}

/**
 * @param {Work} one
 * @param {Work} other
 */
export function isSame(one, other) {
  return JSON.stringify(readWork(one)) === JSON.stringify(readWork(other));
}
