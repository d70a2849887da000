/** The model of a format that names it in the path, percent-decoded. */

const nameMax = 512

/** @param path its first group is the model as sent */
export const pathModel = (path: RegExp, requestPath: string): string | undefined => {
  const sent = path.exec(requestPath)?.[1]
  if (sent === undefined) return undefined
  try {
    return decodeURIComponent(sent).slice(0, nameMax)
  } catch {
    // Not a percent encoding after all.
    return sent
  }
}
