package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** LSTM, GRU and RNN: the loop over steps, samples and directions that the three share. */
final class Recurrence {

    private static final String[] ATTRIBUTES = {"activation_alpha", "activation_beta", "activations", "clip",
        "direction", "hidden_size", "layout", "output_sequence"};

    static final List<Operator> OPERATORS = List.of(
            new Recurrence(Lstm.GATES, 2, Lstm.FUNCTIONS, Lstm::of).row("LSTM", 8, "input_forget"),
            new Recurrence(Gru.GATES, 1, Gru.FUNCTIONS, Gru::of).row("GRU", 6, "linear_before_reset"),
            new Recurrence(SimpleCell.GATES, 1, SimpleCell.FUNCTIONS, SimpleCell::of).row("RNN", 6));

    /** Makes the cell of one direction. */
    private interface Maker {
        RecurrentCell of(OperatorCall call, RecurrentShape shape, int direction, List<DoubleUnaryOperator> functions);
    }

    private final int gates;
    private final int states;
    private final List<String> functions;
    private final Maker maker;

    private Recurrence(int gates, int states, List<String> functions, Maker maker) {
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
        CellFunctions.of(node, shape.directions().size(), functions);
    }

    private List<NumberArray> run(OperatorCall call) {
        RecurrentShape shape = RecurrentShape.of(call.node(), gates, call::optional);
        NumberArray given = call.input(0);
        NumberArray x = shape.isBatchFirst() ? Movement.transposed(given, 1, 0, 2) : given;
        List<List<DoubleUnaryOperator>> all = CellFunctions.of(call.node(), shape.directions().size(), functions);
        Rows rows = new Rows(x, shape, lengths(call, x));
        for (int direction = 0; direction < shape.directions().size(); direction++) {
            RecurrentCell cell = maker.of(call, shape, direction, all.get(direction));
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

    private void run(OperatorCall call, RecurrentCell cell, Rows rows, int direction) {
        int units = rows.shape.units();
        GateRows weights = new GateRows(call.input(1), direction);
        double[] bias = bias(call, units, direction);
        double[] inputs = new double[rows.x.size(2)];
        double[] sums = new double[gates * units];
        boolean isBackwards = rows.shape.directions().get(direction);
        for (int sample = 0; sample < rows.batch; sample++) {
            double[][] own = initial(call, rows.shape, direction, sample, rows.batch);
            int length = rows.lengths == null ? rows.time : rows.lengths[sample];
            for (int step = 0; step < length; step++) {
                int at = isBackwards ? length - 1 - step : step;
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = rows.x.number((at * rows.batch + sample) * inputs.length + i);
                }
                System.arraycopy(bias, 0, sums, 0, sums.length);
                weights.add(inputs, 0, inputs.length, 0, sums.length, sums, 0);
                cell.step(sums, own);
                rows.write(at, direction, sample, own[0]);
            }
            // As ONNX Runtime does: a sequence without steps ends in zeros, not in the states it was to begin with.
            rows.end(direction, sample, length == 0 ? new double[states][units] : own);
        }
    }

    /** Both biases, but that of a GRU's candidate behind its recurrent weights: its cell adds it there. */
    private double[] bias(OperatorCall call, int units, int direction) {
        double[] bias = new double[gates * units];
        NumberArray b = call.optional(3);
        for (int i = 0; b != null && i < bias.length; i++) {
            boolean isOfCell = gates == Gru.GATES && i >= 2 * units;
            int start = direction * 2 * bias.length;
            bias[i] = b.number(start + i) + (isOfCell ? 0 : b.number(start + bias.length + i));
        }
        return bias;
    }

    private double[][] initial(OperatorCall call, RecurrentShape shape, int direction, int sample, int batch) {
        int units = shape.units();
        double[][] own = new double[states][units];
        for (int state = 0; state < states; state++) {
            NumberArray given = call.optional(5 + state);
            int row = shape.isBatchFirst()
                    ? sample * shape.directions().size() + direction
                    : direction * batch + sample;
            for (int unit = 0; given != null && unit < units; unit++) {
                own[state][unit] = given.number(row * units + unit);
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

        void end(int direction, int sample, double[][] states) {
            for (int state = 0; state < states.length; state++) {
                System.arraycopy(states[state], 0, ends.get(state), (direction * batch + sample) * shape.units(),
                        shape.units());
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
