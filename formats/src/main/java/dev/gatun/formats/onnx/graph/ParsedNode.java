package dev.gatun.formats.onnx.graph;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Body;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Numbers;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Real;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Reals;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Text;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Texts;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Whole;
import dev.gatun.formats.onnx.graph.ParsedAttribute.Wholes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A use of an operator.
 *
 * @param name       may be empty, and need not be unique
 * @param domain     whose operator it is; empty for ONNX's own
 * @param operator   for example {@code MatMul}
 * @param inputs     names of the values it reads; an empty one leaves an optional input out
 * @param outputs    names of the values it makes; an empty one leaves an optional output out
 * @param attributes by name
 */
public record ParsedNode(
        String name, String domain, String operator, List<String> inputs, List<String> outputs,
        Map<String, ParsedAttribute> attributes) {

    /** For messages: the operator and the node's name; of a node without one what it makes. */
    public String label() {
        String made = outputs.stream().filter(output -> !output.isEmpty()).findFirst().orElse("");
        return qualified() + " " + FormatException.quote(name.isEmpty() ? made : name);
    }

    /** The operator, with its domain if that is not ONNX's own. */
    public String qualified() {
        return domain.isEmpty() ? operator : domain + "." + operator;
    }

    /** @return the name of an input, or empty if it is left out */
    public String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** @return the name of an output, or empty if it is left out */
    public String output(int index) {
        return index < outputs.size() ? outputs.get(index) : "";
    }

    /** Names of the values that it reads, and of those that the graphs within it read of the graphs around them. */
    public Set<String> reads() {
        Set<String> reads = new LinkedHashSet<>(inputs);
        reads.remove("");
        for (ParsedAttribute attribute : attributes.values()) {
            if (attribute instanceof Body body) {
                reads.addAll(body.graph().free());
            }
        }
        return reads;
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    public long whole(String attribute, long otherwise) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Whole.class, "a whole number").value()
                : otherwise;
    }

    public float real(String attribute, float otherwise) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Real.class, "a number").value()
                : otherwise;
    }

    public String text(String attribute, String otherwise) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Text.class, "a text").value()
                : otherwise;
    }

    /** @return null if there is no such attribute */
    public long[] wholes(String attribute) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Wholes.class, "whole numbers").toArray()
                : null;
    }

    /** @return empty if there is no such attribute */
    public List<Float> reals(String attribute) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Reals.class, "numbers").values()
                : List.of();
    }

    /** @return empty if there is no such attribute */
    public List<String> texts(String attribute) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Texts.class, "texts").values()
                : List.of();
    }

    /** @return null if there is no such attribute */
    public NumberArray numbers(String attribute) {
        return attributes.get(attribute) instanceof ParsedAttribute found
                ? typed(attribute, found, Numbers.class, "a tensor").value()
                : null;
    }

    /** @throws IllegalArgumentException if there is no such attribute */
    public ParsedGraph body(String attribute) {
        return typed(attribute, attributes.get(attribute), Body.class, "a graph").graph();
    }

    private static <T extends ParsedAttribute> T typed(
            String name, ParsedAttribute found, Class<T> expected, String words) {
        if (!expected.isInstance(found)) {
            throw new IllegalArgumentException("its attribute " + FormatException.quote(name) + " is "
                    + (found == null ? "missing" : "of the kind " + found.getClass().getSimpleName()) + ", expected "
                    + words);
        }
        return expected.cast(found);
    }
}
