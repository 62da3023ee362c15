package dev.ronde.review.estate;

import dev.ronde.platform.text.Worded;
import java.util.List;
import java.util.stream.Collectors;

/** A protection that an asset could have and that is not known to be on. */
public record NotOn(String protection, Why why) {

    public enum Why implements Worded {
        OFF("is off"),
        UNVERIFIED("cannot be verified"),
        UNCHECKED("has no check");

        private final String english;

        Why(String english) {
            this.english = english;
        }
    }

    /** True if a check fails, so it is known to be off. */
    public boolean off() {
        return why == Why.OFF;
    }

    public static List<String> keys(List<NotOn> all) {
        return all.stream().map(NotOn::protection).toList();
    }

    /** All of them in English, such as {@code backup cannot be verified, patch-level is off}. */
    public static String told(List<NotOn> all) {
        return all.stream().map(one -> one.protection + " " + one.why.english).collect(Collectors.joining(", "));
    }
}
