package dev.ronde.review.estate;

import java.util.Locale;

/** How a check is called by people who read a language. */
public interface CheckTitles {
    /** Returns the title of the check with the id, the id itself where nobody knows it any more. */
    String of(String check, Locale language);
}
