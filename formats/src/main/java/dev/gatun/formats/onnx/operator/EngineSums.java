package dev.gatun.formats.onnx.operator;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.start.KernelWarmUp;
import dev.gatun.formats.onnx.graph.NumberArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sums of float32 by the engine's products: of the inputs for many steps at once, of the states for all samples of a step. Each
 * gate begins at a strip of its own, so that the products of some gates are those of some strips.
 */
final class EngineSums implements GateSums {

    private static final long ALIGNMENT = 64;
    /** Rows of inputs whose sums are held at a time; a long sequence takes no more memory than a short one. */
    private static final int ROWS = 4096;

    private final GateInputs inputs;
    private final Arena arena = Arena.ofConfined();
    private final int gateColumns;
    private final int steps;
    private final RowsView x;
    private final RowsView sums;
    private final RowsView operands;
    private final RowsView apart;
    private final Product ofInputs;
    private final Product ofStates;
    private final Product ofStatesApart;
    private int first;
    private int at;
    private int gateApart;
    private final float[] row;
    private final MemorySegment scratch;

    EngineSums(GateInputs inputs) {
        KernelWarmUp.begin();
        this.inputs = inputs;
        this.gateColumns = Strips.padded(inputs.units());
        int batch = Math.max(1, inputs.batch());
        this.steps = Math.clamp(ROWS / batch, 1, Math.max(1, inputs.time()));
        this.first = -steps;
        this.row = new float[inputs.units()];
        int columns = Math.multiplyExact(inputs.gates(), gateColumns);
        try {
            this.x = rows((long) steps * batch, inputs.features());
            this.sums = rows((long) steps * batch, columns);
            this.operands = rows(batch, inputs.units());
            this.apart = rows(batch, columns);
            this.scratch = arena.allocate((long) gateColumns * Float.BYTES, ALIGNMENT);
            Strips ofW = new Strips(inputs.features(), columns);
            Strips ofR = new Strips(inputs.units(), columns);
            String name = String.valueOf(inputs.direction());
            MemorySegment w = inputs.kept().numbers(1, name, arena, in -> packed(inputs.w(), ofW, in));
            MemorySegment r = inputs.kept().numbers(2, name, arena, in -> packed(inputs.r(), ofR, in));
            this.ofInputs = new Product(x, w, 0, ofW, sums, biases(columns, false));
            this.ofStates = new Product(operands, r, 0, ofR, sums, sums);
            this.ofStatesApart = new Product(operands, r, 0, ofR, apart, biases(columns, true));
        } catch (RuntimeException | OutOfMemoryError failed) {
            arena.close();
            throw failed;
        }
    }

    private RowsView rows(long count, int columns) {
        long rowBytes = (long) LeadingDimension.of(columns) * Float.BYTES;
        return new RowsView(arena.allocate(Math.multiplyExact(count, rowBytes), ALIGNMENT), 0, rowBytes);
    }

    private MemorySegment packed(NumberArray weights, Strips strips, Arena in) {
        float[] packed = new float[Storage.count(strips.depth(), strips.columns())];
        float[] numbers = weights.floats();
        for (int gate = 0; gate < inputs.gates(); gate++) {
            for (int unit = 0; unit < inputs.units(); unit++) {
                int from = inputs.row(weights, gate, unit);
                int to = (int) strips.index(0, gate * gateColumns + unit);
                for (int k = 0; k < strips.depth(); k++) {
                    packed[to + k * Strips.WIDTH] = numbers[from + k];
                }
            }
        }
        return placed(packed, in);
    }

    /** One row, which all samples begin with. */
    private RowsView biases(int columns, boolean isApart) {
        float[] row = new float[columns];
        for (int gate = 0; gate < inputs.gates(); gate++) {
            for (int unit = 0; unit < inputs.units(); unit++) {
                row[gate * gateColumns + unit] = (float) (isApart
                        ? inputs.biasApart(gate, unit)
                        : inputs.bias(gate, unit));
            }
        }
        return new RowsView(placed(row, arena), 0, 0);
    }

