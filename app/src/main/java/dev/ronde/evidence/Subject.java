package dev.ronde.evidence;

/**
 * What a record is about.
 *
 * @param kind asset, review, check, finding, plan, person, mail, token, ledger, export …
 * @param id stable id or ref of the thing, at most 100 characters
 * @param rev its revision after the change; 0 where it has none
 */
public record Subject(String kind, String id, long rev) {
    public Subject {
        if (kind.isBlank() || kind.length() > 16 || id.isBlank() || id.length() > 100 || rev < 0) {
            throw new IllegalArgumentException(
                    "a subject has a kind of at most 16 and an id of at most 100 characters");
        }
    }

    public static Subject of(String kind, Object id) {
        return new Subject(kind, id.toString(), 0);
    }

    public static Subject of(String kind, Object id, long rev) {
        return new Subject(kind, id.toString(), rev);
    }
}
