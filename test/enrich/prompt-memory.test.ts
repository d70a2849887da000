import fc from 'fast-check'
import t from 'tap'
import { signatureLength } from '../../src/enrich/minhash.ts'
import { PromptMemory, type Refused } from '../../src/enrich/prompt-memory.ts'

const bounds = { usersMax: 3, promptsMax: 8, perUserMax: 4, windowMs: 100 }
const signature = (value: number): Uint32Array => new Uint32Array(signatureLength).fill(value)

const seen = (memory: PromptMemory, user: string, at: number): [number, Refused][] => {
  const found: [number, Refused][] = []
  memory.visit(user, at, (signatures, offset, refused) => {
    found.push([signatures[offset + signatureLength - 1] ?? -1, refused])
  })
  return found
}

void t.test('a user sees only the own prompts, newest first, with their verdicts', (t) => {
  const memory = new PromptMemory(bounds)
  memory.remember('a', 0, signature(1), true)
  memory.remember('b', 1, signature(2), false)
  memory.remember('a', 2, signature(3), undefined)
  memory.remember('a', 3, signature(4), false)
  t.same(seen(memory, 'a', 4), [
    [4, false],
    [3, undefined],
    [1, true],
  ])
  t.same(seen(memory, 'b', 4), [[2, false]])
  t.same(seen(memory, 'c', 4), [])
  t.end()
})

void t.test('a prompt leaves when it is as old as the window', (t) => {
  const memory = new PromptMemory(bounds)
  memory.remember('a', 0, signature(1), true)
  memory.remember('a', 50, signature(2), true)
  t.equal(seen(memory, 'a', 99).length, 2)
  t.same(seen(memory, 'a', 100), [[2, true]])
  t.equal(memory.prompts, 1)
  t.same(seen(memory, 'a', 150), [])
  t.equal(memory.prompts, 0)
  t.equal(memory.users, 0)
  t.end()
})

void t.test('full: the user who has been away longest is forgotten as a whole', (t) => {
  const memory = new PromptMemory(bounds)
  for (const user of ['a', 'b', 'c', 'a', 'd']) memory.remember(user, 0, signature(1), true)
  t.equal(memory.users, 3)
  t.same(seen(memory, 'b', 1), [])
  t.equal(seen(memory, 'a', 1).length, 2)
  for (let i = 0; i < 4; i++) memory.remember('d', 1, signature(i), true)
  t.same(
    seen(memory, 'd', 1).map(([value]) => value),
    [3, 2, 1, 0],
    'the last four of one user',
  )
  t.end()
})

void t.test('its bytes are stated, and bounds that cannot hold are refused', (t) => {
  t.equal(new PromptMemory(bounds).bytesMax, 8 * 269)
  t.throws(() => new PromptMemory({ ...bounds, usersMax: 0 }), RangeError)
  t.throws(() => new PromptMemory({ ...bounds, promptsMax: 1.5 }), RangeError)
  t.throws(() => new PromptMemory({ ...bounds, perUserMax: 9 }), RangeError)
  t.throws(() => new PromptMemory({ ...bounds, windowMs: 0 }), RangeError)
  t.end()
})

interface Held {
  at: number
  value: number
  refused: Refused
}

/** The same promises in the plainest way. */
class PlainMemory {
  readonly users = new Map<string, Held[]>()

  visit(user: string, at: number): [number, Refused][] {
    const kept: Held[] = []
    for (const held of this.users.get(user) ?? []) {
      if (held.at <= at - bounds.windowMs) break
      kept.push(held)
    }
    if (kept.length > 0) this.users.set(user, kept)
    else this.users.delete(user)
    return kept.map(({ value, refused }) => [value, refused])
  }

  remember(user: string, held: Held): void {
    const isNew = !this.users.has(user)
    if (isNew && this.users.size >= bounds.usersMax) this.forgetOldest(user)
    const prompts = (this.users.get(user) ?? []).slice(0, bounds.perUserMax - 1)
    this.users.delete(user)
    this.users.set(user, prompts)
    if (this.count() >= bounds.promptsMax) this.forgetOldest(user)
    this.users.set(user, [held, ...prompts])
  }

  count(): number {
    return [...this.users.values()].reduce((sum, prompts) => sum + prompts.length, 0)
  }

  forgetOldest(except: string): void {
    const oldest = [...this.users.keys()].find((user) => user !== except)
    if (oldest !== undefined) this.users.delete(oldest)
  }
}

void t.test('any course of visits holds what a plain list would hold', (t) => {
  const step = fc.record({
    user: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    // Mostly forwards, sometimes back: clocks jump.
    elapsed: fc.integer({ min: -20, max: 60 }),
    refused: fc.constantFrom(true, false, undefined),
  })
  let compared = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const memory = new PromptMemory(bounds)
      const plain = new PlainMemory()
      let at = 1000
      for (const [value, { user, elapsed, refused }] of steps.entries()) {
        at += elapsed
        const expected = JSON.stringify(plain.visit(user, at))
        if (JSON.stringify(seen(memory, user, at)) !== expected) return false
        memory.remember(user, at, signature(value), refused)
        plain.remember(user, { at, value, refused })
        compared++
        if (memory.prompts !== plain.count() || memory.users !== plain.users.size) return false
      }
      return true
    }),
    { seed: 7, numRuns: 500 },
  )
  t.ok(compared > 10_000, `${compared} visits`)
  t.end()
})
