package dev.ronde.asset.snapshot;

import dev.ronde.platform.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a document cannot be read. Only these refusals say something of the configuration; one that came too late, or under a wrong clock,
 * does not.
 */
public enum Unreadable {
    /** No JSON, or a key that stands twice. */
    BAD_JSON("the document is not valid JSON"),
    /** Not UTF-8. */
    BAD_ENCODING("the document is not UTF-8"),
    /** More levels or longer values than are taken. */
    TOO_DEEP("the document has too many levels or values, or a value is too long"),
    /** A longer list than the source takes. */
    TOO_MANY_ELEMENTS("a list is longer than the source takes"),
    /** More text than the source takes. */
    TOO_MUCH_TEXT("the texts are longer than the source takes"),
    /** More bytes than are taken. */
    TOO_LARGE("the document has more than 5 MiB"),
    /** A text that cannot be stored. */
    CONTROL_CHARACTER("a text holds a control character"),
    /** A word that is none of those that are known. */
    UNKNOWN_WORD("a word is none of those that are known there"),
    /** A value of another type. */
    WRONG_TYPE("a value has another type than it has there"),
    /** Something the source cannot do without. */
    REQUIRED("something is missing that the source cannot do without"),
    /** A field that stands in two places. */
    SAID_TWICE("a field stands in two places"),
    /** A field in another spelling. */
    MISSPELT_FIELD("a field is known under another spelling"),
    /** Two elements nobody can tell apart. */
    DUPLICATE_ELEMENT("two elements of a list go by the same name"),
    /** Null where an element of a list stands. */
    NULL_ELEMENT("null stands where an element of a list should"),
    /** A text that is no IP address. */
    NO_ADDRESS("a text is no IP address");

    private final String words;

    Unreadable(String words) {
        this.words = words;
    }

    /** The code as problems and the API name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is wrong, in English, without anything of the document. */
    public String words() {
        return words;
    }

    /** Returns what a stored code means. */
    static Unreadable ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Returns why a push was refused; empty where the refusal says nothing of its document. */
    static Optional<Unreadable> of(Problem problem) {
        String code = problem.errors().isEmpty()
                ? problem.code()
                : problem.errors().get(0).code();
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
