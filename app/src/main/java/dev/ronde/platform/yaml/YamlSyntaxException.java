package dev.ronde.platform.yaml;

/** The text is not readable YAML; permanent, the author of the file must act. */
public final class YamlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    YamlSyntaxException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The message without the line. */
    public String reason() {
        return reason;
    }
}
