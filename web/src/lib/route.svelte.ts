import { hashOf, placeOf } from './place'

/** Where one is now. */
class Route {
  place = $state.raw(placeOf(location.hash))

  constructor() {
    addEventListener('hashchange', () => (this.place = placeOf(location.hash)))
  }

  go(path: readonly string[], query?: URLSearchParams): void {
    location.hash = hashOf(path, query)
  }

  /** Say what is shown, without a step in the history. */
  settle(path: readonly string[], query: URLSearchParams): void {
    history.replaceState(null, '', hashOf(path, query))
  }
}

export const route = new Route()
