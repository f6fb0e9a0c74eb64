/** What a recognizer leaves as; these names are the same in every language. */
export const NAMES = {
  c: 'C99',
  wasm: 'WebAssembly',
  'onnx-int8': 'ONNX int8',
  ort: 'ONNX Runtime',
  bundle: 'ZIP',
} as const
