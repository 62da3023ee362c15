package dev.ronde.platform.db;

/** The two databases. What must differ between them asks here. */
public enum Dialect {
    /** Embedded, one process. */
    H2,
    /** Any number of nodes on one database. */
    POSTGRESQL;

    static Dialect of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }
}
