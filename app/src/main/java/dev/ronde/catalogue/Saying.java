package dev.ronde.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything the product itself says of why a run has no result: the English of records, the API and logs. Who reads another
 * language reads what stands under {@link #key} in it; the English under that key is where translations begin, nobody reads it.
 */
public enum Saying {
    /** The address of an asset is none; what is wrong with it. */
    ADDRESS_MALFORMED("the asset's address {0}; correct the address of the asset"),
    NOT_AUTHORISED("probe_authorised_until is not set: set it on the asset to the last day on which it may be probed"),
    /** The authorisation ended; the day. */
    AUTHORISATION_ENDED("probe_authorised_until ended on {0}: set a later day on the asset"),
    /** The operator allows nothing; an entry that would. */
    ALLOW_UNSET("RONDE_PROBE_ALLOW is not set: the operator has to add the target, for example {0}"),
    /** The address and the block it lies in. */
    NEVER_PROBED("{0} lies in {1}, which is never probed"),
    OWN_DATABASE("{0} port {1} is the product's own database, which is never probed"),
    OWN_PORT("{0} port {1} is the product itself, which is never probed"),
    /** What is not covered in English, its address and port, and the entry that is missing. */
    NOT_COVERED("RONDE_PROBE_ALLOW does not cover {0}: the operator has to add {2}", 3),
    NOT_COVERED_OWN(
            "RONDE_PROBE_ALLOW does not cover {0} (this machine itself needs an entry of its own, a wider block does not"
                    + " cover it): the operator has to add {2}",
            3),
    /** How many ports; what is said of the first follows. */
    NO_PORT_ALLOWED("none of its {0} ports may be probed, the first because"),
    NAME_UNRESOLVED("the name {0} has no address here"),
    BUDGET_TOO_SMALL("the check's limits allow fewer exchanges than the probe needs"),
    /** The value and the option. */
    OPTION_NO_NAME(
            "'{0}' cannot be used as {1}: it is a name such as example.com; correct the asset's tag param:<check>.{1}=,"
                    + " or the check's file"),
    /** The value, the option and how many bytes it may have. */
    OPTION_TOO_LONG("'{0}' cannot be used as {1}: PostgreSQL takes names of at most {2} bytes; correct the asset's tag"
            + " param:<check>.{1}=, or the check's file"),
    /** The value and the option. */
    OPTION_NO_PATH(
            "'{0}' cannot be used as {1}: a path prefix is made of segments such as /prom, without a slash at its end;"
                    + " correct the asset's tag param:<check>.{1}=, or the check's file"),
    /** The value and the option. */
    OPTION_NO_TEXT("'{0}' cannot be used as {1}: a text to look for has words, beside json:, &&, ^ and $;"
            + " correct the asset's tag param:<check>.{1}=, or the check's file"),
    /** How many there are, the option and how many it may have. */
    OPTION_TOO_MANY("{0} are too many for {1}: it takes at most {2}; correct the asset's tag param:<check>.{1}=,"
            + " or the check's file"),
    /** A tag of an asset cannot be used: why in English, the tag, and key and arguments of the {@link ParamRefusal}. */
    TAG_UNUSABLE("the tag '{1}' cannot be used: {0}", 6),
    PRODUCT_UNKNOWN(
            "tags of the asset name the product {0}, which no check of its kind knows, and this check recognises"
                    + " another; correct the tag, or say product:other"),
    STOPPED("the probe was stopped before it was done"),
    SWEEP_STOPPED("the sweep was stopped before it was done"),
    SWEEP_WITHOUT_TIME("no port could be looked at in the time of the sweep"),
    HOST_UNREADABLE("where the host leads cannot be read"),
    NAME_UNREADABLE("where the name leads cannot be read"),
    PROBE_BROKE("the probe broke; the log of this server says how"),
    JUDGEMENT_BROKE("the judgement broke; the log of this server says how"),
    /** How many of how many addresses, and which. */
    ADDRESSES_MISSED("{0} of the {1} addresses of the name were not looked at: {2}"),
    /** The same where more are missing than are named. */
    MORE_ADDRESSES_MISSED("{0} of the {1} addresses of the name were not looked at: {2} and others"),
    GIVEN_UP("the probe did not come back in time and was given up"),
    ALL_STOPPED("every probe is stopped; the check runs as soon as probing goes on"),
    /** The end of the maintenance window, ISO 8601 in UTC. */
    IN_MAINTENANCE("a maintenance window holds until {0}; the check runs after it"),
    NO_SNAPSHOT("no snapshot of {0} was pushed yet"),
    NOBODY_OUTSIDE("the check means something only from outside, and no vantage is outside"),
    NO_TARGET("the asset has no address or no valid port; set them on its page"),
    TARGET_NEVER_SEEN(
            "nothing has answered at this address and port yet; check both, or set expected_closed on the asset where"
                    + " nothing should answer"),
    /** The place in a document and what is wrong there. */
    UNPARSABLE("{0}: {1}"),
    /** What is wrong with a document as a whole. */
    DOCUMENT_UNPARSABLE("the document: {0}"),
    /** The document as a whole; what is wrong there follows, as after each place. */
    PLACE_DOCUMENT("the document:"),
    /** Name or number of a rule. */
    PLACE_RULE("rule {0}:"),
    /** Number of a rule, and the ACL it stands in. */
    PLACE_RULE_OF("rule {0} of {1}:"),
    /** Number of an inbound permission, and the security group. */
    PLACE_PERMISSION("permission {0} of {1}:"),
    /** The security group of an outbound permission. */
    PLACE_OUTBOUND("outbound permission of {0}:"),
    PLACE_ACL("network ACL {0}:"),
    PLACE_LIST("prefix list {0}:"),
    /** Any other place, in English. */
    PLACE_OTHER("{0}:"),
    /** What cannot be understood there, in English. */
    UNREAD("{0}"),
    FIELD_MISSING("'{0}' is missing"),
    FIELD_NO_TEXT("'{0}' is not a text"),
    FIELD_NO_TEXTS("'{0}' is not a list of texts"),
    FIELD_HOLDS_NO_TEXT("'{0}' holds something that is not a text"),
    FIELD_NO_TRUTH("'{0}' is neither true nor false"),
    FIELD_NO_OBJECT("'{0}' is not an object"),
    FIELD_NO_LIST("'{0}' is not a list"),
    /** The field, what it holds, and what it may hold. */
    FIELD_NOT_ONE_OF("'{0}' is '{1}', not one of {2}"),
    /** The field, what it holds, the least and the greatest number. */
    FIELD_NO_NUMBER("'{0}' is '{1}', not a number from {2} to {3}"),
    /** The field and what it holds. */
    FIELD_NO_PROTOCOL("'{0}' is '{1}', which is no protocol"),
    /** The field and the part of it that is meant. */
    FIELD_NO_PORTS("'{0}': '{1}' is neither a port nor a range"),
    FIELD_PORTS_TURNED("ports {0} to {1} are no range"),
    /** The field and the part of it that is meant. */
    FIELD_NO_ADDRESSES("'{0}': '{1}' is no address range"),
    /** The field and the part of it that is meant. */
    FIELD_NO_SOURCE("'{0}': '{1}' is neither an address, a prefix nor a service tag"),
    /** Nothing: the place is named before. */
    NO_OBJECT("is not an object"),
    /** Nothing: the rule is named before. */
    NUMBER_TWICE("its number is used twice"),
    /** The priority and the other rule. */
    PRIORITY_TWICE("its priority {0} is also that of rule {1}"),
    /** Nothing: the rule is named before. */
    NO_SOURCE("names no source"),
    /** Nothing: the rule is named before. */
    PORTS_WITHOUT("ports are given for a protocol without ports"),
    UNREAD_FIELDS("{0} not understood; what it does to the rule is not known"),
    /** The same where more are not understood than are named. */
    MORE_UNREAD_FIELDS("{0} and more not understood; what it does to the rule is not known"),
    /** Names of the fields that tell so. */
    ONE_PAGE("the document is one page of several ({0}); push all pages as one document"),
    /** When it was collected, ISO 8601 in UTC, why in English and as a code, the source, and the place or an empty text. */
    SNAPSHOT_REFUSED("the newer configuration of {0} was refused: {1}; push one that can be read", 5),
    NOT_STORABLE("the result could not be stored; the log of this server says why"),
    /** The file of a check cannot be used; its first problem. */
    FILE_INVALID("{0}"),
    /** What was observed does not fit its schema; what is wrong. */
    FACTS_MISSHAPEN("{0}"),
    /** The condition or assertion, and what is wrong. */
    RULE_BROKE("{0}: {1}"),
    AGENT_LATE("the agent did not answer in time"),
    NO_AGENT("no agent {0} took the work"),
    AGENT_UNREADABLE("the agent's answer cannot be read"),
    /** An agent told it; what it said follows. */
    AGENT_SAYS("agent:"),
    /** An agent told something in English only. */
    AGENT_TOLD("agent: {0}"),
    AGENT_OLDER("this agent is older than its server and does not know {0}"),
    AGENT_BROKE("the probe broke; the log of the agent says how");

    private final String english;
    private final int arguments;

    /** @param english takes its arguments in their order */
    Saying(String english) {
        this(english, (int) IntStream.range(0, 10)
                .filter(place -> english.contains("{" + place + "}"))
                .count());
    }

    /** @param arguments how many it has where its English does not take all of them */
    Saying(String english, int arguments) {
        this.english = english;
        this.arguments = arguments;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String key() {
        return "check.said." + name().toLowerCase(Locale.ROOT);
    }

    int arguments() {
        return arguments;
    }

    /** Whether the next saying belongs to this one. */
    boolean opens() {
        return this == NO_PORT_ALLOWED || this == AGENT_SAYS || name().startsWith("PLACE_");
    }

    /** Empty for a code of another release. */
    static Optional<Saying> find(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    String english(List<String> arguments) {
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (int at = english.indexOf('{'); at >= 0; at = english.indexOf('{', from)) {
            said.append(english, from, at).append(arguments.get(english.charAt(at + 1) - '0'));
            from = at + 3;
        }
        return said.append(english.substring(from)).toString();
    }
}
