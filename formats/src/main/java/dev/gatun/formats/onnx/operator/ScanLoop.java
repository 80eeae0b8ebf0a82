package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ONNX's Scan, from version 9 on: a body that runs for each step of its inputs and carries states from one to the next. */
final class ScanLoop {

    private final OperatorCall call;
    private final List<NumberArray> inputs;
    private final Body body;
    private final int states;
    private final int scanned;
    private final int made;

    ScanLoop(OperatorCall call) {
        this(call, call.inputs());
    }

    /** @param inputs states, then what is scanned */
    ScanLoop(OperatorCall call, List<NumberArray> inputs) {
        this.call = call;
        this.inputs = inputs;
        this.body = call.bodies().apply("body");
        this.scanned = (int) Math.clamp(call.node().whole("num_scan_inputs", 0), 0L, Integer.MAX_VALUE);
        this.states = inputs.size() - scanned;
        this.made = body.outputs() - states;
        if (inputs.contains(null)) {
            throw new IllegalArgumentException("one of its inputs is left out, and none is an optional one");
        }
        if (scanned < 1 || states < 0 || made < 0 || body.inputs() != inputs.size()) {
            throw new IllegalArgumentException("it scans " + scanned + " of " + inputs.size()
                    + " inputs, and its body has " + body.inputs() + " inputs and " + body.outputs() + " outputs");
        }
    }

    List<NumberArray> run() {
        long[] axes = list("scan_input_axes", scanned);
        long[] directions = list(call.node().has("directions") ? "directions" : "scan_input_directions", scanned);
        int steps = steps(axes);
        List<NumberArray> values = new ArrayList<>(inputs.subList(0, states));
        List<StackedTurns> stacks = StackedTurns.of(made);
        for (int step = 0; step < steps; step++) {
            List<NumberArray> given = new ArrayList<>(values);
            for (int i = 0; i < scanned; i++) {
                NumberArray input = inputs.get(states + i);
                int axis = OperatorCall.axis(axes[i], input.rank());
                int at = directions[i] == 0 ? step : steps - 1 - step;
                given.add(Reshaping.squeezed(Joining.part(input, axis, at, 1), axis));
            }
            List<NumberArray> results = body.run(given);
            values = new ArrayList<>(results.subList(0, states));
            for (int i = 0; i < made; i++) {
                stacks.get(i).add(results.get(states + i));
            }
        }
        long[] outAxes = list("scan_output_axes", made);
        long[] outDirections = list("scan_output_directions", made);
        for (int i = 0; i < made; i++) {
            values.add(stacks.get(i).joined(outAxes[i], outDirections[i] != 0, body, states + i));
        }
        return values;
    }

    private int steps(long[] axes) {
        int steps = -1;
        for (int i = 0; i < scanned; i++) {
            NumberArray input = inputs.get(states + i);
            int size = input.size(OperatorCall.axis(axes[i], input.rank()));
            if (steps >= 0 && size != steps) {
                throw new IllegalArgumentException("it scans inputs of " + steps + " and of " + size
                        + " steps, expected as many of each");
            }
            steps = size;
        }
        return steps;
    }

    private long[] list(String attribute, int count) {
        long[] given = call.node().wholes(attribute);
        if (given != null && given.length != count) {
            throw new IllegalArgumentException("its attribute '" + attribute + "' is " + Arrays.toString(given)
                    + ", expected " + count + " numbers");
        }
        return given == null ? new long[count] : given;
    }
}
