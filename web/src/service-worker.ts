/** Keeps the page for offline use: files at once, the large recognizer in the background. */
declare const self: ServiceWorkerGlobalScope
declare const __KEPT__: { version: string; now: string[]; later: string[] }

const FILES = `files-${__KEPT__.version}`
const ANSWERS = 'answers'
const KEPT_ANSWERS = ['/api/prototypes', '/api/samples/consent']

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(__KEPT__.now)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()).then(keepLater))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (KEPT_ANSWERS.includes(url.pathname)) event.respondWith(freshest(request, ANSWERS))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request))
  else if (url.pathname === '/' || __KEPT__.now.includes(url.pathname)) event.respondWith(freshest(request, FILES))
})

async function dropOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('files-') && name !== FILES)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function keepLater(): Promise<void> {
  const cache = await caches.open(FILES)
  await cache.addAll(__KEPT__.later).catch(() => undefined) // the page fetches it when it is there
}

/** A file whose name carries its hash: from the cache, else fetched and kept. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(FILES)
  const found = await cache.match(request)
  if (found) return found
  return remembered(cache, request, await fetch(request))
}

/** What may change: the server's where it answers, else the one that is kept. */
async function freshest(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(name)
  try {
    return await remembered(cache, request, await fetch(request))
  } catch (error) {
    const found = await cache.match(request, { ignoreSearch: true })
    if (found) return found
    throw error
  }
}

async function remembered(cache: Cache, request: Request, response: Response): Promise<Response> {
  if (response.ok) await cache.put(request, response.clone())
  return response
}
