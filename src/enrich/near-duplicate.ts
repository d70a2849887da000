/**
 * Whether a user asks again what was asked before, and whether the answer behaved the same: retry
 * until it complies shows as changed verdicts between near-duplicate prompts.
 *
 * A near-duplicate has an estimated Jaccard similarity of at least 0.6 with one of the user's last 50
 * prompts within 24 hours. Prompts under 20 characters are not compared: a "yes, go on" is like any
 * other. No text is kept, and memory is bounded (prompt-memory.ts). Assumes that each human turn
 * comes in once: the steps of an agent send the same prompt again, and would pair it with itself.
 */
import { createMinHash, equalPlaces, signatureLength } from './minhash.ts'
import { PromptMemory, type Refused } from './prompt-memory.ts'

export const similarityMin = 0.6
export const promptLengthMin = 20
/** Of a longer prompt both ends are read: a question may stand before its document, or after it. */
export const promptReadMax = 2_000
export const promptsPerUser = 50
export const repeatWindowMs = 24 * 3_600_000

const equalMin = Math.ceil(similarityMin * signatureLength)

export interface NearDuplicateOptions {
  /** Of the deployment: replicas with equal secrets find the same prompts alike. */
  secret: string | Uint8Array
  usersMax?: number
  /** Over all users; 269 bytes each. */
  promptsMax?: number
}

export interface AskedPrompt {
  /** A keyed hash, never a name. */
  userKey: string
  prompt: string
  refused: Refused
  /** Epoch milliseconds. */
  at: number
}

export interface Repeat {
  /** Near-duplicates among the user's prompts of the window, this one left out. */
  near: number
  /** Same verdict as the newest of them that has one; undefined when a side has none. */
  consistent: boolean | undefined
}

export interface NearDuplicates {
  /** Compares, then remembers. Undefined: too short to compare, and not remembered. */
  observe(asked: AskedPrompt): Repeat | undefined
  /** Held now, and the bytes of the arrays when full. */
  size(): { users: number; prompts: number; bytesMax: number }
}

/** What two prompts are compared by. Digits are kept: another number is another question. */
const comparable = (prompt: string): string => {
  const end = promptReadMax / 2
  const read =
    prompt.length <= promptReadMax ? prompt : `${prompt.slice(0, end)} ${prompt.slice(-end)}`
  // Some characters become eighteen by NFKC.
  return read
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, promptReadMax + 1)
    .replace(/\s+/g, ' ')
    .trim()
}

export const createNearDuplicates = ({
  secret,
  usersMax = 20_000,
  promptsMax = 100_000,
}: NearDuplicateOptions): NearDuplicates => {
  const minHash = createMinHash(secret)
  const memory = new PromptMemory({
    usersMax,
    promptsMax,
    perUserMax: Math.min(promptsPerUser, promptsMax),
    windowMs: repeatWindowMs,
  })
  const signature = new Uint32Array(signatureLength)
  return {
    observe({ userKey, prompt, refused, at }) {
      const text = comparable(prompt)
      if (text.length < promptLengthMin || !minHash(text, signature)) return undefined
      let near = 0
      let newest: Refused
      memory.visit(userKey, at, (signatures, offset, before) => {
        if (equalPlaces(signature, signatures, offset) < equalMin) return
        near++
        newest ??= before
      })
      memory.remember(userKey, at, signature, refused)
      const known = refused !== undefined && newest !== undefined
      return { near, consistent: known ? refused === newest : undefined }
    },
    size: () => ({ users: memory.users, prompts: memory.prompts, bytesMax: memory.bytesMax }),
  }
}
