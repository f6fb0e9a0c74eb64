import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PYTHON = process.env['PILGI_PYTHON'] ?? new URL('../../.venv/bin/python', import.meta.url).pathname

export interface Server {
  address: string
  /** Its data folder. */
  data: string
  classCode: string
  stop: () => void
}

/** `pilgi serve` on a free port, with a data folder of its own. */
export async function serve(...flags: string[]): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'pilgi-page-'))
  const child = spawn(PYTHON, ['-m', 'pilgi', 'serve', '--port', '0', '--data', data, ...flags], {
    env: { ...process.env, NO_COLOR: '1', OMP_NUM_THREADS: '1', COLUMNS: '200' },
  })
  const said = await firstWords(child, flags.includes('--share') ? 'after class' : 'Ctrl-C')
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  await listening(address)
  return {
    address,
    data,
    classCode: /class code\s+(\w+)/.exec(said)?.[1] ?? '',
    stop: () => child.kill('SIGINT'),
  }
}

function firstWords(child: ChildProcess, last: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (words: Buffer) => {
      said += words.toString()
      if (said.includes(last)) resolve(said)
    })
    child.stderr?.on('data', (words: Buffer) => (said += words.toString()))
    child.on('exit', () => reject(new Error(said)))
  })
}

/** It says where it is before it listens. */
async function listening(address: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`${address}/healthz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${address} does not answer`)
}
