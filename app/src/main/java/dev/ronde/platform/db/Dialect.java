package dev.ronde.platform.db;

/** The two databases. What must differ between them asks here. */
public enum Dialect {
    H2,
    POSTGRESQL;

    static Dialect of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }
}
