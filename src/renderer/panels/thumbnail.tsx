import { useEffect, useRef } from 'react';
import type { Variant } from '../../shared/document-model';
import { documentOf } from '../state/document/document-slice';
import { lookOf, type Look } from '../state/document/thumbnails';
import { useApp, useStudio } from '../studio/studio-context';

/** Pixels a side; shown at half of that or less, so that it is sharp on a dense screen. */
const SIDE = 240;

/** What a variant looks like. Decoration: whoever shows it says in words what it is. */
export function Thumbnail({ variant }: { readonly variant: Variant }) {
  const { thumbnails } = useStudio();
  const info = useApp(documentOf);
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = info ? JSON.stringify(lookOf(info.documentId, info, variant, SIDE)) : null;

  useEffect(() => {
    if (key === null) return undefined;
    let shown = true;
    thumbnails.get(JSON.parse(key) as Look).then(
      (bitmap) => {
        if (shown && canvas.current) draw(canvas.current, bitmap);
      },
      // The engine is away, or the picture is closed: the frame stays empty.
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [key, thumbnails]);

  return <canvas ref={canvas} className="thumbnail" width={1} height={1} aria-hidden />;
}

function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  canvas.dataset.drawn = 'true';
}
