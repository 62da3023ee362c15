/** Background jobs that people start. Their progress lives in a table, so any node and any browser shows the same. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.job;
