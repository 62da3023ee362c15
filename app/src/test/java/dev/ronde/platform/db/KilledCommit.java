package dev.ronde.platform.db;

import java.nio.file.Path;

/** A process of its own that changes every row of a table in one transaction after the other, until somebody kills it. */
final class KilledCommit {
    static final String GO = "committing";

    private KilledCommit() {}

    public static void main(String[] arguments) {
        Database database = Database.open(DatabaseUrl.h2File(Path.of(arguments[0])), 2);
        System.out.println(GO);
        while (true) {
            database.useTransaction(tx -> tx.execute("update due set attempts = attempts + 1"));
        }
    }
}
