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
    BAD_JSON("the document is not valid JSON"),
    BAD_ENCODING("the document is not UTF-8"),
    TOO_DEEP("the document has too many levels or values, or a value is too long"),
    TOO_MANY_ELEMENTS("a list is longer than the source takes"),
    TOO_MUCH_TEXT("the texts are longer than the source takes"),
    /** More bytes than are taken. */
    TOO_LARGE("the document has more than 5 MiB"),
    CONTROL_CHARACTER("a text holds a control character"),
    UNKNOWN_WORD("a word is none of those that are known there"),
    WRONG_TYPE("a value has another type than it has there"),
    REQUIRED("something is missing that the source cannot do without"),
    SAID_TWICE("a field stands in two places"),
    MISSPELT_FIELD("a field is known under another spelling"),
    DUPLICATE_ELEMENT("two elements of a list go by the same name"),
    NULL_ELEMENT("null stands where an element of a list should"),
    NO_ADDRESS("a text is no IP address");

    private final String words;

    Unreadable(String words) {
        this.words = words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    static Unreadable ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Why a push was refused; empty if the refusal is not about its document. */
    static Optional<Unreadable> of(Problem problem) {
        String code = problem.errors().isEmpty()
                ? problem.code()
                : problem.errors().get(0).code();
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
