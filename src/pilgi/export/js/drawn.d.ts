/** A point of a stroke in any unit; y grows downwards, as on a screen. */
export type Point = readonly [x: number, y: number] | { readonly x: number; readonly y: number };

/** A drawing: the points of each stroke. */
export type Strokes = ReadonlyArray<ReadonlyArray<Point>>;

/** A picture of red, green, blue and opacity, such as a canvas's ImageData. */
export interface Picture {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}
