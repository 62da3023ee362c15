package dev.ronde.mail.trial;

/**
 * One thing a trial showed. Its words are the text {@code mail.trial.<topic>.<what>} with two places.
 *
 * @param what what was seen, a word such as {@code kept}
 * @param first what stands in {@code {0}}
 * @param second what stands in {@code {1}}
 */
public record TrialFinding(Topic topic, Level level, String what, String first, String second) {
    /** What was looked at. */
    public enum Topic {
        /** Whether the mail server took the mail. */
        SENT,
        /** Whether the mail came back. */
        CAME_BACK,
        /** Where the tag of the reply address is still seen. */
        REPLY_TAG,
        /** Whether the address answers go to is as it was. */
        REPLY_TO,
        /** Whether the address reports go to is as it was. */
        BOUNCE_TAG,
        /** Whether the id of the mail is as it was. */
        MESSAGE_ID,
        /** Whether the receiving server says who it took the sender for (RFC 8601). */
        AUTHENTICATION,
        /** Whether the mail is signed (RFC 6376). */
        SIGNATURE,
        /** Whether the clocks agree. */
        CLOCK,
        /** Whether both connections are encrypted. */
        ENCRYPTION;

        /** The word in the API and in the names of texts. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How good it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Nothing is lost, and it could be better. */
        WARN,
        /** Answers or reports will be lost. */
        FAIL,
        /** Nothing is known yet. */
        WAIT;

        /** The word in the API. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The name of its text. */
    public String key() {
        return "mail.trial." + topic.word() + "." + what;
    }
}
