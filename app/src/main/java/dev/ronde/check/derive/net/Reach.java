package dev.ronde.check.derive.net;

/** How much of the Internet gets through; the worst comes last. */
public enum Reach {
    /** Known parties: fewer than 65,536 IPv4 addresses, or fewer than 65,536 IPv6 networks of length 64. */
    SPECIFIC("specific"),
    /** Nobody knows: a list that is not part of the snapshot. */
    UNRESOLVED("unresolved"),
    /** Every customer of the same cloud. */
    AZURE_TENANTS("azure-tenants"),
    /** 65,536 IPv4 addresses or more, or as many IPv6 networks of length 64. */
    LARGE("large"),
    /** Half of the public IPv4 addresses or more, or more IPv6 than a prefix of length 38. */
    ANY("any");

    private final String code;

    Reach(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public boolean wide() {
        return compareTo(AZURE_TENANTS) >= 0;
    }
}
