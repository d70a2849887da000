/** Loads what conditions are made of from a folder of suites: sessions, scaffolds, framings, shots. */
import { join } from 'node:path'
import { coreLanguages } from '../exchange/stratum.ts'
import type { Materials } from './conditions/condition.ts'
import type { ScriptedPair } from './plan-turn.ts'
import { loadScaffolds, type Scaffold, yamlFilesIn } from './scaffold.ts'
import type { Suite } from './suite.ts'
import type { SuiteFault } from './suite-fault.ts'
import { readPairs } from './suite-texts.ts'
import { readYamlFile } from './yaml-file.ts'

export type LoadedMaterials =
  | { ok: true; materials: Materials }
  | { ok: false; faults: readonly SuiteFault[] }

/**
 * @param folders that may hold sessions/ and scaffolds/; of one name the last one counts
 * @param suites the adversarial one among them gives framings and shots
 */
export function loadMaterials(
  folders: readonly string[],
  suites: readonly Suite[],
  seed: number,
): LoadedMaterials {
  const faults: SuiteFault[] = []
  const sessions = new Map<string, readonly ScriptedPair[]>()
  const scaffolds = new Map<string, Scaffold>()
  for (const folder of folders) {
    for (const [language, pairs] of loadSessions(join(folder, 'sessions'), faults)) {
      sessions.set(language, pairs)
    }
    for (const [name, scaffold] of loadScaffolds(join(folder, 'scaffolds'), faults)) {
      scaffolds.set(name, scaffold)
    }
  }
  if (faults.length > 0) return { ok: false, faults }
  const framings = suites.flatMap((suite) => suite.framings)
  const shots = suites.find((suite) => suite.shots !== undefined)?.shots
  return { ok: true, materials: { framings, shots, sessions, scaffolds, seed } }
}

/** `<language>.yaml`: `turns:`, a list of {user, assistant}. */
function loadSessions(folder: string, faults: SuiteFault[]): Map<string, readonly ScriptedPair[]> {
  const sessions = new Map<string, readonly ScriptedPair[]>()
  for (const name of yamlFilesIn(folder)) {
    const file = join(folder, name)
    const language = name.replace(/\.yaml$/, '')
    if (!coreLanguages.some((core) => core === language)) {
      faults.push({ file, line: 1, reason: `${language} is not a language holdfast reads` })
      continue
    }
    const node = readYamlFile(file, file, faults)
    if (node !== undefined) sessions.set(language, readPairs(node, 'turns', file, faults))
  }
  return sessions
}
