import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PYTHON = process.env['PILGI_PYTHON'] ?? new URL('../../.venv/bin/python', import.meta.url).pathname

export interface Server {
  address: string
  classCode: string
  stop: () => void
}

/** `pilgi serve` on a free port, with a data folder of its own. */
export async function serve(...flags: string[]): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'pilgi-page-'))
  const child = spawn(PYTHON, ['-m', 'pilgi', 'serve', '--port', '0', '--data', data, ...flags], {
    env: { ...process.env, NO_COLOR: '1', OMP_NUM_THREADS: '1', COLUMNS: '200' },
  })
  const said = await firstWords(child)
  return {
    address: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '',
    classCode: /class code\s+(\w+)/.exec(said)?.[1] ?? '',
    stop: () => child.kill('SIGINT'),
  }
}

function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (words: Buffer) => {
      said += words.toString()
      if (said.includes('Ctrl-C')) setTimeout(() => resolve(said), 1500)
    })
    child.stderr?.on('data', (words: Buffer) => (said += words.toString()))
    child.on('exit', () => reject(new Error(said)))
  })
}
