package dev.ronde.asset.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.CellParser;
import dev.ronde.platform.table.FormulaGuard;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetFileTest {
    private static final String HEADER = "ref,name,kind,owner_email";
    private final CellParser parser =
            new CellParser(() -> Set.of("service.redis"), Instant.parse("2026-03-01T12:00:00Z"));

    private AssetFile read(String text) {
        return AssetFile.read(text.getBytes(StandardCharsets.UTF_8), parser);
    }

    private static org.assertj.core.api.ListAssert<String> codes(AssetFile file) {
        return assertThat(file.errors().stream()
                .map(error -> error.line() + " " + error.column() + " " + error.code())
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void readsEverySeparator(String separator) {
        String text = (HEADER + ",notes\nr1,Café,service.redis,a@b.c,\"x" + separator + "\"\"y\"\"\"")
                .replace(",", separator);
        AssetFile file = read(text);
        codes(file).isEmpty();
        assertThat(file.rows()).hasSize(1);
        assertThat(file.rows().get(0).facts().text(AssetField.NOTES)).isEqualTo("x" + separator + "\"y\"");
    }

    @Test
    void readsUtf8WithAndWithoutBomWindows1252AndUtf16() {
        String text = HEADER + "\nr1,Société d’été €,service.redis,a@b.c\n";
        for (byte[] bytes : new byte[][] {
            text.getBytes(StandardCharsets.UTF_8),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
            text.getBytes(Charset.forName("windows-1252")),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)
        }) {
            AssetFile file = AssetFile.read(bytes, parser);
            codes(file).isEmpty();
            assertThat(file.rows().get(0).facts().text(AssetField.NAME)).isEqualTo("Société d’été €");
        }
    }

    @Test
    void refusesABrokenCharacterInOneCellOnly() {
        byte[] bytes = (HEADER + "\nr1,x\u00FFy,service.redis,a@b.c\nr2,ok,service.redis,a@b.c\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        bytes[HEADER.length() + 5] = (byte) 0x81;
        AssetFile file = AssetFile.read(bytes, parser);
        codes(file).containsExactly("2 name bad_encoding");
        assertThat(file.rows()).hasSize(1);
    }

    @Test
    void reportsUnknownColumnsAndStillTakesTheRows() {
        AssetFile file = read("ref,name,kind,owner_email,colour,criticallity\nr1,a,service.redis,a@b.c,red,high\n");
        codes(file).containsExactly("1 colour unknown_column", "1 criticallity unknown_column_near");
        assertThat(file.rows()).hasSize(1);
        assertThat(file.refused()).isZero();
    }

    @Test
    void readsNoRowWhereTheHeaderCannotBeTrusted() {
        codes(read("ref,name,kind\nr1,a,service.redis\n")).containsExactly("1 owner_email missing_column");
        codes(read("ref,name,kind,owner_email,name\nr1,a,service.redis,a@b.c,b\n"))
                .containsExactly("1 name duplicate_column");
        codes(read("")).containsExactly("1 null empty_file");
        codes(read("\n \n")).isNotEmpty();
        assertThat(read("Ref,Name,Kind,Owner Email\nr1,a,service.redis,a@b.c").rows())
                .isEmpty();
    }

    @Test
    void reportsEachBadCellWithItsLineAndColumn() {
        AssetFile file = read(HEADER + ",port,notes\n"
                + "r1,a,service.redis,a@b.c,99999,\"two\nlines\"\n"
                + ",b,toaster,not-an-address,1,\n"
                + "r3,c,service.redis,a@b.c,1,\n");
        codes(file)
                .containsExactly(
                        "2 port bad_port", "4 ref required", "4 kind unknown_kind", "4 owner_email not_an_email");
        assertThat(file.refused()).isEqualTo(2);
        assertThat(file.rows()).hasSize(1);
        assertThat(file.rows().get(0).line()).isEqualTo(5);
    }

    @Test
    void refusesTheSecondRowOfARefAndRowsOfAnotherLength() {
        AssetFile file = read(HEADER
                + "\nr1,a,service.redis,a@b.c\n\nr1,b,service.redis,a@b.c\nr2,short\nr3,c,service.redis,a@b.c,extra\n");
        codes(file).containsExactly("4 ref duplicate_ref", "5 null too_few_cells", "6 null too_many_cells");
        assertThat(file.rows()).hasSize(1);
    }

    @Test
    void aDuplicateOfARefusedRowIsStillADuplicate() {
        AssetFile file = read(HEADER + "\nr1,,service.redis,a@b.c\nr1,b,service.redis,a@b.c\n");
        codes(file).containsExactly("2 name required", "3 ref duplicate_ref");
    }

    @Test
    void keepsTheRowsBeforeABrokenQuote() {
        AssetFile file =
                read(HEADER + "\nr1,a,service.redis,a@b.c\nr2,\"open,service.redis,a@b.c\nr3,c,service.redis,a@b.c\n");
        codes(file).containsExactly("3 null broken_quotes");
        assertThat(file.rows()).hasSize(1);
    }

    @Test
    void takesTheFormulaGuardOffAgain() {
        AssetFile file = read(HEADER + ",notes\nr1,'=1+1,service.redis,a@b.c,it's\n");
        assertThat(file.rows().get(0).facts().text(AssetField.NAME)).isEqualTo("=1+1");
        assertThat(file.rows().get(0).facts().text(AssetField.NOTES)).isEqualTo("it's");
        for (String text : new String[] {"=x", "+33", "-", "@me", "\tx", "'=x", "''+", "'x", "x", ""}) {
            assertThat(FormulaGuard.taken(FormulaGuard.given(text))).isEqualTo(text);
        }
        assertThat(FormulaGuard.given("=x")).isEqualTo("'=x");
        assertThat(FormulaGuard.given("\rx")).isEqualTo("'\rx");
    }

    @Test
    void remembersWhichColumnsTheFileHas() {
        assertThat(read(HEADER + "\n").fields())
                .containsExactlyInAnyOrder(AssetField.REF, AssetField.NAME, AssetField.KIND, AssetField.OWNER);
    }
}
