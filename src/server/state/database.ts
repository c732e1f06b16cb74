/** The state of the workbench in one SQLite file: watchlists, alerts, what-ifs, preferences, jobs. */
import { openSqlite, type Connection } from '../../data/sqlite.js';
import { MIGRATIONS } from './migrations.js';

const FILE = 'workbench.db';

/** @throws OperationalError `state_unreadable`, `state_newer` for a file of a later version of this program */
export const openDatabase = (folder: string): Connection => openSqlite(folder, FILE, MIGRATIONS);
