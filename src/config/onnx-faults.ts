/** The rules over `judge.onnx.*`: a classifier that could never be loaded is refused. */
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { codeOf, type Fault } from '../error.ts'
import { runtimeNames, tokenizerName } from '../judge/onnx/optional-packages.ts'
import type { ConfigInput } from './schema.ts'

type Installed = (name: string) => boolean

const { resolve } = createRequire(import.meta.url)
const isInstalled: Installed = (name) => {
  try {
    resolve(name)
    return true
  } catch (error) {
    // A package that exports nothing to `require` is there all the same.
    return codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}

export function onnxFaults(
  { judge: { live, onnx } }: ConfigInput,
  installed: Installed = isInstalled,
): Fault[] {
  if (live !== 'onnx') return []
  const faults: Fault[] = []
  const fault = (word: string, reason: string): void => {
    faults.push({ key: `judge.onnx.${word}`, reason })
  }
  for (const [word, path, needed] of [
    ['model_file', onnx.modelFile, true],
    ['tokenizer_file', onnx.tokenizerFile, true],
    ['tokenizer_config_file', onnx.tokenizerConfigFile, false],
  ] as const) {
    if (path === undefined) {
      if (needed) fault(word, 'is missing: judge.live is onnx')
      continue
    }
    const why = unreadable(path)
    if (why !== undefined) fault(word, why)
  }
  if (onnx.labels.length < 2) fault('labels', 'needs one class for each output of the model')
  if (!runtimeNames.some(installed)) {
    const reason = `is onnx, which needs ${runtimeNames.join(' or ')}: npm install ${runtimeNames[1]}`
    faults.push({ key: 'judge.live', reason })
  }
  if (!installed(tokenizerName)) {
    const reason = `is onnx, which needs ${tokenizerName}: npm install ${tokenizerName}`
    faults.push({ key: 'judge.live', reason })
  }
  return faults
}

function unreadable(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? undefined : 'names something that is no file'
  } catch (error) {
    return `names a file that cannot be read (${codeOf(error) ?? 'unknown error'})`
  }
}
