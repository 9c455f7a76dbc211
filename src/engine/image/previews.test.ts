import { expect, test } from 'vitest';
import { replaceExif } from './containers';
import { encodePicture } from './encode-picture';
import { withoutExifPrefix } from './exif';
import { segment, segmentsFrom } from './jpeg/segments';
import { withoutPhotoshopPreviews, withoutXmpPreviews } from './previews';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { pipelineOf, testImage } from '../testing/pictures';

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmlns:xmp="a" hdrgm:Version="1.0" dc:source="kept">
<xmp:Thumbnails><rdf:Alt><rdf:li><xmpGImg:image>/9j/PREVIEW</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>
<Container:Directory><rdf:Seq><rdf:li>GainMap</rdf:li></rdf:Seq></Container:Directory></rdf:Description></x:xmpmeta>`;

/** An image resource without a name. */
function resource(id: number, data: string): Buffer {
  const head = Buffer.from('8BIM\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16BE(id, 4);
  head.writeUInt32BE(data.length, 8);
  return Buffer.concat([head, Buffer.from(data + (data.length % 2 === 1 ? '\0' : ''), 'latin1')]);
}

const RESOURCES = Buffer.concat([resource(1028, 'caption'), resource(1036, 'PREVIEW'), resource(1005, 'resolution')]);

test('XMP loses its thumbnails and what points behind the picture, and nothing else', () => {
  const plain = withoutXmpPreviews(XMP);
  expect(plain).not.toMatch(/PREVIEW|hdrgm|GainMap/);
  expect(plain).toMatch(/dc:source="kept">\s*<\/rdf:Description>/);
});

test("Photoshop's resources lose the thumbnail alone", () => {
  const kept = withoutPhotoshopPreviews(RESOURCES);
  expect(kept).toEqual(Buffer.concat([resource(1028, 'caption'), resource(1005, 'resolution')]));
});

/** A JPEG with a preview in XMP, in Photoshop's resources and in a maker note, and a list of further pictures. */
async function leaking(): Promise<Buffer> {
  const plain = await pipelineOf(testImage(32, 24, 3))
    .jpeg()
    .withExif({ IFD0: { Artist: 'Lovelace' } })
    .toBuffer();
  const { exif } = await sharp(plain).metadata();
  if (!exif) throw new TypeError('it has EXIF');
  const small = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xdb]),
    Buffer.from('PREVIEW'),
    Buffer.from([0xff, 0xd9]),
  ]);
  const file = replaceExif(plain, 'jpeg', Buffer.concat([withoutExifPrefix(exif), small]));
  const put = [
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${XMP}`)),
    segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), RESOURCES])),
    segment(0xe2, Buffer.from('MPF\0II*\0PREVIEW')),
  ];
  return Buffer.concat([file.subarray(0, 2), ...put, file.subarray(2)]);
}

test.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)(
  'a JPEG with previews everywhere has none when it is saved as %s, and a note says what was behind it',
  async (format) => {
    const picture = await readPicture(await leaking());
    expect(picture.origin.notes).toEqual(['The gain map, film or further picture behind it is not kept.']);
    for (const options of [{}, { quality: 80 }]) {
      const { bytes } = await encodePicture(picture, picture.samples, format, options);
      const about = await sharp(bytes).metadata();
      const all = [about.exif, about.xmp, about.iptc, about.tifftagPhotoshop, bytes].map((part) =>
        part ? Buffer.from(part).toString('latin1') : '',
      );
      expect(all.join('')).not.toContain('PREVIEW');
      if (format !== 'tiff') expect(all[0]).toContain('Lovelace');
    }
  },
);

test('of the pointers to further pictures none is left in a JPEG', async () => {
  const picture = await readPicture(await leaking());
  const { bytes } = await encodePicture(picture, picture.samples, 'jpeg');
  const markers = segmentsFrom(bytes, 2).segments.map(({ marker }) => marker);
  expect(markers.filter((marker) => marker === 0xe2)).toEqual([]);
  expect(bytes.toString('latin1')).toContain('caption');
});
