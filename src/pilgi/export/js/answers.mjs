// Ink on standard input, picture after picture; digit, confidence and sure on standard output.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { load } = await import(pathToFileURL(join(folder, "recognizer.js")));
const reader = await load(readFileSync(join(folder, "recognizer.wasm")));
const ink = readFileSync(0);
const lines = [];
for (let at = 0; at < ink.length; at += 784) {
  const { digit, confidence, sure } = reader.read(ink.subarray(at, at + 784));
  lines.push(`${digit} ${Math.round(confidence * 65535)} ${sure ? 1 : 0}`);
}
process.stdout.write(lines.join("\n") + "\n");
