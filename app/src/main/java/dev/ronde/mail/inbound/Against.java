package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against the words of an answer, so that nobody can tell which of them count.
 *
 * @param line the beginning of the line that does; empty where there is none
 */
public record Against(Why why, String line) {
    private static final int LONGEST = 160;

    public enum Why {
        /** In one of two parts that should show the same. */
        PARTS,
        /** In words that are struck out. */
        STRUCK,
        /** In words some readers may not see. */
        UNSEEN,
        /** In words that may be quoted, or the writer's. */
        WHOSE,
        /** Below the mark of a signature. */
        BELOW,
        /** In the quoted mail, where somebody typed it. */
        QUOTED,
        /** In what only a key opens. */
        SEALED,
        /** Further down than is read. */
        LONG;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Against {
        line = Cut.marked(line.strip(), LONGEST);
    }

    static Against of(Why why, List<String> lines) {
        return new Against(
                why,
                Marks.shown(lines.stream()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElse("")));
    }

    static @Nullable Against first(@Nullable Against one, @Nullable Against other) {
        return one != null ? one : other;
    }
}
