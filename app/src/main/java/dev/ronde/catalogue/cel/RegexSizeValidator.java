package dev.ronde.catalogue.cel;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.validator.CelAstValidator;
import java.util.List;

/** Keeps the regular expressions of expressions small, see {@link RegexSize}. */
final class RegexSizeValidator implements CelAstValidator {
    @Override
    public void validate(CelNavigableAst navigable, Cel cel, IssuesFactory issues) {
        navigable
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL
                        && node.expr().call().function().equals("matches"))
                .forEach(node -> {
                    List<CelExpr> arguments = node.expr().call().args();
                    CelExpr last = arguments.get(arguments.size() - 1);
                    if (last.getKind() != Kind.CONSTANT || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                        issues.addError(node.id(), "a regular expression is one text, written out");
                    } else {
                        RegexSize.problem(last.constant().stringValue())
                                .ifPresent(problem -> issues.addError(node.id(), "the regular expression " + problem));
                    }
                });
    }
}
