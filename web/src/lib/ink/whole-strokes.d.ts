declare module '*/export/js/strokes.js' {
  /** Strokes in whole numbers of 32 bits, as docs/ink.md brings them there; none without a point. */
  export function whole(strokes: readonly (readonly (readonly [number, number])[])[]): [number, number][][]
}
