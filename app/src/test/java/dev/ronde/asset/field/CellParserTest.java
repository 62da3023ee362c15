package dev.ronde.asset.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellParserTest {
    private final CellParser parser =
            new CellParser(() -> Set.of("service.redis", "service.memcached"), Instant.parse("2026-03-01T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "REF~web 1~bad_ref",
                "REF~-web~bad_ref",
                "REF~é~bad_ref",
                "REF~new~reserved_ref",
                "REF~\"\"~required",
                "NAME~\"   \"~required",
                "NAME~\"two\nlines\"~line_break",
                "NAME~\"two\r\nlines\"~line_break",
                "NAME~\"bell\u0007\"~control_character",
                "NAME~\"nul\u0000byte\"~control_character",
                "NAME~\"tab\there\"~control_character",
                "NAME~\"evil\u202Etxt.exe\"~bidi_control",
                "NAME~\"a\u2066b\"~bidi_control",
                "NAME~\"zero\u200Bwidth\"~invisible_character",
                "NAME~\"broken\uFFFD\"~bad_encoding",
                "NAME~\"half\uD800pair\"~control_character",
                "KIND~service.reddis~unknown_kind_near",
                "KIND~toaster~unknown_kind",
                "OWNER~nobody~not_an_email",
                "OWNER~a b@example.com~not_an_email",
                "OWNER~name @example.com~not_an_email",
                "OWNER~Ann <ann@example.com>~not_an_email",
                "OWNER~a@b@c..d~not_an_email",
                "OWNER~.ann@example.com~not_an_email",
                "OWNER~\"ann@example.com\nBcc: x@y.z\"~line_break",
                "CRITICALITY~huge~unknown_criticality",
                "PORT~0~bad_port",
                "PORT~65536~bad_port",
                "PORT~-1~bad_port",
                "PORT~80.0~bad_port",
                "PORT~99999999999999999999~bad_port",
                "PORT~٣~bad_port",
                "DECLARED_PORTS~22|https~bad_port",
                "ADDRESS~https://example.com/x~url_not_host",
                "ADDRESS~example.com:443~host_with_port",
                "ADDRESS~[::1]~host_with_port",
                "ADDRESS~256.1.1.1~bad_address",
                "ADDRESS~010.0.0.1~bad_address",
                "ADDRESS~2130706433~bad_address",
                "ADDRESS~0x7f000001~bad_address",
                "ADDRESS~1.2.3~bad_address",
                "ADDRESS~::12345~bad_address",
                "ADDRESS~-bad-.example~bad_host",
                "ADDRESS~a b~bad_host",
                "HOSTNAME~10.0.0.1~name_not_address",
                "HOSTNAME~::1~name_not_address",
                "STARTTLS~telnet~unknown_starttls",
                "ZONE~Europe/Pariss~unknown_zone_near",
                "ZONE~+02:00~unknown_zone",
                "PROBE_AUTHORISED_UNTIL~31/12/2026~bad_date",
                "PROBE_AUTHORISED_UNTIL~2026-02-30~no_such_date",
                "PROBE_AUTHORISED_UNTIL~2026-1-5~bad_date",
                "LAST_REVIEW_ON~2026-03-03~date_ahead",
            })
    void refusesWithACodeThatSaysWhatIsWrong(AssetField field, String text, String code) {
        CellRefused refusal = catchThrowableOfType(CellRefused.class, () -> parser.parse(field, text));
        assertThat(refusal).as("%s <%s>", field, text).isNotNull();
        assertThat(refusal.why().code()).isEqualTo(code);
    }

    @Test
    void takesWhatIsRightAndMakesItCanonical() {
        assertThat(parser.parse(AssetField.REF, " srv:web-01._x ")).isEqualTo("srv:web-01._x");
        assertThat(parser.parse(AssetField.NAME, "\u00A0Caf\u0065\u0301 <b>& \"co\" "))
                .isEqualTo("Café <b>& \"co\"");
        assertThat(parser.parse(AssetField.NAME, "=1+1")).isEqualTo("=1+1");
        assertThat(parser.parse(AssetField.OWNER, "Ann.O'Neil+x@EXAMPLE.com")).isEqualTo("ann.o'neil+x@example.com");
        assertThat(parser.parse(AssetField.OWNER, "ann@bücher.example")).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(parser.parse(AssetField.CRITICALITY, "High")).isEqualTo(Criticality.HIGH);
        assertThat(parser.parse(AssetField.CRITICALITY, "")).isEqualTo(Criticality.MEDIUM);
        assertThat(parser.parse(AssetField.PORT, "065")).isEqualTo(65);
        assertThat(parser.parse(AssetField.ADDRESS, "FE80::1")).isEqualTo("fe80::1");
        assertThat(parser.parse(AssetField.ADDRESS, "Redis_1.Example.com.")).isEqualTo("redis_1.example.com");
        assertThat(parser.parse(AssetField.ADDRESS, "10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(parser.parse(AssetField.ZONE, "Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(parser.parse(AssetField.TAGS, "vpn| edge |vpn||")).isEqualTo(List.of("edge", "vpn"));
        assertThat(parser.parse(AssetField.TAGS, "")).isEqualTo(List.of());
        assertThat(parser.parse(AssetField.DECLARED_PORTS, "443|22")).isEqualTo(List.of(22, 443));
        assertThat(parser.parse(AssetField.NOTES, "one\r\ntwo\tthree")).isEqualTo("one\ntwo\tthree");
        assertThat(parser.parse(AssetField.LAST_REVIEW_ON, "2026-03-02")).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(parser.parse(AssetField.UNIT, "")).isNull();
    }

    @Test
    void refusesOverlongTextByItsCharacters() {
        assertThat(parser.parse(AssetField.NAME, "é".repeat(200))).isEqualTo("é".repeat(200));
        CellRefused refusal =
                catchThrowableOfType(CellRefused.class, () -> parser.parse(AssetField.NAME, "x".repeat(201)));
        assertThat(refusal.why().code()).isEqualTo("too_long");
        assertThat(refusal.why().arguments()).containsExactly("200", "201");
        String suffix = "param:ldap-anonymous-search.suffix=ou=people,dc=emea,dc=example,dc=org";
        assertThat(parser.parse(AssetField.TAGS, suffix)).isEqualTo(List.of(suffix));
        refusal = catchThrowableOfType(CellRefused.class, () -> parser.parse(AssetField.TAGS, "x".repeat(51)));
        assertThat(refusal.why().arguments()).containsExactly("50", "51");
        assertThat(parser.parse(AssetField.NAME, "😀".repeat(200))).isEqualTo("😀".repeat(200));
        refusal = catchThrowableOfType(CellRefused.class, () -> parser.parse(AssetField.NAME, "😀".repeat(201)));
        assertThat(refusal.why().arguments()).as("an emoji is one character").containsExactly("200", "201");
    }
}
