/**
 * Which checks an asset gets and when they are due, brought in line with the check files at each start.
 * Which files were in force is recorded.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.schedule;
