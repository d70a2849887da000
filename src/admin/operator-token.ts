/** The operator's token, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export const isToken = (given: string, token: string): boolean =>
  timingSafeEqual(digest(given), digest(token))

/** @param header `Bearer ...` */
export const isAuthorised = (header: string | undefined, token: string): boolean => {
  const given = /^Bearer ([\x21-\x7e]{1,1024})$/i.exec(header ?? '')?.[1]
  return given !== undefined && isToken(given, token)
}
