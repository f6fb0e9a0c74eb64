// Keeps the page's files, so that it opens without a network.
// All pages of one origin share its caches: each has its own, named by its place.
const OURS = `${registration.scope} pilgi-`;
const KEPT = OURS + "VERSION";
const FILES = ["./", "./page.css", "./page.js", "./recognizer.js", "./recognizer.wasm"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const others = async () => (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== KEPT);
  event.waitUntil(others().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((found) => found ?? fetch(event.request)));
});
