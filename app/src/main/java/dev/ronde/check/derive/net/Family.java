package dev.ronde.check.derive.net;

/** Version of the Internet Protocol; a sender and a receiver always have the same. */
public enum Family {
    /** RFC 791. */
    IPV4("IPv4"),
    /** RFC 8200. */
    IPV6("IPv6");

    private final String word;

    Family(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
