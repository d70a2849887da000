/** Faults of the disk under the evidence log: F17, F18. */
import type { Fault } from '../fault.ts'

export const evidenceFaults: readonly Fault[] = [
  {
    id: 'F17',
    name: 'the disk of the evidence is full',
    injects: 'a file system of 1 MB that fills and is freed',
    promise: 'traffic untouched; evidence stops and resumes; no torn record after repair',
    observe: 'evidence metrics',
    missing: 'the evidence log is not connected to the running program yet',
  },
  {
    id: 'F18',
    name: 'the disk of the evidence fails',
    injects: 'EIO, read-only, slow fsync, no descriptor',
    promise: 'as F17',
    observe: 'evidence metrics',
    missing: 'the evidence log is not connected to the running program yet',
  },
]
