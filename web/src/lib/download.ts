import { code, OfflineError, refused } from './api/client'

/** Saves a file of the server, which may need the code that a plain link cannot send. */
export async function download(address: string, fallback: string): Promise<void> {
  const asked = fetch(address, { headers: { 'X-Pilgi-Code': code.get() } })
  const response = await asked.catch((cause: unknown) => {
    throw new OfflineError('', { cause })
  })
  if (!response.ok) throw refused(await response.json().catch(() => undefined), response)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? fallback
  link.click()
  URL.revokeObjectURL(link.href)
}
