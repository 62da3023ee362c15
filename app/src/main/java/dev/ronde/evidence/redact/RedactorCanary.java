package dev.ronde.evidence.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The redactor proves itself before anything is probed: what must go goes, and what must stay stays. */
public final class RedactorCanary {
    /** The part after the bar must disappear. */
    private static final Map<String, String> GO = Map.ofEntries(
            Map.entry("contact canary.bird @example.org now", "canary.bird"),
            Map.entry("contact canary.bird\u00a0@\u200bexample.org now", "canary.bird"),
            Map.entry("contact canary.bird&#64;example.org now", "canary.bird"),
            Map.entry("contact canary [at] example (dot) org", "canary"),
            Map.entry("password=canary-password-1", "canary-password"),
            Map.entry("redis://:canarypass1@10.0.0.7:6379/0", "canarypass1"),
            Map.entry("Authorization: Bearer canary0000token11", "canary0000"),
            Map.entry("AKIACANARYCANARY0001", "AKIA"),
            Map.entry("eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOjF9.c2ln", "eyJjYW5hcnkiOjF9"),
            Map.entry("-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----", "Y2FuYXJ5"),
            Map.entry("card 4111 1111 1111 1111 on file", "4111"),
            Map.entry("iban DE89 3704 0044 0532 0130 00", "3704"),
            Map.entry("call +33 1 23 45 67 89", "23 45"));

    private static final List<String> STAY = List.of(
            "redis 8.0.2 answered PING without credentials (pong)",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "10.20.0.7:6379",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "nginx@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a",
            "password authentication: no");

    private RedactorCanary() {}

    /**
     * Lets the redactor prove itself.
     *
     * @throws IllegalStateException with the number of canaries that got through or were harmed, never with their text
     */
    public static void prove(Redactor redactor) {
        List<Integer> failed = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, String> canary : GO.entrySet()) {
            number++;
            Redacted<String> redacted = redactor.text(canary.getKey());
            if (redacted.kept().contains(canary.getValue()) || redacted.kept().equals(Redactor.DROPPED)) {
                failed.add(number);
            }
        }
        for (String text : STAY) {
            number++;
            if (!redactor.text(text).kept().equals(text)) {
                failed.add(number);
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("the redactor failed " + failed.size() + " of " + number
                    + " canaries; nothing is probed, because what is found could not be kept safely");
        }
    }
}
