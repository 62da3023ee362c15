package dev.ronde.platform.config;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a setting's value people are shown. */
public enum Mask {
    /** Everything but passwords written inside it. */
    PASSWORDS {
        @Override
        String of(String text) {
            return passwords(text);
        }
    },
    /** Nothing. */
    ALL {
        @Override
        String of(String text) {
            return STARS;
        }
    },
    /** The program of a command without its arguments. */
    ARGUMENTS {
        @Override
        String of(String text) {
            Matcher program = PROGRAM.matcher(text);
            if (!program.lookingAt()) {
                return STARS;
            }
            return program.end() == text.strip().length() ? text.strip() : program.group() + " " + STARS;
        }
    },
    /** The server of an address without its user, path and query. */
    PATH {
        @Override
        String of(String text) {
            try {
                URI uri = URI.create(text.strip());
                if (uri.getHost() != null) {
                    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                    return uri.getScheme() + "://" + uri.getHost() + port + "/" + STARS;
                }
            } catch (IllegalArgumentException e) {
                // not an address: nothing of it is known to be harmless
            }
            return STARS;
        }
    };

    private static final String STARS = "********";
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_./-]+(?=\\s|$)");

    abstract String of(String text);

    /** The text without a password that stands in it, as {@code password=…} or as {@code //user:…@host}. */
    public static String passwords(String text) {
        return text.replaceAll("(?i)(password=)[^&;]*", "$1********").replaceAll("(//[^/@\\s:]*:)\\S+@", "$1********@");
    }
}
