package dev.ronde.finding;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something was exposed: at least from when it was first to when it was last seen failing, at most from when it was last seen
 * passing before to when it was first seen passing after (or now). Checks see points in time; the truth lies between both.
 *
 * @param shortest lower end
 * @param longest upper end, null where no run ever passed before, so that nobody can tell
 */
public record Exposure(Duration shortest, @Nullable Duration longest) {}
