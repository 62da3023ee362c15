package dev.ronde.account;

import dev.ronde.platform.text.Cut;
import java.util.regex.Pattern;

/** Names as people may give them: one line, no control or direction-changing characters, at most 200 characters. */
public final class Names {
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");
    private static final int LONGEST = 200;

    private Names() {}

    /** The name without harmful characters, blanks collapsed, shortened to 200 characters; may be empty. */
    public static String clean(String name) {
        String oneLine = HARMFUL.matcher(name).replaceAll(" ").strip().replaceAll("\\s+", " ");
        return Cut.to(oneLine, LONGEST).strip();
    }
}
