package dev.ronde.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

/** What is no JSON is said with its place and without a word of the library that reads it. */
class JsonFaultTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1 | line 1, column 7: it ends too early; a bracket or brace is not closed
            {"a":"x | line 1, column 8: a text does not end; its closing quote is missing
            {"a":} | line 1, column 6: a value is expected, not }
            {"a":tru} | line 1, column 6: tru is not a value; texts are in double quotes, and true, false and null are written like this
            {"a":1,} | line 1, column 8: a key in double quotes is expected, not }; look for a comma too many
            {"a":1 "b":2} | line 1, column 8: a comma is missing before "
            {"a" 1} | line 1, column 6: a colon is missing before 1
            {a:1} | line 1, column 2: a key in double quotes is expected, not a; look for a comma too many
            {'a':1} | line 1, column 2: a key in double quotes is expected, not '; look for a comma too many
            {"a":1,"a":2} | line 1, column 11: the key "a" stands twice; keep one
            {"a":"x¶y"} | line 1, column 8: a text holds a line break or control character; write \\n for a line break
            {"a":"\\q"} | line 1, column 8: no such character is written with a backslash; write it twice
            {"a":01} | line 1, column 7: this is not a JSON number; write 7, -7 or 0.7
            {"a":1.} | line 1, column 7: this is not a JSON number; write 7, -7 or 0.7
            {"a":NaN} | line 1, column 9: NaN is not a JSON value
            [1,2} | line 1, column 5: a ] is expected where a } stands
            [1,¶2}} | line 2, column 2: a ] is expected where a } stands
            {"a":1}} | line 1, column 8: the } closes nothing
            {"a":1} {} | line 1, column 9: something follows the document; send one
            """)
    void isSaidInOurWords(String text, String said) {
        JacksonException failure =
                catchThrowableOfType(JacksonException.class, () -> Json.tree(text.replace('¶', '\n')));
        assertThat(JsonFault.of(failure)).isEqualTo(said);
    }
}
