package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of operators, put together from those of the families. */
public final class Operators {

    private static final Map<String, List<Operator>> BY_NAME = Stream
            .of(ActivationOperators.OPERATORS, Arithmetic.OPERATORS, AttentionOperator.OPERATORS,
                    Casting.OPERATORS, Control.OPERATORS, Convolutions.OPERATORS, Distinct.OPERATORS, Einsum.OPERATORS,
                    Functions.OPERATORS,
                    Gathering.OPERATORS, Joining.OPERATORS, LocalResponse.OPERATORS, Logic.OPERATORS, Making.OPERATORS,
                    Movement.OPERATORS,
                    Normalizations.OPERATORS, PadOperator.OPERATORS, Pooling.OPERATORS, Products.OPERATORS,
                    RecurrentOperators.OPERATORS,
                    ReduceOperators.OPERATORS, Reshaping.OPERATORS, ResizeOperator.OPERATORS, Scattering.OPERATORS,
                    Searching.OPERATORS,
                    Softmaxes.OPERATORS, Spectra.OPERATORS)
            .flatMap(Collection::stream).collect(Collectors.groupingBy(Operator::name));

    private Operators() {}

    /** Names of all operators, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /**
     * The row for a node.
     *
     * @param node   of a graph
     * @param opset  the version of operators that the file was written for
     * @throws IllegalArgumentException if there is none: why, the rest of a sentence that begins with the node
     */
    public static Operator of(ParsedNode node, int opset) {
        List<Operator> rows = node.domain().isEmpty() ? BY_NAME.getOrDefault(node.operator(), List.of()) : List.of();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(node.domain().isEmpty()
                    ? "no such operator here"
                    : "operators of the domain " + FormatException.quote(node.domain()) + " are not known");
        }
        Operator row = rows.stream().filter(known -> known.from() <= opset && opset <= known.to()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is none in version " + opset
                        + " of ONNX's operators"));
        Set<String> unknown = new TreeSet<>(node.attributes().keySet());
        unknown.removeAll(row.attributes());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the attribute " + FormatException.quote(unknown.iterator().next())
                    + " is not known in version " + opset + " of ONNX's operators");
        }
        int inputs = node.inputs().size();
        if (inputs < row.least() || inputs > row.most()) {
            throw new IllegalArgumentException("it has " + inputs + " inputs, expected " + row.least()
                    + (row.most() == row.least()
                            ? ""
                            : row.most() == Integer.MAX_VALUE ? " or more" : " to " + row.most()));
        }
        return row;
    }
}
