package dev.ronde.asset.field;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be written about an asset, in the order of the columns of a CSV file. The CSV column and the JSON field have the same
 * name, except for the three people, who are {@code owner}, {@code backup} and {@code manager} in JSON.
 */
public enum AssetField {
    /** The stable name people and machines use; it never changes. */
    REF("ref", "ref", true),
    /** What people call it. */
    NAME("name", "name", true),
    /** One of {@code checks/protections.yaml}; decides which protections are available. */
    KIND("kind", "kind", true),
    /** The person answerable for it, by e-mail address. */
    OWNER("owner_email", "owner", true),
    /** Who steps in, by e-mail address. */
    BACKUP("backup_email", "backup", false),
    /** Who hears of escalations, by e-mail address. */
    MANAGER("manager_email", "manager", false),
    /** Free word such as production or test. */
    ENVIRONMENT("environment", "environment", false),
    /** One of {@link Criticality}. */
    CRITICALITY("criticality", "criticality", false),
    /** Free word for the data it holds. */
    DATA_CLASS("data_class", "data_class", false),
    /** The business unit it belongs to. */
    UNIT("unit", "unit", false),
    /** Host name or IP address to reach it at. */
    ADDRESS("address", "address", false),
    /** TCP or UDP port, 1 to 65535. */
    PORT("port", "port", false),
    /** Name sent as SNI and Host where it differs from the address. */
    HOSTNAME("hostname", "hostname", false),
    /** Protocol whose STARTTLS command opens the TLS session. */
    STARTTLS("starttls", "starttls", false),
    /** Zone of its due dates, as a zone id. */
    ZONE("zone", "zone", false),
    /** Free words, several. */
    TAGS("tags", "tags", false),
    /** Ports that are meant to be open, several. */
    DECLARED_PORTS("declared_ports", "declared_ports", false),
    /** Whether nothing should answer at its address and port: true or empty. */
    EXPECTED_CLOSED("expected_closed", "expected_closed", false),
    /** Last day on which it may be probed; absent means never. */
    PROBE_AUTHORISED_UNTIL("probe_authorised_until", "probe_authorised_until", false),
    /** Day of the last review made before Ronde knew it. */
    LAST_REVIEW_ON("last_review_on", "last_review_on", false),
    /** Free text. */
    NOTES("notes", "notes", false);

    private static final Pattern REF_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private final String column;
    private final String json;
    private final boolean required;

    AssetField(String column, String json, boolean required) {
        this.column = column;
        this.json = json;
        this.required = required;
    }

    public String column() {
        return column;
    }

    public String json() {
        return json;
    }

    public boolean required() {
        return required;
    }

    public boolean person() {
        return this == OWNER || this == BACKUP || this == MANAGER;
    }

    public static boolean isRef(String text) {
        return REF_FORM.matcher(text).matches();
    }

    public static Optional<AssetField> ofColumn(String column) {
        return Arrays.stream(values())
                .filter(field -> field.column.equals(column))
                .findFirst();
    }

    public static Optional<AssetField> ofJson(String json) {
        return Arrays.stream(values()).filter(field -> field.json.equals(json)).findFirst();
    }

    public static List<String> columns() {
        return Arrays.stream(values()).map(AssetField::column).toList();
    }

    public static List<String> jsonNames() {
        return Arrays.stream(values()).map(AssetField::json).toList();
    }
}
