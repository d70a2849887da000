/** What evidence records, and what it loses and why; label values of holdfast_evidence_*. */

export const evidenceKinds = [
  'exchange',
  'probe',
  'episode',
  'probe_run',
  'baseline',
  'deployment',
  'monitor',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const evidenceDrops = [
  /** More came than the disk takes. */
  'queue_full',
  /** The same while the disk takes nothing. */
  'disk',
  /** Larger than a record may be. */
  'too_large',
  /** Not written when holdfast ended. */
  'closed',
  /** Removed by `holdfast evidence forget` before it was written. */
  'forgotten',
] as const
export type EvidenceDrop = (typeof evidenceDrops)[number]

export const evidenceErrors = [
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EMFILE',
  'ENFILE',
  'EFBIG',
  /** The file that was written to is no longer in the folder. */
  'removed',
  'other',
] as const
export type EvidenceError = (typeof evidenceErrors)[number]
