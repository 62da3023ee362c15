package dev.ronde.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What happens on which day: doors that open and are closed again, probes that fail, and the case of December 2019.
 * Days count from the start of the history.
 */
final class Story {
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    static final int DAYS = 84;
    /** The asset that retells December 2019, and the day and hours of its rule change and its fix. */
    static final String DECEMBER = "december-2019";

    static final String DECEMBER_CHECK = "elasticsearch-anonymous-access";

    private static final int RULE_CHANGE = 30;

    enum Answer {
        PASS,
        FAIL,
        ERROR
    }

    private record Event(String asset, double fromDay, double untilDay, Answer answer) {}

    private static final double OPEN = Double.MAX_VALUE;
    private static final List<Event> EVENTS = List.of(
            new Event(DECEMBER, RULE_CHANGE + 0.4, RULE_CHANGE + 1.2, Answer.FAIL),
            new Event("shop-cart-cache", 12, 15.5, Answer.FAIL),
            new Event("logi-gates-mqtt", 20, 41, Answer.FAIL),
            new Event("fin-archive-search", 55, 57, Answer.FAIL),
            new Event("sup-kb-cache", 33, 36, Answer.FAIL),
            new Event("logi-search", 61, 64.5, Answer.FAIL),
            new Event("fin-queue", 45, 47, Answer.ERROR),
            new Event("sup-chat-cache", 70, 72, Answer.ERROR),
            new Event("logi-geo-cache", 74.7, OPEN, Answer.FAIL),
            new Event("sup-ticket-db", 79.2, OPEN, Answer.FAIL),
            new Event("shop-page-cache", 81.2, OPEN, Answer.FAIL));

    private final Instant start;

    Story(Instant start) {
        this.start = start;
    }

    /** The first day of a history that ends now, at 06:00. */
    static Instant startBefore(Instant now) {
        LocalDate first = now.atZone(ZONE).toLocalDate().minusDays(DAYS);
        return first.atTime(6, 0).atZone(ZONE).toInstant();
    }

    Answer answer(String asset, Instant at) {
        return event(asset, at).map(Event::answer).orElse(Answer.PASS);
    }

    private Optional<Event> event(String asset, Instant at) {
        double day = Duration.between(start, at).toMinutes() / 1440.0;
        return EVENTS.stream()
                .filter(event -> event.asset().equals(asset) && day >= event.fromDay() && day < event.untilDay())
                .findFirst();
    }

    int daysAfterChange(int day) {
        return day - RULE_CHANGE;
    }

    /** The hour at which this day's network rules are collected: after the change, and after its fix. */
    int rulesLookedAt(int day) {
        return switch (daysAfterChange(day)) {
            case 0 -> 16;
            case 1 -> 11;
            default -> 9;
        };
    }

    boolean rulesOpen(int day) {
        return day == RULE_CHANGE;
    }
}
