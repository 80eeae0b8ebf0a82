package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** LSTM, GRU and RNN: the loop over steps, samples and directions that the three share. */
final class RecurrentOperators {

    private static final String[] ATTRIBUTES = {"activation_alpha", "activation_beta", "activations", "clip",
        "direction", "hidden_size", "layout", "output_sequence"};

    static final List<Operator> OPERATORS = List.of(
            new RecurrentOperators(OnnxLstmCell.GATES, 2, OnnxLstmCell.FUNCTIONS, OnnxLstmCell::of).row("LSTM", 8,
                    "input_forget"),
            new RecurrentOperators(OnnxGruCell.GATES, 1, OnnxGruCell.FUNCTIONS, OnnxGruCell::of).row("GRU", 6,
                    "linear_before_reset"),
            new RecurrentOperators(OnnxRnnCell.GATES, 1, OnnxRnnCell.FUNCTIONS, OnnxRnnCell::of).row("RNN", 6));

    /** Makes the cell of one direction. */
    private interface Maker {
        OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<GateFunction> functions);
    }

    private final int gates;
    private final int states;
    private final List<String> functions;
    private final Maker maker;

    private RecurrentOperators(int gates, int states, List<String> functions, Maker maker) {
        this.gates = gates;
        this.states = states;
        this.functions = functions;
        this.maker = maker;
    }

    private Operator row(String name, int most, String... own) {
        String[] attributes = Stream.concat(Stream.of(ATTRIBUTES), Stream.of(own)).toArray(String[]::new);
        return Operator.of(name).slow().inputs(3, most).with(attributes).checked(this::check).makesAll(this::run);
    }

    private void check(ParsedNode node, IntFunction<NumberArray> constants) {
        RecurrentShape shape = RecurrentShape.of(node, gates, constants);
        GateActivations.of(node, shape.directions().size(), functions);
    }

    private List<NumberArray> run(OperatorCall call) {
        RecurrentShape shape = RecurrentShape.of(call.node(), gates, call::optional);
        NumberArray given = call.input(0);
        NumberArray x = shape.isBatchFirst() ? Movement.transposed(given, 1, 0, 2) : given;
        List<List<GateFunction>> all = GateActivations.of(call.node(), shape.directions().size(), functions);
        Rows rows = new Rows(x, shape, lengths(call, x));
        for (int direction = 0; direction < shape.directions().size(); direction++) {
            OnnxCell cell = maker.of(call, shape, direction, all.get(direction));
            run(call, cell, rows, direction);
        }
        return rows.made(states);
    }

    private static int[] lengths(OperatorCall call, NumberArray x) {
        if (call.optional(4) == null) {
            return null;
        }
        long[] given = call.longs(4);
        for (long length : given) {
            if (length < 0 || length > x.size(0)) {
                throw new IllegalArgumentException("its sequence_lens have " + length + ", expected numbers from 0 to "
                        + x.size(0) + ", the number of steps");
            }
        }
        return IntStream.range(0, given.length).map(i -> (int) given[i]).toArray();
    }

    private void run(OperatorCall call, OnnxCell cell, Rows rows, int direction) {
        double[][][] own = initial(call, rows.shape, direction, rows.batch);
        boolean isBackwards = rows.shape.directions().get(direction);
        GateInputs.Order order = (step, sample) -> {
            int length = rows.length(sample);
            return step >= length ? -1 : isBackwards ? length - 1 - step : step;
        };
        GateInputs inputs = new GateInputs(rows.x, call.input(1), call.input(2), call.optional(3), direction, gates,
                call.kept(), order);
        try (GateSums sums = rows.x.type() == NumberType.FLOAT64 ? new PlainSums(inputs) : new EngineSums(inputs)) {
            for (int step = 0; step < rows.longest(); step++) {
                int now = step;
                sums.begin(step);
                cell.step(sums, own, sample -> now < rows.length(sample));
                for (int sample = 0; sample < rows.batch; sample++) {
                    if (step < rows.length(sample)) {
                        rows.write(order.of(step, sample), direction, sample, own[0][sample]);
                    }
                }
            }
        }
        rows.end(direction, own);
    }

    /** By state, sample and unit. */
    private double[][][] initial(OperatorCall call, RecurrentShape shape, int direction, int batch) {
        double[][][] own = new double[states][batch][shape.units()];
        for (int state = 0; state < states; state++) {
            NumberArray given = call.optional(5 + state);
            for (int sample = 0; given != null && sample < batch; sample++) {
                int row = shape.isBatchFirst()
                        ? sample * shape.directions().size() + direction
                        : direction * batch + sample;
                for (int unit = 0; unit < shape.units(); unit++) {
                    own[state][sample][unit] = given.number(row * shape.units() + unit);
                }
            }
        }
        return own;
    }

    /** What is read, and where the results stand: Y as [T, D, B, U], states as [D, B, U]. */
    private static final class Rows {
        final NumberArray x;
        final RecurrentShape shape;
        final int[] lengths;
        final int time;
        final int batch;
        private final double[] y;
        private final List<double[]> ends = new ArrayList<>();

        Rows(NumberArray x, RecurrentShape shape, int[] lengths) {
            this.x = x;
            this.shape = shape;
            this.lengths = lengths;
            this.time = x.size(0);
            this.batch = x.size(1);
            int directions = shape.directions().size();
            this.y = new double[Storage.count(time, directions, batch, shape.units())];
            for (int state = 0; state < 2; state++) {
                ends.add(new double[Storage.count(directions, batch, shape.units())]);
            }
        }

        void write(int step, int direction, int sample, double[] h) {
            int row = (step * shape.directions().size() + direction) * batch + sample;
            System.arraycopy(h, 0, y, row * h.length, h.length);
        }

        /** How many steps a sample has. */
        int length(int sample) {
            return lengths == null ? time : lengths[sample];
        }

        int longest() {
            return lengths == null ? time : IntStream.of(lengths).max().orElse(0);
        }

        /** As ONNX Runtime does: a sequence without steps ends in zeros, not in the states it was to begin with. */
        void end(int direction, double[][][] states) {
            for (int state = 0; state < states.length; state++) {
                for (int sample = 0; sample < batch; sample++) {
                    if (length(sample) > 0) {
                        System.arraycopy(states[state][sample], 0, ends.get(state),
                                (direction * batch + sample) * shape.units(), shape.units());
                    }
                }
            }
        }

        List<NumberArray> made(int states) {
            int directions = shape.directions().size();
            List<NumberArray> made = new ArrayList<>();
            NumberArray sequence = Storage.rounded(x.type(), new int[] {time, directions, batch, shape.units()}, y);
            made.add(shape.isBatchFirst() ? Movement.transposed(sequence, 2, 0, 1, 3) : sequence);
            for (int state = 0; state < states; state++) {
                NumberArray end = Storage.rounded(x.type(), new int[] {directions, batch, shape.units()},
                        ends.get(state));
                made.add(shape.isBatchFirst() ? Movement.transposed(end, 1, 0, 2) : end);
            }
            return made;
        }
    }
}
