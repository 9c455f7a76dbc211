// Where Electron begins. (Named as "main" it is a part of every npm package, and the built program, which imports Electron, is not.)
import '../out/main/index.js';
