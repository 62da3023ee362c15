/** The columns of a list, named once for its file and its JSON. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.table;
