/** How long things stood open: every window of a period, per asset, with percentiles and the times to detect and to fix. */
@org.jspecify.annotations.NullMarked
package dev.ronde.finding.exposure;
