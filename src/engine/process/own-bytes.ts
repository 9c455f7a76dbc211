/**
 * The same message with arrays that own exactly their buffer: a port copies the whole buffer behind a view. Walks plain objects
 * and arrays only.
 */
export function ownBytes(message: unknown): unknown {
  if (ArrayBuffer.isView(message)) {
    if (message.byteLength === message.buffer.byteLength || message instanceof DataView) return message;
    const array = message as Float32Array | Uint16Array | Uint8Array;
    return array.slice();
  }
  if (Array.isArray(message)) return message.map(ownBytes);
  if (typeof message !== 'object' || message === null || Object.getPrototypeOf(message) !== Object.prototype)
    return message;
  return Object.fromEntries(Object.entries(message).map(([key, value]) => [key, ownBytes(value)]));
}
