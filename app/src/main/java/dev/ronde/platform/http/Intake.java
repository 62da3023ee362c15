package dev.ronde.platform.http;

/**
 * What a route takes as the body of a request, looked at before anything of it is parsed.
 *
 * @param most bytes
 * @param files whether it takes a form with a file (multipart); no other route does
 */
public record Intake(long most, boolean files) {
    /** Bytes allowed in a form without a session, since its sender is unknown. */
    static final long WITHOUT_SESSION = 64 << 10;

    static final Intake USUAL = new Intake(1_000_000, false);

    private static final long AROUND_A_FILE = 64 << 10;

    public static Intake of(long most) {
        return new Intake(most, false);
    }

    public static Intake file(long most) {
        return new Intake(most + AROUND_A_FILE, true);
    }

    long mostFrom(boolean known) {
        return known || files ? most : Math.min(most, WITHOUT_SESSION);
    }
}
