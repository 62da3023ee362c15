package dev.ronde.evidence.report;

import java.util.Locale;

/**
 * What no record says and the papers begin with.
 *
 * @param organisation its name, or the name of the log where set-up was not asked for it
 * @param language English or French
 */
public record PaperHead(String organisation, Locale language) {}
