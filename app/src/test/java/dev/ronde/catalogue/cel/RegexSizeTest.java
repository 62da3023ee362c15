package dev.ronde.catalogue.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler would write out is counted, wherever a class of letters hides a bracket of a group. */
final class RegexSizeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1,999}){1,999}){1,999}",
                "((x{1,300}[])][])]){1,300}){1,300}",
                "((x{1,300}[^])][^])]){1,300}){1,300}",
                "((x{1,300}[[:alpha:])][[:alpha:])]){1,300}){1,300}",
                "((x{1,300}[\\])][\\])]){1,300}){1,300}",
                "[+-[:]((x{1,300}){1,300}){1,300}[:]",
                "((x{1,90})(?i){1,90})(?-s){1,90}",
                "((x{1,30})?(?i){1,30})*(?s){1,30}",
                "\\Q(\\E((x{1,300}[])][])]){1,300}){1,300}"
            })
    void large(String pattern) {
        assertThat(RegexSize.problem(pattern)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[^]((x{1,300}){1,300}){1,300}]",
                "[[:alpha:]((x{1,300}){1,300}){1,300}]",
                "[\\p{Greek}-[:alpha:](x{1,60}){1,60}]",
                "[a-z[](x{1,300})",
                "[a-]x{1,300}",
                "(?i)[]]{1,300}",
                "(/[A-Za-z0-9._~-]{1,60}){0,6}"
            })
    void small(String pattern) {
        assertThat(RegexSize.problem(pattern)).isEmpty();
    }
}
