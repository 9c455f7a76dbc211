import { type DragEvent, useMemo, useState } from 'react';
import { cancel } from '../actions/fill';
import { ActionButton } from './action-button';
import { CanvasFrame } from './canvas-frame';
import { CanvasView } from '../canvas/canvas-view';
import { texts } from '../texts';
import { ComparisonControls } from './comparison-controls';
import { EmptyState } from './empty-state';
import { isModelFile } from '../state/library/library-slice';
import { EngineBanner } from './engine-banner';
import { FlowLegend } from './flow-legend';
import { Minimap } from './minimap';
import { type AskedMenu, PictureMenu } from './picture-menu';
import { PieceActions } from './piece-actions';
import { useApp, useStudio } from '../studio/studio-context';
import { toolPointer } from '../tools/tool-pointer';
import { TourMarks } from './tour-marks';
import { EDIT_DRAG } from './use-drag-order';
import { ZoomControls } from './zoom-controls';

/** The picture, and what lies over it: the steps, the empty state, messages about the engine, the place to drop. */
export function CanvasArea() {
  const studio = useStudio();
  const { filmStrip, library, marks, notices, questions } = studio;
  const [menu, setMenu] = useState<(AskedMenu & { readonly turn: number }) | null>(null);
  const pointer = useMemo(
    () =>
      toolPointer(studio, (at, place) => {
        const onFill = studio.selection.selectAt(place) !== null;
        // A menu of its own each time: one that is open already measures where it was opened first.
        setMenu((last) => ({ at, onFill, turn: (last?.turn ?? 0) + 1 }));
      }),
    [studio],
  );
  const open = useApp((state) => state.document.kind === 'open');
  const [dragging, setDragging] = useState(false);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    const items = [...event.dataTransfer.items];
    const isFolder = (file: File, index: number) => items[index]?.webkitGetAsEntry()?.isDirectory ?? file.size < 0;
    const dropped = [...event.dataTransfer.files];
    const folders = dropped.filter(isFolder);
    const files = dropped.filter((file) => !folders.includes(file));
    const pictures = files.filter((file) => !isModelFile(file));
    const [model] = files.filter(isModelFile);
    const [picture] = pictures;
    if (dropped.length === 0) notices.info(texts.errors.notAPicture);
    if (model) void library.importDropped(model);
    if (folders.length > 0 || pictures.length > 1) void filmStrip.drop(pictures, folders);
    else if (picture && open) void ask(picture);
    else if (picture) void filmStrip.drop([picture]);
  };
  const ask = async (file: File) => {
    const answer = await questions.choose({ ...texts.questions.dropped(file.name), danger: false });
    if (answer === 'yes') await filmStrip.drop([file]);
    if (answer === 'other') await marks.importDropped(file);
  };
  return (
    <main
      className="canvas-area"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(EDIT_DRAG)) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setDragging(false);
      }}
      onDrop={drop}
    >
      <CanvasView canvas={studio.canvas} pointer={pointer} onToolChange={studio.store.subscribe} />
      <ComparisonControls />
      {menu && <PictureMenu key={menu.turn} at={menu.at} onFill={menu.onFill} />}
      <Minimap />
      <FlowLegend />
      <PieceActions />
      <CanvasFrame />
      {open ? <TourMarks /> : <EmptyState />}
      {open && <ZoomControls />}
      <EngineBanner />
      <Opening />
      {dragging && <div className="drop-target">{texts.empty.drop}</div>}
    </main>
  );
}

function Opening() {
  const opening = useApp((state) => state.opening);
  const openingFile = useApp((state) => state.openingFile);
  const partial = useApp((state) => state.partial);
  if (!opening && !partial) return null;
  return (
    <div className={opening ? 'opening' : 'opening opening-rest'} role="status">
      <span className="spinner" aria-hidden />
      {opening ? texts.empty.loading : texts.empty.loadingRest}
      {openingFile && <ActionButton action={cancel} label={texts.empty.cancelLoading} look="plain" />}
    </div>
  );
}
