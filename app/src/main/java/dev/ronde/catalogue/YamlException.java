package dev.ronde.catalogue;

/** YAML that is not accepted, with the line it stands on. */
final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    YamlException(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    LoadProblem problem() {
        return new LoadProblem(line, String.valueOf(getMessage()));
    }
}
