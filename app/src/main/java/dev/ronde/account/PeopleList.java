package dev.ronde.account;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of people, newest first, as both the page and the API filter it. */
record PeopleList(Database database) {
    PageOf<PersonView> page(Query query) {
        String text = query.text("q").map(PeopleList::pattern).orElse(null);
        String role = query.oneOf("role", Role.class).map(Role::name).orElse(null);
        Boolean active = query.flag("active").orElse(null);
        Cursor cursor = query.cursor(2).orElse(null);
        int limit = query.limit();
        return database.read(handle -> {
            PersonDao dao = handle.attach(PersonDao.class);
            List<Person> rows = dao.list(text, role, active, beforeAt(cursor), beforeId(cursor), limit + 1);
            long count = dao.count(text, role, active);
            return PageOf.of(rows, limit, count, last -> Cursor.of(dao.getCreatedAt(last.id()), last.id()))
                    .map(PersonView::of);
        });
    }

    static @Nullable Instant beforeAt(@Nullable Cursor cursor) {
        return cursor == null ? null : cursor.instant(0);
    }

    static @Nullable UUID beforeId(@Nullable Cursor cursor) {
        return cursor == null ? null : cursor.uuid(1);
    }

    /** A LIKE pattern that finds the text anywhere, with wildcards escaped. */
    private static String pattern(String text) {
        String literal = text.strip()
                .toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return "%" + literal + "%";
    }
}
