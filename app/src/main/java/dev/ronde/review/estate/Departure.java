package dev.ronde.review.estate;

import java.time.Instant;

/**
 * A time in which an asset was something else than a configuration, to which it came back.
 *
 * @param digest what it was at its widest
 * @param worse how many settings were wider or weaker then
 */
public record Departure(Instant from, Instant to, String digest, long worse) {}
