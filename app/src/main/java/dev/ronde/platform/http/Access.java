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

    /** As {@link #READERS}, of what is narrowed to the assets of an engagement too. */
    public static final Access SCOPED = new Access(false, SIGNED_IN.roles, true);
    /** As {@link #AUDIT}, of what is narrowed to an engagement too. */
    public static final Access SCOPED_AUDIT = new Access(false, AUDIT.roles, true);

    private final boolean open;
    private final Set<Role> roles;
    private final boolean scoped;

    private Access(boolean open, Set<Role> roles) {
        this(open, roles, false);
    }

    private Access(boolean open, Set<Role> roles, boolean scoped) {
        this.open = open;
        this.roles = roles;
        this.scoped = scoped;
    }

    public static Access of(Role first, Role... others) {
        return new Access(false, EnumSet.of(first, others));
    }

    public boolean open() {
        return open;
    }

    /** Whether an auditor with an engagement is let in: only where what they see is narrowed to it. */
    public boolean scoped() {
        return scoped;
    }

    public boolean allows(Role role) {
        return open || roles.contains(role);
    }

    @Override
    public String toString() {
        return open ? "anyone" : roles.toString();
    }
}
