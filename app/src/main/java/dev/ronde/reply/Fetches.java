package dev.ronde.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which links one client fetched just now: who opens three within ten seconds is probably no person. */
final class Fetches {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int SUSPICIOUS = 3;
    private static final int CLIENTS_KEPT = 10_000;

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
        if (byClient.size() > CLIENTS_KEPT) {
            byClient.remove(byClient.keySet().iterator().next());
        }
    }

    synchronized boolean suspicious(String client) {
        Deque<Fetch> fetches = byClient.get(client);
        if (fetches == null) {
            return false;
        }
        forgetOld(fetches);
        return fetches.stream().map(Fetch::grantId).distinct().count() >= SUSPICIOUS;
    }

    private void forgetOld(Deque<Fetch> fetches) {
        Instant start = clock.instant().minus(WINDOW);
        while (!fetches.isEmpty() && fetches.getFirst().at().isBefore(start)) {
            fetches.removeFirst();
        }
    }
}
