package dev.ronde.catalogue.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * An expression, read and compiled at the latest when its tree or its value is first needed; safe for many threads.
 *
 * @param tree gives the source as it was read, checked or not
 * @param program gives what is evaluated
 */
public record Expression(String text, Supplier<CelAbstractSyntaxTree> tree, Supplier<CelRuntime.Program> program) {
    private static final int MAX_EXPLAINED = 200;

    /**
     * Evaluates over {@code variables}, whose values are normalised: {@code Long}, {@code Boolean}, {@code String}, {@code Instant},
     * {@code Duration}, lists and maps of these, no nulls. Never throws for anything an expression does.
     */
    public Verdict evaluate(Map<String, ?> variables) {
        return run(variables, (expression, value) -> {});
    }

    /** Evaluates and returns the value of each part of the source that was reached, in the order of evaluation, outermost last. */
    public List<Step> explain(Map<String, ?> variables) {
        Map<Long, Step> steps = new LinkedHashMap<>();
        Verdict verdict = run(variables, (expression, value) -> {
            if (steps.size() < MAX_EXPLAINED && expression.getKind() != Kind.CONSTANT) {
                source(expression)
                        .filter(part -> !part.contains("@result") && !part.contains("@not_strictly_false"))
                        .ifPresent(part -> {
                            steps.remove(expression.id());
                            steps.put(expression.id(), new Step(part, String.valueOf(value)));
                        });
            }
        });
        List<Step> explained = new ArrayList<>(steps.values());
        if (verdict.problem() != null) {
            explained.add(new Step(text, "error: " + verdict.problem()));
        }
        return explained;
    }

    private Verdict run(Map<String, ?> variables, CelEvaluationListener listener) {
        Budget budget = new Budget();
        Object result;
        try {
            result = program.get().trace(variables, (expression, value) -> {
                listener.callback(expression, value);
                budget.callback(expression, value);
            });
        } catch (CelEvaluationException e) {
            return budget.exceeded() == null
                    ? new Verdict(Verdict.Truth.ERROR, problem(e))
                    : new Verdict(Verdict.Truth.BUDGET, budget.exceeded());
        } catch (Budget.ExceededException e) {
            return new Verdict(Verdict.Truth.BUDGET, budget.exceeded());
        }
        if (budget.exceeded() != null) {
            return new Verdict(Verdict.Truth.BUDGET, budget.exceeded());
        }
        return result instanceof Boolean truth
                ? Verdict.of(truth)
                : new Verdict(Verdict.Truth.ERROR, "the expression yields no boolean");
    }

    private static String problem(CelEvaluationException e) {
        return switch (e.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> "a fact that it reads is absent";
            case ITERATION_BUDGET_EXCEEDED -> "a loop runs too long";
            case NUMERIC_OVERFLOW -> "a number overflows";
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case INDEX_OUT_OF_BOUNDS -> "it reads past the end of a list";
            default -> "it cannot be evaluated (" + e.getErrorCode() + ")";
        };
    }

    /** Returns every path below {@code variable} that the expression reads, without the variable's name; "" for the whole of it. */
    public Set<String> pathsRead(String variable) {
        return paths(variable, false);
    }

    /** Returns every path below {@code variable} whose presence the expression tests with {@code has()}. */
    public Set<String> pathsTested(String variable) {
        return paths(variable, true);
    }

    /**
     * Returns the paths below {@code variable} that must be there for the expression not to break: of {@code facts.a.?b} that is
     * {@code a}.
     */
    public Set<String> pathsNeeded(String variable) {
        Set<String> paths = new TreeSet<>();
        CelNavigableAst.fromAst(tree.get()).getRoot().allNodes().forEach(node -> {
            boolean continues = node.parent()
                    .filter(parent -> parent.getKind() == Kind.SELECT)
                    .isPresent();
            if (!continues && !isTest(node) && !isOptional(node.expr())) {
                path(node.expr(), variable).filter(path -> !path.isEmpty()).ifPresent(paths::add);
            }
        });
        return paths;
    }

    private static boolean isOptional(CelExpr expression) {
        return expression.getKind() == Kind.CALL && expression.call().function().equals("_?._");
    }

    private Set<String> paths(String variable, boolean onlyTested) {
        Set<String> paths = new TreeSet<>();
        CelNavigableAst.fromAst(tree.get()).getRoot().allNodes().forEach(node -> {
            boolean continues = node.parent()
                    .filter(parent -> selected(parent.expr()).isPresent())
                    .isPresent();
            Optional<String> path = continues ? Optional.empty() : path(node.expr(), variable);
            path.filter(found -> !onlyTested || isTest(node)).ifPresent(paths::add);
        });
        return paths;
    }

    private static boolean isTest(CelNavigableExpr node) {
        return node.getKind() == Kind.SELECT && node.expr().select().testOnly();
    }

    private static Optional<String> path(CelExpr expression, String variable) {
        if (expression.getKind() == Kind.IDENT && expression.ident().name().equals(variable)) {
            return Optional.of("");
        }
        return selected(expression)
                .flatMap(selection -> path(selection.operand(), variable)
                        .map(parent -> parent.isEmpty() ? selection.field() : parent + "." + selection.field()));
    }

    /** A field selection, also in its optional form {@code facts.?field}. */
    private static Optional<Selection> selected(CelExpr expression) {
        if (expression.getKind() == Kind.SELECT) {
            return Optional.of(new Selection(
                    expression.select().operand(), expression.select().field()));
        }
        if (expression.getKind() == Kind.CALL && expression.call().function().equals("_?._")) {
            List<CelExpr> arguments = expression.call().args();
            return Optional.of(
                    new Selection(arguments.get(0), arguments.get(1).constant().stringValue()));
        }
        return Optional.empty();
    }

    private Optional<String> source(CelExpr part) {
        try {
            return Optional.of(CelUnparserFactory.newUnparser()
                    .unparse(CelAbstractSyntaxTree.newParsedAst(part, tree.get().getSource())));
        } catch (RuntimeException e) {
            return Optional.empty(); // the inside of a macro has no source form of its own
        }
    }

    /**
     * Value of one part of an expression.
     *
     * @param part its source
     * @param value its value as text
     */
    public record Step(String part, String value) {}

    private record Selection(CelExpr operand, String field) {}
}
