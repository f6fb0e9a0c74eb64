// A digit recognizer in whole numbers, for browsers and Node; recognizer.d.ts has the types.

const PIXELS = 784;

/** Loads the module: its address, its bytes, or a response that brings them. */
export async function load(source = new URL("./recognizer.wasm", import.meta.url)) {
  const { instance } = await instantiated(await source);
  return new Recognizer(instance.exports);
}

async function instantiated(source) {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.instantiate(source, {});
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}; is the .wasm beside the .js?`);
  return WebAssembly.instantiate(await response.arrayBuffer(), {});
}

class Recognizer {
  #exports;
  #ink;

  constructor(exports) {
    this.#exports = exports;
    this.#ink = new Uint8Array(exports.memory.buffer, exports.recognizer_ink(), PIXELS);
  }

  /** Reads 28x28 ink: 784 bytes, paper 0, ink up to 255. */
  read(ink) {
    if (ink.length !== PIXELS) throw new RangeError(`ink is ${PIXELS} bytes, not ${ink.length}`);
    this.#ink.set(ink);
    const packed = this.#exports.recognizer_answer() >>> 0;
    return { digit: packed & 255, confidence: (packed >>> 16) / 65535, sure: (packed & 256) !== 0 };
  }
}
