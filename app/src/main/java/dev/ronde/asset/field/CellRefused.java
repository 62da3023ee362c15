package dev.ronde.asset.field;

import java.util.Arrays;

/** A value that cannot be taken: the code names the message that says what to write instead, the arguments fill it. */
public final class CellRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AssetWords.Refusal why;

    /**
     * @param code the message is {@code asset.error.<code>}
     */
    public CellRefused(String code, Object... arguments) {
        super(code, null, false, false);
        this.why = new AssetWords.Refusal(
                code, Arrays.stream(arguments).map(String::valueOf).toList());
    }

    public AssetWords.Refusal why() {
        return why;
    }
}
