/** Backups over the API. A running server writes them itself, because only one process opens an H2 file. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.backup;
