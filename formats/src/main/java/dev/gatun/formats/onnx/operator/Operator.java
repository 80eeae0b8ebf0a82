package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the table of operators: a name and the versions it holds for, what a node of it may have, and what it does.
 *
 * @param name       as ONNX has it
 * @param from       the first version of operators that this row is for
 * @param to         the last one
 * @param least      how many inputs a node has at least
 * @param most       how many inputs it has at most
 * @param attributes those that are known; a node with another one is refused
 * @param isQuick    whether the work is at most that of going over what it reads and makes
 * @param check      finds fault with a node before anything runs
 * @param kernel     what it does
 */
public record Operator(
        String name, int from, int to, int least, int most, Set<String> attributes, boolean isQuick,
        NodeCheck check, Kernel kernel) {

    private static final int LATEST = Integer.MAX_VALUE;

    /** An operator of one input that all versions have. */
    static Operator of(String name) {
        return new Operator(name, 1, LATEST, 1, 1, Set.of(), true, NodeCheck.NONE, null);
    }

    Operator from(int version) {
        return new Operator(name, version, to, least, most, attributes, isQuick, check, kernel);
    }

    Operator to(int version) {
        return new Operator(name, from, version, least, most, attributes, isQuick, check, kernel);
    }

    Operator inputs(int count) {
        return inputs(count, count);
    }

    Operator inputs(int fewest, int largest) {
        return new Operator(name, from, to, fewest, largest, attributes, isQuick, check, kernel);
    }

    Operator anyInputs() {
        return inputs(1, LATEST);
    }

    Operator with(String... names) {
        return new Operator(name, from, to, least, most, Set.of(names), isQuick, check, kernel);
    }

    /** A product or a loop, which may take long. */
    Operator slow() {
        return new Operator(name, from, to, least, most, attributes, false, check, kernel);
    }

    Operator checked(NodeCheck by) {
        return new Operator(name, from, to, least, most, attributes, isQuick, by, kernel);
    }

    /** The row, whole: an operator that makes one value. */
    Operator makes(Function<OperatorCall, NumberArray> value) {
        return makesAll(call -> List.of(value.apply(call)));
    }

    /** The row, whole: an operator that makes several values. */
    Operator makesAll(Kernel does) {
        return new Operator(name, from, to, least, most, attributes, isQuick, check, does);
    }
}
