import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const PACKAGE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//

/** Writes licences.txt: the licence of every package whose code or style is in the page. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const folders = new Map<string, string>()
      for (const id of this.getModuleIds()) {
        const [, folder, name] = PACKAGE.exec(id) ?? []
        if (folder && name) folders.set(name, folder)
      }
      const source = [...folders].sort().map(([name, folder]) => `${name}\n\n${licenceIn(folder)}`).join('\n\n---\n\n')
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source })
    },
  }
}

function licenceIn(folder: string): string {
  const at = folder.replace(/^\0/, '')
  const file = existsSync(at) ? readdirSync(at).find((name) => /^licen[cs]e/i.test(name)) : undefined
  if (file) return readFileSync(`${at}/${file}`, 'utf8').trim()
  const { license, author } = JSON.parse(readFileSync(`${at}/package.json`, 'utf8')) as Record<string, unknown>
  return `${String(license)} (${JSON.stringify(author)})`
}