    /** In one piece: a number at a time takes a thousand times as long while the JVM has not compiled it. */
    private static MemorySegment placed(float[] numbers, Arena in) {
        MemorySegment placed = in.allocate(Math.max(ALIGNMENT, (long) numbers.length * Float.BYTES), ALIGNMENT);
        MemorySegment.copy(numbers, 0, placed, JAVA_FLOAT, 0, numbers.length);
        return placed;
    }

    @Override
    public void begin(int step) {
        if (step >= first + steps) {
            first = step;
            int count = Math.min(steps, inputs.time() - first);
            read(count);
            ofInputs.rows(0, 0, 0, count * inputs.batch());
        }
        at = (step - first) * inputs.batch();
    }

    private void read(int count) {
        float[] from = inputs.x().floats();
        for (int row = 0; row < count * inputs.batch(); row++) {
            int sample = row % inputs.batch();
            int place = inputs.order().of(first + row / inputs.batch(), sample);
            if (place >= 0) {
                MemorySegment.copy(from, (place * inputs.batch() + sample) * inputs.features(), x.segment(), JAVA_FLOAT,
                        x.at(row), inputs.features());
            }
        }
    }

    @Override
    public void operands(int sample, double[] numbers) {
        for (int unit = 0; unit < numbers.length; unit++) {
            row[unit] = (float) numbers[unit];
        }
        MemorySegment.copy(row, 0, operands.segment(), JAVA_FLOAT, operands.at(sample), numbers.length);
    }

    @Override
    public void recur(int firstGate, int endGate) {
        ofStates.rows(0, at, at, inputs.batch(), strip(firstGate), strip(endGate));
    }

    @Override
    public void recurApart(int gate) {
        ofStatesApart.rows(0, 0, 0, inputs.batch(), strip(gate), strip(gate + 1));
        gateApart = gate;
    }

    private int strip(int gate) {
        return gate * gateColumns / Strips.WIDTH;
    }

    @Override
    public void read(int sample, double[] into) {
        for (int gate = 0; gate < inputs.gates(); gate++) {
            read(sums, at + sample, gate, into, gate * inputs.units());
        }
    }

    private void read(RowsView from, long sample, int gate, double[] into, int start) {
        long bytes = from.at(sample) + (long) gate * gateColumns * Float.BYTES;
        MemorySegment.copy(from.segment(), JAVA_FLOAT, bytes, row, 0, inputs.units());
        for (int unit = 0; unit < inputs.units(); unit++) {
            into[start + unit] = row[unit];
        }
    }

    @Override
    public void readApart(int sample, double[] into) {
        read(apart, sample, gateApart, into, 0);
    }

    @Override
    public boolean activate(int sample, int firstGate, int endGate, ActivationFormula function) {
        long bytes = sums.at(at + sample) + (long) firstGate * gateColumns * Float.BYTES;
        RowActivation.forward(function, sums.segment(), bytes, sums.segment(), bytes,
                (endGate - firstGate) * gateColumns);
        return true;
    }

    @Override
    public boolean activate(double[] numbers, ActivationFormula function) {
        for (int unit = 0; unit < numbers.length; unit++) {
            row[unit] = (float) numbers[unit];
        }
        MemorySegment.copy(row, 0, scratch, JAVA_FLOAT, 0, numbers.length);
        RowActivation.forward(function, scratch, 0, scratch, 0, numbers.length);
        MemorySegment.copy(scratch, JAVA_FLOAT, 0, row, 0, numbers.length);
        for (int unit = 0; unit < numbers.length; unit++) {
            numbers[unit] = row[unit];
        }
        return true;
    }

    @Override
    public void close() {
        arena.close();
        KernelWarmUp.firstRunEnded();
    }
}
