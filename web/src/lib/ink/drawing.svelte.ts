import { extended, type Point, type Stroke } from './strokes'

/** What is being drawn; every stroke and every clearing can be undone. */
export class Drawing {
  strokes = $state.raw<Stroke[]>([])
  drawing = $state(false)
  private past = $state.raw<Stroke[][]>([])
  canUndo = $derived(this.past.length > 0)
  empty = $derived(this.strokes.length === 0)

  begin(point: Point): void {
    this.remember()
    this.drawing = true
    this.strokes = [...this.strokes, [point]]
  }

  extend(points: readonly Point[]): void {
    const last = this.strokes.at(-1)
    if (!this.drawing || !last) return
    this.strokes = [...this.strokes.slice(0, -1), points.reduce(extended, last)]
  }

  end(): void {
    this.drawing = false
  }

  undo(): void {
    const before = this.past.at(-1)
    if (!before) return
    this.past = this.past.slice(0, -1)
    this.strokes = before
    this.drawing = false
  }

  clear(): void {
    if (this.empty) return
    this.remember()
    this.strokes = []
    this.drawing = false
  }

  private remember(): void {
    this.past = [...this.past, this.strokes]
  }
}
