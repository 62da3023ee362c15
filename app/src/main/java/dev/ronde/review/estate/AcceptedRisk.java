package dev.ronde.review.estate;

import java.time.LocalDate;

/**
 * An approved waiver that covers a failure of now.
 *
 * @param waiver what people call it, {@code W-<number>}
 * @param reason why it was asked for
 * @param until last day, inclusive, in UTC
 */
public record AcceptedRisk(String waiver, String reason, LocalDate until) {}
