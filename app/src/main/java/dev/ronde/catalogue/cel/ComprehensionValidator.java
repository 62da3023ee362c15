package dev.ronde.catalogue.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.validator.CelAstValidator;
import java.util.Optional;

/**
 * Keeps loops small: two nested, six in all, and nothing that grows text or lists inside of one (measured: doubling a string
 * in a loop made 1 MB from one line).
 */
final class ComprehensionValidator implements CelAstValidator {
    private static final int MAX_NESTED = 2;
    private static final int MAX_TOTAL = 6;
    private static final ImmutableSet<CelKind> NUMBERS =
            ImmutableSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.DURATION, CelKind.TIMESTAMP);

    @Override
    public void validate(CelNavigableAst navigable, Cel cel, IssuesFactory issues) {
        CelAbstractSyntaxTree tree = navigable.getAst();
        long total = navigable
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.COMPREHENSION)
                .peek(node -> {
                    if (depth(node) > MAX_NESTED) {
                        issues.addError(node.id(), "loops may be nested " + MAX_NESTED + " deep");
                    }
                })
                .count();
        if (total > MAX_TOTAL) {
            issues.addError(
                    navigable.getRoot().id(), "an expression may hold " + MAX_TOTAL + " loops, this one has " + total);
        }
        navigable
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL
                        && node.expr().call().function().equals("_+_")
                        && depth(node) > 0
                        && !isNumber(tree, node)
                        && !isMacroAccumulator(node))
                .forEach(node -> issues.addError(node.id(), "'+' inside a loop is allowed on numbers only"));
    }

    private static boolean isNumber(CelAbstractSyntaxTree tree, CelNavigableExpr node) {
        Optional<CelType> type = tree.getType(node.id());
        return type.isPresent() && NUMBERS.contains(type.get().kind());
    }

    /** The macros filter and map expand to "accumulator + [one element]", which grows no faster than the loop runs. */
    private static boolean isMacroAccumulator(CelNavigableExpr node) {
        return node.expr().call().args().get(0).getKind() == Kind.IDENT
                && node.expr().call().args().get(0).ident().name().startsWith("@result");
    }

    private static int depth(CelNavigableExpr node) {
        int depth = node.getKind() == Kind.COMPREHENSION ? 1 : 0;
        Optional<CelNavigableExpr> parent = node.parent();
        while (parent.isPresent()) {
            if (parent.get().getKind() == Kind.COMPREHENSION) {
                depth++;
            }
            parent = parent.get().parent();
        }
        return depth;
    }
}
