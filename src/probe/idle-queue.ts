/**
 * Work that may wait: one piece is begun between two looks at the network, so that requests go out
 * before answers are read. Bounded: whoever adds to a full queue waits for room.
 */

export interface IdleQueue {
  /** Resolves when there is room for another piece; rejects when a piece has failed. */
  add(work: () => Promise<void>): Promise<void>
  /** Resolves when all is done; rejects when a piece has failed. */
  drained(): Promise<void>
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function createIdleQueue(openMax: number): IdleQueue {
  const queue: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined
  let pumping = false
  let roomWanted: (() => void)[] = []

  const makeRoom = (): void => {
    const wanting = roomWanted
    roomWanted = []
    for (const tell of wanting) tell()
  }
  const begin = (work: () => Promise<void>): void => {
    const done = work()
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => {
        running.delete(done)
        makeRoom()
      })
    running.add(done)
  }
  const pump = async (): Promise<void> => {
    if (pumping) return
    pumping = true
    while (queue.length > 0) {
      await turn()
      const work = queue.shift()
      if (work !== undefined) begin(work)
    }
    pumping = false
  }
  const check = (): void => {
    if (failure !== undefined) throw failure.error
  }
  return {
    async add(work) {
      queue.push(work)
      void pump()
      while (queue.length + running.size > openMax) {
        await new Promise<void>((resolve) => roomWanted.push(resolve))
      }
      check()
    },
    async drained() {
      while (queue.length + running.size > 0)
        await (queue.length > 0 ? turn() : Promise.all(running))
      check()
    },
  }
}
