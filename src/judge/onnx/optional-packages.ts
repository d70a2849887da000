/**
 * The packages a classifier of one's own needs. They are not dependencies: they are loaded when such
 * a judge is configured, and their absence is an answer with the command that helps, not a crash.
 */
import { codeOf, messageOf } from '../../error.ts'

/** The part of onnxruntime-common that is used here; its packages for Node and for wasm share it. */
export interface OnnxRuntime {
  InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>
  }
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown
  env: { wasm?: { numThreads?: number }; logLevel?: string }
}

export interface OnnxSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, OnnxTensor>>>
  release(): Promise<void>
}

export interface OnnxTensor {
  readonly data: unknown
  readonly dims: readonly number[]
}

export interface TokenizerPackage {
  Tokenizer: new (tokenizer: object, config: object) => OnnxTokenizer
}

export interface OnnxTokenizer {
  encode(
    text: string,
    options: { text_pair?: string; return_token_type_ids: true },
  ): { ids: number[]; token_type_ids?: number[] }
}

export type Import = (name: string) => Promise<unknown>

/** Native where it is installed, because it is several times as fast. */
export const runtimeNames = ['onnxruntime-node', 'onnxruntime-web'] as const
export const tokenizerName = '@huggingface/tokenizers'

export type Loaded<T> = { ok: true; value: T } | { ok: false; reason: string }

export async function loadRuntime(load: Import): Promise<Loaded<OnnxRuntime>> {
  for (const name of runtimeNames) {
    const loaded = await loadOne(load, name)
    if (loaded === undefined) continue
    if (!hasFunctions(loaded, ['Tensor'])) return { ok: false, reason: `${name} has no Tensor` }
    const runtime = loaded as unknown as OnnxRuntime
    // One thread: the runtime may not take cores from the traffic, nor start workers of its own.
    if (runtime.env.wasm !== undefined) runtime.env.wasm.numThreads = 1
    return { ok: true, value: runtime }
  }
  return {
    ok: false,
    reason: `needs ${runtimeNames.join(' or ')}, which are not installed: npm install onnxruntime-web`,
  }
}

export async function loadTokenizers(load: Import): Promise<Loaded<TokenizerPackage>> {
  const loaded = await loadOne(load, tokenizerName)
  if (loaded === undefined) {
    return {
      ok: false,
      reason: `needs ${tokenizerName}, which is not installed: npm install ${tokenizerName}`,
    }
  }
  return hasFunctions(loaded, ['Tokenizer'])
    ? { ok: true, value: loaded as unknown as TokenizerPackage }
    : { ok: false, reason: `${tokenizerName} has no Tokenizer` }
}

/** Undefined: not installed, or not for this platform. */
async function loadOne(load: Import, name: string): Promise<object | undefined> {
  try {
    const module = await load(name)
    return typeof module === 'object' && module !== null ? module : undefined
  } catch (error) {
    // The code of such an error is lost where modules are loaded by a thread of their own, and says
    // nothing of which module it was: a package that lacks one of its own is broken, not absent.
    const absent = /^Cannot find (?:package|module) '([^']+)'/.exec(messageOf(error))?.[1]
    if (absent === name || codeOf(error) === 'ERR_DLOPEN_FAILED') return undefined
    throw error
  }
}

const hasFunctions = (module: object, names: readonly string[]): boolean =>
  names.every((name) => typeof Reflect.get(module, name) === 'function')
