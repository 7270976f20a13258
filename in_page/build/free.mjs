// Memory that is free, and what lies on the stack beyond its end, still hold what was there last. This makes them zero, so
// that an image of the memory is smaller, and shows nothing of its making.

/** As many bytes as are free in one piece, or more. */
const LARGEST = 2 ** 24;
const SMALLEST = 8;

/** Of Emscripten's allocator (dlmalloc) all that it can give without more memory, the largest pieces first. */
export function clearFree(module) {
  module._malloc_set_footprint_limit(module._malloc_footprint());
  const taken = [];
  for (let size = LARGEST; size >= SMALLEST; size = Math.min(size - SMALLEST, Math.floor(size * 0.75)) & -SMALLEST) {
    for (let piece = module._malloc(size); piece; piece = module._malloc(size)) {
      module.HEAPU8.fill(0, piece, piece + module._malloc_usable_size(piece));
      taken.push(piece);
    }
  }
  taken.forEach(module._free);
  module._malloc_set_footprint_limit(0xffffffff); // none
  module.HEAPU8.fill(0, module._emscripten_stack_get_end(), module._emscripten_stack_get_current());
}
