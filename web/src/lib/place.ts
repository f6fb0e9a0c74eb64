/** Where in the page one is: `#/runs/mlp-1?sort=accuracy` is `['runs', 'mlp-1']` and its query. */
export interface Place {
  path: string[]
  query: URLSearchParams
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) }
}

export function hashOf(path: readonly string[], query?: URLSearchParams): string {
  const asked = query?.toString()
  return `#/${path.map(encodeURIComponent).join('/')}${asked ? `?${asked}` : ''}`
}
