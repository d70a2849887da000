/**
 * Rotation of probes (evaluation.md, section 3): which items are anchors, asked in every epoch and
 * alone feeding detectors, and in which epoch each of the others is fresh. The keyed hash of an
 * item's id alone decides: so items can be added, reordered or withdrawn and no other one moves, and
 * who does not know the secret cannot tell which items come when.
 */
import { createHmac } from 'node:crypto'

export interface RotationOptions {
  /** At least 16 bytes; the same in all replicas. */
  secret: Uint8Array
  /** Share of items that are anchors, from 0 to 1. */
  anchorShare: number
  /** Into how many epochs the others fall. */
  epochs: number
  /** Times a fresh item is asked before it retires. */
  exposuresMax: number
}

export type Part = { kind: 'anchor' } | { kind: 'fresh'; epoch: number }

export interface Rotation {
  partOf(id: string): Part
  /** @param epoch counts on for ever; parts come round again */
  select<T extends { readonly id: string }>(
    items: readonly T[],
    epoch: number,
    exposuresOf: (id: string) => number,
  ): Selection<T>
}

export interface Selection<T> {
  anchor: readonly T[]
  /** Of this epoch, and not yet retired. */
  fresh: readonly T[]
  /** Of this epoch, and asked so often that a system may have learnt them. */
  retired: readonly T[]
}

const secretBytesMin = 16

/** The hash is of this purpose alone: the secret keys other things too. */
const purpose = 'holdfast probe rotation\0'

export function createRotation(options: RotationOptions): Rotation {
  const { secret, anchorShare, epochs, exposuresMax } = options
  if (secret.byteLength < secretBytesMin) {
    throw new RangeError(`createRotation: a secret of ${secret.byteLength} bytes`)
  }
  if (!(anchorShare >= 0 && anchorShare <= 1)) {
    throw new RangeError(`createRotation: an anchor share of ${anchorShare}`)
  }
  if (!(Number.isInteger(epochs) && epochs >= 1)) {
    throw new RangeError(`createRotation: ${epochs} epochs`)
  }
  if (!(Number.isInteger(exposuresMax) && exposuresMax >= 1)) {
    throw new RangeError(`createRotation: at most ${exposuresMax} exposures`)
  }

  const partOf = (id: string): Part => {
    const digest = createHmac('sha256', secret).update(purpose).update(id).digest()
    // Two places of the hash, so that the epochs are alike whatever the share of anchors is.
    const anchor = digest.readUIntBE(0, 6) / 2 ** 48 < anchorShare
    if (anchor) return { kind: 'anchor' }
    return { kind: 'fresh', epoch: Math.floor((digest.readUIntBE(6, 6) / 2 ** 48) * epochs) }
  }
  return {
    partOf,
    select(items, epoch, exposuresOf) {
      if (!Number.isSafeInteger(epoch) || epoch < 0) throw new RangeError(`select: epoch ${epoch}`)
      const due = epoch % epochs
      const parts = items.map((item) => ({ item, part: partOf(item.id) }))
      const anchor = parts.flatMap(({ item, part }) => (part.kind === 'anchor' ? [item] : []))
      const fresh = parts.flatMap(({ item, part }) =>
        part.kind === 'fresh' && part.epoch === due ? [item] : [],
      )
      const isRetired = ({ id }: { id: string }): boolean => exposuresOf(id) >= exposuresMax
      return {
        anchor,
        fresh: fresh.filter((item) => !isRetired(item)),
        retired: fresh.filter(isRetired),
      }
    },
  }
}
