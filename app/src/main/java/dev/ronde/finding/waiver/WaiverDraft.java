package dev.ronde.finding.waiver;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for; {@link WaiverRules} says whether it may be asked.
 *
 * @param assertions the failing assertions meant, null for all that fail now
 * @param from first day in UTC, null for today
 * @param until last day in UTC, inclusive
 * @param compensatingCheck a check of the same asset that must keep passing
 */
public record WaiverDraft(
        @Nullable List<String> assertions,
        @Nullable String category,
        @Nullable String reason,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable String compensatingCheck,
        @Nullable String ticket) {}
