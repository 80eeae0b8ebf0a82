package dev.gatun.layers;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that a recurrent layer begins at: the same in every run, saved with the model, and not changed by a training. Most
 * programs get one from {@link RecurrentLayer#on(Node, Tensor...)}. It is called with the sequence [B,T,F] that the recurrent
 * layer reads, of which only the number of samples matters, and returns a part of a state, [B,U]. One row of numbers serves every
 * sample. With several rows, row i is that of sample i of a batch, and every batch has to have as many samples as there are rows.
 */
public final class ConstantState extends ConfiguredLayer<ConstantState> {

    private static final OptionKind<List<List<Double>>> ROWS = new OptionKind<>("rows of numbers") {
        @Override
        public List<List<Double>> read(OptionReader reader, String key) {
            List<List<Double>> rows = new ArrayList<>();
            for (Object row : reader.list(key)) {
                List<Double> numbers = new ArrayList<>();
                for (Object number : row instanceof List<?> list ? list : List.of()) {
                    numbers.add(number instanceof Number one ? one.doubleValue() : Double.NaN);
                }
                rows.add(List.copyOf(numbers));
            }
            return List.copyOf(rows);
        }

        @Override
        public Object write(List<List<Double>> value) {
            return value;
        }
    };
    private static final Option<List<List<Double>>> VALUE = Option.required("value", ROWS).check(new Rows());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("ConstantState", VALUE);

    /** The condition on the value: rows of one length, of numbers that are float32. */
    private static final class Rows implements OptionCheck<List<List<Double>>> {
        @Override
        public String problem(String option, List<List<Double>> rows) {
            if (rows.isEmpty() || rows.getFirst().isEmpty()) {
                return "expected as " + option + " at least one row of at least one number";
            }
            for (List<Double> row : rows) {
                if (row.size() != rows.getFirst().size()) {
                    return "expected as " + option + " rows of one length, got " + rows.getFirst().size() + " and "
                            + row.size();
                }
                for (double number : row) {
                    if (!Float.isFinite((float) number)) {
                        return "expected as " + option + " finite numbers of float32, got " + number;
                    }
                }
            }
            return null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public ConstantState(Configuration configuration) {
        super(configuration);
    }

    /**
     * A part of a state.
     *
     * @param value [U] for all samples, or [B,U] with a row for each
     * @return the layer; {@code on(x)}, with what the recurrent layer reads, is the part
     * @throws NullPointerException     if there is none
     * @throws IllegalArgumentException if it has another number of axes, no number, or one that is not finite
     */
    public static ConstantState of(Tensor value) {
        Arguments.required(value, "ConstantState.of", "value", "a tensor [U] or [B,U]");
        Shape shape = value.shape();
        if (shape.rank() > 2) {
            throw new IllegalArgumentException(
                    "ConstantState.of: value must be [U] or [B,U], got shape " + shape);
        }
        int columns = Math.toIntExact(shape.last());
        float[] numbers = value.toArray();
        List<List<Double>> rows = new ArrayList<>();
        for (int at = 0; at + columns <= numbers.length && columns > 0; at += columns) {
            List<Double> row = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                row.add((double) numbers[at + i]);
            }
            rows.add(List.copyOf(row));
        }
        return new ConstantState(Configuration.of(OPTIONS).with(VALUE, List.copyOf(rows)));
    }

    @Override
    protected ConstantState of(Configuration configuration) {
        return new ConstantState(configuration);
    }

    /** The state of constants that a layer begins at when it reads this. */
    static State all(Node input, Tensor... parts) {
        List<Node> nodes = new ArrayList<>();
        for (Tensor part : parts) {
            nodes.add(of(part).on(input));
        }
        return new State(nodes);
    }

    /**
     * How many rows of numbers there are.
     *
     * @return 1 if all samples begin alike
     */
    public int rows() {
        return get(VALUE).size();
    }

    /**
     * U.
     *
     * @return at least 1
     */
    public int units() {
        return get(VALUE).getFirst().size();
    }

    /**
     * The numbers.
     *
     * @return [rows, U], row after row
     */
    public float[] numbers() {
        float[] numbers = new float[rows() * units()];
        int at = 0;
        for (List<Double> row : get(VALUE)) {
            for (double number : row) {
                numbers[at++] = (float) number;
            }
        }
        return numbers;
    }
}
