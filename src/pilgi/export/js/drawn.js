// What is drawn or photographed, brought to the ink that a module reads.

import { whole } from "./strokes.js";

const MOST = 2 ** 24 - 1;
const LARGEST_SIDE = 2 ** 16 - 1;

/** Whether these are so many bytes: shares of 1 would be cut down to 0. */
export function areBytes(data, count) {
  if (data?.length !== count) return false;
  return data instanceof Uint8ClampedArray || data instanceof Uint8Array || Array.prototype.every.call(data, isByte);
}

const isByte = (value) => Number.isInteger(value) && value >= 0 && value <= 255;

/** Lets the module make ink of strokes or of a picture, and returns what it says of it. */
export function inked(exports, room, drawn) {
  if (Array.isArray(drawn)) return ofStrokes(exports, room, whole(drawn));
  const { data, width, height } = drawn ?? {};
  const fits = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!fits || !areBytes(data, 4 * width * height))
    throw new RangeError("a picture has data of 4 bytes a pixel, width and height");
  if (Math.max(width, height) > LARGEST_SIDE) throw new RangeError(`a picture's sides are at most ${LARGEST_SIDE}; scale it down`);
  if (width * height > MOST) throw new RangeError(`a picture has at most ${MOST} pixels; scale it down`);
  room.write(exports.recognizer_picture_room(height, width), ({ bytes }) => bytes(data));
  return exports.recognizer_ink_of_picture(height, width);
}

function ofStrokes(exports, room, strokes) {
  const points = strokes.flat();
  room.write(8 * points.length + 2 * strokes.length, ({ int32, uint16 }) => {
    int32(points.flat());
    uint16(strokes.map((stroke) => stroke.length));
  });
  return exports.recognizer_ink_of_strokes(strokes.length, points.length);
}
