package dev.ronde.platform.http;

import java.time.ZoneId;
import java.util.Locale;

/**
 * How somebody reads pages.
 *
 * @param theme system, light or dark
 */
public record Reader(Locale locale, ZoneId zone, String theme) {}
