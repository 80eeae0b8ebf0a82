package dev.gatun.formats.onnx.graph;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph of a file, of the model or within a node such as {@code If}.
 *
 * @param name         may be empty
 * @param inputs       where values enter; those that initializers give a default are among them
 * @param outputs      what is computed
 * @param nodes        in the file's order, in which each may read only what stands before it
 * @param initializers numbers that the graph brings with it, by name, in the file's order
 * @param values       what the file says of values in between, by name
 */
public record ParsedGraph(
        String name, List<ParsedValue> inputs, List<ParsedValue> outputs, List<ParsedNode> nodes,
        Map<String, NumberArray> initializers, Map<String, ParsedValue> values) {

    /** Inputs that have to be given: those without a default. */
    public List<ParsedValue> required() {
        return inputs.stream().filter(input -> !initializers.containsKey(input.name())).toList();
    }

    /** Names of inputs that may be given in the place of an initializer. */
    public Set<String> defaults() {
        return inputs.stream().map(ParsedValue::name).filter(initializers::containsKey).collect(Collectors.toSet());
    }

    /** Names of the values that it reads of the graphs around it. */
    public Set<String> free() {
        Set<String> own = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> own.add(input.name()));
        Set<String> free = new LinkedHashSet<>();
        for (ParsedNode node : nodes) {
            node.reads().stream().filter(name -> !own.contains(name)).forEach(free::add);
            own.addAll(node.outputs());
        }
        outputs.stream().map(ParsedValue::name).filter(name -> !own.contains(name)).forEach(free::add);
        return free;
    }
}
