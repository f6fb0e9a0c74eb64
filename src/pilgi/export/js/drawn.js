// What is drawn or photographed, brought to the ink that a module reads.

import { whole } from "./strokes.js";

const MOST = 2 ** 24 - 1;

/** Lets the module make ink of strokes or of a picture, and returns what it says of it. */
export function inked(exports, room, drawn) {
  if (Array.isArray(drawn)) return ofStrokes(exports, room, whole(drawn));
  const { data, width, height } = drawn ?? {};
  if (!(width > 0 && height > 0 && data?.length === 4 * width * height))
    throw new RangeError("a picture has data of 4 bytes a pixel, width and height");
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
