package dev.ronde.review.unchanged;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.AttestOutcome;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One signature over unchanged reviews, over the API. */
public record UnchangedApi(Unchanged unchanged) implements Routes {
    @Override
    public void register(Router router) {
        router.post("/api/v1/reviews/attest", Access.ANSWERERS, this::attest);
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
