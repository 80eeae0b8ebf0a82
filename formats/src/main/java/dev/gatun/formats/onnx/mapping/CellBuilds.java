package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.CellActivations.CellFunction;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.memory.Shape;
import java.util.List;

/** The cells of ONNX's recurrent operators as layers. */
final class CellBuilds {

    private static final int LSTM_GATES = 4;
    private static final int GRU_GATES = 3;

    private CellBuilds() {}

    /** One for each direction. */
    static List<CellBuild> of(NodeCall call, int directions) {
        List<String> usual = switch (call.node().operator()) {
            case "LSTM" -> List.of("Sigmoid", "Tanh", "Tanh");
            case "GRU" -> List.of("Sigmoid", "Tanh");
            default -> List.of("Tanh");
        };
        CellActivations functions = CellActivations.of(call.node(), directions, usual);
        float clip = call.node().real("clip", 0);
        if (clip != 0) {
            call.graph().note(call.node().label() + " clips the sums that its gates begin with to " + clip
                    + ", as ONNX Runtime does, and nothing else; the text of the standard can be read otherwise");
        }
        return java.util.stream.IntStream.range(0, directions)
                .mapToObj(direction -> of(call, directions, direction, functions.functions().get(direction), clip))
                .toList();
    }

    private static CellBuild of(NodeCall call, int directions, int direction, List<CellFunction> functions,
            float clip) {
        if (clip < 0) {
            throw new NotMapped("has a clip of " + clip + ", expected a number above 0");
        }
        for (CellFunction function : functions) {
            if (clip > 0 && !function.isPlain()) {
                throw new NotMapped("clips sums before the activation " + function.function().keyword()
                        + " scales and shifts them, and a layer can only scale what is not clipped");
            }
        }
        return switch (call.node().operator()) {
            case "LSTM" -> lstm(call, Direction.of(call, LSTM_GATES, direction, directions, functions), clip);
            case "GRU" -> gru(call, Direction.of(call, GRU_GATES, direction, directions, functions), clip);
            default -> simple(call, Direction.of(call, 1, direction, directions, functions), clip);
        };
    }

    /** ONNX: input, output, forget, candidate; Keras: input, forget, candidate, output, of which forget is left out if it is coupled. */
    private static CellBuild lstm(NodeCall call, Direction direction, float clip) {
        CellFunction gate = direction.functions().get(0);
        CellFunction candidate = direction.functions().get(1);
        CellFunction output = direction.functions().get(2);
        if (!output.isPlain()) {
            throw new NotMapped("has an activation of the cell state that scales or shifts it, which no layer has");
        }
        boolean isCoupled = call.node().whole("input_forget", 0) != 0;
        GateWeights gates = isCoupled
                ? new GateWeights(direction, new int[] {0, 3, 1}, new CellFunction[] {gate, candidate, gate},
                        LSTM_GATES)
                : new GateWeights(direction, new int[] {0, 2, 3, 1}, new CellFunction[] {gate, gate, candidate, gate},
                        LSTM_GATES);
        List<PlannedWeight> weights = CellBuild.weights(call, gates, false);
        Lstm layer = Lstm.units(direction.units()).recurrentActivation(gate.function())
                .activation(candidate.function()).inputForget(isCoupled).clip(clip).useBias(gates.hasBias())
                .peepholes(direction.peepholes() != null);
        if (!output.function().equals(candidate.function())) {
            layer = layer.outputActivation(output.function());
        }
        if (direction.peepholes() != null) {
            peephole(call, gates, weights, "input", 0);
            if (!isCoupled) {
                peephole(call, gates, weights, "forget", 2);
            }
            peephole(call, gates, weights, "output", 1);
        }
        return new CellBuild(layer, weights);
    }

    private static void peephole(
            NodeCall call, GateWeights gates, List<PlannedWeight> weights, String gate, int place) {
        weights.add(new PlannedWeight(gate + "_peephole", Shape.of(gates.direction().units()), gates.peephole(place, 0),
                call.node().input(7)));
    }

    /** Both have update, reset, candidate. */
    private static CellBuild gru(NodeCall call, Direction direction, float clip) {
        CellFunction gate = direction.functions().get(0);
        CellFunction candidate = direction.functions().get(1);
        boolean isAfter = call.node().whole("linear_before_reset", 0) != 0;
        GateWeights gates = new GateWeights(direction, new int[] {0, 1, 2}, new CellFunction[] {gate, gate, candidate},
                GRU_GATES);
        RecurrentLayer<?> layer = Gru.units(direction.units()).resetAfter(isAfter).recurrentActivation(gate.function())
                .activation(candidate.function()).clip(clip).useBias(gates.hasBias());
        return new CellBuild(layer, CellBuild.weights(call, gates, isAfter));
    }

    private static CellBuild simple(NodeCall call, Direction direction, float clip) {
        CellFunction function = direction.functions().get(0);
        GateWeights gates = new GateWeights(direction, new int[] {0}, new CellFunction[] {function}, 1);
        return new CellBuild(SimpleRnn.units(direction.units()).activation(function.function()).clip(clip)
                .useBias(gates.hasBias()), CellBuild.weights(call, gates, false));
    }
}
