package dev.ronde.account;

import java.time.LocalDate;

/** A day on which nobody in the zone is expected to work. */
public record Holiday(String zone, LocalDate dayOn, String name) {}
