package dev.ronde.testing;

/** The databases every DAO test runs on. */
public enum DatabaseKind {
    H2,
    POSTGRESQL
}
