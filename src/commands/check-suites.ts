/** `holdfast check --suites`: probe suites with what conditions need, or all that is wrong with them. */
import { existsSync } from 'node:fs'
import { bundledSuites } from '../probe/bundled.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { loadMaterials } from '../probe/materials.ts'
import { type SuiteFault, suiteFaultText } from '../probe/suite-fault.ts'
import type { CommandIo } from './command.ts'

const usageFault = 2

/** @param paths none: the bundled suites */
export function checkSuites(paths: readonly string[], asJson: boolean, io: CommandIo): number {
  const given = paths.length === 0 ? [bundledSuites] : paths
  const missing = given.filter((path) => !existsSync(path))
  const faults: SuiteFault[] = missing.map((file) => ({ file, line: 1, reason: 'is not there' }))
  const loaded = loadSuites(given.filter((path) => existsSync(path)))
  const suites = loaded.ok ? loaded.suites : []
  if (!loaded.ok) faults.push(...loaded.faults)
  const materials = loadMaterials(given, suites, 0)
  if (!materials.ok) faults.push(...materials.faults)
  if (faults.length > 0) {
    if (asJson) io.stdout.write(`${JSON.stringify({ ok: false, faults })}\n`)
    else {
      io.stderr.write(
        `The suites have ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n`,
      )
      for (const fault of faults) io.stderr.write(`  ${suiteFaultText(fault)}\n`)
    }
    return usageFault
  }
  const rows = suites.map(({ category, version, items, hash }) => ({
    category,
    version,
    items,
    hash,
  }))
  if (asJson) io.stdout.write(`${JSON.stringify({ ok: true, suites: rows })}\n`)
  else {
    for (const { category, version, items, hash } of rows) {
      io.stdout.write(`${category} ${version}: ${items} items, ${hash.slice(0, 12)}\n`)
    }
  }
  return 0
}
