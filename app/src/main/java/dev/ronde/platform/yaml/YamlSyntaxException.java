package dev.ronde.platform.yaml;

import java.util.List;

/** The text is not readable YAML; permanent, the author of the file must act. */
public final class YamlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String word;
    private final String reason;
    private final transient List<String> values;

    /** @param word stable name of the reason, for those who say it in another language; filled with the values */
    YamlSyntaxException(int line, String word, String reason, String... values) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.word = word;
        this.reason = reason;
        this.values = List.of(values);
    }

    public int line() {
        return line;
    }

    /** Stable name of the reason: {@code anchors}, {@code empty}, {@code one_document}, {@code deep}, {@code twice} or that of a {@link YamlFault}. */
    public String word() {
        return word;
    }

    public List<String> values() {
        return values;
    }

    public String reason() {
        return reason;
    }
}
