package dev.ronde.asset.field;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be written about an asset, in the order of the columns of a CSV file. The CSV column and the JSON field have the same
 * name, except for the three people, who are {@code owner}, {@code backup} and {@code manager} in JSON.
 */
public enum AssetField {
    /** The stable name people and machines use; it never changes. */
    REF,
    /** What people call it. */
    NAME,
    /** One of {@code checks/protections.yaml}; decides which protections are available. */
    KIND,
    /** The person answerable for it, by e-mail address. */
    OWNER,
    /** Who steps in, by e-mail address. */
    BACKUP,
    /** Who hears of escalations, by e-mail address. */
    MANAGER,
    /** Free word such as production or test. */
    ENVIRONMENT,
    /** One of {@link Criticality}. */
    CRITICALITY,
    /** Free word for the data it holds. */
    DATA_CLASS,
    /** The business unit it belongs to. */
    UNIT,
    /** Host name or IP address to reach it at. */
    ADDRESS,
    /** TCP or UDP port, 1 to 65535. */
    PORT,
    /** Name sent as SNI and Host where it differs from the address. */
    HOSTNAME,
    /** Protocol whose STARTTLS command opens the TLS session. */
    STARTTLS,
    /** Zone of its due dates, as a zone id. */
    ZONE,
    /** Free words, several. */
    TAGS,
    /** Ports that are meant to be open, several. */
    DECLARED_PORTS,
    /** Whether nothing should answer at its address and port: true or empty. */
    EXPECTED_CLOSED,
    /** Last day on which it may be probed; absent means never. */
    PROBE_AUTHORISED_UNTIL,
    /** Day of the last review made before Ronde knew it. */
    LAST_REVIEW_ON,
    /** Free text. */
    NOTES;

    private static final Pattern REF_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    public String column() {
        return person() ? json() + "_email" : json();
    }

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean required() {
        return this == REF || this == NAME || this == KIND || this == OWNER;
    }

    public boolean person() {
        return this == OWNER || this == BACKUP || this == MANAGER;
    }

    public static boolean isRef(String text) {
        return REF_FORM.matcher(text).matches();
    }

    public static Optional<AssetField> ofColumn(String column) {
        return Arrays.stream(values())
                .filter(field -> field.column().equals(column))
                .findFirst();
    }

    public static Optional<AssetField> ofJson(String json) {
        return Arrays.stream(values())
                .filter(field -> field.json().equals(json))
                .findFirst();
    }

    public static List<String> columns() {
        return Arrays.stream(values()).map(AssetField::column).toList();
    }

    public static List<String> jsonNames() {
        return Arrays.stream(values()).map(AssetField::json).toList();
    }
}
