/**
 * A value that the structure of the model itself puts there. Its absence is a defect of the model: neither misuse by
 * the caller nor a violation by the other side can cause it.
 * @throws Error that says what was missing
 */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`impossible: there is no ${what} here; please report this defect`);
  return value;
}
