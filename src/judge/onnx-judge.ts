/**
 * A judge of one's own: an ONNX sequence classifier and its tokenizer from local files. Everything
 * that can be wrong with them is found while loading, by judging one sentence; after that a judgement
 * is a verdict or an error with its reason. One runs at a time, a bounded number waits.
 */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import { codeOf, messageOf } from '../error.ts'
import { judgeDrops } from '../exchange/drop.ts'
import type { Verdict, VerdictClass } from '../exchange/verdict.ts'
import { createSlots } from './graded/slots.ts'
import {
  type Import,
  loadRuntime,
  loadTokenizers,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTokenizer,
} from './onnx/optional-packages.ts'

export const onnxJudgeId = 'onnx'

export interface OnnxJudgeOptions {
  modelPath: string
  /** tokenizer.json; `tokenizer_config.json` is read from `tokenizerConfigPath` where it is given. */
  tokenizerPath: string
  tokenizerConfigPath?: string
  /** What the model's outputs mean, in their order. */
  labels: readonly VerdictClass[]
  /** Whether the model was trained on answers alone or on pairs of prompt and answer. */
  input: 'answer' | 'prompt_and_answer'
  /** As the model was trained; longer input is cut. */
  tokensMax: number
  queueMax: number
  queueWaitMsMax: number
}

export const onnxJudgeDefaults = {
  input: 'prompt_and_answer',
  tokensMax: 512,
  queueMax: 256,
  queueWaitMsMax: 60_000,
} as const

/** Label values. */
export const onnxErrors = [...judgeDrops, 'nothing_to_judge'] as const
export type OnnxError = (typeof onnxErrors)[number]

export type OnnxResult =
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'error'; reason: OnnxError }

export interface OnnxJudge {
  readonly version: string
  /** Never rejects. */
  judge(item: { prompt: string; answer: string }): Promise<OnnxResult>
  close(): Promise<void>
}

/** `key` is the option to change; `missing_package` says in `reason` what to install. */
export type OnnxLoad =
  | { ok: true; judge: OnnxJudge }
  | {
      ok: false
      code: 'missing_package' | 'file' | 'tokenizer' | 'model'
      key: 'package' | 'modelPath' | 'tokenizerPath' | 'tokenizerConfigPath' | 'labels'
      reason: string
    }

const modelBytesMax = 2_147_483_648
const tokenizerBytesMax = 67_108_864
/** In UTF-16 units: more than the sequence length of any classifier holds. */
const promptCharsMax = 1024
const answerCharsMax = 4096

const knownInputs: ReadonlySet<string> = new Set(['input_ids', 'attention_mask', 'token_type_ids'])

type Failure = Extract<OnnxLoad, { ok: false }>
const failure = (code: Failure['code'], key: Failure['key'], reason: string): Failure => ({
  ok: false,
  code,
  key,
  reason,
})

export async function loadOnnxJudge(
  options: OnnxJudgeOptions,
  deps: { clock: Clock; load?: Import },
): Promise<OnnxLoad> {
  const load = deps.load ?? ((name) => import(name))
  const runtime = await loadRuntime(load)
  if (!runtime.ok) return failure('missing_package', 'package', runtime.reason)
  const tokenizers = await loadTokenizers(load)
  if (!tokenizers.ok) return failure('missing_package', 'package', tokenizers.reason)

  const model = await read(options.modelPath, modelBytesMax)
  if (typeof model === 'string') return failure('file', 'modelPath', model)
  const tokenizerFile = await read(options.tokenizerPath, tokenizerBytesMax)
  if (typeof tokenizerFile === 'string') return failure('file', 'tokenizerPath', tokenizerFile)
  const { tokenizerConfigPath } = options
  const config =
    tokenizerConfigPath === undefined
      ? Buffer.from('{}')
      : await read(tokenizerConfigPath, tokenizerBytesMax)
  if (typeof config === 'string') return failure('file', 'tokenizerConfigPath', config)

  let tokenizer: OnnxTokenizer
  try {
    tokenizer = new tokenizers.value.Tokenizer(objectOf(tokenizerFile), objectOf(config))
  } catch (error) {
    return failure('tokenizer', 'tokenizerPath', `is no usable tokenizer: ${messageOf(error)}`)
  }
  let session: OnnxSession
  try {
    session = await runtime.value.InferenceSession.create(model, { logSeverityLevel: 4 })
  } catch (error) {
    return failure('model', 'modelPath', `is no usable model: ${messageOf(error)}`)
  }
  const unknown = session.inputNames.filter((name) => !knownInputs.has(name))
  if (unknown.length > 0) {
    return failure('model', 'modelPath', `wants inputs that are not known: ${unknown.join(', ')}`)
  }
  const version = createHash('sha256')
    .update(model)
    .update(tokenizerFile)
    .update(config)
    .update(JSON.stringify([options.labels, options.input, options.tokensMax]))
    .digest('hex')
    .slice(0, 16)
  const classify = createClassifier(options, runtime.value, tokenizer, session)
  try {
    const trial = await classify({ prompt: 'Hello.', answer: 'Hello there.' })
    if (trial.length !== options.labels.length) {
      const counts = `${trial.length} outputs, ${options.labels.length} labels`
      return failure('model', 'labels', `does not fit the model: ${counts}`)
    }
  } catch (error) {
    return failure('model', 'modelPath', `fails on a sentence: ${messageOf(error)}`)
  }
  return { ok: true, judge: createJudge(options, deps.clock, version, session, classify) }
}

