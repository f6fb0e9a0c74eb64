/** Where in the page one is: `#/runs/mlp-1?sort=accuracy` is `['runs', 'mlp-1']` and its query. */
export interface Place {
  path: string[]
  query: URLSearchParams
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) }
}

/** A name as it is where somebody wrote a % of their own into the address. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function hashOf(path: readonly string[], query?: URLSearchParams): string {
  const asked = query?.toString()
  return `#/${path.map(encodeURIComponent).join('/')}${asked ? `?${asked}` : ''}`
}
