/** The same as in package.json; a test holds them together, and no file is read at start-up. */
export const version = "0.1.0";
