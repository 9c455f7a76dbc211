import type { Studio } from '../studio/studio';
import type { Action } from './action';
import { applyCanvas, leaveCanvas } from './canvas-size';
import { brushLarger, brushSmaller } from './brush-size';
import { chooseTool } from './choose-tool';
import { clearHole, clearSource } from './clear';
import { compare } from './compare';
import { difference, split } from './comparison';
import { newFill, refreshAll, remakeOnLift, rerun } from './edit-fill';
import { deleteEdit, duplicateEdit, editDown, editUp, renameEdit, toggleEdit } from './edit-stack';
import { copy, exportBeforeAfter, exportFilledMask, exportLayers, exportOpenRaster, exportPsd } from './export';
import { cancel, fill, fillOnLift } from './fill';
import { copySettings, pasteSettings } from './fill-settings';
import { commands, shortcuts, tour } from './help';
import { clearHint, eraseHint, stopAtCoarse } from './hint';
import { redo, undo } from './history';
import { colourFlow, refuseSource } from './inspect';
import { interfaceScales } from './interface-scale';
import { languages } from './language';
import { lab } from './lab';
import { importModel, library } from './library';
import { exportMask, grow, importMask, invert, pasteMask, selectAll, selectNone, shrink } from './mask';
import { growToEdge, keepMask } from './mask-growth';
import { clearStrip, fillAll, nextPhoto, previousPhoto, toggleStrip } from './film-strip';
import { close, open, openFolder, openSample, paste, recover } from './open';
import { repair } from './repair';
import { rotateLeft, rotateReset, rotateRight } from './rotate';
import { save, saveAs, saveProject, saveProjectAs } from './save';
import { ringSource, sideSource } from './source-presets';
import { minimap, overlays, pixelGrid } from './view-aids';
import { themes } from './theme';
import { moreVariants, nextVariant, previousVariant } from './variants';
import { trainer } from './trainer';
import { findWires } from './wires';
import { actualSize, fit, zoomIn, zoomOut } from './zoom';

/** Everything a person can do, in the order of the shortcut sheet. */
export const ACTIONS: readonly Action[] = [
  open,
  openFolder,
  openSample,
  paste,
  save,
  saveAs,
  saveProject,
  saveProjectAs,
  close,
  exportLayers,
  exportPsd,
  exportOpenRaster,
  exportBeforeAfter,
  exportFilledMask,
  nextPhoto,
  previousPhoto,
  fillAll,
  clearStrip,
  recover,
  undo,
  redo,
  copy,
  pasteMask,
  fill,
  fillOnLift,
  remakeOnLift,
  repair,
  applyCanvas,
  leaveCanvas,
  cancel,
  stopAtCoarse,
  rerun,
  moreVariants,
  nextVariant,
  previousVariant,
  refreshAll,
  refuseSource,
  newFill,
  copySettings,
  pasteSettings,
  toggleEdit,
  renameEdit,
  duplicateEdit,
  editUp,
  editDown,
  deleteEdit,
  clearHole,
  clearSource,
  clearHint,
  ringSource,
  sideSource,
  selectAll,
  selectNone,
  invert,
  grow,
  shrink,
  growToEdge,
  keepMask,
  findWires,
  importMask,
  exportMask,
  ...chooseTool,
  eraseHint,
  brushSmaller,
  brushLarger,
  compare,
  split,
  difference,
  zoomIn,
  zoomOut,
  fit,
  actualSize,
  rotateLeft,
  rotateReset,
  rotateRight,
  colourFlow,
  overlays,
  pixelGrid,
  minimap,
  toggleStrip,
  ...themes,
  ...interfaceScales,
  ...languages,
  commands,
  tour,
  library,
  importModel,
  trainer,
  lab,
  shortcuts,
];

/** @returns undefined for an id that no action has */
export function actionOf(id: string): Action | undefined {
  return ACTIONS.find((action) => action.id === id);
}

/** Runs an action if it may run now; its failure becomes a notice. Whether it ran. */
export function runAction(studio: Studio, action: Action): boolean {
  if (!action.enabled(studio.store.getState())) return false;
  const report = (error: unknown) => studio.notices.error(error);
  try {
    void Promise.resolve(action.run(studio)).catch(report);
  } catch (error) {
    report(error);
  }
  return true;
}
