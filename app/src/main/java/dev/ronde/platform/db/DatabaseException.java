package dev.ronde.platform.db;

/** The database cannot be used as it is; the message names the reason and what to do. Stops the start. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message, null, false, false);
    }
}
