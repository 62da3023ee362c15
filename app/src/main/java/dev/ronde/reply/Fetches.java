package dev.ronde.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which links one client fetched: who opens three within ten seconds of one another is probably no person. What they do with one of those is asked
 * about once more, however long they wait with it.
 */
final class Fetches {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int SUSPICIOUS = 3;
    private static final int CLIENTS_KEPT = 10_000;
    private static final int FETCHES_KEPT = 200;

    private final InstantSource clock;
    private final Map<String, Deque<Fetch>> byClient = new LinkedHashMap<>();

    Fetches(InstantSource clock) {
        this.clock = clock;
    }

    private record Fetch(Instant at, long grantId) {}

    synchronized void note(String client, long grantId) {
        Deque<Fetch> fetches = byClient.computeIfAbsent(client, key -> new ArrayDeque<>());
        forgetOld(fetches);
        fetches.addLast(new Fetch(clock.instant(), grantId));
        if (fetches.size() > FETCHES_KEPT) {
            fetches.removeFirst();
        }
        if (byClient.size() > CLIENTS_KEPT) {
            byClient.remove(byClient.keySet().iterator().next());
        }
    }

    /** Whether this client fetched the link with two others within ten seconds, as long ago as a form of it may be sent. */
    synchronized boolean suspicious(String client, long grantId) {
        Deque<Fetch> fetches = byClient.get(client);
        if (fetches == null) {
            return false;
        }
        forgetOld(fetches);
        return fetches.stream().anyMatch(first -> burst(fetches, first, grantId));
    }

    /** Whether the link is among three that were fetched in the ten seconds that begin with this fetch. */
    private static boolean burst(Deque<Fetch> fetches, Fetch first, long grantId) {
        Instant end = first.at().plus(WINDOW);
        long[] grants = fetches.stream()
                .filter(fetch -> !fetch.at().isBefore(first.at()) && !fetch.at().isAfter(end))
                .mapToLong(Fetch::grantId)
                .distinct()
                .toArray();
        return grants.length >= SUSPICIOUS && Arrays.stream(grants).anyMatch(grant -> grant == grantId);
    }

    private void forgetOld(Deque<Fetch> fetches) {
        Instant start = clock.instant().minus(Nonces.VALID);
        while (!fetches.isEmpty() && fetches.getFirst().at().isBefore(start)) {
            fetches.removeFirst();
        }
    }
}
