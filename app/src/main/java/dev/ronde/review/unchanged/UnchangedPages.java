package dev.ronde.review.unchanged;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.RefusalWords;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page that lists a person's unchanged reviews for one signature; the same signature over the API. */
public record UnchangedPages(Unchanged unchanged, RefusalWords words, PageRenderer pages) implements Routes {
    private static final String PICK = "pick.";
    private static final String SEEN = "seen.";

    @Override
    public void register(Router router) {
        router.get("/reviews/unchanged", Access.ANSWERERS, this::show);
        router.post("/reviews/unchanged", Access.ANSWERERS, this::sign);
        router.post("/api/v1/reviews/attest", Access.ANSWERERS, this::attest);
    }

    private void show(Context context) {
        Requests.query(context);
        render(context, null);
    }

    private void sign(Context context) {
        Map<String, String> form = Requests.form(context);
        List<Unchanged.Pick> picks = new ArrayList<>();
        Map<String, String> marks = new HashMap<>();
        form.forEach((field, digest) -> {
            if (field.startsWith(PICK)) {
                String ref = field.substring(PICK.length());
                picks.add(new Unchanged.Pick(ref, digest, null));
                marks.put(ref, mark(ref, form));
            }
        });
        if (picks.isEmpty()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            render(context, new Unchanged.Result("", List.of(), List.of()));
            return;
        }
        render(context, unchanged.attest(picks, marks, form.get("note"), Requests.principal(context)));
    }

    private static String mark(String ref, Map<String, String> form) {
        String mark = form.get(SEEN + ref);
        if (mark == null) {
            throw Problem.invalid("/seen", "required", "The form does not say which results it showed. Open it again.");
        }
        return mark;
    }

    private List<Map<String, String>> refused(Context context, Unchanged.Result result) {
        return result.refused().stream()
                .map(one -> Map.of(
                        "ref",
                        one.ref(),
                        "text",
                        words.lines(pages.words(context), one.why()).get(0).text()))
                .toList();
    }

    private void render(Context context, Unchanged.@Nullable Result result) {
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        model.put("offers", unchanged.offers(principal.standsFor()));
        model.put("result", result);
        model.put("refused", result == null ? List.of() : refused(context, result));
        pages.render(context, "web/review/unchanged.peb", model);
    }

    public record Body(
            @Nullable String outcome,
            @Nullable String note,
            @Nullable List<Unchanged.Pick> reviews) {}

    public record Left(String ref, String code, String detail) {}

    public record Signed(String signature, List<String> attested, List<Left> refused) {}

    private void attest(Context context) {
        Body body = Requests.body(context, Body.class);
        if (body.outcome() != null && !body.outcome().equals(AttestOutcome.NO_CHANGE.word())) {
            throw Problem.invalid(
                    "/outcome",
                    "bad_value",
                    "Only no_change can be stated of many reviews; answer what changed by itself.");
        }
        List<Unchanged.Pick> picks = body.reviews() == null ? List.of() : body.reviews();
        Unchanged.Result result = unchanged.attest(picks, body.note(), Requests.principal(context));
        context.json(new Signed(
                result.signature(),
                result.attested(),
                result.refused().stream()
                        .map(one -> new Left(one.ref(), one.code(), one.detail()))
                        .toList()));
    }
}
