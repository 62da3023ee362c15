package dev.ronde.mail.health;

import java.time.Instant;

/** A domain of which so many addresses failed at once that it is taken for an outage. */
public record HeldDomain(String domain, Instant until) {}
