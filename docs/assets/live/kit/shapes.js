/**
 * What a value from outside must look like. A shape is a function that gives the value back or throws a TypeError; of
 * an object it gives back the fields that it knows, and no other.
 */

/** @template T @typedef {(value: unknown) => T} Shape Gives the value back, or throws a TypeError. */

/**
 * @template T
 * @param {(value: any) => boolean} holds
 * @returns {Shape<T>}
 */
export function that(holds) {
  return (value) => {
    if (!holds(value)) throw new TypeError("another shape was expected");
    return /** @type {T} */ (value);
  };
}

/** @type {Shape<string>} */
export const text = that((value) => typeof value === "string");
/** @type {Shape<number>} */
export const number = that(Number.isFinite);
/** @type {Shape<number>} */
export const count = that((value) => Number.isSafeInteger(value) && value >= 0);
/** @type {Shape<boolean>} */
export const truth = that((value) => typeof value === "boolean");
/** Bytes in hexadecimal. @type {Shape<string>} */
export const hex = that((value) => typeof value === "string" && /^([0-9a-f]{2} ?)*$/i.test(value));
/** @type {Shape<Record<string, unknown>>} */
export const record = that((value) => typeof value === "object" && value !== null && !Array.isArray(value));

/**
 * @template {string} Word
 * @param {Word[]} words
 * @returns {Shape<Word>}
 */
export const oneOf = (...words) => that((value) => words.includes(value));

/**
 * @template T
 * @param {Shape<T>} shape
 * @returns {Shape<T | null>}
 */
export const orNull = (shape) => (value) => (value === null ? null : shape(value));

/**
 * @template T
 * @param {Shape<T>} shape
 * @returns {Shape<T | undefined>}
 */
export const optional = (shape) => (value) => (value === undefined ? undefined : shape(value));

/**
 * @template T
 * @param {Shape<T>} shape
 * @returns {Shape<T[]>}
 */
export const listOf = (shape) => (value) => /** @type {unknown[]} */ (that(Array.isArray)(value)).map(shape);

/**
 * @template T
 * @param {Shape<T>} shape
 * @returns {Shape<Record<string, T>>}
 */
export const recordOf = (shape) => (value) =>
  Object.fromEntries(Object.entries(record(value)).map(([name, item]) => [name, shape(item)]));

/**
 * @template {Record<string, Shape<any>>} Fields
 * @param {Fields} fields
 * @returns {Shape<{[Name in keyof Fields]: ReturnType<Fields[Name]>}>}
 */
export const object = (fields) => (value) => {
  const given = record(value);
  const found = Object.entries(fields).map(([name, shape]) => [
    name,
    shape(Object.hasOwn(given, name) ? given[name] : undefined),
  ]);
  return Object.fromEntries(found.filter(([, item]) => item !== undefined));
};

/**
 * One of several shapes, told apart by a field.
 * @template T
 * @param {string} field
 * @param {Record<string, Shape<T>>} shapes
 * @returns {Shape<T>}
 */
export const byField = (field, shapes) => (value) => {
  const name = text(record(value)[field]);
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!shape) throw new TypeError(`there is no ${name}`);
  return shape(value);
};
