/** Text without halves of surrogate pairs, which JSON can hold and no file can. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')