type Item = { prompt: string; answer: string }
type Classify = (item: Item) => Promise<number[]>

function createJudge(
  options: OnnxJudgeOptions,
  clock: Clock,
  version: string,
  session: OnnxSession,
  classify: Classify,
): OnnxJudge {
  const slots = createSlots({
    concurrency: 1,
    queueMax: options.queueMax,
    waitMsMax: options.queueWaitMsMax,
    now: () => clock.monotonic(),
  })
  const inSlot = async (item: Item): Promise<OnnxResult> => {
    const slot = await slots.take()
    if (slot !== 'taken') return { kind: 'error', reason: slot }
    try {
      return verdictOf(await classify(item), options.labels, version)
    } catch {
      return { kind: 'error', reason: 'runtime' }
    } finally {
      slots.release()
    }
  }
  return {
    version,
    judge({ prompt, answer }) {
      // Cut before it waits: the whole answer is not held.
      const item = {
        prompt: headOf(prompt, promptCharsMax),
        answer: headOf(answer, answerCharsMax),
      }
      return item.answer.trim() === ''
        ? Promise.resolve({ kind: 'error', reason: 'nothing_to_judge' })
        : inSlot(item)
    },
    async close() {
      slots.close()
      await session.release()
    },
  }
}

/** A copy, since a slice keeps the whole text alive; a surrogate cut off from its pair becomes U+FFFD. */
const headOf = (text: string, charsMax: number): string =>
  Buffer.from(text.slice(0, charsMax)).toString()

/** The class of the largest output, with its share after softmax; no class when an output is no number. */
function verdictOf(
  logits: readonly number[],
  labels: readonly VerdictClass[],
  version: string,
): OnnxResult {
  let best = 0
  for (const [index, logit] of logits.entries()) {
    if (!Number.isFinite(logit)) return { kind: 'error', reason: 'no_number' }
    if (logit > (logits[best] ?? 0)) best = index
  }
  const largest = logits[best]
  const verdict = labels[best]
  if (largest === undefined || verdict === undefined) return { kind: 'error', reason: 'runtime' }
  const sum = logits.reduce((all, logit) => all + Math.exp(logit - largest), 0)
  return {
    kind: 'verdict',
    verdict: { verdict, confidence: 1 / sum, judge: onnxJudgeId, version },
  }
}

function createClassifier(
  options: OnnxJudgeOptions,
  runtime: OnnxRuntime,
  tokenizer: OnnxTokenizer,
  session: OnnxSession,
): Classify {
  const tensor = (values: readonly number[]): unknown =>
    new runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
  /** The last token closes the sequence in most models, so it stays. */
  const cut = (values: number[]): number[] =>
    values.length <= options.tokensMax
      ? values
      : [...values.slice(0, options.tokensMax - 1), ...values.slice(-1)]

  return async ({ prompt, answer }) => {
    const pair = options.input === 'prompt_and_answer' && prompt !== ''
    const encoded = tokenizer.encode(pair ? prompt : answer, {
      ...(pair ? { text_pair: answer } : {}),
      return_token_type_ids: true,
    })
    const ids = cut(encoded.ids)
    const feeds: Record<string, unknown> = {
      input_ids: tensor(ids),
      attention_mask: tensor(ids.map(() => 1)),
      token_type_ids: tensor(cut(encoded.token_type_ids ?? encoded.ids.map(() => 0))),
    }
    const wanted = session.inputNames.map((name) => [name, feeds[name]] as const)
    const outputs = await session.run(Object.fromEntries(wanted))
    const name = session.outputNames.includes('logits') ? 'logits' : session.outputNames[0]
    const output = name === undefined ? undefined : outputs[name]
    if (!(output?.data instanceof Float32Array)) throw new Error('its output is not float32')
    if (output.dims.length !== 2 || output.dims[0] !== 1) {
      throw new Error('its output is not one row of logits')
    }
    return [...output.data]
  }
}

/** The bytes, or what is wrong in words. */
async function read(path: string, bytesMax: number): Promise<Buffer | string> {
  try {
    if ((await stat(path)).size > bytesMax) return `is over ${bytesMax} bytes`
    return await readFile(path)
  } catch (error) {
    return `cannot be read (${codeOf(error) ?? 'unknown error'})`
  }
}

function objectOf(bytes: Buffer): object {
  const value: unknown = JSON.parse(bytes.toString())
  if (typeof value !== 'object' || value === null) throw new Error('it holds no JSON object')
  return value
}
