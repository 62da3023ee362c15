package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for programs: {@code ronde_} and 43 characters, stored as a hash, with a role and an end. A token may no more than whoever
 * made it may now, and works no longer than the token that made it.
 *
 * @param mostDays how long a token works at most, also one that was made for longer before
 */
public record Tokens(Database database, InstantSource clock, EvidenceLog log, TokenScope scope, int mostDays)
        implements Revocation {
    static final String PREFIX = "ronde_";
    private static final int MOST_ASSETS = 500;
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    /** The secret is not stored. */
    public record Made(ApiToken token, String secret) {}

    /**
     * A token to make.
     *
     * @param days until it expires, at most as many as the settings allow; null for those
     * @param assets refs of the assets an agent may push for, 500 at most; none for every asset
     */
    public record Wanted(String name, Role role, @Nullable Integer days, List<String> assets) {
        public Wanted {
            assets = List.copyOf(assets);
        }

        public Wanted(String name, Role role, @Nullable Integer days) {
            this(name, role, days, List.of());
        }
    }

    /**
     * Makes a token.
     *
     * @throws Problem 422 when the name is empty, the days are out of range, or the assets are unknown or not for this role
     */
    public Made add(Handle tx, Wanted wanted, Actor by) {
        String clean = Names.given(wanted.name());
        if (clean.isEmpty() || clean.length() > 100) {
            throw Problem.invalid("/name", "name_length", "A token needs a name of 1 to 100 characters");
        }
        int days = wanted.days() == null ? mostDays : wanted.days();
        if (days < 1 || days > mostDays) {
            throw Problem.invalid(
                    "/days",
                    "out_of_range",
                    "days must be between 1 and " + mostDays + " (" + Setting.TOKEN_MAX_DAYS.key() + ")");
        }
        if (!wanted.assets().isEmpty() && wanted.role() != Role.AGENT) {
            throw Problem.invalid(
                    "/assets", "not_for_this_role", "Only a token with the role agent is for single assets");
        }
        if (wanted.assets().size() > MOST_ASSETS) {
            throw Problem.invalid(
                    "/assets", "too_many", "A token is for " + MOST_ASSETS + " assets at most, or for all");
        }
        UUID id = Ids.next(clock);
        String secret = PREFIX + Secrets.fresh();
        String actorRef = Secrets.actorRef("t");
        Instant now = clock.instant();
        TokenDao dao = tx.attach(TokenDao.class);
        String hash = Secrets.sha256(secret);
        String origin = dao.findOrigin(by.ref()).orElse(actorRef);
        Instant wantedEnd = now.plus(Duration.ofDays(days));
        Instant end = dao.findId(by.ref())
                .map(maker -> get(tx, maker).endsAt(most()))
                .filter(wantedEnd::isAfter)
                .orElse(wantedEnd);
        dao.insert(
                id,
                clean,
                hash,
                secret.substring(secret.length() - 4),
                actorRef,
                wanted.role().name(),
                by.ref(),
                origin,
                now,
                end);
        scope.confine(tx, id, wanted.assets());
        ApiToken token = get(tx, id);
        log.append(
                tx,
                record(tx, "token.created", token, by)
                        .data("expires", token.expiresAt().toString())
                        .data("origin", origin)
                        .data("secret_sha256", Secrets.sha256(hash)));
        return new Made(token, secret);
    }

    /** The live token with this secret; notes its use at most once a minute. */
    Optional<ApiToken> find(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<ApiToken> live = database.read(
                        handle -> handle.attach(TokenDao.class).findByTokenHash(Secrets.sha256(secret)))
                .filter(found -> found.isLive(now, most()));
        live.filter(found -> found.lastUsedAt() == null
                        || found.lastUsedAt().plus(TOUCH_EVERY).isBefore(now))
                .ifPresent(found ->
                        database.useTransaction(tx -> tx.attach(TokenDao.class).touch(found.id(), now)));
        return live;
    }

    /**
     * The token with this id.
     *
     * @throws Problem 404 when there is none
     */
    public ApiToken get(Handle handle, UUID id) {
        return handle.attach(TokenDao.class).find(id).orElseThrow(() -> Problem.notFound("token", id));
    }

    PageOf<TokenView> page(Query query) {
        Cursor cursor = query.cursor(2).orElse(null);
        int limit = query.limit();
        return database.read(handle -> {
            TokenDao dao = handle.attach(TokenDao.class);
            List<ApiToken> rows = dao.list(PeopleList.beforeAt(cursor), PeopleList.beforeId(cursor), limit + 1);
            PageOf<ApiToken> page = PageOf.of(rows, limit, dao.count(), last -> Cursor.of(last.createdAt(), last.id()));
            Map<UUID, List<String>> assets = assets(handle, page.items());
            return page.map(token -> view(token, assets, null));
        });
    }

    public List<TokenView> of(Handle handle, Person person) {
        List<ApiToken> live = handle.attach(TokenDao.class).listBehind(person.actorRef()).stream()
                .filter(token -> token.isLive(clock.instant(), most()))
                .toList();
        Map<UUID, List<String>> assets = assets(handle, live);
        return live.stream().map(token -> view(token, assets, null)).toList();
    }

    TokenView view(Handle handle, ApiToken token, @Nullable String secret) {
        return view(token, assets(handle, List.of(token)), secret);
    }

    private TokenView view(ApiToken token, Map<UUID, List<String>> assets, @Nullable String secret) {
        return TokenView.of(token, assets.getOrDefault(token.id(), List.of()), clock.instant(), most(), secret);
    }

    private Duration most() {
        return Duration.ofDays(mostDays);
    }

    @Override
    public void revokeAll(Handle tx, Person person, Actor by) {
        tx.attach(TokenDao.class).listBehind(person.actorRef()).forEach(token -> revoke(tx, token.id(), by));
    }

    private Map<UUID, List<String>> assets(Handle handle, List<ApiToken> tokens) {
        return scope.refs(handle, tokens.stream().map(ApiToken::id).toList());
    }

    /** Ends a token and those it made; does nothing the second time. */
    public void revoke(Handle tx, UUID id, Actor by) {
        ApiToken token = get(tx, id);
        TokenDao dao = tx.attach(TokenDao.class);
        if (dao.revoke(id, clock.instant()) == 1) {
            log.append(tx, record(tx, "token.revoked", token, by));
        }
        dao.listMadeBy(token.actorRef()).forEach(made -> revoke(tx, made, by));
    }

    private Evidence record(Handle tx, String type, ApiToken token, Actor by) {
        return Evidence.of(type, by, new Subject("token", token.actorRef(), token.version()))
                .data("name", token.name())
                .data("role", token.role().word())
                .data("assets", assets(tx, List.of(token)).get(token.id()));
    }
}
