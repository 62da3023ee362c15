package dev.ronde.evidence.ledger;

/** The head of a log: C2SP tlog-checkpoint body, without extension lines. */
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "a ledger origin has no spaces, plus signs or control characters: " + origin);
        }
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size: " + size);
        }
    }

    /** True where {@code origin} may name a log: 1–200 characters, no blank, no {@code +}, no control character. */
    public static boolean isOrigin(String origin) {
        return origin.length() <= 200 && origin.matches("[^\\s+\\p{Cntrl}]+");
    }

    /** The signed text: three lines, each ending in LF. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** Reads a signed text; {@link IllegalArgumentException} if it is not exactly three lines of this form. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new IllegalArgumentException("a checkpoint has three lines: origin, size, root");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("not a tree size: " + lines[1]);
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.ofBase64(lines[2]));
    }
}
