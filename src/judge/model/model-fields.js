/** Reading of a parsed JSON value whose shape is not known yet. */
export const mapOf = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
export const finiteIn = (fields, key) => {
    const value = fields.get(key);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};
export const textIn = (fields, key) => {
    const value = fields.get(key);
    return typeof value === 'string' ? value : undefined;
};
export const numbersIn = (fields, key) => {
    const value = fields.get(key);
    if (!Array.isArray(value))
        return undefined;
    const numbers = value.filter((item) => Number.isFinite(item));
    return numbers.length === value.length ? numbers : undefined;
};
