import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const LATER = /\/(line|digit)-(?!tiny)[^/]*\.wasm$/ // the large recognizers come in the background

/** Tells the service worker which of the built files to keep: `__KEPT__` becomes their list. */
export function keptOffline(): Plugin {
  return {
    name: 'kept-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['sw.js']
        if (worker?.type !== 'chunk') return
        const built = Object.keys(bundle).filter((name) => name !== 'sw.js' && name.startsWith('assets/'))
        const names = built.map((name) => `/${name}`).sort()
        const now = ['/', '/manifest.webmanifest', '/icon.svg', ...names.filter((name) => !LATER.test(name))]
        const kept = { version: versionOf(bundle), now, later: names.filter((name) => LATER.test(name)) }
        worker.code = worker.code.replaceAll('__KEPT__', JSON.stringify(kept))
      },
    },
  }
}

function versionOf(bundle: object): string {
  return createHash('sha256').update(JSON.stringify(Object.keys(bundle).sort())).digest('hex').slice(0, 16)
}
