/** How long things stood open: every window of a period, per asset, with percentiles and the times to detect and to fix. */
@NullMarked
package dev.ronde.finding.exposure;

import org.jspecify.annotations.NullMarked;
