package dev.ronde.evidence.redact;

import java.util.regex.Pattern;

/** Tells a random key from a name, a digest or an identifier of a cloud. */
final class Randomness {
    private static final Pattern KNOWN = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|(?:vol|i|sg|sgr|eni|subnet|vpc|acl|igw|rtb|ami|snap|fl|nat|tgw|pcx|vpce|eipalloc|dopt)-[0-9a-f]{8,17}");
    private static final int SHORTEST = 20;
    private static final double MIXED = 0.3;
    private static final double MIXED_ALIKE = 0.25;

    private Randomness() {}

    /** Returns whether it is a key: long, with letters and digits that alternate as chance has it. */
    static boolean isKey(String run) {
        if (run.length() < SHORTEST || KNOWN.matcher(run).matches()) {
            return false;
        }
        String bare = run.replaceAll("[-_/+=]", "");
        boolean allThree = has(bare, 'A', 'Z') && has(bare, 'a', 'z') && has(bare, '0', '9');
        if (allThree && bare.length() >= SHORTEST && turns(bare) >= MIXED && bits(bare) > 3.2) {
            return true;
        }
        for (String part : run.split("[-_/+=]", -1)) {
            boolean both = has(part, '0', '9') && (has(part, 'a', 'z') || has(part, 'A', 'Z'));
            if (part.length() >= SHORTEST && both && turns(part) >= MIXED_ALIKE && bits(part) > 2.8) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(String text, char from, char to) {
        return text.chars().anyMatch(c -> c >= from && c <= to);
    }

    private static double turns(String text) {
        int turns = 0;
        for (int i = 1; i < text.length(); i++) {
            turns += kind(text.charAt(i)) == kind(text.charAt(i - 1)) ? 0 : 1;
        }
        return (double) turns / text.length();
    }

    private static int kind(char c) {
        return c >= '0' && c <= '9' ? 0 : c >= 'a' && c <= 'z' ? 1 : 2;
    }

    /** Shannon entropy in bits a character. */
    private static double bits(String text) {
        int[] counts = new int[128];
        text.chars().forEach(c -> counts[c & 127]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
