import { formatOfBytes } from '../../../shared/picture-formats';
import { segmentsFrom } from './segments';

/** Put behind a JPEG that ends without it. */
export const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/** Whether a JPEG begins and never ends, as some cameras and transfers leave it. */
export function lacksEndMarker(bytes: Buffer): boolean {
  return formatOfBytes(bytes) === 'jpeg' && bytes.lastIndexOf(END_OF_JPEG) < segmentsFrom(bytes, 2).at;
}
