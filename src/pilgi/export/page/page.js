// The page: what is drawn or photographed is read here, in the browser, and goes nowhere.
import { load } from "./recognizer.js";

const TEXTS = {
  en: {
    title: "Write a digit", titleOfLines: "Write a number", other: "한국어", paper: "Paper: draw with mouse, finger or pen",
    undo: "Undo", clear: "Clear", picture: "Read a picture", answer: "Answer", seen: "What the network sees",
    why: "Moved to the middle and made one size, as everything it learnt from was.",
    private: "All of it happens in your browser, offline too; nothing is sent.",
    sure: (share) => `${share} % sure`, unsure: (share) => `Not sure: ${share} %. Write it again, larger or clearer.`,
    unread: "This picture cannot be read; choose a PNG or JPEG.",
  },
  ko: {
    title: "숫자를 써 보세요", titleOfLines: "수를 써 보세요", other: "English", paper: "종이: 마우스, 손가락, 펜으로 쓰세요",
    undo: "한 획 지우기", clear: "모두 지우기", picture: "사진 읽기", answer: "답", seen: "신경망이 보는 것",
    why: "배울 때 본 숫자들처럼 가운데로 옮기고 크기를 맞춘 그림입니다.",
    private: "모든 일이 이 브라우저 안에서, 인터넷 없이도 이루어집니다. 아무것도 보내지 않습니다.",
    sure: (share) => `${share} % 확실합니다`, unsure: (share) => `잘 모르겠습니다(${share} %). 더 크고 또렷하게 다시 써 보세요.`,
    unread: "이 사진은 읽을 수 없습니다. PNG나 JPEG를 골라 주세요.",
  },
};
const LEAST_OF_LINES = 0.5;
const LARGEST = 1600;
const PEN = 1 / 24;

const part = (id) => document.getElementById(id);
const paper = part("paper"), pen = paper.getContext("2d");
const lines = document.body.dataset.reads === "line";
let language = navigator.language.startsWith("ko") ? "ko" : "en";
let strokes = [], shown = null;

const given = part("module")?.textContent.trim();
const reader = await load(given ? Uint8Array.from(atob(given), (sign) => sign.charCodeAt()) : undefined);

function speak() {
  const texts = TEXTS[language];
  document.documentElement.lang = language;
  document.title = texts[lines ? "titleOfLines" : "title"];
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = texts[each.dataset.text];
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", texts[each.dataset.label]);
  document.querySelector("h1").textContent = document.title;
  if (shown) say(shown);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw() {
  pen.clearRect(0, 0, paper.width, paper.height);
  pen.lineWidth = PEN * paper.height;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = colour("--ink");
  for (const [first, ...rest] of strokes) {
    pen.beginPath();
    pen.moveTo(...first);
    for (const point of rest.length ? rest : [first]) pen.lineTo(...point);
    pen.stroke();
  }
}

function read(drawn) {
  const ink = reader.ink(drawn);
  show(ink);
  say(reader.read(ink));
}

function say(answer) {
  shown = answer;
  const share = Math.floor(100 * answer.confidence), sure = answer.sure ?? answer.confidence >= LEAST_OF_LINES;
  part("said").textContent = answer.text ?? answer.digit;
  part("said").className = sure ? "" : "unsure";
  part("sure").textContent = TEXTS[language][sure ? "sure" : "unsure"](share);
}

function show(ink) {
  const height = lines ? 32 : 28, width = ink.length / height, canvas = part("seen");
  const channels = [1, 3, 5].map((at) => parseInt(colour("--ink").slice(at, at + 2), 16));
  const pixels = Uint8ClampedArray.from([...ink].flatMap((level) => [...channels, level]));
  Object.assign(canvas, { width, height });
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
}

function changed() {
  draw();
  if (strokes.length) return read(strokes);
  shown = null;
  for (const id of ["said", "sure"]) part(id).textContent = "";
  part("seen").getContext("2d").clearRect(0, 0, part("seen").width, part("seen").height);
}

function place({ clientX, clientY }) {
  const box = paper.getBoundingClientRect();
  return [((clientX - box.left) / box.width) * paper.width, ((clientY - box.top) / box.height) * paper.height];
}

function undo() {
  pointer = null; // what is undone does not go on
  strokes = strokes.slice(0, -1);
  changed();
}

function clear() {
  pointer = null;
  strokes = [];
  changed();
}

async function picture(file) {
  if (!file) return;
  try {
    const bitmap = await createImageBitmap(file);
    const less = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * less)));
    const sheet = new OffscreenCanvas(width, height).getContext("2d");
    sheet.drawImage(bitmap, 0, 0, width, height);
    clear();
    pen.drawImage(bitmap, ...within(width, height));
    read(sheet.getImageData(0, 0, width, height));
  } catch {
    clear();
    part("sure").textContent = TEXTS[language].unread;
  }
}

function within(width, height) {
  const scale = Math.min(paper.width / width, paper.height / height);
  const [wide, high] = [width * scale, height * scale];
  return [(paper.width - wide) / 2, (paper.height - high) / 2, wide, high];
}

let pointer = null; // whose stroke it is: a second finger or a palm draws nothing

paper.addEventListener("pointerdown", (event) => {
  if (event.button || pointer !== null) return;
  pointer = event.pointerId;
  paper.setPointerCapture(event.pointerId);
  strokes = [...strokes, [place(event)]];
  changed();
});
paper.addEventListener("pointermove", (event) => {
  if (event.pointerId !== pointer) return;
  const events = event.getCoalescedEvents?.() ?? [];
  strokes.at(-1).push(...(events.length ? events : [event]).map(place));
  changed();
});
for (const end of ["pointerup", "pointercancel"]) {
  paper.addEventListener(end, (event) => {
    if (event.pointerId === pointer) pointer = null;
  });
}
part("undo").addEventListener("click", undo);
part("clear").addEventListener("click", clear);
part("picture").addEventListener("change", ({ target }) => {
  picture(target.files[0]);
  target.value = "";
});
part("language").addEventListener("click", () => {
  language = language === "ko" ? "en" : "ko";
  speak();
});
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z") undo();
  else if (event.key === "Escape") clear();
  else return;
  event.preventDefault();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

if (lines) paper.width = 2.5 * paper.height;
speak();
if (!given && "serviceWorker" in navigator) navigator.serviceWorker.register("worker.js");
document.body.dataset.ready = "";
