package dev.gatun.layers.onnx;

import dev.gatun.memory.check.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One use of an operator.
 *
 * @param name       unique among the nodes of the graph
 * @param operator   ONNX's name, for example {@code MatMul}
 * @param inputs     names of the values it reads, in the operator's order; an empty name leaves an optional one out
 * @param outputs    names of the values it makes, in the operator's order; an empty name leaves an optional one out
 * @param attributes by name, in the order in which they were given
 */
public record OnnxNode(
        String name, String operator, List<String> inputs, List<String> outputs,
        Map<String, OnnxAttribute> attributes) {
    /**
     * Keeps copies of the lists and the map.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxNode {
        Arguments.required(name, "OnnxNode", "name", "a name");
        Arguments.required(operator, "OnnxNode", "operator", "an operator's name, for example MatMul");
        inputs = List.copyOf(Arguments.all(inputs, "OnnxNode", "inputs", "names of values"));
        outputs = List.copyOf(Arguments.all(outputs, "OnnxNode", "outputs", "names of values"));
        attributes = Collections.unmodifiableMap(
                new LinkedHashMap<>(Arguments.all(attributes, "OnnxNode", "attributes", "values by name")));
    }
}
