/** A scaffold: system prompt, tools and parameters around a probe; pinned and hashed. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fields } from './fields.ts'
import type { Parameters, ProbeTool } from './probe.ts'
import type { SuiteFault } from './suite-fault.ts'
import { readTool } from './suite-texts.ts'
import { canonicalText, readYamlFile } from './yaml-file.ts'

export interface Scaffold {
  readonly name: string
  /** SHA-256, hex, over its content. */
  readonly hash: string
  readonly system: string | undefined
  readonly tools: readonly ProbeTool[]
  readonly results: ReadonlyMap<string, readonly string[]>
  readonly parameters: Partial<Parameters>
}

/** `name.yaml` of a folder, each a scaffold. A folder that is not there has none. */
export function loadScaffolds(folder: string, faults: SuiteFault[]): Map<string, Scaffold> {
  const scaffolds = new Map<string, Scaffold>()
  for (const file of yamlFilesIn(folder)) {
    const name = file.replace(/\.yaml$/, '')
    const scaffold = loadScaffold(join(folder, file), name, faults)
    if (scaffold !== undefined) scaffolds.set(name, scaffold)
  }
  return scaffolds
}

export const yamlFilesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
  } catch {
    return []
  }
}

function loadScaffold(path: string, name: string, faults: SuiteFault[]): Scaffold | undefined {
  const node = readYamlFile(path, path, faults)
  const fields = node === undefined ? undefined : Fields.of(node, '', path, faults)
  if (node === undefined || fields === undefined) return undefined
  fields.string('description')
  fields.optionalString('version')
  const system = fields.optionalString('system')
  const tools = fields.subs('tools').flatMap((tool) => readTool(tool) ?? [])
  const given = fields.sub('results')
  const results = new Map(
    (given?.entries() ?? []).map(([tool]) => [tool, given?.strings(tool) ?? []] as const),
  )
  const parameters = readParameters(fields)
  fields.end()
  const hash = createHash('sha256').update(canonicalText(node)).digest('hex')
  return { name, hash, system, tools, results, parameters }
}

function readParameters(fields: Fields): Partial<Parameters> {
  const given = fields.sub('parameters')
  const temperature = given?.optionalNumber('temperature', 0, 2)
  const tokensMax = given?.optionalNumber('tokens_max', 1, 1_000_000)
  given?.end()
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(tokensMax === undefined ? {} : { tokensMax }),
  }
}
