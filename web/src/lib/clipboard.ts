/** Copy a text. Where the browser has no clipboard (a page that is not secure), by a text field. */
export async function copy(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      return false
    }
  }
  return byField(text)
}

function byField(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy') // deprecated, and all that a page without TLS has
  field.remove()
  return done
}
