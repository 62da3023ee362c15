package dev.ronde.platform.http;

import java.util.EnumSet;
import java.util.Set;

/** Who may use a route. Every route declares one; there is no default. */
public final class Access {
    public static final Access ANYONE = new Access(true, EnumSet.noneOf(Role.class));
    /** Anybody, without looking up who it is: for what must answer without the database. */
    public static final Access UNASKED = new Access(true, EnumSet.noneOf(Role.class));
    /** Anybody signed in or with a token, except agents. */
    public static final Access SIGNED_IN = of(Role.ADMIN, Role.COMPLIANCE, Role.OWNER, Role.AUDITOR);
    /** Owners see only their own. */
    public static final Access READERS = SIGNED_IN;

    public static final Access LEADS = of(Role.ADMIN, Role.COMPLIANCE);
    /** Who answers for something of an asset: leads for all, owners for what is theirs. */
    public static final Access ANSWERERS = of(Role.ADMIN, Role.COMPLIANCE, Role.OWNER);

    public static final Access ADMINS = of(Role.ADMIN);
    public static final Access AUDIT = of(Role.ADMIN, Role.COMPLIANCE, Role.AUDITOR);

    private final boolean open;
    private final Set<Role> roles;

    private Access(boolean open, Set<Role> roles) {
        this.open = open;
        this.roles = roles;
    }

    public static Access of(Role first, Role... others) {
        return new Access(false, EnumSet.of(first, others));
    }

    public boolean open() {
        return open;
    }

    public boolean allows(Role role) {
        return open || roles.contains(role);
    }

    @Override
    public String toString() {
        return open ? "anyone" : roles.toString();
    }
}
