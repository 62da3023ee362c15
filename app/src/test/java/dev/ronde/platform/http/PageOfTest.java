package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A list is sorted where it is short enough to be read whole. */
final class PageOfTest {
    private static PageOf<Map<String, String>> listed(long count) {
        return PageOf.listed(
                Query.decoded("sort=-name", List.of("sort")),
                asked -> new PageOf<>(List.of(Map.of("name", "a"), Map.of("name", "b")), null, count, true));
    }

    @Test
    void aLongListIsNotSorted() {
        assertThat(listed(PageOf.SORTED).items())
                .extracting(row -> row.get("name"))
                .containsExactly("b", "a");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> listed(PageOf.SORTED + 1))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("too_many_to_sort"));
    }

    @Test
    void theHeadingsOfALongListAreNoLinks() {
        Query query = Query.decoded("", List.of());
        PageOf<String> page = new PageOf<>(List.of(), null, PageOf.SORTED, true);
        assertThat(ListPage.of(query, page, "/x", List.of())).containsEntry("sorting", "?sort=");
        PageOf<String> longer = new PageOf<>(List.of(), null, PageOf.SORTED + 1L, true);
        assertThat(ListPage.of(query, longer, "/x", List.of())).containsEntry("sorting", "");
    }
}
