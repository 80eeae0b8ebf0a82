package dev.gatun.layers;

import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps one after the other as ONNX's operator Scan: for recurrent layers that its own operators cannot say. */
public final class OnnxLoop {

    private final OnnxCall call;
    private final OnnxGraphBuilder graph;
    private final boolean backwards;
    private final List<OnnxValue> first;
    private final List<OnnxValue> sequences;
    private final List<String> states = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    /**
     * An empty loop.
     *
     * @param call      the call of the layer, which takes the loop
     * @param backwards whether the last step comes first; what is made then lies in the order of processing
     * @param first     what the states are before the first step, [B,U]
     * @param sequences what a step reads one row of, time first: [T,B,F]
     */
    public OnnxLoop(OnnxCall call, boolean backwards, List<OnnxValue> first, List<OnnxValue> sequences) {
        this.call = Arguments.required(call, "OnnxLoop", "call", "the call of a layer");
        this.backwards = backwards;
        this.first = List.copyOf(Arguments.all(first, "OnnxLoop", "first", "states"));
        this.sequences = List.copyOf(Arguments.all(sequences, "OnnxLoop", "sequences", "sequences, time first"));
        this.graph = call.body("steps");
        for (OnnxValue state : first) {
            states.add(input("state", state, state.shape()));
        }
        for (OnnxValue sequence : sequences) {
            steps.add(input("step", sequence, rowOf(sequence.shape())));
        }
    }

    private static Shape rowOf(Shape sequence) {
        return Shape.of(Arrays.copyOfRange(sequence.toArray(), 1, sequence.rank()));
    }

    private String input(String own, OnnxValue value, Shape shape) {
        return graph.input(call.name() + "/" + own, value.type(), shape).name();
    }

    /**
     * The call within a step.
     *
     * @return takes the nodes of a step, and reads whatever was made before the loop
     */
    public OnnxCall body() {
        return call.in(graph);
    }

    /**
     * The states before a step.
     *
     * @return names in the body, in the order they were given
     */
    public List<String> states() {
        return Collections.unmodifiableList(states);
    }

    /**
     * What a step reads of the sequences.
     *
     * @return names in the body, in the order they were given
     */
    public List<String> steps() {
        return Collections.unmodifiableList(steps);
    }

    /**
     * Adds the loop.
     *
     * @param next names of the states after a step, in the order they were given
     * @param made of what a step makes
     * @return names of the states after the last step, then of all that the steps have made, time first
     */
    public List<String> run(List<String> next, List<OnnxValue> made) {
        Arguments.all(next, "OnnxLoop.run", "next", "a name for each state");
        Arguments.all(made, "OnnxLoop.run", "made", "values of the body");
        List<String> makes = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            graph.output(call.name() + "/next", new OnnxValue(next.get(i), first.get(i).type(), first.get(i).shape()));
            makes.add("last");
        }
        for (OnnxValue value : made) {
            graph.output(call.name() + "/made", value);
            makes.add("all");
        }
        List<String> reads = new ArrayList<>();
        first.forEach(state -> reads.add(state.name()));
        sequences.forEach(sequence -> reads.add(sequence.name()));
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        attributes.put("body", new OnnxAttribute.Body(graph.bodyGraph()));
        attributes.put("num_scan_inputs", OnnxAttribute.of(sequences.size()));
        if (backwards) {
            attributes.put("scan_input_directions", new OnnxAttribute.Wholes(
                    Collections.nCopies(sequences.size(), 1L)));
        }
        return call.node("Scan", reads, makes, attributes);
    }
}
