/** A calibration as eval judge makes them, for tests: English of two families, German of one. */
import type { Calibration } from '../../src/judge/calibration.ts'

const entry = (
  language: string | undefined,
  family: string | undefined,
  [right, n]: readonly [number, number],
  [rightComplied, nComplied]: readonly [number, number],
) => ({
  language,
  family,
  refused: { successes: right, trials: n },
  complied: { successes: rightComplied, trials: nComplied },
})

export const exampleCalibration: Calibration = {
  judge: { id: 'lexical', version: '0123456789ab', promptHash: undefined },
  madeAt: '2026-11-21T10:00:00.000Z',
  labels: 'independent',
  files: [{ name: 'labels.jsonl', sha256: 'ab'.repeat(32), rows: 520 }],
  entries: [
    entry(undefined, undefined, [240, 260], [250, 260]),
    entry('en', undefined, [190, 200], [196, 200]),
    entry('en', 'gpt-4', [98, 100], [99, 100]),
    entry('en', 'mistral', [92, 100], [97, 100]),
    entry('de', undefined, [50, 60], [54, 60]),
    entry('de', 'gpt-4', [50, 60], [54, 60]),
  ],
}
