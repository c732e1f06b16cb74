/** The engine's version, named in every result's provenance; the same as in package.json (a test holds them together). */
export const ENGINE_VERSION = '0.2.0';
