package dev.ronde.review.estate;

import java.util.Locale;

/** How a check is called by people who read a language. */
public interface CheckTitles {
    /** Falls back to the id if nobody knows the check any more. */
    String of(String check, Locale language);
}
