/** One line of metrics.jsonl. */
export interface Epoch {
  epoch: number
  step: number
  learning_rate: number
  train: Measured | null
  validation: Measured | null
  seconds: number
}

interface Measured {
  loss: number | null
  accuracy: number
}

interface StepNow {
  step: number
  steps: number
  loss: number | null
}

/** Watches one run as it trains. */
export class Run {
  epochs = $state.raw<Epoch[]>([])
  step = $state.raw<StepNow | null>(null)
  state = $state('')
  private source: EventSource

  constructor(
    readonly name: string,
    private readonly changed: () => void,
  ) {
    this.source = new EventSource(`/api/lab/${encodeURIComponent(name)}/events`)
    this.source.addEventListener('epoch', (event) => this.add(JSON.parse(event.data as string) as Epoch))
    this.source.addEventListener('step', (event) => (this.step = JSON.parse(event.data as string) as StepNow))
    this.source.addEventListener('state', (event) => this.tell((JSON.parse(event.data as string) as { state: string }).state))
  }

  close(): void {
    this.source.close()
  }

  private add(epoch: Epoch): void {
    this.epochs = [...this.epochs.filter((each) => each.epoch !== epoch.epoch), epoch]
  }

  private tell(state: string): void {
    this.state = state
    if (['finished', 'stopped', 'failed'].includes(state)) this.close()
    this.changed()
  }
}
