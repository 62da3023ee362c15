/**
 * Which checks an asset gets and when they are due, brought in line with the check files at each start.
 * Which files were in force is recorded.
 */
@NullMarked
package dev.ronde.check.schedule;

import org.jspecify.annotations.NullMarked;
