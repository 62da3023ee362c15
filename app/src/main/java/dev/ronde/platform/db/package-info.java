/** The database: pool, migrations, mappers, append-only protection. H2 and PostgreSQL run the same statements. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.db;
