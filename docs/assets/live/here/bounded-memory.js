/**
 * How much memory Python may have: its own has a limit of 4 GB, and long before that a phone ends the page. Beyond it,
 * Python raises MemoryError, as anywhere.
 */

/** Django and Channels take about 60 MB of it. */
export const MOST_BYTES = 256 * 1024 * 1024;

const PAGE_BYTES = 65_536;

/** From now on, no memory of WebAssembly grows beyond that. */
export function boundMemory() {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (pages) {
    const asked = this.buffer.byteLength + pages * PAGE_BYTES;
    if (asked > MOST_BYTES) throw new RangeError(`${asked} bytes are more than a page gives`);
    return grow.call(this, pages);
  };
}
