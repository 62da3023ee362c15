package dev.ronde.asset.file;

/** What an import does with a row whose asset exists and differs. */
public enum OnConflict {
    /** The row wins. */
    UPDATE,
    /** The asset stays as it is. */
    SKIP,
    /** Nothing of the file is imported. */
    STOP
}
