/** Keeps the page for offline use: files at once, the large recognizer in the background. */
interface Kept {
  version: string
  now: string[]
  later: string[]
}
declare const __KEPT__: Kept

const built: Kept = __KEPT__
const worker = self as unknown as ServiceWorkerGlobalScope

const FILES = `files-${built.version}`
const ANSWERS = 'answers'
const KEPT_ANSWERS = ['/api/prototypes', '/api/samples/consent', '/api/recognizers/in-use/browser']

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(built.now)).then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => worker.clients.claim()).then(keepLater))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (KEPT_ANSWERS.includes(url.pathname)) event.respondWith(freshest(request, ANSWERS))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request))
  else if (url.pathname === '/' || built.now.includes(url.pathname)) event.respondWith(freshest(request, FILES))
})

async function dropOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('files-') && name !== FILES)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function keepLater(): Promise<void> {
  const cache = await caches.open(FILES)
  const answers = await caches.open(ANSWERS)
  await Promise.allSettled([cache.addAll(built.later), ...KEPT_ANSWERS.map((path) => answers.add(path))])
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
