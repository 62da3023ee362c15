package dev.ronde.asset.field;

import java.util.Arrays;
import java.util.List;

/** A value that cannot be taken: the code names the message that says what to write instead, the arguments fill it. */
public final class CellRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String[] arguments;

    /**
     * @param code the message is {@code asset.error.<code>}
     */
    public CellRefused(String code, Object... arguments) {
        super(code, null, false, false);
        this.code = code;
        this.arguments = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    }

    public String code() {
        return code;
    }

    public List<String> arguments() {
        return List.of(arguments);
    }
}
