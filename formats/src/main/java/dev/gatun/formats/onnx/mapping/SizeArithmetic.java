package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic of sizes, of which some are known only when the model runs; each of those is at least 1. */
final class SizeArithmetic {

    private SizeArithmetic() {}

    static Value two(String operator, Sizes first, Sizes second) {
        int count = Math.max(first.entries().size(), second.entries().size());
        boolean isScalar = first.isScalar() && second.isScalar();
        List<Sizes.Size> sizes = new ArrayList<>();
        boolean[] held = new boolean[count];
        boolean isComparison = operator.equals("Equal") || operator.startsWith("Greater")
                || operator.startsWith("Less");
        for (int i = 0; i < count; i++) {
            Sizes.Size one = at(first, i, count);
            Sizes.Size other = at(second, i, count);
            if (isComparison) {
                held[i] = holds(operator, one, other);
            } else {
                sizes.add(size(operator, one, other));
            }
        }
        return isComparison
                ? Constant.of(NumberArray.booleans(isScalar ? new int[0] : new int[] {count}, held))
                : new Sizes(sizes, isScalar);
    }

    static Sizes.Size at(Sizes sizes, int place, int count) {
        if (sizes.entries().size() != count && sizes.entries().size() != 1) {
            throw new NotMapped("computes with " + sizes.entries().size() + " and " + count + " sizes");
        }
        return sizes.entries().get(sizes.entries().size() == 1 ? 0 : place);
    }

    private static Sizes.Size size(String operator, Sizes.Size one, Sizes.Size other) {
        if (one.isNumber() && other.isNumber()) {
            return Sizes.Size.of(number(operator, one.number(), other.number()));
        }
        if (operator.equals("Mul")) {
            List<Factor> both = new ArrayList<>(factors(one));
            both.addAll(factors(other));
            return Sizes.Size.of(both);
        }
        boolean isNone = other.isNumber() && other.number() == (operator.equals("Div") ? 1 : 0);
        if (isNone && !operator.equals("Pow")) {
            return one;
        }
        throw new NotMapped("computes with a size that is known only when the model runs");
    }

    private static List<Factor> factors(Sizes.Size size) {
        return !size.isNumber() ? size.factors() : size.number() == 1 ? List.of() : List.of(Factor.of(size.number()));
    }

    private static long number(String operator, long x, long y) {
        return switch (operator) {
            case "Add" -> Math.addExact(x, y);
            case "Sub" -> Math.subtractExact(x, y);
            case "Mul" -> Math.multiplyExact(x, y);
            case "Div" -> y == 0 ? 0 : x / y;
            case "Max" -> Math.max(x, y);
            case "Min" -> Math.min(x, y);
            default -> throw new NotMapped("computes with sizes");
        };
    }

    private static boolean holds(String operator, Sizes.Size one, Sizes.Size other) {
        if (one.isNumber() && other.isNumber()) {
            long order = Long.compare(one.number(), other.number());
            return switch (operator) {
                case "Equal" -> order == 0;
                case "Greater" -> order > 0;
                case "GreaterOrEqual" -> order >= 0;
                case "Less" -> order < 0;
                default -> order <= 0;
            };
        }
        if (one.equals(other)) {
            return operator.endsWith("Equal");
        }
        boolean isOpenFirst = !one.isNumber();
        long number = isOpenFirst ? other.number() : one.number();
        if (!one.isNumber() && !other.isNumber() || number > 0) {
            throw new NotMapped("compares a size that is known only when the model runs");
        }
        return !operator.equals("Equal") && operator.startsWith("Greater") == isOpenFirst;
    }
}
