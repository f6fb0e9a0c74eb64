// Lines on standard input, each its width in two bytes, the lower first, and its ink; on standard
// output a line of numbers each: how many places, the confidence, seven of each place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { load } = await import(pathToFileURL(join(folder, "recognizer.js")));
const reader = await load(readFileSync(join(folder, "recognizer.wasm")));
const sent = readFileSync(0);
const whole = (share) => Math.round(share * 65535);
const rows = [];
for (let at = 0; at < sent.length; ) {
  const width = sent.readUInt16LE(at);
  const { confidence, places } = reader.read(sent.subarray(at + 2, at + 2 + 32 * width));
  const each = places.flatMap((p) => [p.label, p.digit, whole(p.confidence), p.second, whole(p.unsure), p.first, p.last]);
  rows.push([places.length, whole(confidence), ...each].join(" "));
  at += 2 + 32 * width;
}
process.stdout.write(rows.join("\n") + "\n");
