/**
 * What the server side of the Responses API remembers: how many user turns stand behind a response
 * id. Bounded; the oldest id is forgotten first and is then answered as unknown.
 */
const responsesMax = 50_000

export interface RememberedTurns {
  get(responseId: string): number | undefined
  put(responseId: string, turns: number): void
}

export function rememberTurns(): RememberedTurns {
  const turnsOf = new Map<string, number>()
  return {
    get: (responseId) => turnsOf.get(responseId),
    put: (responseId, turns) => {
      turnsOf.delete(responseId)
      turnsOf.set(responseId, turns)
      if (turnsOf.size <= responsesMax) return
      const oldest = turnsOf.keys().next()
      if (!oldest.done) turnsOf.delete(oldest.value)
    },
  }
}
